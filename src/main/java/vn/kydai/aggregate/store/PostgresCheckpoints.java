package vn.kydai.aggregate.store;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The checkpoint in PostgreSQL, beside the journal, so that one transaction can hold both its state and the rollups. */
public final class PostgresCheckpoints implements Checkpoints {
    private static final short PARTITION = 0;
    private static final int ROWS_OF_A_STATEMENT = 5_000;
    private static final int SECONDS_OF_MINUTE = 60;

    /** PostgreSQL takes no message of more than 1 GB. */
    private static final long BYTES_OF_A_STATEMENT = 16L << 20;

    private static final String FIND =
            "select position from checkpoint where partition = $1 and format = $2 and complete";
    private static final String PIECES = "select name, state from checkpoint_part where partition = $1";

    private static final String BEGIN_ANEW = """
            insert into checkpoint (partition, position, format, complete) values ($1, $2, $3, $4)
            on conflict (partition) do update set position = $2, format = $3, complete = $4""";
    private static final String GO_ON = """
            update checkpoint set position = $2, complete = $4
            where partition = $1 and format = $3 and position = $5""";
    private static final String POSITION = "select position from checkpoint where partition = $1 and format = $2";

    private static final String KEEP = """
            insert into checkpoint_part (partition, name, state)
            select $1, name, state from unnest($2::text[], $3::bytea[]) as pieces (name, state)
            on conflict (partition, name) do update set state = excluded.state""";
    private static final String DROP = "delete from checkpoint_part where partition = $1 and name = any($2)";

    private static final String ADD = """
            insert into rollup as known (figure, area, width, window_start, count, sum, min, max, bins)
            select figure, area, width, window_start, count, sum::numeric, min, max, bins::integer[]
            from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::bigint[], $6::text[], $7::bigint[],
                $8::bigint[], $9::text[]) as gains (figure, area, width, window_start, count, sum, min, max, bins)
            on conflict (figure, area, width, window_start) do update set
                count = known.count + excluded.count,
                sum = known.sum + excluded.sum,
                min = least(known.min, excluded.min),
                max = greatest(known.max, excluded.max),
                bins = add_bins(known.bins, excluded.bins)""";
    private static final String DROP_EMPTY = "delete from rollup where count = 0 and sum = 0";
    private static final String DROP_MINUTES = "delete from rollup where width = '1m' and window_start < $1";

    private final Pool pool;

