package vn.kydai.aggregate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.aggregate.store.Checkpointing;
import vn.kydai.aggregate.store.Checkpoints;
import vn.kydai.bus.Topic;
import vn.kydai.config.Settings;
import vn.kydai.event.DossierState;
import vn.kydai.event.FoldBound;
import vn.kydai.event.Journaled;
import vn.kydai.event.Kind;
import vn.kydai.event.Message;
import vn.kydai.journal.Journal;
import vn.kydai.meter.Meters;

/**
 * Drives the folds: at start what the journal has beyond the last checkpoint, then whatever becomes readable, and a
 * picture every tick. One read is in flight at a time, so nothing queues here. A fold that fails stops the stage for
 * good: figures that miss an event would lie.
 */
public final class AggregateVerticle extends VerticleBase {
    private static final Logger LOGGER = LoggerFactory.getLogger(AggregateVerticle.class);

    /** Most events folded before the event loop gets its turn again. */
    private static final int PAGE = 1_000;

    /** A hint may be lost and a read may fail; then this asks again. */
    private static final long FALLBACK_MS = 1_000;

    private static final long SECOND_MS = 1_000;

    private final Journal journal;
    private final Checkpoints checkpoints;
    private final Schedule schedule;
    private final InstantSource clock;
    private final Consumer<Throwable> onBroken;
    private final Meters meters;
    private final Counter folded;
    private final Counter failedReads;
    private final Timer pictureTime;
    private final Timer pageTime;

    private final Promise<Void> caughtUp = Promise.promise();
    private volatile Figures figures = new Figures();
    private volatile long position;
    private @Nullable Checkpointing checkpointing;
    private @Nullable MessageConsumer<Message> heads;
    private boolean isReading;
    private boolean isSaving;
    private boolean isStopped;
    private boolean isBroken;

    /**
     * When things are done.
     *
     * @param tickMs time between two pictures
     */
    public record Schedule(int tickMs, Settings.Aggregate settings) {}

    /**
     * Creates it.
     *
     * @param onBroken told once, on the event loop, when a fold has failed and the stage has stopped
     */
    public AggregateVerticle(
            Journal journal,
            Checkpoints checkpoints,
            Schedule schedule,
            InstantSource clock,
            MeterRegistry registry,
            Consumer<Throwable> onBroken) {
        this.journal = journal;
        this.checkpoints = checkpoints;
        this.schedule = schedule;
        this.clock = clock;
        this.onBroken = onBroken;
        this.meters = new Meters(registry, "aggregate");
        this.folded = meters.counter("folded", "events", "events folded since the start, the journal's old ones too");
        this.failedReads = meters.counter("failed", "reads", "pages of the journal that could not be read");
        this.pictureTime = meters.timer("picture", "making one picture");
        this.pageTime = meters.timer("page", "folding one page of at most 1,000 events");
        meters.gauge(
                "lag",
                "positions",
                "how far the folds are behind what can be read",
                () -> Math.max(0, journal.readable() - position));
        meters.counter(
                "unexpected",
                "transitions",
                "steps of dossiers that the national order of statuses does not know",
                this,
                verticle -> verticle.figures.unexpectedTransitions());
        meters.counter(
                "late",
                "events",
                "events that came later than the allowed lateness: kept, but in no rollup, dossiers apart",
                this,
                verticle -> verticle.figures.lateEvents());
        for (FoldBound bound : FoldBound.values()) {
            meters.counter(
                    "excess",
                    "events",
                    "events that went beyond a bound of the folds: kept, but not counted in full",
                    this,
                    verticle -> verticle.figures.excess(bound),
                    "bound",
                    bound.id());
        }
        meters.gauge(
                "mismatched",
                "dossiers",
                "dossiers whose source states another due date than procedure and calendar give",
                () -> figures.dueMismatches());
    }

    @Override
    public Future<?> start() {
        Checkpointing saving = new Checkpointing(vertx, checkpoints, schedule.settings(), meters, this::pull);
        checkpointing = saving;
        return saving.restore().compose(this::expecting).compose(restored -> {
            figures = restored.figures();
            position = restored.position();
            LOGGER.atInfo().addKeyValue("position", position).log("begins after the last checkpoint");
            pull();
            vertx.setPeriodic(FALLBACK_MS, timer -> pull());
            heads = Topic.HEADS.subscribe(vertx.eventBus(), head -> pull());
            return caughtUp.future().onSuccess(done -> live(saving));
        });
    }

