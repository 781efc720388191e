package vn.kydai.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.List;
import java.util.function.Consumer;

/** Opens walls as a screen does. */
final class Screen {
    /** How a frame with a whole picture ends. */
    static final String SNAPSHOT_END = "\"type\":\"snapshot\"}";

    private static final int MAX_FRAME_BYTES = 16 * 1024 * 1024;
    private static final int MANY = 100_000;

    private final LoadOrder.Server server;
    private final WebSocketClient client;

    Screen(Vertx vertx, LoadOrder.Server server) {
        this.server = server;
        this.client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(MANY)
                .setMaxFrameSize(MAX_FRAME_BYTES)
                .setMaxMessageSize(MAX_FRAME_BYTES));
    }

    /**
     * Opens a wall, and completes with its first picture, which is taken too.
     *
     * @param taker told every frame
     * @param whenClosed told the code, or {@code none}
     */
    Future<Void> open(Consumer<String> taker, Consumer<String> whenClosed) {
        Promise<Void> isShowing = Promise.promise();
        return connect()
                .onSuccess(socket -> {
                    socket.closeHandler(closed -> {
                        isShowing.tryFail("a wall was closed");
                        whenClosed.accept(code(socket));
                    });
                    socket.textMessageHandler(text -> {
                        taker.accept(text);
                        if (text.endsWith(SNAPSHOT_END)) {
                            isShowing.tryComplete();
                        }
                    });
                })
                .compose(socket -> socket.writeTextMessage(subscription(server)))
                .compose(subscribed -> isShowing.future());
    }

    private static String code(WebSocket socket) {
        return socket.closeStatusCode() == null
                ? "none"
                : socket.closeStatusCode().toString();
    }

    private Future<WebSocket> connect() {
        return client.connect(new WebSocketConnectOptions()
                .setAbsoluteURI(server.http().replaceFirst("^http", "ws") + "/api/v1/wall")
                .setSubProtocols(List.of("kydai.wall.v1"))
                .putHeader("Authorization", "Bearer " + server.wallToken()));
    }

    /** Returns the message that asks for the picture and all that follows. */
    static String subscription(LoadOrder.Server server) {
        return "{\"type\":\"subscribe\",\"scope\":\"" + server.scope() + "\",\"view\":\"wall\"}";
    }
}
