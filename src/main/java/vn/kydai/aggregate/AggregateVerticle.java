package vn.kydai.aggregate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.aggregate.store.Checkpointing;
import vn.kydai.aggregate.store.Checkpoints;
import vn.kydai.bus.Topic;
import vn.kydai.config.Build;
import vn.kydai.config.Settings;
import vn.kydai.event.CatchingUp;
import vn.kydai.event.Journaled;
import vn.kydai.event.Kind;
import vn.kydai.event.Message;
import vn.kydai.event.Picture;
import vn.kydai.event.SetAside;
import vn.kydai.journal.Journal;
import vn.kydai.journal.SetAsideWord;
import vn.kydai.meter.Meters;

/**
 * Drives the folds: what the journal has beyond the last checkpoint, then whatever becomes readable, and a picture every
 * tick. One read is in flight at a time, so nothing queues here.
 *
 * <pre>
 * beginning ─restored─► catching up ─read all─► current
 *     ▲                     │                      │
 *     └─ said in the journal ◄─ a fold threw ──────┤
 *     └──── other events are set aside now ────────┘
 * </pre>
 *
 * An event that a fold throws on is set aside: what it left half done is thrown away, the journal says so, and the folds begin
 * again at the last checkpoint without it. Until they are current again the walls keep the last whole picture. An {@link Error}
 * of the virtual machine is no event's fault and ends the process.
 */
public final class AggregateVerticle extends VerticleBase {
    private static final Logger LOGGER = LoggerFactory.getLogger(AggregateVerticle.class);

    /** Most events folded before the event loop gets its turn again. */
    private static final int PAGE = 1_000;

    /** A hint may be lost and a read may fail; then this asks again. */
    private static final long FALLBACK_MS = 1_000;

    private static final long SECOND_MS = 1_000;
    /** A build that cannot take so many events can take none: it is no longer an event's fault. */
    private static final int MOST_SET_ASIDE = 1_000;

    private final Journal journal;
    private final Checkpoints checkpoints;
    private final Schedule schedule;
    private final InstantSource clock;
    private final Consumer<Throwable> onBroken;
    private final Meters meters;
    private final Counter folded;
    private final Counter failedReads;
    private final Timer pageTime;
    private final Pictures pictures;
    private final Promise<Void> caughtUp = Promise.promise();
    private volatile Figures figures = new Figures();
    private volatile long position;
    private volatile boolean isWhole;
    private volatile boolean isCurrent;
    private volatile boolean isBroken;
    private volatile @Nullable Checkpointing checkpointing;
    private SortedMap<Long, SetAside> leftOut = Collections.emptySortedMap();
    private @Nullable MessageConsumer<Message> heads;
    private int thrown;
    private boolean isBeginning;
    private boolean isReading;
    private boolean isSaving;
    private boolean isSaveDue;
    private boolean isStopped;

    /**
     * When things are done.
     *
     * @param tickMs time between two pictures
     */
    public record Schedule(int tickMs, Settings.Aggregate settings) {}

    /**
     * Creates it.
     *
     * @param onBroken told once, on the event loop, when the stage has stopped: an {@link Error} must end the process
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
        this.pageTime = meters.timer("page", "folding one page of at most 1,000 events");
        this.pictures = new Pictures(meters);
        FoldMeters.measure(meters, this, journal);
    }

    @Override
    public Future<?> start() {
        checkpointing = new Checkpointing(vertx, checkpoints, schedule.settings(), meters, this::pull);
        heads = Topic.HEADS.subscribe(vertx.eventBus(), head -> pull());
        vertx.setPeriodic(FALLBACK_MS, timer -> pull());
        vertx.setPeriodic(schedule.tickMs(), timer -> publish());
        vertx.setPeriodic(schedule.settings().checkpointSeconds() * SECOND_MS, timer -> {
            isSaveDue = isCurrent;
            pull();
        });
        begin();
        return Future.succeededFuture();
    }

    /** Returns what completes once everything the journal had at the start is folded. */
    public Future<Void> caughtUp() {
        return caughtUp.future();
    }

