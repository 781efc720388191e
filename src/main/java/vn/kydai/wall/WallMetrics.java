package vn.kydai.wall;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What the wall counts. */
final class WallMetrics {
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
    final Timer delay;
    private final Map<CloseCode, Counter> closed = new EnumMap<>(CloseCode.class);

    WallMetrics(MeterRegistry meters) {
        Gauge.builder("kydai.wall.sockets", sockets, AtomicInteger::get)
                .description("sockets open")
                .register(meters);
        Gauge.builder("kydai.wall.replays", replays, AtomicInteger::get)
                .description("replays and folds of the past under way")
                .register(meters);
        ticks = counter(meters, "kydai.wall.ticks", "patches made, one a scope and tick");
        skipped = counter(meters, "kydai.wall.skipped", "ticks a socket was too full to take");
        merged = counter(meters, "kydai.wall.merged", "patches sent for more than one tick");
        snapshots = counter(meters, "kydai.wall.snapshots", "snapshots sent");
        resumed = counter(meters, "kydai.wall.resumed", "sockets that came back and got the ticks they missed");
        refused = counter(meters, "kydai.wall.refused", "upgrades and folds refused at a bound");
        sentBytes = Counter.builder("kydai.wall.sent")
                .description("text handed to sockets")
                .baseUnit("bytes")
                .register(meters);
        patchSize = DistributionSummary.builder("kydai.wall.patch")
                .description("size of a patch")
                .baseUnit("characters")
                .register(meters);
        delay = Timer.builder("kydai.wall.delay")
                .description("from the newest event's ingest to its patch handed to every socket")
                .register(meters);
        for (CloseCode code : CloseCode.values()) {
            closed.put(
                    code,
                    Counter.builder("kydai.wall.closed")
                            .description("sockets the server ended")
                            .tag("code", Short.toString(code.code()))
                            .register(meters));
        }
    }

    void closed(CloseCode code) {
        Counter counter = closed.get(code);
        if (counter != null) {
            counter.increment();
        }
    }

    private static Counter counter(MeterRegistry meters, String name, String description) {
        return Counter.builder(name).description(description).register(meters);
    }
}
