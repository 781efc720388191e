package vn.kydai.http;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import vn.kydai.access.Caller;
import vn.kydai.access.Callers;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;

/** Routes as a stage mounts them, one for each thing that can go wrong. */
final class TestStage {
    static final int BODY_LIMIT = 100;

    private TestStage() {}

    static void mount(Router router) {
        router.get("/api/v1/test/reader").handler(context -> {
            Caller.Viewer viewer = Callers.viewer(context, Role.READER);
            context.response().end(viewer.name());
        });
        router.post("/api/v1/test/body")
                .consumes("application/json")
                .handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT))
                .handler(context -> context.response()
                        .end(Callers.device(context).id() + " "
                                + context.body().buffer().length()));
        router.get("/api/v1/test/bug").handler(context -> {
            throw new IllegalStateException("the password is hidden");
        });
        router.get("/api/v1/test/full").handler(context -> {
            throw new Problem(503, "the queue is full", java.util.Map.of("Retry-After", "7"));
        });
        router.get("/api/v1/test/socket").handler(context -> {
            Callers.require(context, Role.WALL);
            Callers.checkOrigin(context);
            context.request().toWebSocket().onSuccess(TestStage::greet).onFailure(context::fail);
        });
    }

    private static void greet(ServerWebSocket socket) {
        socket.writeTextMessage("hello").onFailure(cause -> socket.close());
    }
}
