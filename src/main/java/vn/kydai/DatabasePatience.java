package vn.kydai;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BooleanSupplier;
import vn.kydai.access.DatabaseAway;

/**
 * Answers a request of the API that still waits after six seconds while PostgreSQL is mute. What PostgreSQL works on goes
 * on, however long; what has begun to be answered too.
 */
final class DatabasePatience {
    private static final long PATIENCE_MS = 6_000;
    private static final long AGAIN_MS = 1_000;

    private final BooleanSupplier doesAnswer;
    private final long patienceMs;

    DatabasePatience(BooleanSupplier doesAnswer) {
        this(doesAnswer, PATIENCE_MS);
    }

    DatabasePatience(BooleanSupplier doesAnswer, long patienceMs) {
        this.doesAnswer = doesAnswer;
        this.patienceMs = patienceMs;
    }

    /** Stands before every other handler. */
    void mount(Router router) {
        router.route("/api/*").order(Integer.MIN_VALUE).handler(context -> {
            if (!context.request().headers().contains(HttpHeaders.UPGRADE)) {
                watch(context, patienceMs);
            }
            context.next();
        });
    }

    private void watch(RoutingContext context, long waitMs) {
        long timer = context.vertx().setTimer(waitMs, waited -> {
            boolean isOver = context.response().ended()
                    || context.response().closed()
                    || context.response().headWritten();
            if (isOver) {
                return;
            }
            if (doesAnswer.getAsBoolean()) {
                watch(context, AGAIN_MS);
            } else {
                context.fail(DatabaseAway.problem());
            }
        });
        context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
    }
}
