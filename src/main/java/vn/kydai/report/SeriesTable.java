package vn.kydai.report;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Width;

/** Reads the table of rollups. */
final class SeriesTable {
    private static final int SECONDS_OF_MINUTE = 60;

    private static final String SNAPSHOT = "set transaction isolation level repeatable read, read only";
    private static final String POSITION = "select coalesce(max(position), 0) from checkpoint where partition = 0";

    /** The epoch as a double: as a numeric it takes as long as all the rest. */
    private static final String FIGURE_AT =
            "select date_part('epoch', window_start)::bigint / 60, array_position($1::text[], figure), ";

    /** Of one area each bucket of a figure is one row, so nothing is added up. */
    private static final Columns OF_ONE = new Columns("count", ", sum, min, max, bins", " order by window_start");

    private static final Columns ADDED_UP = new Columns(
            "sum(count)::bigint", ", sum(sum), min(min), max(max), sum_bins(bins)", " group by 1, 2 order by 1");

    private static final String BUCKETS = """

            from rollup
            where figure = any($1) and area = any($2) and width = $3 and window_start >= $4 and window_start < $5""";

    /** A month that saw an area end holds nothing of what came after, so it counts for the area before. */
    private static final String IN_SPANS = """
            and exists (
                select from unnest($6::text[], $7::timestamptz[], $8::timestamptz[]) as span (area, first, last)
                where span.area = rollup.area and window_start < span.last
                    and (window_start at time zone 'Asia/Ho_Chi_Minh' + $9::text::interval)
                        at time zone 'Asia/Ho_Chi_Minh' > span.first)""";

    /** All that was before, from the widest buckets that end by then. */
    private static final String BEFORE = """
            select array_position($1::text[], figure), sum(count)::bigint from rollup
            where figure = any($1) and area = any($2) and (
                (width = '1y' and window_start < $3)
                or (width = '1d' and window_start >= $3 and window_start < $4)
                or (width = '15m' and window_start >= $4 and window_start < $5))
            group by figure""";

    private final Pool pool;

    private record Columns(String count, String sums, String ending) {}

    SeriesTable(Pool pool) {
        this.pool = pool;
    }

    /**
     * While an area, or a source, belongs to what is asked for; the end is exclusive.
     *
     * @param isMoving whether what it holds comes with it at its beginning and goes with it at its end
     */
    record Span(String area, Instant from, Instant to, boolean isMoving) {
        Span(String area, Instant from, Instant to) {
            this(area, from, to, false);
        }
    }

    /**
     * What one figure has in one bucket.
     *
     * @param minute epoch minute (UTC) of its start
     * @param figure which one of those asked for, from 0
     * @param sum µs of durations, millionths of the metric's unit of readings
     * @param bins from bin 0; absent where there are none
     */
    record Part(
            long minute,
            int figure,
            long count,
            BigDecimal sum,
            @Nullable Long min,
            @Nullable Long max,
            @Nullable List<Integer> bins) {}

    /**
     * What was found.
     *
     * @param position of the checkpoint that wrote it
     * @param before how many each figure had before the first bucket; only of stocks, else 0
     * @param moves what units brought with them or took away, at that moment, by rising time; only of stocks
     * @param parts by rising time
     */
    record Found(long position, List<Long> before, List<Part> moves, List<Part> parts) {}

    Future<Found> read(SeriesFigure figure, SeriesQuery query, List<Span> spans) {
        String[] figures = figure.stored().toArray(String[]::new);
        return pool.withTransaction(sql -> sql.query(SNAPSHOT)
                .execute()
                .compose(begun -> sql.query(POSITION).execute())
                .compose(position -> before(sql, figure, figures, query, spans)
                        .compose(before -> StockMoves.read(sql, figure, query, spans)
                                .compose(moves -> parts(sql, figure, query, spans)
                                        .map(parts -> new Found(
                                                position.iterator().next().getLong(0), before, moves, parts))))));
    }

