package vn.kydai.journal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.bus.RateLimitedLog;
import vn.kydai.config.Settings;
import vn.kydai.journal.Intake.Batch;

/**
 * The one writer, on one event loop: one session, one batch in flight, taken whenever the session is free.
 *
 * <pre>
 *            start                    batch, purge
 *   (new) ─────────► connecting ──► idle ◄──────► busy
 *                        ▲            └─────┬──────┘
 *                        └──── lost ◄───────┘ connection closed, watchdog, any error of the database
 * </pre>
 *
 * A batch whose connection was lost is in doubt until the next session has the lock: then the head's batch id tells
 * whether it had committed, and it is either completed with the outcomes kept or written anew.
 */
final class WriterVerticle extends VerticleBase {
    private static final Logger LOGGER = LoggerFactory.getLogger(WriterVerticle.class);

    private static final long COUNTS_DUE_MS = 1_000;
    private static final long UPKEEP_DUE_MS = 60_000;

    /** A connection that answers nothing for so long is given up; the batch stays in doubt, so nothing is lost by it. */
    private static final long WATCHDOG_MS = 30_000;

    private static final long STOP_PATIENCE_MS = 10_000;
    private static final long STOP_PATIENCE_AWAY_MS = 3_000;

    /** How often the same batch must break the program before its events are looked at one by one. */
    private static final int BREAKS = 3;

    private static final long BACKOFF_MIN_MS = 50;
    private static final long BACKOFF_MAX_MS = 2_000;

    /** PostgreSQL needs a moment to see that the session of a server just killed is dead. */
    private static final int LOCK_ATTEMPTS = 24;

    private static final long LOCK_RETRY_MS = 250;

    private final PostgresJournal.Environment environment;
    private final Settings.Journal settings;
    private final Intake intake;
    private final JournalMeters meters;
    private final Committed committed;
    private final Partitions partitions;
    private final Upkeep upkeep;
    private final AtomicBoolean isWoken = new AtomicBoolean();
    private final ArrayDeque<Batch> redo = new ArrayDeque<>();
    private final Map<String, Sequence> sequences = new HashMap<>();

    private volatile boolean isWritable;
    private @Nullable WriterSession session;
    private @Nullable InFlight inFlight;
    private Head head = Head.NONE;
    private boolean isBusy;
    private boolean areCountsDue;
    private long backoffMs = BACKOFF_MIN_MS;
    private int breaks;
    private final RateLimitedLog warnings = new RateLimitedLog();
    private boolean isStopped;
    private @Nullable Promise<Void> stopping;

    WriterVerticle(PostgresJournal.Environment environment, Settings.Journal settings, Committed committed) {
        this.environment = environment;
        this.settings = settings;
        this.committed = committed;
        this.meters = new JournalMeters(environment.meters(), settings);
        this.partitions = new Partitions(settings.partitionDaysAhead());
        this.upkeep = new Upkeep(environment.clock(), settings, partitions);
        this.intake = new Intake(settings, this::wake);
    }

    Intake intake() {
        return intake;
    }

    JournalMeters meters() {
        return meters;
    }

    boolean isWritable() {
        return isWritable;
    }

    /** May be called from any thread. */
    private void wake() {
        if (isWoken.compareAndSet(false, true)) {
            context.runOnContext(woken -> {
                isWoken.set(false);
                next();
            });
        }
    }

    @Override
    public Future<?> start() {
        return firstSession(LOCK_ATTEMPTS).onSuccess(begun -> {
            vertx.setPeriodic(COUNTS_DUE_MS, timer -> {
                areCountsDue = true;
                next();
            });
            vertx.setPeriodic(UPKEEP_DUE_MS, timer -> {
                upkeep.due();
                next();
            });
            next();
        });
    }

    private Future<Void> firstSession(int attempts) {
        return WriterSession.open(environment)
                .compose(opened ->
                        begin(opened).recover(cause -> opened.close().transform(closed -> Future.failedFuture(cause))))
                .recover(cause -> {
                    if (!(cause instanceof WriterSession.AnotherWriter) || attempts <= 1) {
                        return Future.failedFuture(cause);
                    }
                    return vertx.timer(LOCK_RETRY_MS, TimeUnit.MILLISECONDS)
                            .compose(fired -> firstSession(attempts - 1));
                });
    }

