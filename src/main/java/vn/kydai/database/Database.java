package vn.kydai.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import vn.kydai.config.Settings;

/**
 * The product's PostgreSQL: an external server when {@code database.uri} names one, else the embedded one under the data
 * directory. Migrated, and refused ({@link UnsafeDatabase}) when its COMMIT proves nothing.
 */
public final class Database {
    private static final int MAX_WAITING_FOR_CONNECTION = 10_000;

    private final Vertx vertx;
    private final @Nullable OwnedServer embedded;
    private final PgConnectOptions connectOptions;
    private final Pool pool;

    private Database(Vertx vertx, @Nullable OwnedServer embedded, PgConnectOptions connectOptions, int poolSize) {
        this.vertx = vertx;
        this.embedded = embedded;
        this.connectOptions = connectOptions;
        this.pool = PgBuilder.pool()
                .using(vertx)
                .connectingTo(connectOptions)
                .with(new PoolOptions().setMaxSize(poolSize).setMaxWaitQueueSize(MAX_WAITING_FOR_CONNECTION))
                .build();
    }

    /** Who opens the embedded PostgreSQL. */
    public enum Ownership {
        /** Owns it while it runs; a second server on the same data directory is refused. */
        SERVER,
        /** Uses a running server's, or starts its own and stops it afterwards. */
        COMMAND
    }

    /** Starts or finds PostgreSQL, checks it and migrates it. Nothing stays behind when it fails. */
    public static Future<Database> open(
            Vertx vertx, Settings.Database settings, Path dataDirectory, Ownership ownership) {
        return vertx.executeBlocking(
                () -> {
                    if (!settings.uri().isEmpty()) {
                        PgConnectOptions options = options(PgConnectOptions.fromUri(settings.uri()));
                        Migrations.run(options);
                        return new Database(vertx, null, options, settings.poolSize());
                    }
                    OwnedServer embedded =
                            OwnedServer.open(dataDirectory.resolve("postgres"), settings.embeddedPort(), ownership);
                    return opened(vertx, embedded, settings);
                },
                false);
    }

    private static Database opened(Vertx vertx, OwnedServer embedded, Settings.Database settings) throws Exception {
        try {
            PgConnectOptions options = options(embedded.options());
            Migrations.run(options);
            return new Database(vertx, embedded, options, settings.poolSize());
        } catch (Exception e) {
            embedded.close();
            throw e;
        }
    }

    private static PgConnectOptions options(PgConnectOptions options) {
        return new PgConnectOptions(options).setCachePreparedStatements(true);
    }

    /** Returns the connections of everything but the journal's writer. */
    public Pool pool() {
        return pool;
    }

    /** Returns how to connect, for the journal's writer; a copy. */
    public PgConnectOptions connectOptions() {
        return new PgConnectOptions(connectOptions);
    }

    /** Closes the pool, then stops the embedded PostgreSQL if it is ours. */
    public Future<Void> close() {
        return pool.close().eventually(this::stopEmbedded);
    }

    private Future<Void> stopEmbedded() {
        OwnedServer ours = embedded;
        if (ours == null) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(
                () -> {
                    ours.close();
                    return null;
                },
                false);
    }
}
