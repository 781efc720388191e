package vn.kydai.aggregate;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The last values of one metric of one device in buckets of five minutes, keyed by the epoch minute of their start: of
 * each the newest value, and the sum of all that the device does not doubt.
 */
final class Buckets implements Serializable {
    static final long MINUTES = 5;
    static final long SHOWN_MINUTES = 12 * 60;
    private static final long MOST_STEPS = 1_000_000_000_000L;

    private static final long HOUR_MINUTES = 60;

    private final boolean isSummed;
    private final double resolution;
    private final long keptMinutes;
    private final TreeMap<Long, Bucket> buckets = new TreeMap<>();

    /** What each bucket shows: a picture copies it, and copying a sorted map is linear. */
    private final TreeMap<Long, Double> values = new TreeMap<>();

    /** What taking a value changed. */
    enum Change {
        /** Nothing: it is too old. */
        NONE,
        /** The newest bucket alone. */
        NEWEST,
        /** A bucket followed the newest one. */
        NEXT,
        /** An earlier bucket, or which buckets there are. */
        EARLIER
    }

    /** Five minutes. */
    static final class Bucket implements Serializable {
        private final long start;
        private Value newest;
        private long steps;
        private int count;

        private Bucket(long start, Value first) {
            this.start = start;
            this.newest = first;
        }

        /** Returns when it starts, epoch minute. */
        long start() {
            return start;
        }

        Value newest() {
            return newest;
        }

        /** Returns the sum of the values the device does not doubt, in steps of the resolution. */
        long steps() {
            return steps;
        }

        /** Returns how many these are. */
        int count() {
            return count;
        }

        private void add(Value value, double resolution) {
            if (value.stamp().isAfter(newest.stamp())) {
                newest = value;
            }
            if (!value.isDoubted()) {
                steps = sum(steps, Buckets.steps(value.value(), resolution));
                count++;
            }
        }
    }

    /**
     * Makes it.
     *
     * @param isSummed whether a bucket shows its sum instead of its newest value
     * @param keptHours how long values are kept before the newest one's hour
     */
    Buckets(boolean isSummed, double resolution, int keptHours) {
        this.isSummed = isSummed;
        this.resolution = resolution;
        this.keptMinutes = keptHours * HOUR_MINUTES;
    }

    Change add(Value value, long newestMicros) {
        // By whole hours, so that what is kept changes once an hour and not with every reading.
        long oldestKept = Math.floorDiv(minute(newestMicros), HOUR_MINUTES) * HOUR_MINUTES - keptMinutes;
        boolean isDropping = !buckets.isEmpty() && buckets.firstKey() < oldestKept;
        if (isDropping) {
            buckets.headMap(oldestKept, false).clear();
            values.headMap(oldestKept, false).clear();
        }
        long start = minute(value.micros());
        if (start < oldestKept) {
            return isDropping ? Change.EARLIER : Change.NONE;
        }
        long last = buckets.isEmpty() ? Long.MIN_VALUE : buckets.lastKey();
        Bucket bucket = buckets.computeIfAbsent(start, key -> new Bucket(start, value));
        bucket.add(value, resolution);
        values.put(start, isSummed ? value(bucket.steps, resolution) : bucket.newest.value());
        if (isDropping || start < last) {
            return Change.EARLIER;
        }
        return start == last ? Change.NEWEST : Change.NEXT;
    }

    /** Returns the buckets that started within the half day before an instant. */
    SortedMap<Long, Double> shown(long nowMicros) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(values.tailMap(oldestShown(nowMicros))));
    }

    /** Returns when the oldest bucket shown at an instant is too old, µs. */
    long nextDrop(long nowMicros) {
        Long oldest = buckets.ceilingKey(oldestShown(nowMicros));
        return oldest == null ? Long.MAX_VALUE : (oldest + SHOWN_MINUTES) * Micros.MINUTE;
    }

    /** Returns the newest value of the last bucket that started in a span of time, both ends inclusive. */
    @Nullable
    Value lastBetween(long fromMicros, long toMicros) {
        Map.Entry<Long, Bucket> entry = buckets.floorEntry(minute(toMicros));
        while (entry != null && entry.getKey() >= minute(fromMicros)) {
            Value newest = entry.getValue().newest;
            if (newest.micros() <= toMicros) {
                return newest;
            }
            entry = buckets.lowerEntry(entry.getKey());
        }
        return null;
    }

    /** Returns all buckets by rising start. */
    Collection<Bucket> all() {
        return Collections.unmodifiableCollection(buckets.values());
    }

    /** Returns all buckets but the newest, by rising start. */
    Collection<Bucket> earlier() {
        return buckets.isEmpty()
                ? buckets.values()
                : Collections.unmodifiableCollection(
                        buckets.headMap(buckets.lastKey(), false).values());
    }

    /** Returns the newest bucket's newest value; there must be one. */
    Value newest() {
        return requireNonNull(buckets.lastEntry(), "no value yet").getValue().newest;
    }

    /**
     * Counts a value in steps of the metric's resolution: integers add up the same in any order. No more than what the sum
     * of millions of them holds.
     */
    static long steps(double value, double resolution) {
        return Math.clamp(Math.round(value / resolution), -MOST_STEPS, MOST_STEPS);
    }

    /** Adds steps; what no number holds stays at the greatest there is. */
    static long sum(long steps, long more) {
        long sum = steps + more;
        boolean isWrapped = ((steps ^ sum) & (more ^ sum)) < 0;
        return !isWrapped ? sum : steps < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /** Returns the value of some steps, without the noise of binary fractions. */
    static double value(long steps, double resolution) {
        return BigDecimal.valueOf(resolution)
                .multiply(BigDecimal.valueOf(steps))
                .doubleValue();
    }

    private static long oldestShown(long nowMicros) {
        return Math.floorDiv(nowMicros, Micros.MINUTE) - SHOWN_MINUTES + 1;
    }

    private static long minute(long micros) {
        return Math.floorDiv(micros, MINUTES * Micros.MINUTE) * MINUTES;
    }
}
