package vn.kydai.access;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;

/** Adds to the log of what people did; nothing is ever taken from it. Any thread. */
public final class AuditLog {
    private final SqlClient sql;

    /** Writes with a pool of the product's database, migrated. */
    public AuditLog(SqlClient sql) {
        this.sql = sql;
    }

    /**
     * Adds a row.
     *
     * @param who name of the person, screen or script
     * @param remote address of the peer, without its port
     * @param what was done
     * @param subject to what
     * @param result how it ended
     */
    public Future<Void> add(Instant at, String who, String remote, String what, String subject, String result) {
        return sql.preparedQuery(
                        "insert into audit (at, who, remote, what, subject, result) values ($1,$2,$3,$4,$5,$6)")
                .execute(Tuple.of(Tokens.utc(at), who, remote, what, subject, result))
                .mapEmpty();
    }
}
