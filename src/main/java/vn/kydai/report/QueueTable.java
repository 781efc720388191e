package vn.kydai.report;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import vn.kydai.event.RollupFigure;
import vn.kydai.event.Width;
import vn.kydai.report.SeriesTable.Span;

/** Reads what the rollups hold of queues and ratings. */
final class QueueTable {
    private static final String[] FIGURES = {
        RollupFigure.ISSUED.id(),
        RollupFigure.CALLED.id(),
        RollupFigure.NO_SHOW.id(),
        RollupFigure.ABANDONED.id(),
        RollupFigure.WAIT.id(),
        RollupFigure.SERVICE.id(),
        RollupFigure.RATINGS.id(),
        RollupFigure.SATISFIED.id()
    };

    private static final String BUCKETS = """
            select case $1 when 'area' then rollup.area
                    when 'hour' then to_char(window_start at time zone 'Asia/Ho_Chi_Minh', 'HH24')
                    else to_char(window_start at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') end as key,
                figure, sum(count)::bigint, sum(sum), sum_bins(bins)
            from rollup
            join unnest($2::text[], $3::timestamptz[], $4::timestamptz[]) as span (area, first, last)
                on span.area = rollup.area and window_start >= span.first and window_start < span.last
            where figure = any($5) and width = $6
            group by key, figure
            order by key""";

    private static final String COUNTERS = """
            select substr(figure, length($1) + 1),
                to_char(window_start at time zone 'Asia/Ho_Chi_Minh', 'HH24'), sum(count)::bigint
            from rollup
            join unnest($2::text[], $3::timestamptz[], $4::timestamptz[]) as span (area, first, last)
                on span.area = rollup.area and window_start >= span.first and window_start < span.last
            where starts_with(figure, $1) and width = $5
            group by figure, 2
            having sum(count) <> 0
            order by figure, 2""";

    private final Pool pool;

    QueueTable(Pool pool) {
        this.pool = pool;
    }

    /**
     * What one figure has in one row.
     *
     * @param key the row's
     * @param sum of durations, in µs
     * @param bins of durations, from bin 0; empty of others
     */
    record Part(String key, String figure, long count, BigDecimal sum, List<Integer> bins) {}

    /** How many tickets a counter called last in an hour of the day, {@code "08"}. */
    record Calls(String counter, String hour, long count) {}

    /** Reads rows by {@code area}, {@code hour} or {@code day}. */
    Future<List<Part>> read(String by, List<Span> spans) {
        Tuple asked = spans(Tuple.of(by), spans)
                .addArrayOfString(FIGURES)
                .addString(by.equals("hour") ? Width.HOUR.id() : Width.DAY.id());
        return pool.preparedQuery(BUCKETS).execute(asked).map(rows -> {
            List<Part> parts = new ArrayList<>(rows.size());
            rows.forEach(row -> parts.add(
                    new Part(row.getString(0), row.getString(1), row.getLong(2), row.getBigDecimal(3), bins(row))));
            return parts;
        });
    }

    Future<List<Calls>> counters(List<Span> spans) {
        Tuple asked = spans(Tuple.of(RollupFigure.COUNTER), spans).addString(Width.HOUR.id());
        return pool.preparedQuery(COUNTERS).execute(asked).map(rows -> {
            List<Calls> calls = new ArrayList<>(rows.size());
            rows.forEach(row -> calls.add(new Calls(row.getString(0), row.getString(1), row.getLong(2))));
            return calls;
        });
    }

    private static Tuple spans(Tuple asked, List<Span> spans) {
        return asked.addArrayOfString(spans.stream().map(Span::area).toArray(String[]::new))
                .addArrayOfOffsetDateTime(SeriesTable.times(spans, Span::from))
                .addArrayOfOffsetDateTime(SeriesTable.times(spans, Span::to));
    }

    private static List<Integer> bins(Row row) {
        Integer[] counts = row.getArrayOfIntegers(4);
        return counts == null ? List.of() : Arrays.asList(counts);
    }
}
