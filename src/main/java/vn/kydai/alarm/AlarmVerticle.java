package vn.kydai.alarm;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.bus.Topic;
import vn.kydai.event.Alarm;
import vn.kydai.event.Message;
import vn.kydai.event.Picture;
import vn.kydai.meter.Counters;
import vn.kydai.meter.Label;
import vn.kydai.meter.Meters;

/**
 * The alarm stage: pictures in, {@code alarm} events out. One decision an alarm is under way at a time, so what waits
 * here is bounded by the rules and what they watch. A rule that fails stops the deciding for good, aloud.
 */
public final class AlarmVerticle extends VerticleBase {
    private static final Logger LOGGER = LoggerFactory.getLogger(AlarmVerticle.class);
    private static final long IN_FLIGHT = Long.MAX_VALUE;

    private final AlarmParts parts;
    private final AlarmLog log;
    private final Decider decider;
    private final Lag lag = new Lag();
    private final NewestPicture newest = new NewestPicture();
    private final Consumer<Throwable> onBroken;
    private final Counters decisions;
    private final Counter failed;

    /** By alarm, the position that shows what was decided last. */
    private final Map<String, Long> underWay = new HashMap<>();

    private volatile long open;
    private volatile Supplier<Set<String>> listening = Set::of;
    private @Nullable MessageConsumer<Message> pictures;
    private boolean isStopped;

    /**
     * Creates it.
     *
     * @param onBroken told once when deciding has failed and stopped
     */
    public AlarmVerticle(AlarmParts parts, Consumer<Throwable> onBroken) {
        this.parts = parts;
        this.onBroken = onBroken;
        this.log = new AlarmLog(parts.journal());
        this.decider = new Decider();
        Meters meters = new Meters(parts.meters(), "alarm");
        decisions = meters.counters(
                "decisions",
                "events",
                "steps of alarms decided and appended, by step",
                Label.of("step", Alarm.Step.values(), Alarm.Step::id));
        failed = meters.counter("failed", "events", "decisions that could not be appended and are made again");
        meters.gauge("open", "alarms", "alarms that ask for somebody now", () -> open);
    }

    /** Returns where the delays of alarms stand, as JSON; any thread may ask. */
    public String delays() {
        return Delays.write(decider.delays());
    }

    /** Goes on, before it is deployed, with delays as {@link #delays} gave them at an instant, by rules that are the same. */
    public void resume(String delays, Instant at) {
        decider.resume(Delays.read(delays), at);
    }

    /** Says, before it is deployed, which devices are connected and listen for orders to sirens just now. */
    public void heardBy(Supplier<Set<String>> devices) {
        listening = devices;
    }

    /** Adds the routes to list alarms and orders and act on them, which must lie behind sign-in. */
    public void mount(Router router) {
        new AlarmRoutes(parts, newest, new Deeds(parts, newest, log)).mount(router);
        new OrderRoutes(newest, new Orders(parts, newest, log, () -> listening.get())).mount(router);
    }

    /** Adds the routes of shifts, which must lie behind sign-in. */
    public void mountShifts(Router router, ShiftParts shifts) {
        new ShiftRoutes(parts, shifts, newest, new Shifts(parts, shifts, newest, log)).mount(router);
    }

    @Override
    public Future<?> start() {
        pictures = Topic.PICTURES.subscribe(vertx.eventBus(), this::take);
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        isStopped = true;
        return pictures == null ? Future.succeededFuture() : pictures.unregister();
    }

    private void take(Picture picture) {
        if (picture.catchingUp() != null) {
            return;
        }
        newest.show(picture);
        open = picture.alarms().values().stream().filter(Picture.Alarm::isOpen).count();
        if (isStopped) {
            return;
        }
        underWay.values().removeIf(position -> position <= picture.position());
        try {
            double behind = lag.seconds(picture.at(), parts.journal().readable(), picture.position());
            Vitals vitals = parts.vitals().get().behind(behind);
            Stream<Decision> decided = decider
                    .decide(
                            picture,
                            vitals,
                            parts.rules().get(),
                            parts.registry().get(),
                            parts.roster().get())
                    .stream();
            Stream.concat(decided, OrderIds.overdue(picture).stream())
                    .filter(decision -> !underWay.containsKey(decision.alarm().id()))
                    .forEach(this::append);
        } catch (RuntimeException e) {
            isStopped = true;
            LOGGER.atError().setCause(e).log("deciding on alarms failed");
            onBroken.accept(e);
        }
    }

    private void append(Decision decision) {
        Alarm alarm = decision.alarm();
        underWay.put(alarm.id(), IN_FLIGHT);
        log.append(decision.eventId(), decision.area(), decision.at(), alarm, decision.eventId())
                .onComplete(appended -> appended(alarm, appended));
    }

    private void appended(Alarm alarm, AsyncResult<Long> appended) {
        if (appended.succeeded()) {
            underWay.put(alarm.id(), appended.result());
            decisions.of(alarm.step().id()).increment();
        } else {
            underWay.remove(alarm.id());
            failed.increment();
            LOGGER.atDebug().setCause(appended.cause()).log("a decision could not be appended");
        }
    }
}
