package vn.kydai.database;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.Map;

/**
 * One real PostgreSQL for all tests of a JVM, started by the first that asks and removed at the JVM's end. Every test
 * takes a database of its own.
 */
public final class TestDatabase {
    private TestDatabase() {}

    /**
     * An empty, migrated database.
     *
     * @param options how to connect
     * @param uri the same as {@code database.uri} takes it
     */
    public record Fresh(PgConnectOptions options, String uri) {}

    /** Makes one; takes about 50 ms. */
    public static Fresh freshDatabase() {
        return Shared.SERVER.freshDatabase();
    }

    /** Makes one, and connects to it twice at most; whoever asks closes it. */
    public static Pool freshPool(Vertx vertx) {
        return PgBuilder.pool()
                .using(vertx)
                .connectingTo(freshDatabase().options())
                .with(new PoolOptions().setMaxSize(2))
                .build();
    }

    /** Returns the shared server; whoever changes a setting of it puts it back. */
    public static TestServer server() {
        return Shared.SERVER;
    }

    private static final class Shared {
        static final TestServer SERVER = start();

        private static TestServer start() {
            TestServer server = TestServer.start(Map.of()).migrate();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server;
        }
    }
}
