package vn.kydai.aggregate;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import vn.kydai.aggregate.Moment.Phase;
import vn.kydai.aggregate.Quarters.Line;

/** The day's charts of an area: its leaves' quarters of an hour, summed. */
final class TrendTable {
    private static final long QUARTER_MINUTES = 15;

    private final Map<Line, long[]> sums = new EnumMap<>(Line.class);
    private final long startMinute;
    private final Phase phase;

    private TrendTable(Phase phase) {
        this.phase = phase;
        this.startMinute = Quarters.startOf(phase.day()) / Micros.MINUTE;
    }

    static SortedMap<String, SortedMap<Long, Double>> of(List<AreaCounters> leaves, Phase phase) {
        TrendTable table = new TrendTable(phase);
        leaves.forEach(leaf -> leaf.quarters(phase.day()).forEach(table::add));
        TreeMap<String, SortedMap<Long, Double>> trends = new TreeMap<>();
        trends.put("received15m", table.counts(Line.RECEIVED));
        trends.put("done15m", table.counts(Line.DONE));
        trends.put("called15m", table.counts(Line.CALLED));
        trends.put("waitMean15m", table.means());
        return Collections.unmodifiableSortedMap(trends);
    }

    private void add(Line line, long[] counts) {
        long[] sum = line(line);
        for (int quarter = 0; quarter < Quarters.PER_DAY; quarter++) {
            sum[quarter] += counts[quarter];
        }
    }

    private long[] line(Line line) {
        return sums.computeIfAbsent(line, key -> new long[Quarters.PER_DAY]);
    }

    /** A count has no holes: zero from the first opening to now, or as far as there are counts. */
    private SortedMap<Long, Double> counts(Line line) {
        long[] sum = line(line);
        int first = phase.firstQuarter() <= phase.lastQuarter() ? phase.firstQuarter() : Quarters.PER_DAY;
        int last = phase.firstQuarter() <= phase.lastQuarter() ? phase.lastQuarter() : -1;
        for (int quarter = 0; quarter < Quarters.PER_DAY; quarter++) {
            if (sum[quarter] != 0) {
                first = Math.min(first, quarter);
                last = Math.max(last, quarter);
            }
        }
        TreeMap<Long, Double> counts = new TreeMap<>();
        for (int quarter = first; quarter <= last; quarter++) {
            counts.put(minute(quarter), (double) sum[quarter]);
        }
        return Collections.unmodifiableSortedMap(counts);
    }

    /** A mean of nothing is no point. */
    private SortedMap<Long, Double> means() {
        TreeMap<Long, Double> means = new TreeMap<>();
        for (int quarter = 0; quarter < Quarters.PER_DAY; quarter++) {
            Double mean = FigureTable.mean(line(Line.WAIT_MICROS)[quarter], line(Line.WAITED)[quarter]);
            if (mean != null) {
                means.put(minute(quarter), mean);
            }
        }
        return Collections.unmodifiableSortedMap(means);
    }

    private long minute(int quarter) {
        return startMinute + quarter * QUARTER_MINUTES;
    }
}
