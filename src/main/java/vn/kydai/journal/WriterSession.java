package vn.kydai.journal;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection that writes. It holds a session advisory lock: when it is taken, no earlier session lives, so
 * whatever that one had in flight has been decided. Statements are prepared here, so that a pipeline of them keeps its
 * order.
 */
final class WriterSession {
    private static final Logger LOGGER = LoggerFactory.getLogger(WriterSession.class);

    /** With the partition, the key of the advisory lock. */
    private static final int LOCK_CLASS = 0x6b79_6461;

    static final short PARTITION = 0;

    /**
     * The writer only looks up by key. A plan made while the tables were small would scan them for ever: a prepared
     * statement keeps its plan.
     */
    private static final String PLANS = """
            set plan_cache_mode = force_generic_plan;
            set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off""";

    private final PgConnection connection;
    private final Map<Sql, PreparedStatement> statements = new EnumMap<>(Sql.class);

    private WriterSession(PgConnection connection) {
        this.connection = connection;
    }

    /** Where the journal ended when the session began, and by which batch. */
    record Ending(Head head, UUID batch) {}

    /** Another session holds the lock: another server, or one that PostgreSQL has not yet noticed is dead. */
    static final class AnotherWriter extends RuntimeException {
        AnotherWriter() {
            super("another server writes to this database's journal", null, false, false);
        }
    }

    static Future<WriterSession> open(PostgresJournal.Environment environment) {
        PgConnectOptions writer = new PgConnectOptions(environment.options())
                .addProperty("application_name", "kydai journal")
                // What a server that vanished leaves unanswered must end its session, and so free the lock, within 15
                // s.
                .addProperty("tcp_user_timeout", "10000")
                .addProperty("tcp_keepalives_idle", "5")
                .addProperty("tcp_keepalives_interval", "2")
                .addProperty("tcp_keepalives_count", "3");
        return environment.connector().connect(environment.vertx(), writer).compose(connection -> {
            WriterSession session = new WriterSession(connection);
            return session.lock()
                    .compose(locked -> session.execute(PLANS))
                    .compose(planned -> session.prepare())
                    .map(session)
                    .recover(cause -> connection.close().transform(closed -> Future.failedFuture(cause)));
        });
    }

    /** A session, and where the journal ended. */
    record Reopened(WriterSession session, Ending ending) {}

    /** Opens one anew; what answers too late is closed, for it may hold the lock. */
    static Future<Reopened> reopen(PostgresJournal.Environment environment, long patienceMs) {
        Future<WriterSession> opening = open(environment);
        return opening.timeout(patienceMs, TimeUnit.MILLISECONDS)
                .onFailure(cause -> opening.onSuccess(WriterSession::drop))
                .compose(opened -> opened.ending()
                        .timeout(patienceMs, TimeUnit.MILLISECONDS)
                        .onFailure(cause -> opened.drop())
                        .map(ending -> new Reopened(opened, ending)));
    }

    /** Closes it, whatever comes of that. */
    void drop() {
        close().onComplete(closed ->
                LOGGER.atDebug().addKeyValue("clean", closed.succeeded()).log("session closed"));
    }

    private Future<Void> lock() {
        return connection
                .preparedQuery("select pg_try_advisory_lock($1, $2)")
                .execute(Tuple.of(LOCK_CLASS, (int) PARTITION))
                .compose(rows -> rows.iterator().next().getBoolean(0)
                        ? Future.succeededFuture()
                        : Future.failedFuture(new AnotherWriter()));
    }

    private Future<Void> prepare() {
        Future<Void> all = Future.succeededFuture();
        for (Sql sql : Sql.values()) {
            all = all.compose(before -> connection.prepare(sql.text()))
                    .onSuccess(prepared -> statements.put(sql, prepared))
                    .mapEmpty();
        }
        return all;
    }

    PgConnection connection() {
        return connection;
    }

    Future<RowSet<Row>> execute(Sql sql, Tuple parameters) {
        PreparedStatement prepared = statements.get(sql);
        if (prepared == null) {
            throw new IllegalStateException(sql + " is not prepared");
        }
        return prepared.query().execute(parameters);
    }

    Future<RowSet<Row>> execute(String command) {
        return connection.query(command).execute();
    }

    Future<Ending> ending() {
        return execute(Sql.ENDING, Tuple.of(PARTITION)).map(rows -> {
            Row row = rows.iterator().next();
            Head head = new Head(row.getLong(0), row.getOffsetDateTime(1).toInstant());
            return new Ending(head, row.getUUID(2));
        });
    }

    Future<Void> close() {
        return connection.close();
    }
}
