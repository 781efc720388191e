package vn.kydai.aggregate.store;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
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

    /** Checkpoints' worth. */
    private static final long MOST_UNSAVED = 4;

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
    private Future<Void> writing = Future.succeededFuture();
    private boolean isClosed;

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
    }

    /** Brings the folds back as they were last saved, or begins anew. */
    public Future<Restored> restore() {
        return vertx.executeBlocking(() -> FoldFormat.of(settings.latenessDays()))
                .compose(code -> {
                    format = code;
                    return checkpoints.load(code);
                })
                .compose(found -> vertx.executeBlocking(() -> restored(found)))
                .map(restored -> requireNonNull(restored))
                .onSuccess(restored -> saved = restored.position());
    }

    private Restored restored(Optional<Checkpoints.Saved> found) {
        if (found.isPresent()) {
            try {
                return new Restored(
                        Figures.restored(found.get().pieces()), found.get().position());
            } catch (RuntimeException e) {
                LOGGER.atWarn()
                        .setCause(e)
                        .log("the checkpoint cannot be read: the journal is folded from its beginning");
            }
        }
        return new Restored(Figures.keepingRollups(settings.latenessDays()), 0);
    }

    /** Notes that events have been folded. */
    public void folded(int events) {
        unsaved += events;
    }

    /** Tells whether there is something to save and nothing is being saved. */
    public boolean isPossible() {
        return unsaved > 0 && writing.isComplete() && !isClosed;
    }

    /** Tells whether a checkpoint's worth of events has been folded. */
    public boolean isDue() {
        return unsaved >= settings.checkpointEvents();
    }

    /** Tells whether so much has been folded while one was being written that folding has to wait: memory is bounded. */
    public boolean isOverdue() {
        return unsaved >= MOST_UNSAVED * settings.checkpointEvents();
    }

    /**
     * Takes the state and completes when folding may go on; it is written meanwhile. Fails when there is none to take.
     *
     * @param isComplete whether the state is saved too; not while the journal is being folded for the first time
     */
    public Future<Void> take(Figures figures, long position, boolean isComplete) {
        unsaved = 0;
        Timer.Sample time = Timer.start();
        Future<Taken> taken = vertx.executeBlocking(() -> taken(figures, position, isComplete));
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
                .onSuccess(done -> saved = checkpoint.position())
                .recover(cause -> {
                    retried.increment();
                    LOGGER.atWarn().setCause(cause).log("a checkpoint could not be written");
                    return isClosed ? Future.failedFuture(cause) : later().compose(next -> written(checkpoint));
                });
    }

    private Future<Void> later() {
        Promise<Void> later = Promise.promise();
        vertx.setTimer(RETRY_MS, timer -> later.complete());
        return later.future();
    }
}
