package vn.kydai.verify;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.RollupFigure;
import vn.kydai.event.TotalsTold;

/** What series tell of each running total, from what is stored, put where {@code compare.sql} looks for it. */
record StoredTotals(FallenTotals series) {
    private static final String COUNTERS = "select source, metric, most_per_hour / 1e6 from counter order by 1, 2";

    private static final String STORED = """
            select date_part('epoch', window_start)::bigint / 60, min, max from rollup
            where figure = $1 and area = $2 and width = '15m' and min is not null and max is not null
            order by window_start""";

    private static final String TELL = """
            insert into told_as_fallen (figure, area, window_start, amount)
            select $1, $2, to_timestamp(minute * 60), amount from unnest($3::bigint[], $4::bigint[]) as told (minute, amount)""";

    Future<Void> tell(SqlConnection sql) {
        return sql.query(COUNTERS).execute().compose(counters -> {
            Future<Void> told = Future.succeededFuture();
            for (Row counter : counters) {
                told = told.compose(
                        before -> tell(sql, counter.getString(0), counter.getString(1), counter.getDouble(2)));
            }
            return told;
        });
    }

    private Future<Void> tell(SqlConnection sql, String source, String metric, @Nullable Double mostPerHour) {
        return sql.preparedQuery(STORED)
                .execute(Tuple.of(RollupFigure.READING + metric, source))
                .compose(rows -> {
                    List<TotalsTold> told = told(rows);
                    Long[] minutes = told.stream().map(TotalsTold::minute).toArray(Long[]::new);
                    Long[] amounts = series.fallen(mostPerHour, told).toArray(Long[]::new);
                    return sql.preparedQuery(TELL)
                            .execute(Tuple.of("fallen:" + metric, source, minutes, amounts))
                            .mapEmpty();
                });
    }

    private static List<TotalsTold> told(RowSet<Row> rows) {
        List<TotalsTold> told = new ArrayList<>(rows.size());
        for (Row row : rows) {
            told.add(new TotalsTold(row.getLong(0), row.getLong(1), row.getLong(2)));
        }
        return told;
    }
}
