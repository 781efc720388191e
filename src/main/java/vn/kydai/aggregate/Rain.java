package vn.kydai.aggregate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Buckets.Bucket;
import vn.kydai.registry.RunningTotal;

/**
 * Sums of rain up to a gauge's newest value. A gauge sends increments, or a running total; one that falls has started at
 * 0 again, and a lost message loses nothing of it; one too far above is not believed. What the device doubts is in no sum
 * of increments.
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
    double hour(ChannelRules rules, long newestMicros) {
        return Buckets.value(sum(rules.isCounter() ? fallen(rules) : null, newestMicros - HOUR), resolution);
    }

    /** Returns the sums of the last 1, 3, 6, 12 and 24 hours, and {@code day} since 19:00 of the observing day, mm. */
    SortedMap<String, Double> windows(ChannelRules rules, long newestMicros) {
        @Nullable List<Fallen> fallen = rules.isCounter() ? fallen(rules) : null;
        SortedMap<String, Double> sums = new TreeMap<>();
        WINDOWS.forEach((name, length) ->
                sums.put(name, Buckets.value(sum(fallen, newestMicros - length), resolution)));
        sums.put("day", Buckets.value(sum(fallen, dayStart(newestMicros)), resolution));
        return Collections.unmodifiableSortedMap(sums);
    }

    /** Returns the rain of each five minutes in the half day before an instant, for a gauge that sends totals. */
    SortedMap<Long, Double> counted(ChannelRules rules, long nowMicros) {
        SortedMap<Long, Double> shown = new TreeMap<>();
        fallen(rules).forEach(five -> shown.put(five.bucket().start(), Buckets.value(five.steps(), resolution)));
        shown.keySet().retainAll(totals.shown(nowMicros).keySet());
        return Collections.unmodifiableSortedMap(shown);
    }

    /** Tells whether the newest total lies too far above those before to be believed. */
    boolean isDoubted(ChannelRules rules) {
        List<Fallen> fallen = rules.isCounter() ? fallen(rules) : List.of();
        return !fallen.isEmpty() && !fallen.get(fallen.size() - 1).isBelieved();
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

    /** Five minutes of a gauge that sends totals: what fell since those before. */
    private record Fallen(Bucket bucket, long steps, boolean isBelieved) {}

    private List<Fallen> fallen(ChannelRules rules) {
        Double most = rules.plausible().max();
        RunningTotal total = new RunningTotal(most == null ? null : most / resolution);
        Map<Long, Long> steps = new HashMap<>();
        List<Boolean> isBelieved = new ArrayList<>();
        for (Bucket bucket : totals.all()) {
            Value newest = bucket.newest();
            total.next(newest.micros(), Buckets.steps(newest.value(), resolution))
                    .forEach(fell -> steps.merge(fell.micros(), fell.amount(), Long::sum));
            isBelieved.add(total.isBelieved());
        }
        List<Fallen> fallen = new ArrayList<>();
        for (Bucket bucket : totals.all()) {
            long fell = steps.getOrDefault(bucket.newest().micros(), 0L);
            fallen.add(new Fallen(bucket, fell, isBelieved.get(fallen.size())));
        }
        return fallen;
    }

    private long sum(@Nullable List<Fallen> fallen, long sinceMicros) {
        return fallen == null
                ? increments.since(sinceMicros)
                : fallen.stream()
                        .filter(five -> five.bucket().newest().micros() > sinceMicros)
                        .mapToLong(Fallen::steps)
                        .sum();
    }

    /** An increment told at 19:00 sharp is about the day that ends. */
    private static long dayStart(long micros) {
        return Quarters.startOf(Micros.day(micros - 1 - OBSERVED_AT)) + OBSERVED_AT;
    }
}
