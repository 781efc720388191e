package vn.kydai.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.config.Settings;

/**
 * The product's PostgreSQL: an external server when {@code database.uri} names one, else the embedded one under the data
 * directory. Migrated, and refused ({@link UnsafeDatabase}) when its COMMIT proves nothing.
 */
public final class Database {
    private static final Logger LOGGER = LoggerFactory.getLogger(Database.class);
    private static final int MAX_WAITING_FOR_CONNECTION = 10_000;

    /** What the peer's machine does not acknowledge for so long is given up: its network is gone. */
    private static final int UNACKNOWLEDGED_MS = 10_000;

    private static final int CONNECT_MS = 5_000;
    private static final long CLOSE_MS = 5_000;

    /** How often the embedded PostgreSQL is looked after. */
    private static final long LOOK_EVERY_MS = 2_000;

    private final Vertx vertx;
    private final Pulse pulse;
    private final AtomicBoolean isReviving = new AtomicBoolean();
    private long timer;
    private final @Nullable OwnedServer embedded;
    private final PgConnectOptions connectOptions;
    private final Pool pool;
    private final Pool readers;

    private Database(
            Vertx vertx, @Nullable OwnedServer embedded, PgConnectOptions connectOptions, Settings.Database settings) {
        this.vertx = vertx;
        this.embedded = embedded;
        this.connectOptions = connectOptions;
        this.pulse = new Pulse(vertx, connectOptions);
        this.pool = pool(vertx, connectOptions, settings.poolSize());
        this.readers = pool(
                vertx,
                new PgConnectOptions(connectOptions)
                        .addProperty(
                                "statement_timeout", Long.toString(TimeUnit.SECONDS.toMillis(settings.readSeconds()))),
                settings.poolSize());
    }

    private static Pool pool(Vertx vertx, PgConnectOptions options, int most) {
        return PgBuilder.pool()
                .using(vertx)
                .connectingTo(options)
                .with(new NetClientOptions()
                        .setTcpKeepAlive(true)
                        .setTcpUserTimeout(UNACKNOWLEDGED_MS)
                        .setConnectTimeout(CONNECT_MS))
                .with(new PoolOptions().setMaxSize(most).setMaxWaitQueueSize(MAX_WAITING_FOR_CONNECTION))
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
        Future<Database> opened = vertx.executeBlocking(
                () -> {
                    if (!settings.uri().isEmpty()) {
                        PgConnectOptions options = options(DatabaseUri.parse(settings.uri()));
                        Migrations.run(options);
                        return new Database(vertx, null, options, settings);
                    }
                    OwnedServer embedded =
                            OwnedServer.open(dataDirectory.resolve("postgres"), settings.embeddedPort(), ownership);
                    return opened(vertx, embedded, settings);
                },
                false);
        return opened.onSuccess(database -> database.look(ownership));
    }

    private static Database opened(Vertx vertx, OwnedServer embedded, Settings.Database settings) throws Exception {
        try {
            PgConnectOptions options = options(embedded.options());
            Migrations.run(options);
            return new Database(vertx, embedded, options, settings);
        } catch (Exception e) {
            embedded.close();
            throw e;
        }
    }

    private static PgConnectOptions options(PgConnectOptions options) {
        return new PgConnectOptions(options).setCachePreparedStatements(true);
    }

    /** A server feels the pulse of its PostgreSQL, and starts the embedded one again when it has ended. */
    private void look(Ownership ownership) {
        if (ownership != Ownership.SERVER) {
            return;
        }
        pulse.start();
        OwnedServer ours = embedded;
        if (ours != null) {
            timer = vertx.setPeriodic(LOOK_EVERY_MS, tick -> revive(ours));
        }
    }

    private void revive(OwnedServer ours) {
        if (!isReviving.compareAndSet(false, true)) {
            return;
        }
        vertx.executeBlocking(
                        () -> {
                            ours.revive();
                            return null;
                        },
                        false)
                .onComplete(looked -> {
                    isReviving.set(false);
                    if (looked.failed()) {
                        LOGGER.atWarn()
                                .setCause(looked.cause())
                                .log("the embedded PostgreSQL could not be started again");
                    }
                });
    }

    /** Tells whether PostgreSQL answered when it was asked last; any thread may ask. */
    public boolean answers() {
        return pulse.isBeating();
    }

    /** Returns the connections of what the server itself needs, sign-in and checkpoints among it, but for the journal's writer. */
    public Pool pool() {
        return pool;
    }

    /** Returns the connections of what people read: nothing else waits for them, and no statement of theirs works for ever. */
    public Pool readers() {
        return readers;
    }

    /** Returns how to connect, for the journal's writer; a copy. */
    public PgConnectOptions connectOptions() {
        return new PgConnectOptions(connectOptions);
    }

    /** Closes the pools, then stops the embedded PostgreSQL if it is ours. */
    public Future<Void> close() {
        vertx.cancelTimer(timer);
        return pulse.stop()
                .eventually(() -> Future.join(pool.close(), readers.close()).timeout(CLOSE_MS, TimeUnit.MILLISECONDS))
                .eventually(this::stopEmbedded);
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
