package vn.kydai.journal;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import java.net.ConnectException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.bus.Topic;
import vn.kydai.config.Build;
import vn.kydai.config.Settings;
import vn.kydai.event.Configuration;
import vn.kydai.event.JournalHead;
import vn.kydai.event.Journaled;
import vn.kydai.event.SetAside;
import vn.kydai.event.codec.SetAsideJson;

/** The journal in PostgreSQL: one writer, readers from the tail in memory or the pool. */
public final class PostgresJournal implements Journal {
    private static final Logger LOGGER = LoggerFactory.getLogger(PostgresJournal.class);
    private static final int MAX_PAGE = 1_000;

    private final Environment environment;
    private final WriterVerticle writer;
    private final JournalTable table;
    private final JournalTable asked;
    private final Settings.Journal settings;
    private final SetAsides asides = new SetAsides();
    private volatile NavigableMap<Long, LocalDate> days = new ConcurrentSkipListMap<>();
    private volatile Tail tail = new Tail(1, 0, 0);
    private volatile long readable;
    private String deploymentId = "";

    /**
     * What the journal needs around it.
     *
     * @param vertx with {@link vn.kydai.bus.MessageHandover} registered
     * @param options for the writer's own connection
     * @param pool for the product's own reading
     * @param readers for those who ask
     * @param clock tells the ingest time
     * @param connector opens the writer's own connection
     * @param jitter spreads attempts to reconnect
     */
    public record Environment(
            Vertx vertx,
            PgConnectOptions options,
            Pool pool,
            Pool readers,
            Timekeeper clock,
            MeterRegistry meters,
            Connector connector,
            RandomGenerator jitter) {
        /** Takes a clock for right, unless it is judged. */
        public Environment(
                Vertx vertx,
                PgConnectOptions options,
                Pool pool,
                InstantSource clock,
                MeterRegistry meters,
                Connector connector,
                RandomGenerator jitter) {
            this(vertx, options, pool, pool, Timekeeper.believing(clock), meters, connector, jitter);
        }

        /** What a server has: the network, and chance. */
        public Environment(
                Vertx vertx, PgConnectOptions options, Pool pool, InstantSource clock, MeterRegistry meters) {
            this(vertx, options, pool, clock, meters, PgConnection::connect, RandomGenerator.getDefault());
        }

        /** Returns the same with connections of their own for those who ask. */
        public Environment readBy(Pool others) {
            return new Environment(vertx, options, pool, others, clock, meters, connector, jitter);
        }
    }

    /** Opens connections to PostgreSQL. */
    @FunctionalInterface
    public interface Connector {
        /** Opens one; fails while there is nobody to connect to. */
        Future<PgConnection> connect(Vertx vertx, PgConnectOptions options);
    }

    private PostgresJournal(Environment environment, Settings.Journal settings) {
        this.environment = environment;
        this.settings = settings;
        this.table = new JournalTable(environment.pool(), this::setAside);
        this.asked = new JournalTable(environment.readers(), this::setAside);
        this.writer = new WriterVerticle(environment, settings, new Memory());
    }

    /**
     * Takes the writer's lock and settles what an earlier server left. Fails when another server writes to the same
     * database.
     */
    public static Future<Journal> open(Environment environment, Settings.Journal settings) {
        PostgresJournal journal = new PostgresJournal(environment, settings);
        return environment.vertx().deployVerticle(journal.writer).map(id -> {
            journal.deploymentId = id;
            journal.writer.meters().watch(journal.writer.intake(), journal::isWritable, journal::readable);
            return journal;
        });
    }

    /** Keeps in memory what has committed. */
    private final class Memory implements Committed {
        @Override
        public Future<Void> begin(WriterSession session, Head head) {
            readable = head.position();
            tail = new Tail(settings.tailEvents(), settings.queueBytes(), head.position());
            return Beginning.days(session)
                    .onSuccess(found -> days = found)
                    .compose(found -> Beginning.setAside(session))
                    .onSuccess(asides::begin)
                    .mapEmpty();
        }

        @Override
        public void add(Decision decision) {
            if (decision.journaled().isEmpty()) {
                return;
            }
            Journaled first = decision.journaled().get(0);
            if (isNewDay(first.ingestTime())) {
                days.put(first.position(), IngestDay.of(first.ingestTime()));
            }
            decision.journaled().forEach(asides::add);
            tail.add(decision);
            readable = decision.head().position();
            Topic.HEADS.publish(environment.vertx().eventBus(), new JournalHead(WriterSession.PARTITION, readable));
        }

        @Override
        public boolean isNewDay(Instant ingestTime) {
            Map.Entry<Long, LocalDate> newest = days.lastEntry();
            return newest == null || IngestDay.of(ingestTime).isAfter(newest.getValue());
        }
    }

    @Override
    public Future<Outcome> append(Submission submission) {
        return writer.intake().append(submission, environment.vertx().getOrCreateContext());
    }

    @Override
    public void received(Receipt receipt) {
        writer.intake().received(receipt);
    }

    @Override
    public void refused(Receipt receipt) {
        writer.meters().refused();
        writer.intake().refused(receipt);
    }

    @Override
    public Future<List<Journaled>> read(long after, int limit) {
        return read(table, after, limit);
    }

    @Override
    public Future<List<Journaled>> readFor(long after, int limit) {
        return read(asked, after, limit);
    }

    private Future<List<Journaled>> read(JournalTable from, long after, int limit) {
        int page = Math.min(limit, MAX_PAGE);
        Optional<List<Journaled>> newest = tail.read(after, page);
        return newest.map(Future::succeededFuture).orElseGet(() -> from.read(days, after, readable, page));
    }

    /** Says in the journal that a row cannot be read; until that has committed it is left out all the same. */
    private void setAside(JournalTable.Unreadable row) {
        Instant now = environment.clock().instant();
        SetAside aside = new SetAside(
                row.position(),
                SetAside.Cause.UNREADABLE,
                row.cause().toString(),
                row.source(),
                row.area(),
                row.kind(),
                now,
                Build.name());
        if (!asides.isNew(aside)) {
            return;
        }
        LOGGER.atError()
                .setCause(row.cause())
                .addKeyValue("position", row.position())
                .log("a row of the journal cannot be read: it is set aside");
        append(Submission.Draft.of(SetAsideJson.setAside(aside), now)).onFailure(failure -> {
            asides.forget(row.position());
            LOGGER.atWarn().setCause(failure).log("it could not be said in the journal yet");
        });
    }

    @Override
    public SortedMap<Long, SetAside> setAside() {
        return asides.now();
    }

    @Override
    public Future<Optional<String>> digest(String source, String id) {
        return table.digest(source, id);
    }

    @Override
    public long readable() {
        return readable;
    }

    @Override
    public boolean isWritable() {
        return writer.isWritable();
    }

    @Override
    public Future<Map<Configuration.Part, String>> configurationDigests() {
        return table.configurationDigests();
    }

    @Override
    public Future<Optional<Configuration>> configuration(Configuration.Part part) {
        return table.configuration(part);
    }

    @Override
    public Future<LedgerDay> ledger(LocalDate date) {
        if (!isWritable()) {
            return Future.failedFuture(new ConnectException("the database is away"));
        }
        return writer.intake().flush().compose(flushed -> table.ledger(date));
    }

    @Override
    public Future<Void> close() {
        return environment.vertx().undeploy(deploymentId);
    }
}
