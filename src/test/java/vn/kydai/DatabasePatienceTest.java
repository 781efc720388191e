package vn.kydai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.WebClient;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.kydai.access.Problem;

class DatabasePatienceTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicBoolean doesAnswer = new AtomicBoolean();

    @AfterEach
    void close() throws TimeoutException {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private int get(long answersAfterMs) throws TimeoutException {
        Router router = Router.router(vertx);
        router.route("/api/*").handler(context -> {
            if (answersAfterMs > 0) {
                context.vertx().setTimer(answersAfterMs, due -> context.end().onFailure(gone -> {}));
            }
        });
        new DatabasePatience(doesAnswer::get, 50).mount(router);
        router.route().failureHandler(context -> {
            int status = context.failure() instanceof Problem problem ? problem.status() : 500;
            context.response().setStatusCode(status).end().onFailure(gone -> {});
        });
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
        return WebClient.create(vertx)
                .get(server.actualPort(), "127.0.0.1", "/api/v1/events")
                .send()
                .await(10, TimeUnit.SECONDS)
                .statusCode();
    }

    @Test
    void whoWaitsForAMuteDatabaseIsToldToComeAgain() throws TimeoutException {
        assertEquals(503, get(0));
    }

    @Test
    void whatTheDatabaseWorksOnGoesOn() throws TimeoutException {
        doesAnswer.set(true);

        assertEquals(200, get(400));
    }
}
