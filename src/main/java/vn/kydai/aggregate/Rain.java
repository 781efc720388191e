package vn.kydai.aggregate;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Buckets.Bucket;

/**
 * Sums of rain up to a gauge's newest value. A gauge sends increments, or a running total; one that falls has started at
 * 0 again, and a lost message loses nothing of it. What the device doubts is in no sum of increments.
 */
final class Rain implements Serializable {
    private static final long HOUR = 60 * Micros.MINUTE;

    /** The meteorological service's day ends at 19:00. */
    private static final long OBSERVED_AT = 19 * HOUR;

    private static final Map<String, Long> WINDOWS =
            Map.of("1h", HOUR, "3h", 3 * HOUR, "6h", 6 * HOUR, "12h", 12 * HOUR, "24h", 24 * HOUR);

    /** Hours of totals needed for a day's sum: the one before is the base of its first increment. */
    static final int KEPT_HOURS = 25;

    private final Buckets totals;
    private final RainMinutes increments = new RainMinutes();
    private final double resolution;

    Rain(Buckets totals, double resolution) {
        this.totals = totals;
        this.resolution = resolution;
    }

    void add(Value value, long newestMicros) {
        increments.moveTo(newestMicros);
        if (!value.isDoubted()) {
            increments.add(value.micros(), Buckets.steps(value.value(), resolution));
        }
    }

    /** Returns the sum of the hour up to the newest value, mm. */
    double hour(boolean isCounter, long newestMicros) {
        return sum(isCounter, newestMicros - HOUR);
    }

    /** Returns the sums of the last 1, 3, 6, 12 and 24 hours, and {@code day} since 19:00 of the observing day, mm. */
    SortedMap<String, Double> windows(boolean isCounter, long newestMicros) {
        SortedMap<String, Double> sums = new TreeMap<>();
        WINDOWS.forEach((name, length) -> sums.put(name, sum(isCounter, newestMicros - length)));
        sums.put("day", sum(isCounter, dayStart(newestMicros)));
        return Collections.unmodifiableSortedMap(sums);
    }

    /** Returns the rain of each five minutes in the half day before an instant, for a gauge that sends totals. */
    SortedMap<Long, Double> counted(long nowMicros) {
        SortedMap<Long, Double> shown = new TreeMap<>();
        Bucket before = null;
        for (Bucket bucket : totals.all()) {
            shown.put(bucket.start(), Buckets.value(increment(before, bucket), resolution));
            before = bucket;
        }
        shown.keySet().retainAll(totals.shown(nowMicros).keySet());
        return Collections.unmodifiableSortedMap(shown);
    }

    /**
     * Names how heavy it was, by the greater of what 24 h and 12 h say: {@code light}, {@code rain}, {@code moderate},
     * {@code heavy}, {@code very_heavy} (mưa nhỏ, mưa, mưa vừa, mưa to, mưa rất to).
     */
    static @Nullable String category(SortedMap<String, Double> windows) {
        double day = windows.getOrDefault("24h", 0.0);
        double halfDay = windows.getOrDefault("12h", 0.0);
        if (day > 100 || halfDay > 50) {
            return "very_heavy";
        }
        if (day > 50 || halfDay > 25) {
            return "heavy";
        }
        if (day >= 16 || halfDay >= 8) {
            return "moderate";
        }
        if (day >= 6 || halfDay >= 3) {
            return "rain";
        }
        return day > 0 ? "light" : null;
    }

    private double sum(boolean isCounter, long sinceMicros) {
        return Buckets.value(isCounter ? counterSum(sinceMicros) : increments.since(sinceMicros), resolution);
    }

    private long counterSum(long sinceMicros) {
        long sum = 0;
        Bucket before = null;
        for (Bucket bucket : totals.all()) {
            if (bucket.newest().micros() > sinceMicros) {
                sum += increment(before, bucket);
            }
            before = bucket;
        }
        return sum;
    }

    private long increment(@Nullable Bucket before, Bucket bucket) {
        long total = Buckets.steps(bucket.newest().value(), resolution);
        if (before == null) {
            return 0;
        }
        long earlier = Buckets.steps(before.newest().value(), resolution);
        return total >= earlier ? total - earlier : total;
    }

    /** An increment told at 19:00 sharp is about the day that ends. */
    private static long dayStart(long micros) {
        return Quarters.startOf(Micros.day(micros - 1 - OBSERVED_AT)) + OBSERVED_AT;
    }
}
