package vn.kydai.aggregate;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The last half day of one metric of one device in buckets of five minutes, keyed by the epoch minute of their start:
 * the newest value of each, or for increments their sum.
 */
final class Buckets implements Serializable {
    static final long MINUTES = 5;
    static final long SHOWN_MINUTES = 12 * 60;

    /** Kept beyond what is shown, for pictures of an instant before the newest reading. */
    private static final long SLACK_MINUTES = 60;

    private final boolean isSummed;
    private final double resolution;
    private final TreeMap<Long, Bucket> buckets = new TreeMap<>();

    /** What each bucket shows: a picture copies it, and copying a sorted map is linear. */
    private final TreeMap<Long, Double> values = new TreeMap<>();

    private static final class Bucket implements Serializable {
        private @Nullable Value newest;
        private long steps;
    }

    Buckets(boolean isSummed, double resolution) {
        this.isSummed = isSummed;
        this.resolution = resolution;
    }

    void add(Value value, long newestMicros) {
        long oldestKept = minute(newestMicros) - SHOWN_MINUTES - SLACK_MINUTES;
        buckets.headMap(oldestKept, false).clear();
        values.headMap(oldestKept, false).clear();
        long start = minute(value.stamp().micros());
        if (start < oldestKept) {
            return;
        }
        Bucket bucket = buckets.computeIfAbsent(start, key -> new Bucket());
        bucket.steps += steps(value.value(), resolution);
        if (bucket.newest == null || value.stamp().isAfter(bucket.newest.stamp())) {
            bucket.newest = value;
        }
        values.put(start, value(bucket));
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
            if (newest != null && newest.stamp().micros() <= toMicros) {
                return newest;
            }
            entry = buckets.lowerEntry(entry.getKey());
        }
        return null;
    }

    /** Counts a value in steps of the metric's resolution: integers add up the same in any order. */
    static long steps(double value, double resolution) {
        return Math.round(value / resolution);
    }

    /** Returns the value of some steps, without the noise of binary fractions. */
    static double value(long steps, double resolution) {
        return BigDecimal.valueOf(resolution)
                .multiply(BigDecimal.valueOf(steps))
                .doubleValue();
    }

    private double value(Bucket bucket) {
        Value newest = bucket.newest;
        return isSummed || newest == null ? value(bucket.steps, resolution) : newest.value();
    }

    private static long oldestShown(long nowMicros) {
        return Math.floorDiv(nowMicros, Micros.MINUTE) - SHOWN_MINUTES + 1;
    }

    private static long minute(long micros) {
        return Math.floorDiv(micros, MINUTES * Micros.MINUTE) * MINUTES;
    }
}
