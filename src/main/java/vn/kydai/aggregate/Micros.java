package vn.kydai.aggregate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vn.kydai.registry.WorkingCalendar;

/** Event times as the folds keep them: microseconds since the epoch, as precise as the journal's own. */
final class Micros {
    /** No time at all. */
    static final long NONE = Long.MIN_VALUE;

    static final long SECOND = 1_000_000;
    static final long MINUTE = 60 * SECOND;

    private Micros() {}

    static long of(Instant instant) {
        return instant.getEpochSecond() * SECOND + instant.getNano() / 1_000;
    }

    static long orNone(@Nullable Instant instant) {
        return instant == null ? NONE : of(instant);
    }

    static @Nullable Instant orNull(long micros) {
        return micros == NONE ? null : instant(micros);
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, SECOND), Math.floorMod(micros, SECOND) * 1_000);
    }

    /** Returns the epoch day of the local date. */
    static int day(long micros) {
        return day(instant(micros));
    }

    static int day(Instant instant) {
        return Math.toIntExact(WorkingCalendar.dateOf(instant).toEpochDay());
    }
}
