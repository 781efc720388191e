package vn.kydai.aggregate.store;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.aggregate.Figures;
import vn.kydai.aggregate.Rollups;
import vn.kydai.config.Settings;
import vn.kydai.meter.Meters;

/**
 * Saves the folds and brings them back. Only taking the state needs the folds to stand still, on a worker thread; what
 * follows goes on beside them, one checkpoint at a time, until it has committed. On the folds' context.
 */
public final class Checkpointing {
    private static final Logger LOGGER = LoggerFactory.getLogger(Checkpointing.class);
    private static final long RETRY_MS = 1_000;
    private static final long MOST_RETRY_MS = 30_000;
    private static final long MOST_WAITING_NS = 60_000_000_000L;

    /** A database that is restarted fails once or twice. */
    private static final int FAILURES_TOLD = 3;

    /** Checkpoints' worth. */
    private static final long MOST_UNSAVED = 4;

    /** For each event of a checkpoint; of some 250 bytes each, and another such lot may be on its way to the database. */
    private static final int MOST_BUCKETS = 8;

    private final Vertx vertx;
    private final Checkpoints checkpoints;
    private final Settings.Aggregate settings;
    private final Runnable onWritten;
    private final Timer pauseTime;
    private final Timer checkpointTime;
    private final Counter retried;

    private String format = "";
    private long saved;
    private long unsaved;
    private volatile int buckets;
    private Future<Void> writing = Future.succeededFuture();
    private long beganNs;
    private volatile @Nullable Failure failure;
    private volatile boolean isUnsound;
    private boolean isGivenUp;
    private boolean isClosed;

    /** How often a checkpoint could not be written, and why it could not the last time. */
    private record Failure(int times, String cause) {}

    /** Folds, and the last position they hold. */
    public record Restored(Figures figures, long position) {}

    private record Taken(long position, boolean isComplete, SortedMap<String, byte[]> pieces, Rollups rollups) {}

    /**
     * Prepares it.
     *
     * @param onWritten told after each checkpoint that has committed
     */
    public Checkpointing(
            Vertx vertx, Checkpoints checkpoints, Settings.Aggregate settings, Meters meters, Runnable onWritten) {
        this.vertx = vertx;
        this.checkpoints = checkpoints;
        this.settings = settings;
        this.onWritten = onWritten;
        this.pauseTime = meters.timer("pause", "standing still while a checkpoint takes the state");
        this.checkpointTime = meters.timer("checkpoint", "one checkpoint, from the state to its commit");
        this.retried =
                meters.counter("retried", "checkpoints", "checkpoints that could not be written and are tried again");
        meters.gauge("unsaved", "events", "events folded since the last checkpoint took the state", () -> unsaved);
        meters.gauge(
                "pending", "buckets", "buckets of the rollups that gained since the last checkpoint", () -> buckets);
        meters.gauge(
                "pending.limit",
                "buckets",
                "how many may gather; then the folds wait for a checkpoint",
                this::mostBuckets);
        meters.gauge(
                "unwritten",
                "checkpoints",
                "1 while no checkpoint can be written; the folds go on without until the pending buckets reach their limit",
                () -> problem().isPresent() ? 1 : 0);
    }

    /**
     * Brings the folds back as they were last saved, or begins anew, also when they left out other events than they would
     * now. Gives up the checkpoint that is being written, if it fails.
     *
     * @param leftOut positions that no fold takes
     */
    public Future<Restored> restore(Set<Long> leftOut) {
        isGivenUp = true;
        return writing.otherwiseEmpty()
                .compose(idle -> format.isEmpty()
                        ? vertx.executeBlocking(() -> FoldFormat.of(settings))
                        : Future.succeededFuture(format))
                .compose(code -> {
                    format = code;
                    return checkpoints.load(code);
                })
                .compose(found -> vertx.executeBlocking(() -> restored(found, leftOut)))
                .map(restored -> requireNonNull(restored))
                .onSuccess(this::begin);
    }

    private void begin(Restored restored) {
        saved = restored.position();
        unsaved = 0;
        buckets = 0;
        writing = Future.succeededFuture();
        failure = null;
        isGivenUp = false;
        isUnsound = false;
    }

    private Restored restored(Optional<Checkpoints.Saved> found, Set<Long> leftOut) {
        if (found.isPresent()) {
            try {
                long position = found.get().position();
                Figures figures = Figures.restored(found.get().pieces());
                if (figures.hasLeftOut(leftOut, position)) {
                    return new Restored(figures, position);
                }
                LOGGER.atInfo()
                        .addKeyValue("position", position)
                        .log("the checkpoint left out other events: the journal is folded from its beginning");
            } catch (RuntimeException | StackOverflowError e) {
                LOGGER.atWarn()
                        .setCause(e)
                        .log("the checkpoint cannot be read: the journal is folded from its beginning");
            }
        }
        return new Restored(Figures.keepingRollups(settings), 0);
    }