    /** Keeps them in a database that has been migrated. */
    public PostgresCheckpoints(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Future<Optional<Saved>> load(String format) {
        return pool.withTransaction(sql -> sql.preparedQuery(FIND)
                .execute(Tuple.of(PARTITION, format))
                .compose(rows -> {
                    if (rows.size() == 0) {
                        return Future.succeededFuture(Optional.empty());
                    }
                    long position = rows.iterator().next().getLong(0);
                    return pieces(sql).map(pieces -> Optional.of(new Saved(position, pieces)));
                }));
    }

    private static Future<Map<String, byte[]>> pieces(SqlConnection sql) {
        return sql.preparedQuery(PIECES).execute(Tuple.of(PARTITION)).map(rows -> {
            Map<String, byte[]> pieces = new HashMap<>();
            rows.forEach(row -> pieces.put(row.getString(0), row.getBuffer(1).getBytes()));
            return pieces;
        });
    }

    @Override
    public Future<Void> write(Checkpoint checkpoint, String format) {
        return pool.withTransaction(sql -> move(sql, checkpoint, format)
                .compose(isNew -> isNew ? fill(sql, checkpoint) : Future.succeededFuture()));
    }

    /** Tells whether it is new; one whose COMMIT was not heard of is there already. */
    private static Future<Boolean> move(SqlConnection sql, Checkpoint checkpoint, String format) {
        Tuple row = Tuple.of(PARTITION, checkpoint.position(), format, checkpoint.isComplete());
        if (checkpoint.before() == 0) {
            return sql.query("truncate rollup, checkpoint_part")
                    .execute()
                    .compose(emptied -> sql.preparedQuery(BEGIN_ANEW).execute(row))
                    .map(true);
        }
        return sql.preparedQuery(GO_ON)
                .execute(row.addLong(checkpoint.before()))
                .compose(moved -> moved.rowCount() == 1
                        ? Future.succeededFuture(true)
                        : isThere(sql, checkpoint, format).map(false));
    }

    private static Future<Void> isThere(SqlConnection sql, Checkpoint checkpoint, String format) {
        return sql.preparedQuery(POSITION).execute(Tuple.of(PARTITION, format)).compose(rows -> {
            boolean isThere = rows.size() == 1 && rows.iterator().next().getLong(0) == checkpoint.position();
            return isThere
                    ? Future.succeededFuture()
                    : Future.failedFuture(new IllegalStateException("another server has written the checkpoint"));
        });
    }

    private static Future<Void> fill(SqlConnection sql, Checkpoint checkpoint) {
        Future<Void> filled = keep(sql, checkpoint.pieces());
        List<RollupRow> rows = checkpoint.rows();
        for (int from = 0; from < rows.size(); from += ROWS_OF_A_STATEMENT) {
            List<RollupRow> some = rows.subList(from, Math.min(rows.size(), from + ROWS_OF_A_STATEMENT));
            filled = filled.compose(
                    before -> sql.preparedQuery(ADD).execute(gains(some)).mapEmpty());
        }
        OffsetDateTime first = Instant.ofEpochSecond(checkpoint.firstMinute() * SECONDS_OF_MINUTE)
                .atOffset(ZoneOffset.UTC);
        return filled.compose(added -> sql.query(DROP_EMPTY).execute())
                .compose(dropped -> sql.preparedQuery(DROP_MINUTES).execute(Tuple.of(first)))
                .mapEmpty();
    }

    private static Future<Void> keep(SqlConnection sql, SortedMap<String, byte[]> pieces) {
        List<String> gone = new ArrayList<>();
        List<Map<String, byte[]>> chunks = new ArrayList<>();
        long bytes = BYTES_OF_A_STATEMENT;
        for (Map.Entry<String, byte[]> piece : pieces.entrySet()) {
            if (piece.getValue().length == 0) {
                gone.add(piece.getKey());
                continue;
            }
            if (bytes >= BYTES_OF_A_STATEMENT) {
                chunks.add(new LinkedHashMap<>());
                bytes = 0;
            }
            chunks.getLast().put(piece.getKey(), piece.getValue());
            bytes += piece.getValue().length;
        }
        Future<Void> kept = Future.succeededFuture();
        for (Map<String, byte[]> chunk : chunks) {
            kept = kept.compose(
                    before -> sql.preparedQuery(KEEP).execute(states(chunk)).mapEmpty());
        }
        return kept.compose(done -> sql.preparedQuery(DROP)
                        .execute(Tuple.of(PARTITION).addArrayOfString(gone.toArray(String[]::new))))
                .mapEmpty();
    }

    private static Tuple states(Map<String, byte[]> chunk) {
        return Tuple.of(
                PARTITION,
                chunk.keySet().toArray(String[]::new),
                chunk.values().stream().map(Buffer::buffer).toArray(Buffer[]::new));
    }

    private static Tuple gains(List<RollupRow> rows) {
        return Tuple.tuple()
                .addArrayOfString(array(rows, RollupRow::figure, new String[rows.size()]))
                .addArrayOfString(array(rows, RollupRow::area, new String[rows.size()]))
                .addArrayOfString(array(rows, row -> row.width().id(), new String[rows.size()]))
                .addArrayOfOffsetDateTime(array(rows, RollupRow::start, new OffsetDateTime[rows.size()]))
                .addArrayOfLong(array(rows, row -> row.sum().count(), new Long[rows.size()]))
                .addArrayOfString(array(rows, row -> row.sum().sum().toString(), new String[rows.size()]))
                .addArrayOfLong(array(rows, row -> row.sum().least(), new Long[rows.size()]))
                .addArrayOfLong(array(rows, row -> row.sum().greatest(), new Long[rows.size()]))
                .addArrayOfString(array(rows, RollupRow::bins, new String[rows.size()]));
    }

    private static <P> P[] array(List<RollupRow> rows, Function<RollupRow, ? extends @Nullable P> part, P[] parts) {
        for (int n = 0; n < parts.length; n++) {
            parts[n] = part.apply(rows.get(n));
        }
        return parts;
    }
}
