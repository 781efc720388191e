package vn.kydai.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks PostgreSQL every two seconds, on a connection of its own, whether it answers at all: one that is mute fails no
 * query, it only never ends one. Confined to the event loop that started it; the answer may be read by any thread.
 */
final class Pulse {
    private static final Logger LOGGER = LoggerFactory.getLogger(Pulse.class);
    private static final long EVERY_MS = 2_000;
    private static final long PATIENCE_MS = 3_000;
    private static final int BEATS_TO_A_LINE = 30;

    private final Vertx vertx;
    private final PgConnectOptions options;
    private volatile boolean isBeating = true;
    private @Nullable PgConnection connection;
    private boolean isAsking;
    private int missed;
    private long timer;

    Pulse(Vertx vertx, PgConnectOptions options) {
        this.vertx = vertx;
        this.options = new PgConnectOptions(options).addProperty("application_name", "kydai pulse");
    }

    void start() {
        timer = vertx.setPeriodic(EVERY_MS, tick -> ask());
    }

    /** Tells whether it answered last time it was asked. */
    boolean isBeating() {
        return isBeating;
    }

    Future<Void> stop() {
        vertx.cancelTimer(timer);
        PgConnection last = connection;
        connection = null;
        return last == null
                ? Future.succeededFuture()
                : last.close().timeout(PATIENCE_MS, TimeUnit.MILLISECONDS).otherwiseEmpty();
    }

    private void ask() {
        if (isAsking) {
            return;
        }
        isAsking = true;
        PgConnection open = connection;
        Future<PgConnection> connected =
                open == null ? PgConnection.connect(vertx, options) : Future.succeededFuture(open);
        connected
                .compose(asked -> asked.query("select 1").execute().map(asked))
                .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                .onComplete(answer -> {
                    isAsking = false;
                    if (answer.succeeded()) {
                        connection = answer.result();
                        missed = 0;
                    } else {
                        connection = null;
                        connected.onSuccess(Pulse::drop);
                        missed++;
                        if (missed % BEATS_TO_A_LINE == 1) {
                            LOGGER.atWarn()
                                    .addKeyValue(
                                            "failure", answer.cause().getClass().getName())
                                    .log("PostgreSQL does not answer");
                        }
                    }
                    isBeating = answer.succeeded();
                });
    }

    private static void drop(PgConnection late) {
        late.close()
                .onComplete(closed -> LOGGER.atDebug()
                        .addKeyValue("clean", closed.succeeded())
                        .log("closed"));
    }
}
