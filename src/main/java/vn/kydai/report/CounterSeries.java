package vn.kydai.report;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Problem;
import vn.kydai.event.TotalsTold;
import vn.kydai.event.Width;
import vn.kydai.registry.RunningTotal;
import vn.kydai.registry.RunningTotal.Fallen;
import vn.kydai.report.SeriesTable.Part;

/**
 * What fell from one running total to the next. The rollups hold of totals the least and the greatest of each bucket, so it
 * is counted by quarters of an hour, or minutes where those are asked for: exact over time, while a gauge that starts again
 * within a quarter may have some of the quarter's rain in the next one.
 */
public final class CounterSeries {
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
        List<Long> fallen =
                fallen(mostPerHour, totals.stream().map(CounterSeries::told).toList());
        long from = SeriesTable.minute(asked.from());
        Map<Long, Part> points = new TreeMap<>();
        for (int index = 0; index < fallen.size(); index++) {
            Part bucket = totals.get(index);
            if (bucket.minute() >= from) {
                long start = SeriesTable.minute(asked.step().start(SeriesQuery.local(bucket.minute())));
                BigDecimal fell = BigDecimal.valueOf(fallen.get(index));
                points.merge(
                        start,
                        new Part(start, bucket.figure(), bucket.count(), fell, null, null, null),
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

    /**
     * Returns what fell by each bucket, in millionths of the metric's unit.
     *
     * @param mostPerHour the greatest plausible increment within an hour, in the metric's unit; absent = any
     * @param buckets by rising time
     */
    public static List<Long> fallen(@Nullable Double mostPerHour, List<TotalsTold> buckets) {
        RunningTotal total = new RunningTotal(mostPerHour == null ? null : mostPerHour * MILLION);
        Map<Long, Long> fallen = new HashMap<>();
        for (TotalsTold bucket : buckets) {
            fallen(total, bucket).forEach(fell -> fallen.merge(fell.micros(), fell.amount(), Long::sum));
        }
        return buckets.stream()
                .map(bucket -> fallen.getOrDefault(micros(bucket), 0L))
                .toList();
    }

    /** A least total below the one before: the gauge has started again, after the greatest one if that is not below it. */
    private static List<Fallen> fallen(RunningTotal total, TotalsTold bucket) {
        if (bucket.least() == bucket.greatest()) {
            return total.next(micros(bucket), bucket.least());
        }
        boolean isStartedInside = total.isBelow(bucket.least()) && !total.isBelow(bucket.greatest());
        long first = isStartedInside ? bucket.greatest() : bucket.least();
        long last = isStartedInside ? bucket.least() : bucket.greatest();
        List<Fallen> fallen = new ArrayList<>(total.next(micros(bucket), first));
        fallen.addAll(total.next(micros(bucket), last));
        return fallen;
    }

    private static long micros(TotalsTold bucket) {
        return bucket.minute() * MICROS_OF_MINUTE;
    }

    /** Of readings every bucket has both. */
    private static TotalsTold told(Part bucket) {
        return new TotalsTold(
                bucket.minute(),
                requireNonNull(bucket.min(), "a bucket of readings without a least"),
                requireNonNull(bucket.max(), "a bucket of readings without a greatest"));
    }
}
