package vn.kydai.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Problem;
import vn.kydai.event.Width;
import vn.kydai.registry.RunningTotal;
import vn.kydai.registry.RunningTotal.Fallen;
import vn.kydai.report.SeriesTable.Part;

/**
 * What fell from one running total to the next. The rollups hold of totals the least and the greatest of each bucket, so it
 * is counted by quarters of an hour, or minutes where those are asked for: exact over time, while a gauge that starts again
 * within a quarter may have some of the quarter's rain in the next one.
 */
final class CounterSeries {
    /** A total needs the one before; of one that is older than this only what follows is known. */
    private static final int DAYS_BEFORE = 1;

    private static final long MICROS_OF_MINUTE = 60_000_000;
    private static final double MILLION = 1e6;

    private CounterSeries() {}

    /** Returns what has to be read for it. */
    static SeriesQuery needed(SeriesQuery asked) {
        Width width = asked.step() == Width.MINUTE ? Width.MINUTE : Width.QUARTER;
        SeriesQuery needed = new SeriesQuery(width, asked.from().minusDays(DAYS_BEFORE), asked.to());
        if (needed.points() > SeriesQuery.MAX_POINTS) {
            throw new Problem(
                    400,
                    "from: found a time so long before to that a running total has " + needed.points()
                            + " buckets of " + width.id() + " to count; allowed: at most " + SeriesQuery.MAX_POINTS
                            + ", so a shorter time");
        }
        return needed;
    }

    /**
     * Counts it.
     *
     * @param mostPerHour the greatest plausible increment within an hour, in the metric's unit
     * @param totals what was read, by rising time
     */
    static List<Part> fallen(SeriesQuery asked, @Nullable Double mostPerHour, List<Part> totals) {
        RunningTotal total = new RunningTotal(mostPerHour == null ? null : mostPerHour * MILLION);
        long from = SeriesTable.minute(asked.from());
        Map<Long, Part> points = new TreeMap<>();
        Map<Long, Long> fallen = new HashMap<>();
        for (Part bucket : totals) {
            fallen(total, bucket).forEach(fell -> fallen.merge(fell.micros(), fell.amount(), Long::sum));
        }
        for (Part bucket : totals) {
            long fell = fallen.getOrDefault(bucket.minute() * MICROS_OF_MINUTE, 0L);
            if (bucket.minute() >= from) {
                long start = SeriesTable.minute(asked.step().start(SeriesQuery.local(bucket.minute())));
                points.merge(
                        start,
                        new Part(start, bucket.figure(), bucket.count(), BigDecimal.valueOf(fell), null, null, null),
                        (one, other) -> new Part(
                                start,
                                one.figure(),
                                one.count() + other.count(),
                                one.sum().add(other.sum()),
                                null,
                                null,
                                null));
            }
        }
        return new ArrayList<>(points.values());
    }

    /** A least total below the one before: the gauge has started again, after the greatest one if that is not below it. */
    private static List<Fallen> fallen(RunningTotal total, Part bucket) {
        Long least = bucket.min();
        Long greatest = bucket.max();
        if (least == null || greatest == null) {
            return List.of();
        }
        long micros = bucket.minute() * MICROS_OF_MINUTE;
        if (least.equals(greatest)) {
            return total.next(micros, least);
        }
        boolean isStartedInside = total.isBelow(least) && !total.isBelow(greatest);
        long first = isStartedInside ? greatest : least;
        long last = isStartedInside ? least : greatest;
        List<Fallen> fallen = new ArrayList<>(total.next(micros, first));
        fallen.addAll(total.next(micros, last));
        return fallen;
    }
}
