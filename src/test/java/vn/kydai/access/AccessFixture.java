package vn.kydai.access;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import vn.kydai.database.TestDatabase;

/** An {@link Access} on a real database, with a clock the test moves. */
public final class AccessFixture implements AutoCloseable {
    public static final int SESSION_MINUTES = 30;
    private static final int PATIENCE_SECONDS = 20;

    public final Vertx vertx = Vertx.vertx();
    public final SettableClock clock = new SettableClock(Instant.parse("2026-11-25T02:00:00Z"));
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final Pool pool = PgBuilder.pool()
            .connectingTo(TestDatabase.freshDatabase().options())
            .using(vertx)
            .build();

    /** Makes another one on the same database, as a restarted server would. */
    public Access access() {
        return new Access(pool, clock, SESSION_MINUTES, meters);
    }

    public void addDevice(String id, String token) {
        execute(
                "insert into device (id, kind, token_hash, created_at) values ($1, 'sensor', $2, now())",
                id,
                Secrets.hash(token));
    }

    public String addToken(Role role, String scope, int days) {
        return await(access().addToken(role, scope, days, role.id() + " of " + scope, clock.instant(), "command line"));
    }

    /** Adds a person, and returns the first password. */
    public String addPerson(String name, Role role, String scope) {
        Account.Terms terms = new Account.Terms(name, name + " of " + scope, role, scope);
        return await(access().people().add(terms, "command line", "-")).orElseThrow();
    }

    /** Adds a person who is signed in, and returns the session's secret: the value of the cookie. */
    public String addSignedIn(String name, Role role, String scope) {
        String password = addPerson(name, role, scope);
        return switch (await(access().people().signIn(name, password, null, "127.0.0.1"))) {
            case SignInResult.Opened opened -> opened.session().secret();
            case SignInResult.Refused refused -> throw new AssertionError("refused");
            case SignInResult.Locked locked -> throw new AssertionError("locked");
        };
    }

    /** Runs a statement whose rows do not matter. */
    public void execute(String sql, Object... parameters) {
        RowSet<Row> unused = query(sql, parameters);
    }

    public RowSet<Row> query(String sql, Object... parameters) {
        return await(pool.preparedQuery(sql).execute(Tuple.from(parameters)));
    }

    /** Waits for a result, and fails the test with its cause when there is none. */
    public static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        await(pool.close());
        await(vertx.close());
    }
}
