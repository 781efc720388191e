package vn.kydai;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.alarm.Vitals;
import vn.kydai.alarm.Vitals.Loss;
import vn.kydai.journal.Journal;
import vn.kydai.journal.LedgerDay;
import vn.kydai.journal.Timekeeper;
import vn.kydai.registry.WorkingCalendar;

/**
 * Looks now and then at what alarms on the server's own health need: the disk, and what the ledger has counted in the last
 * ten minutes. What cannot be looked at is not known; a new day begins anew.
 */
final class VitalSigns {
    private static final Logger LOGGER = LoggerFactory.getLogger(VitalSigns.class);
    private static final long LOOK_EVERY_MS = 20_000;
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final double PERCENT = 100;

    private final Vertx vertx;
    private final Path dataDirectory;
    private final Journal journal;
    private final Timekeeper time;
    private final Deque<Look> looks = new ArrayDeque<>();
    private long timer;
    private volatile Vitals newest = Vitals.UNKNOWN;

    /** What the ledger said at an instant. */
    private record Look(Instant at, LedgerDay ledger) {}

    VitalSigns(Vertx vertx, Path dataDirectory, Journal journal, Timekeeper time) {
        this.vertx = vertx;
        this.dataDirectory = dataDirectory;
        this.journal = journal;
        this.time = time;
    }

    /** Begins to look. */
    void start() {
        timer = vertx.setPeriodic(0, LOOK_EVERY_MS, tick -> {
            Future<Vitals> unused = look();
        });
    }

    /** Ends it. */
    Future<Void> stop() {
        vertx.cancelTimer(timer);
        return Future.succeededFuture();
    }

    /** Returns what was seen last, and how the clock is now; any thread may ask. */
    Vitals newest() {
        return newest.withClockOff(clockOffSeconds());
    }

    /** A clock that has just come back is not believed yet: it is never less than a second off. */
    private double clockOffSeconds() {
        return time.isTrusted() ? 0 : Math.max(1, Math.abs(ClockWatch.seconds(time)));
    }

    /** Looks once; what cannot be looked at is unknown. */
    Future<Vitals> look() {
        Instant now = time.instant();
        LocalDate today = WorkingCalendar.dateOf(now);
        return vertx.executeBlocking(this::diskFreePercent)
                .compose(free -> journal.ledger(today).map(ledger -> seen(new Look(now, ledger), free)))
                .otherwise(failure -> {
                    LOGGER.atDebug().setCause(failure).log("could not look at the vital signs");
                    return Vitals.UNKNOWN;
                })
                .onSuccess(seen -> newest = seen);
    }

    private synchronized Vitals seen(Look look, @Nullable Double free) {
        looks.removeIf(earlier -> !earlier.ledger().date().equals(look.ledger().date()));
        while (looks.size() > 1 && looks.getFirst().at().isBefore(look.at().minus(WINDOW))) {
            looks.removeFirst();
        }
        LedgerDay before = looks.isEmpty() ? look.ledger() : looks.getFirst().ledger();
        looks.addLast(look);
        Map<String, Loss> bySource = new HashMap<>();
        look.ledger().sources().forEach((source, line) -> {
            LedgerDay.Line earlier = before.sources().getOrDefault(source, LedgerDay.Line.NONE);
            long gaps = Math.max(0, line.gaps() - earlier.gaps());
            long received = line.received() - earlier.received();
            if (gaps + received > 0) {
                bySource.put(source, new Loss(gaps + line.rejected() - earlier.rejected(), gaps + received));
            }
        });
        long refused = look.ledger().total().refused() - before.total().refused();
        return new Vitals(null, free, (double) refused, null, null, bySource, 0);
    }

    private @Nullable Double diskFreePercent() {
        File directory = dataDirectory.toFile();
        long size = directory.getTotalSpace();
        return size == 0 ? null : (Double) (PERCENT * directory.getUsableSpace() / size);
    }
}
