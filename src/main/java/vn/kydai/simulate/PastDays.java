package vn.kydai.simulate;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends days that are over through the district's clients, as fast as they are acknowledged: a day only when the one before
 * was answered whole, so that no outbox overflows.
 */
public final class PastDays extends VerticleBase {
    private final Simulator.Plan plan;
    private final Iterator<LocalDate> days;
    private final LocalDate first;
    private final Consumer<LocalDate> sent;
    private final Promise<Report> done = Promise.promise();
    private @Nullable Fleet fleet;

    /**
     * Creates it.
     *
     * @param days one or more
     * @param sent is told of each day that was answered whole
     */
    public PastDays(Simulator.Plan plan, List<LocalDate> days, Consumer<LocalDate> sent) {
        this.plan = plan;
        this.days = days.iterator();
        this.first = days.getFirst();
        this.sent = sent;
    }

    /**
     * How it went.
     *
     * @param dropped events whose source has no token
     */
    public record Report(Answer answers, long dropped) {
        /** Tells whether everything was taken. */
        public boolean isWhole() {
            return dropped == 0 && answers.refused().isEmpty();
        }
    }

    /** Completes when everything was answered. */
    public Future<Report> done() {
        return done.future();
    }

    /** Starts it on worker threads: dozens of clients must not hold up an event loop. */
    public Future<String> deploy(Vertx vertx) {
        return vertx.deployVerticle(this, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER));
    }

    @Override
    public Future<?> start() {
        Fleet clients =
                new Fleet(context, plan.server(), vertx.createHttpClient(), plan.seed(), InstantSource.system());
        fleet = clients;
        clients.start(plan.sources(), plan.tokens());
        return vertx.executeBlocking(() -> plan.district().before(first)).onSuccess(before -> {
            before.forEach(emission -> clients.send(emission.event()));
            clients.whenAnswered(vertx, () -> next(clients));
        });
    }

    @Override
    public Future<?> stop() {
        return fleet == null ? Future.succeededFuture() : fleet.stop();
    }

    private void next(Fleet clients) {
        if (!days.hasNext()) {
            done.complete(new Report(clients.answers(), clients.dropped()));
            return;
        }
        LocalDate day = days.next();
        vertx.executeBlocking(() -> plan.district().day(day))
                .onSuccess(emissions -> {
                    emissions.forEach(emission -> clients.send(emission.event()));
                    clients.whenAnswered(vertx, () -> {
                        sent.accept(day);
                        next(clients);
                    });
                })
                .onFailure(done::tryFail);
    }
}
