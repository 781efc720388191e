package vn.kydai.journal;

import static vn.kydai.journal.Drafts.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.StreamSupport;
import vn.kydai.bus.MessageHandover;
import vn.kydai.config.Settings;

/** A database and a Vert.x instance for the journals of one test. */
final class PostgresSetup implements AutoCloseable {
    final Vertx vertx = Vertx.vertx();
    final PgConnectOptions options;
    final Pool pool;

    PostgresSetup(PgConnectOptions options) {
        this.options = options;
        MessageHandover.register(vertx.eventBus());
        this.pool = PgBuilder.pool()
                .using(vertx)
                .connectingTo(options)
                .with(new PoolOptions().setMaxSize(4))
                .build();
    }

    static final Settings.Journal SETTINGS = new Settings.Journal(100_000, 67_108_864, 50, 8, 35, 2);

    Future<Journal> open(InstantSource clock) {
        return open(clock, SETTINGS);
    }

    Future<Journal> open(InstantSource clock, Settings.Journal settings) {
        return PostgresJournal.open(
                new PostgresJournal.Environment(vertx, options, pool, clock, new SimpleMeterRegistry()), settings);
    }

    /** Returns the first column of a query. */
    List<String> column(String sql) {
        return StreamSupport.stream(await(pool.query(sql).execute()).spliterator(), false)
                .map(row -> String.valueOf(row.getValue(0)))
                .toList();
    }

    @Override
    public void close() {
        await(pool.close());
        await(vertx.close());
    }
}
