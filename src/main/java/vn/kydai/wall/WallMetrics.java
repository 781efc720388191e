package vn.kydai.wall;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import vn.kydai.config.Settings;
import vn.kydai.meter.Counters;
import vn.kydai.meter.Label;
import vn.kydai.meter.Meters;

/** What the wall counts. */
final class WallMetrics {
    private static final double[] PATCH_BOUNDS = {100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000};

    final AtomicInteger sockets = new AtomicInteger();
    final AtomicInteger replays = new AtomicInteger();
    final Counter ticks;
    final Counter skipped;
    final Counter merged;
    final Counter snapshots;
    final Counter resumed;
    final Counter refused;
    final Counter sentBytes;
    final DistributionSummary patchSize;
    private final Timer delay;
    private final Counters closed;
    private final InstantSource clock;

    /**
     * Registers them.
     *
     * @param clock the one that ingest times come from
     */
    WallMetrics(MeterRegistry registry, Settings.Wall settings, InstantSource clock) {
        this.clock = clock;
        Meters meters = new Meters(registry, "wall");
        meters.gauge("sockets", "sockets", "sockets open", sockets::get);
        meters.gauge("limit.sockets", "sockets", "bound of the sockets: wall.maxSockets", settings::maxSockets);
        meters.gauge("replays", "replays", "replays and folds of the past under way", replays::get);
        meters.gauge("limit.replays", "replays", "bound of the replays: wall.maxReplays", settings::maxReplays);
        ticks = meters.counter("ticks", "ticks", "patches made, one a scope and tick");
        skipped = meters.counter("skipped", "ticks", "ticks a socket was too full to take");
        merged = meters.counter("merged", "patches", "patches sent for more than one tick");
        snapshots = meters.counter("snapshots", "snapshots", "snapshots sent");
        resumed = meters.counter("resumed", "sockets", "sockets that came back and got the ticks they missed");
        refused = meters.counter("refused", "requests", "upgrades and folds of the past refused at a bound");
        sentBytes = meters.counter("sent", "bytes", "text handed to sockets");
        patchSize = meters.sizes("patch", "characters", "size of a patch", PATCH_BOUNDS);
        delay = meters.timer(
                "delay",
                "from an event's ingest to the frame that shows it handed to a socket: of the newest event of each patch, or"
                        + " of the first patch a slow socket had to skip");
        closed = meters.counters(
                "closed", "sockets", "sockets the server ended", Label.of("code", CloseCode.values(), WallMetrics::id));
    }

    void closed(CloseCode code) {
        closed.of(id(code)).increment();
    }

    /** Notes that a frame that shows an event was handed to a socket. */
    void shown(Instant ingested) {
        Duration taken = Duration.between(ingested, clock.instant());
        delay.record(taken.isNegative() ? Duration.ZERO : taken);
    }

    private static String id(CloseCode code) {
        return Short.toString(code.code());
    }
}
