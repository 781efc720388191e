package vn.kydai.simulate;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.registry.Sources;
import vn.kydai.registry.WorkingCalendar;

/** Plays the district by the clock: at the start what should have been sent before, then each event at its time. */
public final class Simulator extends VerticleBase {
    private static final Logger LOGGER = LoggerFactory.getLogger(Simulator.class);

    private static final long TICK_MS = 200;
    private static final int TICKS_A_NOTE = 50;

    private final Plan plan;
    private final InstantSource clock;
    private final Consumer<Instant> progress;
    private @Nullable Fleet fleet;
    private long ticks;
    private boolean isPlanning;
    private final Promise<Void> caughtUp = Promise.promise();
    private final Promise<Void> past = Promise.promise();

    /**
     * What to play.
     *
     * @param sources those that speak, with their gateways
     * @param tokens by source id
     * @param since until when an earlier run has sent; absent for a first run
     */
    public record Plan(
            District district,
            long seed,
            Sources sources,
            Map<String, String> tokens,
            ServerAddress server,
            @Nullable Instant since) {
        public Plan {
            tokens = Map.copyOf(tokens);
        }

        /** Leaves the tokens out: this text may reach a log. */
        @Override
        public String toString() {
            return "Plan[" + server + ", since " + since + "]";
        }
    }

    /**
     * Creates it.
     *
     * @param clock the time that is played
     * @param progress is told now and then, on a worker thread, until when everything has been sent and answered
     */
    public Simulator(Plan plan, InstantSource clock, Consumer<Instant> progress) {
        this.plan = plan;
        this.clock = clock;
        this.progress = progress;
    }

    /** Starts it on worker threads: dozens of clients must not hold up an event loop of a server in the same process. */
    public Future<String> deploy(Vertx vertx) {
        return vertx.deployVerticle(this, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER));
    }

    @Override
    public Future<?> start() {
        Instant now = clock.instant();
        Fleet clients = new Fleet(context, plan.server(), vertx.createHttpClient(), plan.seed(), clock);
        fleet = clients;
        return vertx.executeBlocking(
                        () -> new Start(plan.district().backlog(plan.since(), now), new Agenda(plan.district(), now)))
                .onSuccess(start -> {
                    clients.start(plan.sources(), plan.tokens());
                    start.backlog().forEach(emission -> clients.send(emission.event()));
                    LOGGER.atInfo()
                            .addKeyValue("clients", clients.size())
                            .addKeyValue("backlog", start.backlog().size())
                            .log("simulator started");
                    vertx.setPeriodic(TICK_MS, timer -> tick(clients, start.agenda()));
                    clients.whenAnswered(vertx, () -> {
                        caughtUp.complete();
                        if (plan.since() == null) {
                            sendPastWeeks(clients, WorkingCalendar.dateOf(now));
                        } else {
                            past.complete();
                        }
                    });
                });
    }

    /** Completes once everything of the day until the start has been answered. */
    public Future<Void> caughtUp() {
        return caughtUp.future();
    }

    /** Completes once, besides, the weeks before have been answered. */
    public Future<Void> past() {
        return past.future();
    }

    @Override
    public Future<?> stop() {
        Fleet clients = fleet;
        if (clients == null) {
            return Future.succeededFuture();
        }
        LOGGER.atInfo()
                .addKeyValue("acknowledged", clients.answers().acknowledged())
                .addKeyValue("refused", clients.answers().refused())
                .addKeyValue("unanswered", clients.unanswered())
                .addKeyValue("dropped", clients.dropped())
                .log("simulator stopped");
        return note(clients, clock.instant()).eventually(clients::stop);
    }

    /** After today, so that a wall is full at once; a day only when the one before was answered, so that no outbox overflows. */
    private void sendPastWeeks(Fleet clients, LocalDate today) {
        vertx.executeBlocking(() -> plan.district().pastWeeks(today))
                .onSuccess(days -> sendDays(clients, days.values().iterator()))
                .onFailure(problem -> LOGGER.atError().setCause(problem).log("cannot plan the past weeks"));
    }

    private void sendDays(Fleet clients, Iterator<List<Emission>> days) {
        if (!days.hasNext()) {
            past.complete();
            LOGGER.atInfo().log("simulator has sent the past weeks");
            return;
        }
        days.next().forEach(emission -> clients.send(emission.event()));
        clients.whenAnswered(vertx, () -> sendDays(clients, days));
    }

    private record Start(List<Emission> backlog, Agenda agenda) {}

    private void tick(Fleet clients, Agenda agenda) {
        Instant now = clock.instant();
        if (isPlanning) {
            return;
        }
        if (!agenda.isPlanned(WorkingCalendar.dateOf(now))) {
            isPlanning = true;
            vertx.<Void>executeBlocking(() -> {
                        agenda.plan(WorkingCalendar.dateOf(now));
                        return null;
                    })
                    .onComplete(planned -> isPlanning = false)
                    .onFailure(problem -> LOGGER.atError().setCause(problem).log("cannot plan the day"));
            return;
        }
        agenda.take(now).forEach(emission -> clients.send(emission.event()));
        if (++ticks % TICKS_A_NOTE == 0) {
            note(clients, now)
                    .onFailure(problem -> LOGGER.atWarn().setCause(problem).log("cannot note the progress"));
        }
    }

    /** What is unanswered may be lost with this process, so only a moment without any is noted. */
    private Future<Void> note(Fleet clients, Instant now) {
        if (clients.unanswered() > 0 || !past.future().succeeded()) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(() -> {
            progress.accept(now);
            return null;
        });
    }
}
