package vn.kydai.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import vn.kydai.bus.MessageHandover;
import vn.kydai.config.Settings;
import vn.kydai.database.TestDatabase;
import vn.kydai.journal.Drafts;
import vn.kydai.journal.Journal;
import vn.kydai.journal.Outcome;
import vn.kydai.journal.PostgresJournal;
import vn.kydai.journal.Submission.Draft;

/**
 * Rows per second through the journal (identities, ledger, COMMIT with fsync) beside a COPY of the same rows into a bare
 * table on one connection, in turns. Trust the ratio, not the digits. Arguments: events, rounds, events a batch.
 */
public final class JournalWriteRate {
    private JournalWriteRate() {}

    public static void main(String[] args) throws SQLException, IOException {
        int events = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        int batch = args.length > 2 ? Integer.parseInt(args[2]) : 500;
        PgConnectOptions options = TestDatabase.freshDatabase().options();
        Vertx vertx = Vertx.vertx();
        MessageHandover.register(vertx.eventBus());
        Pool pool = PgBuilder.pool()
                .using(vertx)
                .connectingTo(options)
                .with(new PoolOptions().setMaxSize(2))
                .build();
        Settings.Journal settings = new Settings.Journal(events, Integer.MAX_VALUE, batch, 10_000, 35, 1);
        Journal journal = Drafts.await(PostgresJournal.open(
                new PostgresJournal.Environment(
                        vertx, options, pool, InstantSource.system(), new SimpleMeterRegistry()),
                settings));
        for (int round = 0; round <= rounds; round++) {
            List<Draft> drafts = drafts(round, events);
            double appended = events / append(journal, drafts);
            double copied = events / copy(options, drafts);
            System.out.printf(
                    "%s journal %,.0f rows/s, COPY %,.0f rows/s, ratio %.2f%n",
                    round == 0 ? "warm-up:" : "round " + round + ":", appended, copied, appended / copied);
        }
        Drafts.await(journal.close());
        Drafts.await(pool.close());
        Drafts.await(vertx.close());
    }

    private static List<Draft> drafts(int round, int events) {
        List<Draft> drafts = new ArrayList<>(events);
        for (int n = 0; n < events; n++) {
            String source = "gauge-" + n % 51;
            Draft draft = Drafts.draft(source, "reading-" + round + "-" + n, n * 0.01, (long) n / 51);
            drafts.add(draft);
        }
        return drafts;
    }

    /** Returns seconds. */
    private static double append(Journal journal, List<Draft> drafts) {
        long began = System.nanoTime();
        List<Future<Outcome>> outcomes = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            journal.received(draft.receipt());
            outcomes.add(journal.append(draft));
        }
        Drafts.await(Future.all(outcomes), 300);
        return (System.nanoTime() - began) / 1e9;
    }

    /** Returns seconds; the text is built before the clock starts. */
    private static double copy(PgConnectOptions options, List<Draft> drafts) throws SQLException, IOException {
        StringBuilder text = new StringBuilder();
        long position = 0;
        for (Draft draft : drafts) {
            text.append(++position)
                    .append('\t')
                    .append(draft.eventTime())
                    .append('\t')
                    .append(draft.source())
                    .append('\t')
                    .append(draft.id())
                    .append('\t')
                    .append(draft.area())
                    .append('\t')
                    .append(draft.content().json())
                    .append('\n');
        }
        byte[] rows = text.toString().getBytes(StandardCharsets.UTF_8);
        String url = "jdbc:postgresql://" + options.getHost() + ":" + options.getPort() + "/" + options.getDatabase();
        try (Connection connection = DriverManager.getConnection(url, options.getUser(), options.getPassword())) {
            try (var statement = connection.createStatement()) {
                statement.execute("drop table if exists copied");
                statement.execute("create table copied (position bigint, event_time timestamptz, source text, id text,"
                        + " area text, data jsonb)");
                statement.execute("create index on copied (position)");
            }
            long began = System.nanoTime();
            long copied = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy copied from stdin", new ByteArrayInputStream(rows));
            double took = (System.nanoTime() - began) / 1e9;
            if (copied != drafts.size()) {
                throw new IllegalStateException("copied " + copied);
            }
            return took;
        }
    }
}
