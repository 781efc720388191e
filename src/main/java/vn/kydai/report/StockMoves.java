package vn.kydai.report;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import vn.kydai.event.Width;
import vn.kydai.registry.WorkingCalendar;
import vn.kydai.report.SeriesTable.Part;
import vn.kydai.report.SeriesTable.Span;

/**
 * What a unit has in hand moves with it: a stock on a day is that of the units an area has on that day, wherever the series
 * begins. Units move at the beginning of a day.
 */
final class StockMoves {
    private static final int SECONDS_OF_MINUTE = 60;

    /** Of each unit all that was before a day, from the widest buckets that end by then. */
    private static final String HELD = """
            select move.n, sum(case when figure = ($1::text[])[1] then count else -count end)::bigint
            from unnest($2::text[], $3::timestamptz[], $4::timestamptz[]) with ordinality as move (area, year, day, n)
            join rollup on rollup.area = move.area and figure = any($1::text[]) and (
                (width = '1y' and window_start < move.year)
                or (width = '1d' and window_start >= move.year and window_start < move.day))
            group by move.n""";

    private StockMoves() {}

    /** A unit that comes, or goes, at an instant. */
    private record Move(String area, Instant at, int sign) {}

    /** Reads them in order of time; none of what is no stock. */
    static Future<List<Part>> read(SqlConnection sql, SeriesFigure figure, SeriesQuery query, List<Span> spans) {
        List<Move> moves = figure instanceof SeriesFigure.Stock ? moves(query, spans) : List.of();
        if (moves.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Tuple asked = Tuple.of(figure.stored().toArray(String[]::new))
                .addArrayOfString(moves.stream().map(Move::area).toArray(String[]::new))
                .addArrayOfOffsetDateTime(moves.stream()
                        .map(move -> SeriesTable.time(Width.YEAR.start(local(move.at()))))
                        .toArray(OffsetDateTime[]::new))
                .addArrayOfOffsetDateTime(moves.stream()
                        .map(move -> SeriesTable.time(local(move.at())))
                        .toArray(OffsetDateTime[]::new));
        return sql.preparedQuery(HELD).execute(asked).map(rows -> {
            List<Part> parts = new ArrayList<>(rows.size());
            for (Row row : rows) {
                Move move = moves.get(Math.toIntExact(row.getLong(0)) - 1);
                long minute = move.at().getEpochSecond() / SECONDS_OF_MINUTE;
                parts.add(new Part(minute, 0, move.sign() * row.getLong(1), BigDecimal.ZERO, null, null, null));
            }
            parts.sort(Comparator.comparingLong(Part::minute));
            return parts;
        });
    }

    private static List<Move> moves(SeriesQuery query, List<Span> spans) {
        Instant first = SeriesQuery.instant(query.from());
        Instant last = SeriesQuery.instant(query.to());
        List<Move> moves = new ArrayList<>();
        for (Span span : spans) {
            if (span.isMoving() && span.from().isAfter(first)) {
                moves.add(new Move(span.area(), span.from(), 1));
            }
            if (span.isMoving() && span.to().isBefore(last)) {
                moves.add(new Move(span.area(), span.to(), -1));
            }
        }
        return moves;
    }

    private static LocalDateTime local(Instant instant) {
        return LocalDateTime.ofInstant(instant, WorkingCalendar.ZONE);
    }
}
