package vn.kydai.aggregate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Quarters.Line;
import vn.kydai.event.Figure.Comparison;

/**
 * What an area's day is compared with: yesterday, a week ago, and what is usual, the same weekday of the last eight
 * weeks. A day on which nothing was counted, a holiday mostly, is no example. Nor are, for dossiers, the days before the
 * first of these on which one was done: who begins with the dossiers that are open tells of earlier days only what is
 * left of them, and a median of remainders is no usual value.
 */
final class EarlierDays {
    private static final int WEEK = 7;
    private static final int WEEKS = 8;
    private static final int YESTERDAY = 1;

    /** Makes one number of many, as a hash does. */
    private static final long MIX = 1_000_003;

    /** Fewer examples say nothing about what is usual. */
    private static final int LEAST_DAYS = 3;

    private static final int QUARTERS_AN_HOUR = 4;
    private static final long QUARTER_MINUTES = 15;
    private static final int LOW_PERCENT = 10;
    private static final int MEDIAN_PERCENT = 50;
    private static final int HIGH_PERCENT = 90;

    private final List<AreaCounters> leaves;
    private int day = Integer.MIN_VALUE;
    private long version = -1;

    /** Sums of the leaves by days back, then by line and quarter: only days on which anything was counted. */
    private final Map<Integer, Map<Line, long[]>> examples = new HashMap<>();

    /** The most days back of which all dossiers are known, not only those left open; 0 without any. */
    private int wholeDaysBack;

    EarlierDays(List<AreaCounters> leaves) {
        this.leaves = leaves;
    }

    /** Moves to a day; tells whether anything that it is compared with changed. */
    boolean moveTo(int today) {
        long now = 0;
        for (AreaCounters leaf : leaves) {
            now = MIX * now + leaf.quartersVersion(today - YESTERDAY);
            for (int week = 1; week <= WEEKS; week++) {
                now = MIX * now + leaf.quartersVersion(today - week * WEEK);
            }
        }
        if (today == day && now == version) {
            return false;
        }
        day = today;
        version = now;
        examples.clear();
        read(YESTERDAY);
        for (int week = 1; week <= WEEKS; week++) {
            read(week * WEEK);
        }
        wholeDaysBack = examples.keySet().stream()
                .filter(back -> sum(back, Line.DONE, Quarters.PER_DAY) > 0)
                .max(Integer::compare)
                .orElse(0);
        return true;
    }

    /** Compares what a line of dossiers counts from midnight to a quarter of an hour, exclusive; absent without any example. */
    @Nullable
    Comparison counted(Line line, int quarter) {
        Map<Integer, Double> counts = new HashMap<>();
        for (Integer back : examples.keySet()) {
            if (back <= wholeDaysBack) {
                counts.put(back, (double) sum(back, line, quarter));
            }
        }
        return comparison(counts);
    }

    /** Compares the mean wait from midnight to a quarter of an hour, exclusive, s. */
    @Nullable
    Comparison waited(int quarter) {
        Map<Integer, Double> means = new HashMap<>();
        for (Integer back : examples.keySet()) {
            Double mean = FigureTable.mean(sum(back, Line.WAIT_MICROS, quarter), sum(back, Line.WAITED, quarter));
            if (mean != null) {
                means.put(back, mean);
            }
        }
        return comparison(means);
    }

    /**
     * Returns the usual band of a line of dossiers: for each quarter of an hour the tenth and the ninetieth percentile of all
     * quarters of the same hour, as {@code ID.low} and {@code ID.high} by epoch minute.
     */
    SortedMap<String, SortedMap<Long, Double>> band(String id, Line line) {
        TreeMap<Long, Double> low = new TreeMap<>();
        TreeMap<Long, Double> high = new TreeMap<>();
        long start = Quarters.startOf(day) / Micros.MINUTE;
        for (int first = 0; first < Quarters.PER_DAY; first += QUARTERS_AN_HOUR) {
            double[] sorted = hour(line, first);
            if (sorted.length >= LEAST_DAYS * QUARTERS_AN_HOUR && sorted[sorted.length - 1] > 0) {
                for (int quarter = first; quarter < first + QUARTERS_AN_HOUR; quarter++) {
                    low.put(start + quarter * QUARTER_MINUTES, percentile(sorted, LOW_PERCENT));
                    high.put(start + quarter * QUARTER_MINUTES, percentile(sorted, HIGH_PERCENT));
                }
            }
        }
        SortedMap<String, SortedMap<Long, Double>> band = new TreeMap<>();
        if (!low.isEmpty()) {
            band.put(id + ".low", Collections.unmodifiableSortedMap(low));
            band.put(id + ".high", Collections.unmodifiableSortedMap(high));
        }
        return band;
    }

    private void read(int back) {
        Map<Line, long[]> sums = new EnumMap<>(Line.class);
        for (AreaCounters leaf : leaves) {
            leaf.quarters(day - back).forEach((line, counts) -> {
                long[] sum = sums.computeIfAbsent(line, key -> new long[Quarters.PER_DAY]);
                for (int quarter = 0; quarter < Quarters.PER_DAY; quarter++) {
                    sum[quarter] += counts[quarter];
                }
            });
        }
        boolean isExample =
                sums.values().stream().anyMatch(counts -> Arrays.stream(counts).anyMatch(count -> count != 0));
        if (isExample) {
            examples.put(back, sums);
        }
    }

    private long sum(int back, Line line, int quarter) {
        long[] counts = examples.getOrDefault(back, Map.of()).get(line);
        return counts == null ? 0 : Arrays.stream(counts, 0, quarter).sum();
    }

    private static @Nullable Comparison comparison(Map<Integer, Double> byDaysBack) {
        List<Double> weeks = new ArrayList<>();
        for (int week = 1; week <= WEEKS; week++) {
            Double value = byDaysBack.get(week * WEEK);
            if (value != null) {
                weeks.add(value);
            }
        }
        double[] sorted =
                weeks.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        Double usual = sorted.length < LEAST_DAYS ? null : (Double) percentile(sorted, MEDIAN_PERCENT);
        Double yesterday = byDaysBack.get(YESTERDAY);
        Double lastWeek = byDaysBack.get(WEEK);
        return yesterday == null && lastWeek == null && usual == null
                ? null
                : new Comparison(yesterday, lastWeek, usual);
    }

    private double[] hour(Line line, int first) {
        List<Long> counts = new ArrayList<>();
        for (int week = 1; week <= WEEKS && week * WEEK <= wholeDaysBack; week++) {
            Map<Line, long[]> example = examples.get(week * WEEK);
            if (example != null) {
                long[] known = example.getOrDefault(line, new long[Quarters.PER_DAY]);
                Arrays.stream(known, first, first + QUARTERS_AN_HOUR).forEach(counts::add);
            }
        }
        return counts.stream().mapToDouble(Long::doubleValue).sorted().toArray();
    }

    /** Nearest rank. */
    private static double percentile(double[] sorted, int percent) {
        return sorted[Math.max(0, Math.ceilDiv(sorted.length * percent, 100) - 1)];
    }
}
