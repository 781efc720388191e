package vn.kydai;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.File;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.LedgerLook.Line;
import vn.kydai.alarm.Vitals;
import vn.kydai.alarm.Vitals.Loss;
import vn.kydai.journal.Journal;
import vn.kydai.journal.Timekeeper;
import vn.kydai.registry.WorkingCalendar;

/**
 * Looks now and then at what alarms on the server's own health need: the disk, and what the ledger has counted over the last
 * looks, which are ten minutes of listening: over midnight, and over a restart, as nothing is known of the time between. What
 * cannot be looked at is not known.
 */
final class VitalSigns {
    private static final Logger LOGGER = LoggerFactory.getLogger(VitalSigns.class);
    private static final long LOOK_EVERY_MS = 20_000;

    /** Ten minutes of them, and the one they begin at. */
    static final int MOST_LOOKS = 31;

    private static final double PERCENT = 100;

    private final Vertx vertx;
    private final Path dataDirectory;
    private final Journal journal;
    private final LedgerLooks kept;
    private final Timekeeper time;
    private final AtomicBoolean isLooking = new AtomicBoolean();

    /** Absent until what an earlier process saw has been read. */
    private @Nullable Deque<LedgerLook> looks;

    private long timer;
    private volatile Vitals newest = Vitals.UNKNOWN;

    VitalSigns(Vertx vertx, Path dataDirectory, Journal journal, LedgerLooks kept, Timekeeper time) {
        this.vertx = vertx;
        this.dataDirectory = dataDirectory;
        this.journal = journal;
        this.kept = kept;
        this.time = time;
    }

    /** Begins to look. */
    void start() {
        timer = vertx.setPeriodic(0, LOOK_EVERY_MS, tick -> {
            if (isLooking.compareAndSet(false, true)) {
                Future<Vitals> unused = look().onComplete(done -> isLooking.set(false));
            }
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

    /** Looks once, no two at a time; what cannot be looked at is unknown. */
    Future<Vitals> look() {
        LocalDate today = WorkingCalendar.dateOf(time.instant());
        return vertx.executeBlocking(this::diskFreePercent)
                .compose(free -> looks().compose(before -> seen(before, today, free)))
                .otherwise(failure -> {
                    LOGGER.atDebug().setCause(failure).log("could not look at the vital signs");
                    return Vitals.UNKNOWN;
                })
                .onSuccess(seen -> newest = seen);
    }

    private Future<Deque<LedgerLook>> looks() {
        Deque<LedgerLook> known = looks;
        return known == null
                ? kept.known().map(ArrayDeque::new).map(read -> looks = read)
                : Future.succeededFuture(known);
    }

    private Future<Vitals> seen(Deque<LedgerLook> before, LocalDate today, @Nullable Double free) {
        return journal.ledger(today)
                .compose(ledger -> earlier(before, today).compose(ended -> {
                    LedgerLook look = new LedgerLook(
                            before.isEmpty() ? 1 : before.getLast().number() + 1, today, LedgerLook.lines(ledger));
                    before.addLast(look);
                    while (before.size() > MOST_LOOKS) {
                        before.removeFirst();
                    }
                    Vitals vitals = vitals(since(before.getFirst(), ended, look), free);
                    return kept.note(look, MOST_LOOKS).map(vitals).otherwise(cause -> {
                        LOGGER.atDebug().setCause(cause).log("could not note what the ledger says");
                        return vitals;
                    });
                }));
    }

    /** How the days before today, on which the looks began, have ended. */
    private Future<Map<LocalDate, Map<String, Line>>> earlier(Deque<LedgerLook> before, LocalDate today) {
        Map<LocalDate, Map<String, Line>> ended = new HashMap<>();
        Future<Void> read = Future.succeededFuture();
        for (LocalDate day : new TreeSet<>(before.stream().map(LedgerLook::day).toList())) {
            if (!day.equals(today)) {
                read = read.compose(done -> journal.ledger(day))
                        .onSuccess(ledger -> ended.put(day, LedgerLook.lines(ledger)))
                        .mapEmpty();
            }
        }
        return read.map(done -> ended);
    }

    /** What was counted from a look to another, by source. */
    private static Map<String, Line> since(LedgerLook first, Map<LocalDate, Map<String, Line>> ended, LedgerLook last) {
        Map<String, Line> counted = new HashMap<>(last.lines());
        ended.forEach((day, lines) -> {
            if (!day.isBefore(first.day())) {
                lines.forEach((source, line) -> counted.merge(source, line, Line::plus));
            }
        });
        first.lines().forEach((source, line) -> counted.merge(source, Line.NONE.minus(line), Line::plus));
        return counted;
    }

    private static Vitals vitals(Map<String, Line> counted, @Nullable Double free) {
        Map<String, Loss> bySource = new HashMap<>();
        long refused = 0;
        for (Map.Entry<String, Line> entry : counted.entrySet()) {
            Line line = entry.getValue();
            long gaps = Math.max(0, line.gaps());
            refused += Math.max(0, line.refused());
            if (gaps + line.received() > 0) {
                bySource.put(entry.getKey(), new Loss(gaps + line.rejected(), gaps + line.received()));
            }
        }
        return new Vitals(null, free, (double) refused, null, null, bySource, 0);
    }

    private @Nullable Double diskFreePercent() {
        File directory = dataDirectory.toFile();
        long size = directory.getTotalSpace();
        return size == 0 ? null : (Double) (PERCENT * directory.getUsableSpace() / size);
    }
}