    /** A first fold of a long journal would write a bucket for each minute of months, only to drop it. */
    private Future<Checkpointing.Restored> expecting(Checkpointing.Restored restored) {
        long beforeLast = Math.max(restored.position(), journal.readable() - PAGE);
        return journal.read(beforeLast, PAGE)
                .map(last -> {
                    restored.figures().expect(last);
                    return restored;
                })
                .otherwise(restored);
    }

    private void live(Checkpointing saving) {
        LOGGER.atInfo().addKeyValue("position", position).log("folded the journal");
        publish();
        vertx.setPeriodic(schedule.tickMs(), timer -> publish());
        save(saving);
        vertx.setPeriodic(schedule.settings().checkpointSeconds() * SECOND_MS, timer -> save(saving));
    }

    @Override
    public Future<?> stop() {
        isStopped = true;
        Checkpointing saving = checkpointing;
        Future<Void> saved = saving == null || isBroken
                ? Future.succeededFuture()
                : saving.close(figures, position, caughtUp.future().succeeded());
        Future<Void> unheard = heads == null ? Future.succeededFuture() : heads.unregister();
        return Future.join(saved, unheard);
    }

    /** Returns the last position folded; any thread may ask. */
    public long position() {
        return position;
    }

    /** Returns how every dossier stands, in no order, as of one position; any thread may ask. */
    public Future<List<DossierState>> dossiers() {
        Promise<List<DossierState>> answer = Promise.promise();
        context.runOnContext(asked -> answer.complete(figures.dossierStates()));
        return answer.future();
    }

    private void pull() {
        Checkpointing saving = checkpointing;
        if (isReading || isSaving || isStopped || saving == null) {
            return;
        }
        if (saving.isDue() && saving.isPossible()) {
            save(saving);
            return;
        }
        if (saving.isOverdue()) {
            return;
        }
        isReading = true;
        journal.read(position, PAGE).onComplete(page -> {
            isReading = false;
            if (page.succeeded()) {
                fold(page.result(), saving);
            } else {
                failedReads.increment();
                LOGGER.atWarn().setCause(page.cause()).log("could not read the journal");
            }
        });
    }

    /** Pictures and folds stand still only while the state is taken; folds also while the one before is being written. */
    private void save(Checkpointing saving) {
        if (isSaving || isStopped || !saving.isPossible()) {
            return;
        }
        isSaving = true;
        saving.take(figures, position, caughtUp.future().succeeded()).onComplete(taken -> {
            isSaving = false;
            if (taken.failed()) {
                broken(taken.cause());
            } else {
                pull();
            }
        });
    }

    private void fold(List<Journaled> page, Checkpointing saving) {
        if (isStopped) {
            return;
        }
        try {
            pageTime.record(() -> page.forEach(this::fold));
        } catch (RuntimeException e) {
            broken(e);
            return;
        }
        saving.folded(page.size());
        if (page.isEmpty() || position >= journal.readable()) {
            caughtUp.tryComplete();
        }
        // An alarm does not wait for the tick.
        if (caughtUp.future().isComplete()
                && page.stream().anyMatch(journaled -> journaled.event().kind() == Kind.ALARM)) {
            publish();
        }
        if (!page.isEmpty()) {
            context.runOnContext(next -> pull());
        }
    }

    private void fold(Journaled journaled) {
        figures.apply(journaled);
        position = journaled.position();
        folded.increment();
    }

    private void publish() {
        if (isStopped || isSaving) {
            return;
        }
        try {
            pictureTime.record(() -> Topic.PICTURES.publish(vertx.eventBus(), figures.picture(clock.instant())));
        } catch (RuntimeException e) {
            broken(e);
        }
    }

    private void broken(Throwable cause) {
        isStopped = true;
        isBroken = true;
        LOGGER.atError().setCause(cause).addKeyValue("position", position).log("a fold failed");
        caughtUp.tryFail(cause);
        onBroken.accept(cause);
    }
}