    private Future<Void> begin(WriterSession opened) {
        return Beginning.interrupt(opened)
                .compose(interrupted -> Beginning.sequences(opened))
                .compose(found -> {
                    sequences.putAll(found);
                    return opened.ending();
                })
                .compose(ending -> {
                    head = ending.head();
                    environment.clock().begin(head.ingestTime());
                    return committed.begin(opened, head);
                })
                .compose(begun -> partitions.make(
                        opened, IngestDay.of(head.ingestTime(environment.clock().instant()))))
                .onSuccess(made -> ready(opened));
    }

    private void ready(WriterSession opened) {
        session = opened;
        isWritable = true;
        opened.connection().closeHandler(closed -> lost(opened, new java.io.IOException("the connection closed")));
    }

    private void next() {
        WriterSession current = session;
        if (current == null || isBusy) {
            return;
        }
        boolean isAnybodyWaiting = !redo.isEmpty() || intake.events() > 0;
        Future<Void> statement = upkeep.next(
                current, isAnybodyWaiting, head.ingestTime(environment.clock().instant()));
        if (statement != null) {
            keepUp(current, statement);
            return;
        }
        Batch batch = redo.isEmpty() ? taken() : redo.remove();
        if (batch != null) {
            write(current, batch);
        } else if (stopping != null) {
            stopping.tryComplete();
        }
    }

    private @Nullable Batch taken() {
        boolean isDue = areCountsDue || stopping != null;
        areCountsDue = false;
        return intake.take(settings.batchEvents(), isDue)
                .orElseGet(() -> upkeep.isSignDue(head.ingestTime()) ? Batch.empty() : null);
    }

    private void write(WriterSession current, Batch batch) {
        isBusy = true;
        Instant ingestTime = head.ingestTime(environment.clock().instant());
        InFlight written = new InFlight(batch, System.nanoTime());
        inFlight = written;
        BatchTransaction transaction = new BatchTransaction(current, ingestTime);
        long watchdog = watch(current);
        partitions
                .make(current, IngestDay.of(ingestTime))
                .compose(made -> transaction.claim(batch.submissions()))
                .compose(digests -> {
                    Decision.Known known = new Decision.Known(head, digests, sequences);
                    Decision decision = Decision.of(known, ingestTime, batch.submissions(), batch.counted());
                    written.decision = decision;
                    return transaction
                            .commit(decision, batch.id(), committed.isNewDay(ingestTime))
                            .map(decision);
                })
                .onComplete(result -> {
                    vertx.cancelTimer(watchdog);
                    if (session != current) {
                        return;
                    }
                    if (result.succeeded()) {
                        finish(written, result.result());
                    } else {
                        failed(current, written, result.cause());
                    }
                });
    }

    /** Gives a session up that does not answer a statement in time. */
    private long watch(WriterSession current) {
        return vertx.setTimer(WATCHDOG_MS, timer -> lost(current, new TimeoutException("no answer")));
    }

    private void finish(InFlight written, Decision decision) {
        isBusy = false;
        isWritable = true;
        backoffMs = BACKOFF_MIN_MS;
        breaks = 0;
        upkeep.wrote(decision.head().ingestTime());
        inFlight = null;
        head = decision.head();
        environment.clock().committed(head.ingestTime());
        sequences.putAll(decision.sequences());
        committed.add(decision);
        Batch batch = written.batch;
        meters.committed(decision, batch.submissions(), Duration.ofNanos(System.nanoTime() - written.beganNs));
        Outcomes.tell(batch.pending(), decision.outcomes());
        batch.flushes().forEach(Promise::tryComplete);
        next();
    }

    private void failed(WriterSession current, InFlight written, Throwable cause) {
        Failure failure = Failure.of(cause);
        breaks = failure == Failure.BROKEN ? breaks + 1 : 0;
        boolean isCut = failure == Failure.POISON || breaks >= BREAKS;
        if (!isCut || !Poison.canBeCutOut(written.batch)) {
            lost(current, cause);
            return;
        }
        long watchdog = watch(current);
        current.execute("rollback").onComplete(rolledBack -> {
            vertx.cancelTimer(watchdog);
            if (session != current) {
                return;
            }
            inFlight = null;
            isBusy = false;
            List<Batch> parts = Poison.cut(written.batch, cause, meters);
            for (int n = parts.size() - 1; n >= 0; n--) {
                redo.addFirst(parts.get(n));
            }
            next();
        });
    }