    /** Notes that events have been folded. */
    public void folded(Figures figures, int events) {
        unsaved += events;
        if (isUnsound) {
            // Nothing of it will ever be written: a restart folds it anew.
            Rollups unused = figures.drainRollups();
        }
        buckets = figures.pendingRollups();
    }

    /** Tells whether the rollups have gained as much as may gather in memory. */
    public boolean isFull() {
        return buckets >= mostBuckets();
    }

    private long mostBuckets() {
        return (long) MOST_BUCKETS * settings.checkpointEvents();
    }

    /** Tells whether there is something to save and nothing is being saved. */
    public boolean isPossible() {
        return unsaved > 0 && writing.isComplete() && !isClosed && !isUnsound;
    }

    /** Tells whether a checkpoint's worth of events has been folded. */
    public boolean isDue() {
        return unsaved >= settings.checkpointEvents() || isFull();
    }

    /**
     * Tells whether so much has been folded while one is being written that folding has to wait for it. It waits for none that
     * fails or takes longer than a minute, as long as the rollups have room for what they gain; {@link #problem} tells.
     */
    public boolean isOverdue() {
        boolean isAhead = unsaved >= MOST_UNSAVED * settings.checkpointEvents()
                && failure == null
                && System.nanoTime() - beganNs < MOST_WAITING_NS;
        return !writing.isComplete() && (isAhead || isFull());
    }

    /** Returns why no checkpoint is written, once that has been tried several times; any thread may ask. */
    public Optional<String> problem() {
        Failure known = failure;
        return known == null || (known.times() < FAILURES_TOLD && !isUnsound)
                ? Optional.empty()
                : Optional.of("no checkpoint can be written: " + known.cause() + "; tried " + known.times() + " times; "
                        + (isFull()
                                ? "what the rollups gain has no more room: the folds wait, walls and alarms stand still"
                                : "the folds go on, and begin after a restart where the last one was written"));
    }

    /**
     * Takes the state and completes when folding may go on; it is written meanwhile. Fails when there is none to take.
     *
     * @param isComplete whether the state is saved too; not while the journal is being folded for the first time
     */
    public Future<Void> take(Figures figures, long position, boolean isComplete) {
        unsaved = 0;
        beganNs = System.nanoTime();
        buckets = 0;
        Timer.Sample time = Timer.start();
        Future<Taken> taken = vertx.executeBlocking(() -> taken(figures, position, isComplete))
                .map(state -> requireNonNull(state))
                .onFailure(this::unsound);
        writing = taken.compose(state -> vertx.executeBlocking(() -> checkpoint(state)))
                .compose(this::written)
                .onSuccess(done -> {
                    time.stop(checkpointTime);
                    vertx.runOnContext(next -> onWritten.run());
                });
        return taken.mapEmpty();
    }

    /** Saves once more, if it can, and stops. Called when nothing is folded any more. */
    public Future<Void> close(Figures figures, long position, boolean isComplete) {
        isClosed = true;
        return writing.compose(idle -> {
            if (unsaved == 0) {
                return Future.succeededFuture();
            }
            Future<Void> taken = take(figures, position, isComplete);
            return taken.compose(done -> writing);
        });
    }

    private Taken taken(Figures figures, long position, boolean isComplete) {
        Timer.Sample pause = Timer.start();
        SortedMap<String, byte[]> pieces = isComplete ? figures.drainState() : Collections.emptySortedMap();
        Taken taken = new Taken(position, isComplete, pieces, figures.drainRollups());
        pause.stop(pauseTime);
        return taken;
    }

    private Checkpoint checkpoint(Taken taken) {
        return new Checkpoint(
                saved,
                taken.position(),
                taken.isComplete(),
                taken.pieces(),
                RollupRow.of(taken.rollups()),
                taken.rollups().firstMinute());
    }

    /** Tries until it has committed, or until this is closed. */
    private Future<Void> written(Checkpoint checkpoint) {
        return checkpoints
                .write(checkpoint, format)
                .onSuccess(done -> {
                    saved = checkpoint.position();
                    failure = null;
                })
                .recover(cause -> {
                    failed(cause);
                    return isClosed || isGivenUp
                            ? Future.failedFuture(cause)
                            : later().compose(next -> written(checkpoint));
                });
    }

    private void failed(Throwable cause) {
        Failure before = failure;
        failure = new Failure(before == null ? 1 : before.times() + 1, String.valueOf(cause));
        retried.increment();
        LOGGER.atWarn().setCause(cause).log("a checkpoint could not be written");
    }

    /** Part of what has changed may have been handed over already: no later one would be whole. */
    private void unsound(Throwable cause) {
        isUnsound = true;
        failed(cause);
    }

    private Future<Void> later() {
        Promise<Void> later = Promise.promise();
        long wait = failure == null ? RETRY_MS : Math.min(MOST_RETRY_MS, RETRY_MS * failure.times());
        vertx.setTimer(wait, timer -> later.complete());
        return later.future();
    }
}
