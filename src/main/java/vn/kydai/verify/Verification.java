package vn.kydai.verify;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.kydai.config.Settings;

/**
 * Counts every rollup anew from the journal, up to the checkpoint that wrote them, and compares; and what series make of
 * running totals by a rule of its own. It reads one snapshot in a transaction that is rolled back, so it may run beside a
 * server.
 */
public final class Verification {
    private static final int MOST_SHOWN = 1_000;

    private static final String SNAPSHOT = "set transaction isolation level repeatable read";
    private static final String POSITION = "select position from checkpoint where partition = 0";
    private static final String IS_SET_ASIDE = "select exists (select from set_aside)";

    /** Temporary relations are found before all others, so that every statement that follows reads this one. */
    private static final String LEAVE_OUT = """
            create temporary view journal with (security_barrier) as
            select * from public.journal
            where position <> all (array(select position from public.set_aside))""";

    private static final String ASK =
            "insert into asked (position, lateness_days, events_per_source_day) values ($1, $2, $3)";
    private static final List<String> COUNTS =
            List.of("ratings", "tickets", "readings", "parties", "dossiers", "outcomes", "buckets", "totals");

    private final Pool pool;
    private final Settings.Aggregate bounds;
    private final StoredTotals totals;

    /**
     * What is verified.
     *
     * @param from first local day
     * @param to local day after the last
     * @param areas ids of areas and of sources; absent for all
     */
    public record Scope(
            LocalDate from, LocalDate to, @Nullable Set<String> areas) {
        public Scope {
            requireNonNull(from, "from is null");
            requireNonNull(to, "to is null");
        }
    }

    /**
     * A bucket that is not as the journal says. Both texts: count, sum, min, max, bins.
     *
     * @param figure as in the rollups; {@code fallen:METRIC} of what fell by the running totals of a source
     * @param width {@code 15m} …
     * @param stored empty when there is no such row
     * @param recomputed empty when there should be none
     */
    public record Difference(
            String figure, String area, String width, Instant start, String stored, String recomputed) {}

    /**
     * What was found.
     *
     * @param position up to which events are in the rollups
     * @param buckets compared
     * @param differences how many of them differ
     * @param bounded dossiers whose outcome is only held against how many were done
     * @param shown the first differences
     */
    public record Result(long position, long buckets, long differences, long bounded, List<Difference> shown) {
        public Result {
            shown = List.copyOf(shown);
        }
    }

    /**
     * Prepares it.
     *
     * @param bounds what the server is told
     * @param series how series count running totals
     */
    public Verification(Pool pool, Settings.Aggregate bounds, FallenTotals series) {
        this.pool = pool;
        this.bounds = bounds;
        this.totals = new StoredTotals(series);
    }

    /** Verifies; nothing when no checkpoint has been written yet. */
    public Future<Optional<Result>> run(Scope scope) {
        return pool.withConnection(sql ->
                sql.begin().compose(transaction -> run(sql, scope).eventually(() -> undone(transaction))));
    }

    private static Future<Void> undone(Transaction transaction) {
        return transaction.rollback();
    }

    private Future<Optional<Result>> run(SqlConnection sql, Scope scope) {
        return sql.query(SNAPSHOT)
                .execute()
                .compose(begun -> sql.query(POSITION).execute())
                .compose(rows -> {
                    if (rows.size() == 0) {
                        return Future.succeededFuture(Optional.empty());
                    }
                    long position = rows.iterator().next().getLong(0);
                    return recompute(sql, position)
                            .compose(counted -> totals.tell(sql))
                            .compose(told -> compare(sql, scope))
                            .map(compared -> Optional.of(result(position, compared)));
                });
    }

    /** What no fold takes is not counted; a barrier, since the planner must not look into rows that cannot be read. */
    private static Future<Void> leaveOut(SqlConnection sql) {
        return sql.query(IS_SET_ASIDE)
                .execute()
                .compose(rows -> rows.iterator().next().getBoolean(0)
                        ? sql.query(LEAVE_OUT).execute().mapEmpty()
                        : Future.succeededFuture());
    }

    private Future<Void> recompute(SqlConnection sql, long position) {
        Future<Void> counted = leaveOut(sql)
                .compose(left -> sql.query(text("begin")).execute())
                .compose(ready -> sql.preparedQuery(ASK)
                        .execute(Tuple.of(position, bounds.latenessDays(), bounds.eventsPerSourceDay())))
                .compose(asked -> sql.query(text("quota")).execute())
                .mapEmpty();
        for (String count : COUNTS) {
            counted =
                    counted.compose(before -> sql.query(text(count)).execute()).mapEmpty();
        }
        return counted;
    }

    private static Future<RowSet<Row>> compare(SqlConnection sql, Scope scope) {
        Set<String> areas = scope.areas();
        return sql.preparedQuery(text("compare"))
                .execute(Tuple.tuple()
                        .addLocalDate(scope.from())
                        .addLocalDate(scope.to())
                        .addArrayOfString(areas == null ? null : areas.toArray(String[]::new))
                        .addInteger(MOST_SHOWN));
    }

    private static Result result(long position, RowSet<Row> rows) {
        List<Difference> shown = new ArrayList<>();
        long buckets = 0;
        long differences = 0;
        long bounded = 0;
        for (Row row : rows) {
            buckets = row.getLong(6);
            differences = row.getLong(7);
            bounded = row.getLong(8);
            if (!row.getBoolean(9)) {
                shown.add(new Difference(
                        row.getString(0),
                        row.getString(1),
                        row.getString(2),
                        row.getOffsetDateTime(3).toInstant(),
                        row.getString(4),
                        row.getString(5)));
            }
        }
        return new Result(position, buckets, differences, bounded, shown);
    }

    private static String text(String name) {
        String file = "/verify/" + name + ".sql";
        try (InputStream in = requireNonNull(Verification.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
