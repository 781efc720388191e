package vn.kydai;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.access.Problem;
import vn.kydai.aggregate.AggregateVerticle;
import vn.kydai.aggregate.FoldState;
import vn.kydai.config.Settings;
import vn.kydai.journal.Journal;
import vn.kydai.ops.Health;
import vn.kydai.registry.Registry;
import vn.kydai.report.DossierRoutes;
import vn.kydai.report.Folded;
import vn.kydai.wall.WallVerticle;

/** What others are told of the folds, which nobody who only receives waits for. */
final class FoldAnswers {
    private static final Logger LOGGER = LoggerFactory.getLogger(FoldAnswers.class);
    private static final long MOST_SHOWING_MS = 1_000;

    private FoldAnswers() {}

    /** Whoever looks at a wall as soon as the server is ready shall find it, unless there is much to fold: that nobody waits for. */
    static Future<Void> shownSoon(Vertx vertx, WallVerticle wall, AggregateVerticle folds) {
        Promise<Void> soon = Promise.promise();
        vertx.setTimer(MOST_SHOWING_MS, late -> soon.tryComplete());
        folds.caughtUp().compose(caughtUp -> wall.firstShown()).onComplete(shown -> soon.tryComplete());
        return soon.future();
    }

    /** Lets readiness tell how they are. */
    static void watch(Health health, AggregateVerticle folds, Journal journal) {
        health.apart(
                "folds",
                () -> folds.state() != FoldState.DOWN,
                report -> report.put("status", folds.state().id())
                        .put("position", Long.toString(folds.position()))
                        .put("of", Long.toString(journal.readable()))
                        .put("setAside", journal.setAside().size()));
        health.note("checkpoint", () -> folds.problem().stream().toList());
    }

    /** Lets readiness tell how the alarms are. */
    static void watchAlarms(Health health, BooleanSupplier areBroken) {
        health.apart(
                "alarms",
                () -> !areBroken.getAsBoolean(),
                report -> report.put("status", areBroken.getAsBoolean() ? "down" : "up"));
    }

    /** Tells of folds that have stopped, and that the process must end where that is no event's fault. */
    static Consumer<Throwable> ending(Promise<Void> broken) {
        return cause -> {
            LOGGER.atError().setCause(cause).log("the folds stopped: the wall is no longer kept");
            if (cause instanceof Error && !(cause instanceof StackOverflowError)) {
                broken.tryFail(cause);
            }
        };
    }

    /** Answers that ask for the present wait until the folds are there. */
    static DossierRoutes dossierRoutes(
            Supplier<Registry> registry,
            InstantSource clock,
            AggregateVerticle folds,
            Journal journal,
            Settings.Report settings) {
        return new DossierRoutes(
                registry,
                clock,
                () -> folds.ask(figures -> new Folded(figures.dossierStates(), figures.excesses()))
                        .map(found -> found.orElseThrow(() -> new Problem(
                                503, "the figures are catching up, try again later", Map.of("Retry-After", "5")))),
                journal,
                settings);
    }
}
