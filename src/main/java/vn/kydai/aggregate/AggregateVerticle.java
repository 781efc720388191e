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
import vn.kydai.bus.Topic;
import vn.kydai.event.Journaled;
import vn.kydai.event.Message;
import vn.kydai.journal.Journal;
import vn.kydai.meter.Meters;

/**
 * Drives the folds: at start the whole journal, then whatever becomes readable, and a picture every tick. One read is in
 * flight at a time, so nothing queues here. A fold that fails stops the stage for good: figures that miss an event would
 * lie.
 */
public final class AggregateVerticle extends VerticleBase {
    private static final Logger LOGGER = LoggerFactory.getLogger(AggregateVerticle.class);

    /** Most events folded before the event loop gets its turn again. */
    private static final int PAGE = 1_000;

    /** A hint may be lost and a read may fail; then this asks again. */
    private static final long FALLBACK_MS = 1_000;

    private final Journal journal;
    private final InstantSource clock;
    private final int tickMs;
    private final Consumer<Throwable> onBroken;
    private final Figures figures = new Figures();
    private final Counter folded;
    private final Counter failedReads;
    private final Timer pictureTime;
    private final Timer pageTime;

    private final Promise<Void> caughtUp = Promise.promise();
    private volatile long position;
    private @Nullable MessageConsumer<Message> heads;
    private boolean isReading;
    private boolean isStopped;

    /**
     * Creates it.
     *
     * @param tickMs time between two pictures
     * @param onBroken told once, on the event loop, when a fold has failed and the stage has stopped
     */
    public AggregateVerticle(
            Journal journal, InstantSource clock, MeterRegistry registry, int tickMs, Consumer<Throwable> onBroken) {
        this.journal = journal;
        this.clock = clock;
        this.tickMs = tickMs;
        this.onBroken = onBroken;
        Meters meters = new Meters(registry, "aggregate");
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
                figures,
                Figures::unexpectedTransitions);
    }

    @Override
    public Future<?> start() {
        pull();
        vertx.setPeriodic(FALLBACK_MS, timer -> pull());
        heads = Topic.HEADS.subscribe(vertx.eventBus(), head -> pull());
        return caughtUp.future().onSuccess(done -> {
            LOGGER.atInfo().addKeyValue("position", position).log("folded the journal");
            publish();
            vertx.setPeriodic(tickMs, timer -> publish());
        });
    }

    @Override
    public Future<?> stop() {
        isStopped = true;
        return heads == null ? Future.succeededFuture() : heads.unregister();
    }

    /** Returns the last position folded; any thread may ask. */
    public long position() {
        return position;
    }

    private void pull() {
        if (isReading || isStopped) {
            return;
        }
        isReading = true;
        journal.read(position, PAGE).onComplete(page -> {
            isReading = false;
            if (page.succeeded()) {
                fold(page.result());
            } else {
                failedReads.increment();
                LOGGER.atWarn().setCause(page.cause()).log("could not read the journal");
            }
        });
    }

    private void fold(List<Journaled> page) {
        if (isStopped) {
            return;
        }
        try {
            pageTime.record(() -> page.forEach(this::fold));
        } catch (RuntimeException e) {
            broken(e);
            return;
        }
        if (page.isEmpty() || position >= journal.readable()) {
            caughtUp.tryComplete();
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
        if (isStopped) {
            return;
        }
        try {
            pictureTime.record(() -> Topic.PICTURES.publish(vertx.eventBus(), figures.picture(clock.instant())));
        } catch (RuntimeException e) {
            broken(e);
        }
    }

    private void broken(RuntimeException cause) {
        isStopped = true;
        LOGGER.atError().setCause(cause).addKeyValue("position", position).log("a fold failed");
        caughtUp.tryFail(cause);
        onBroken.accept(cause);
    }
}