    private void lost(WriterSession current, Throwable cause) {
        if (session != current) {
            return;
        }
        session = null;
        isWritable = false;
        warn("lost", cause, "the journal lost its database");
        current.drop();
        reconnect();
    }

    private void warn(String what, Throwable cause, String text) {
        warnings.pass(what, environment.clock().instant())
                .ifPresent(leftOut -> LOGGER.atWarn()
                        .addKeyValue("leftOut", leftOut)
                        .setCause(cause)
                        .log(text));
    }

    /**
     * Tries for ever: nothing is acknowledged meanwhile, and whatever waits is written when the database is back. Only a
     * COMMIT shows that it is: until one the pauses grow.
     */
    private void reconnect() {
        long waitMs = backoffMs / 2 + environment.jitter().nextLong(backoffMs);
        backoffMs = Math.min(BACKOFF_MAX_MS, backoffMs * 2);
        vertx.setTimer(
                waitMs,
                timer -> WriterSession.reopen(environment, WATCHDOG_MS)
                        .onSuccess(this::resume)
                        .onFailure(cause -> {
                            if (cause instanceof WriterSession.AnotherWriter) {
                                warn(
                                        "another",
                                        cause,
                                        "another server, or a connection of this one that was cut, writes the journal");
                            }
                            LOGGER.atDebug().setCause(cause).log("the journal's database is still away");
                            reconnect();
                        }));
    }

    private void resume(WriterSession.Reopened reopened) {
        WriterSession opened = reopened.session();
        WriterSession.Ending ending = reopened.ending();
        if (isStopped) {
            opened.drop();
            return;
        }
        meters.reconnected();
        InFlight doubtful = inFlight;
        inFlight = null;
        isBusy = false;
        Decision decision = doubtful == null ? null : doubtful.decision;
        boolean hadCommitted =
                doubtful != null && decision != null && ending.batch().equals(doubtful.batch.id());
        Head expected = hadCommitted && decision != null ? decision.head() : head;
        if (ending.head().position() != expected.position()) {
            LOGGER.atError()
                    .addKeyValue("expected", expected.position())
                    .addKeyValue("found", ending.head().position())
                    .log("the journal's head moved behind the server's back; nothing is written until a restart");
            opened.drop();
            return;
        }
        LOGGER.atInfo().addKeyValue("hadCommitted", hadCommitted).log("the journal's database is back");
        partitions.forget();
        ready(opened);
        isWritable = hadCommitted;
        if (hadCommitted && doubtful != null && decision != null) {
            finish(doubtful, decision);
            return;
        }
        if (doubtful != null) {
            redo.addFirst(doubtful.batch);
        } else if (redo.isEmpty()) {
            redo.add(Batch.empty());
        }
        next();
    }

    private void keepUp(WriterSession current, Future<Void> statement) {
        isBusy = true;
        long watchdog = watch(current);
        statement.onComplete(done -> {
            vertx.cancelTimer(watchdog);
            if (session != current) {
                return;
            }
            isBusy = false;
            if (done.succeeded()) {
                next();
            } else {
                lost(current, done.cause());
            }
        });
    }

    @Override
    public Future<?> stop() {
        intake.close();
        Promise<Void> stopped = Promise.promise();
        stopping = stopped;
        long patience = vertx.setTimer(
                isWritable ? STOP_PATIENCE_MS : STOP_PATIENCE_AWAY_MS,
                timer -> stopped.tryFail("the database did not come back"));
        next();
        return stopped.future().eventually(() -> {
            vertx.cancelTimer(patience);
            isStopped = true;
            abandon();
            WriterSession last = session;
            session = null;
            isWritable = false;
            return last == null ? Future.succeededFuture() : last.close();
        });
    }

    /** Fails what could not be written: nobody was told that it had been. */
    private void abandon() {
        Throwable cause = new IllegalStateException("the journal closed");
        InFlight doubtful = inFlight;
        if (doubtful != null) {
            Outcomes.fail(doubtful.batch, cause);
        }
        redo.forEach(batch -> Outcomes.fail(batch, cause));
        Outcomes.failAll(intake, cause);
    }
}