    private static Future<List<Part>> parts(
            SqlConnection sql, SeriesFigure figure, SeriesQuery query, List<Span> spans) {
        String[] figures = figure.stored().toArray(String[]::new);
        boolean isWhole = spans.stream()
                .allMatch(span -> !span.from().isAfter(SeriesQuery.instant(query.from()))
                        && !span.to().isBefore(SeriesQuery.instant(query.to())));
        // A unit comes and goes at the beginning of a day, which need not be that of a month.
        boolean isByDays = !isWhole && (query.step() == Width.MONTH || query.step() == Width.YEAR);
        Width width = isByDays ? Width.DAY : query.step();
        Tuple asked = Tuple.of(figures, areas(spans), width.id(), time(query.from()), time(query.to()));
        if (!isWhole) {
            asked.addArrayOfString(areas(spans))
                    .addArrayOfOffsetDateTime(times(spans, Span::from))
                    .addArrayOfOffsetDateTime(times(spans, Span::to))
                    .addString(interval(width));
        }
        boolean isCount = figure instanceof SeriesFigure.Count
                || figure instanceof SeriesFigure.Share
                || figure instanceof SeriesFigure.Stock;
        boolean isOfOne = !isByDays && spans.stream().map(Span::area).distinct().count() == 1;
        Columns columns = isOfOne ? OF_ONE : ADDED_UP;
        return sql.preparedQuery((isByDays ? figureIn(query.step()) : FIGURE_AT)
                        + columns.count()
                        + (isCount ? "" : columns.sums())
                        + BUCKETS
                        + (isWhole ? "" : "\n" + IN_SPANS)
                        + columns.ending())
                .execute(asked)
                .map(rows -> parts(rows, isCount));
    }

    private static List<Part> parts(RowSet<Row> rows, boolean isCount) {
        List<Part> parts = new ArrayList<>(rows.size());
        for (Row row : rows) {
            long minute = row.getLong(0);
            int figure = row.getInteger(1) - 1;
            long count = row.getLong(2);
            parts.add(
                    isCount
                            ? new Part(minute, figure, count, BigDecimal.ZERO, null, null, null)
                            : new Part(
                                    minute,
                                    figure,
                                    count,
                                    row.getBigDecimal(3),
                                    row.getLong(4),
                                    row.getLong(5),
                                    bins(row.getArrayOfIntegers(6))));
        }
        return parts;
    }

    private static @Nullable List<Integer> bins(Integer @Nullable [] counts) {
        return counts == null ? null : List.of(counts);
    }

    private static Future<List<Long>> before(
            SqlConnection sql, SeriesFigure figure, String[] figures, SeriesQuery query, List<Span> spans) {
        List<Long> before = new ArrayList<>(Collections.nCopies(figures.length, 0L));
        if (!(figure instanceof SeriesFigure.Stock)) {
            return Future.succeededFuture(before);
        }
        Instant start = SeriesQuery.instant(query.from());
        List<Span> standing =
                spans.stream().filter(span -> !span.from().isAfter(start)).toList();
        Tuple asked = Tuple.of(
                figures,
                areas(standing),
                time(Width.YEAR.start(query.from())),
                time(Width.DAY.start(query.from())),
                time(query.from()));
        return sql.preparedQuery(BEFORE).execute(asked).map(rows -> {
            rows.forEach(row -> before.set(row.getInteger(0) - 1, row.getLong(1)));
            return before;
        });
    }

    private static String[] areas(List<Span> spans) {
        return spans.stream().map(Span::area).distinct().toArray(String[]::new);
    }

    static OffsetDateTime[] times(List<Span> spans, Function<Span, Instant> end) {
        return spans.stream()
                .map(span -> end.apply(span).atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }

    static OffsetDateTime time(LocalDateTime local) {
        return SeriesQuery.instant(local).atOffset(ZoneOffset.UTC);
    }

    /** The same of the month or year a day lies in. */
    private static String figureIn(Width step) {
        return """
                select date_part('epoch', date_trunc('%s', window_start at time zone 'Asia/Ho_Chi_Minh')
                    at time zone 'Asia/Ho_Chi_Minh')::bigint / 60, array_position($1::text[], figure),\s""".formatted(step == Width.MONTH ? "month" : "year");
    }

    private static String interval(Width step) {
        return switch (step) {
            case MINUTE -> "1 minute";
            case QUARTER -> "15 minutes";
            case HOUR -> "1 hour";
            case DAY -> "1 day";
            case MONTH -> "1 month";
            case YEAR -> "1 year";
        };
    }

    static long minute(LocalDateTime local) {
        return SeriesQuery.instant(local).getEpochSecond() / SECONDS_OF_MINUTE;
    }
}