    /** Goes on from the last checkpoint, or from the beginning, leaving out what is set aside now. */
    private void begin() {
        Checkpointing saving = checkpointing;
        if (isBeginning || isStopped || saving == null) {
            return;
        }
        isBeginning = true;
        isWhole = false;
        isCurrent = false;
        SortedMap<Long, SetAside> asides = journal.setAside();
        saving.restore(asides.keySet()).compose(this::expecting).onComplete(restored -> {
            isBeginning = false;
            if (restored.failed()) {
                failed(restored.cause());
            } else if (!isStopped) {
                begun(restored.result(), asides);
            }
        });
    }

    private void begun(Checkpointing.Restored restored, SortedMap<Long, SetAside> setAside) {
        leftOut = setAside;
        restored.figures().leaveOut(setAside);
        figures = restored.figures();
        position = restored.position();
        isWhole = true;
        LOGGER.atInfo().addKeyValue("position", position).log("begins after the last checkpoint");
        pull();
    }

    private void failed(Throwable cause) {
        failedReads.increment();
        LOGGER.atWarn().setCause(cause).log("could not read the journal");
        if (cause instanceof Error) {
            broken(cause);
        }
    }

    /** A first fold of a long journal would write a bucket for each minute of months, only to drop it. */
    private Future<Checkpointing.Restored> expecting(Checkpointing.Restored restored) {
        long beforeLast = Math.max(restored.position(), journal.readable() - PAGE);
        return journal.read(beforeLast, PAGE)
                .map(last -> {
                    restored.figures().expect(journal.taken(last));
                    return restored;
                })
                .otherwise(restored);
    }

    @Override
    public Future<?> stop() {
        isStopped = true;
        Checkpointing saving = checkpointing;
        Future<Void> saved = saving == null || isBroken || !isWhole
                ? Future.succeededFuture()
                : saving.close(figures, position, isSavedWhole(saving));
        Future<Void> unheard = heads == null ? Future.succeededFuture() : heads.unregister();
        return Future.join(saved, unheard);
    }

    /** Returns what is folded; only its counters may be asked for from any thread. */
    Figures figures() {
        return figures;
    }

    /** Returns the last position folded; any thread may ask. */
    public long position() {
        return position;
    }

    /** Returns how the folds are; any thread may ask. */
    public FoldState state() {
        if (isBroken || pictures.areBroken()) {
            return FoldState.DOWN;
        }
        return isCurrent ? FoldState.CURRENT : FoldState.CATCHING_UP;
    }

    /** Returns what a person should know of a server that works all the same; any thread may ask. */
    public Optional<String> problem() {
        return Optional.ofNullable(checkpointing).flatMap(Checkpointing::problem);
    }

    /** Answers from what is folded, as of one position; nothing while that is not known. Any thread may ask. */
    public <T> Future<Optional<T>> ask(Function<Figures, T> question) {
        Promise<Optional<T>> answer = Promise.promise();
        context.runOnContext(
                asked -> answer.complete(isCurrent ? Optional.of(question.apply(figures)) : Optional.empty()));
        return answer.future();
    }

    private void pull() {
        Checkpointing saving = checkpointing;
        if (isReading || isSaving || isStopped || saving == null) {
            return;
        }
        if (!isWhole) {
            begin();
            return;
        }
        if ((saving.isDue() || isSaveDue) && saving.isPossible()) {
            save(saving);
            return;
        }
        isSaveDue = false;
        if (saving.isOverdue()) {
            isCurrent &= !saving.isFull();
            return;
        }
        isReading = true;
        journal.read(position, PAGE).onComplete(page -> {
            isReading = false;
            if (page.succeeded()) {
                fold(page.result(), saving);
            } else {
                failed(page.cause());
            }
        });
    }

    /** Pictures and folds stand still only while the state is taken; it is written beside them. */
    private void save(Checkpointing saving) {
        isSaving = true;
        isSaveDue = false;
        saving.take(figures, position, isSavedWhole(saving)).onComplete(taken -> {
            isSaving = false;
            if (taken.failed() && taken.cause() instanceof Error && !(taken.cause() instanceof StackOverflowError)) {
                broken(taken.cause());
            } else {
                pull();
            }
        });
    }

