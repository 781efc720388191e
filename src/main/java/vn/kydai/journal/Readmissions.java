package vn.kydai.journal;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks that an event that was set aside be taken again. Only the server writes to the journal, so whoever asks leaves a row and
 * a notice; what was not heard is found at the next start.
 */
public final class Readmissions {
    /** Channel of PostgreSQL's notices. */
    public static final String CHANNEL = "kydai_readmission";

    private static final String SET_ASIDE = "select position from set_aside order by position";
    private static final String ASK = """
            insert into readmission (position, asked_at, asked_by) values ($1, $2, $3) on conflict do nothing""";
    private static final String ASKED = "select position, asked_by from readmission order by position";
    private static final String DONE = "delete from readmission where position = $1";

    private final Pool pool;

    /** Somebody's wish. */
    public record Asked(long position, String by) {}

    /** Keeps them in a database that has been migrated. */
    public Readmissions(Pool pool) {
        this.pool = pool;
    }

    /** Returns the positions that are set aside. */
    public Future<List<Long>> setAside() {
        return pool.query(SET_ASIDE).execute().map(rows -> {
            List<Long> positions = new ArrayList<>();
            rows.forEach(row -> positions.add(row.getLong(0)));
            return positions;
        });
    }

    /** Asks for one, and tells a running server. */
    public Future<Void> ask(long position, String by, Instant now) {
        return pool.withTransaction(sql -> sql.preparedQuery(ASK)
                .execute(Tuple.of(position, now.atOffset(ZoneOffset.UTC), by))
                .compose(asked -> sql.query("notify " + CHANNEL).execute())
                .mapEmpty());
    }

    /** Returns what is asked for and not done. */
    public Future<List<Asked>> asked() {
        return pool.query(ASKED).execute().map(rows -> {
            List<Asked> asked = new ArrayList<>();
            rows.forEach(row -> asked.add(new Asked(row.getLong(0), row.getString(1))));
            return asked;
        });
    }

    /** Notes that the journal says it. */
    public Future<Void> done(long position) {
        return pool.preparedQuery(DONE).execute(Tuple.of(position)).mapEmpty();
    }
}