    /** What was folded on the way to the present is saved only where it may have to be gone back to. */
    private boolean isSavedWhole(Checkpointing saving) {
        return isCurrent || thrown > 0 || saving.isFull();
    }

    private void fold(List<Journaled> page, Checkpointing saving) {
        if (isStopped || hasToBeginAnew()) {
            return;
        }
        boolean isDone;
        try {
            Timer.Sample time = Timer.start();
            isDone = page.stream().allMatch(this::takes);
            time.stop(pageTime);
        } catch (Error e) {
            broken(e);
            return;
        }
        if (!isDone) {
            return;
        }
        saving.folded(figures, page.size());
        if (page.isEmpty() || position >= journal.readable()) {
            becomeCurrent();
        }
        // An alarm does not wait for the tick.
        if (isCurrent && page.stream().anyMatch(journaled -> journaled.event().kind() == Kind.ALARM)) {
            publish();
        }
        if (!page.isEmpty() || isSaveDue) {
            context.runOnContext(next -> pull());
        }
    }

    /** Goes back when what was folded should not have been, or the other way round. */
    @SuppressWarnings("ReferenceEquality")
    private boolean hasToBeginAnew() {
        SortedMap<Long, SetAside> setAside = journal.setAside();
        if (setAside == leftOut) {
            return false;
        }
        boolean isSameSoFar = setAside.headMap(position + 1)
                .keySet()
                .equals(leftOut.headMap(position + 1).keySet());
        if (isSameSoFar) {
            leftOut = setAside;
            figures.leaveOut(setAside);
            return false;
        }
        LOGGER.atWarn().addKeyValue("position", position).log("other events are set aside: the folds begin anew");
        begin();
        return true;
    }

    /** Folds one event, or sets it aside: then what has been folded is no longer whole. */
    private boolean takes(Journaled journaled) {
        if (!leftOut.containsKey(journaled.position())) {
            try {
                figures.apply(journaled);
            } catch (RuntimeException | StackOverflowError e) {
                setAside(journaled, e);
                return false;
            }
            folded.increment();
        }
        position = journaled.position();
        return true;
    }

    private void setAside(Journaled journaled, Throwable thrownByFold) {
        isWhole = false;
        isCurrent = false;
        isBeginning = true;
        long at = journaled.position();
        LOGGER.atError()
                .setCause(thrownByFold)
                .addKeyValue("position", at)
                .log("an event that cannot be folded is set aside");
        thrown++;
        if (thrown > MOST_SET_ASIDE) {
            broken(thrownByFold);
        } else {
            SetAsideWord.say(
                            vertx, journal, SetAside.unfoldable(journaled, thrownByFold, clock.instant(), Build.name()))
                    .onSuccess(said -> {
                        isBeginning = false;
                        begin();
                    })
                    .onFailure(this::broken);
        }
    }

    private void becomeCurrent() {
        if (!isCurrent) {
            isCurrent = true;
            isSaveDue = true;
            LOGGER.atInfo().addKeyValue("position", position).log("folded the journal");
            caughtUp.tryComplete();
            publish();
        }
    }

    private void publish() {
        if (isStopped || isSaving) {
            return;
        }
        Instant now = clock.instant();
        try {
            Optional<Picture> picture = isCurrent
                    ? pictures.current(figures, now)
                    : pictures.onTheWay(isWhole ? figures : null, now, new CatchingUp(position, journal.readable()));
            picture.ifPresent(shown -> Topic.PICTURES.publish(vertx.eventBus(), shown));
        } catch (Error e) {
            broken(e);
        }
    }

    private void broken(Throwable cause) {
        isStopped = true;
        isBroken = true;
        LOGGER.atError().setCause(cause).addKeyValue("position", position).log("the folds stopped");
        caughtUp.tryFail(cause);
        onBroken.accept(cause);
    }
}
