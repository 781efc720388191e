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
    private static final int MAX_FRAME_BYTES = 16 * 1024 * 1024;
    private static final int MANY = 100_000;
    private static final String HELLO = "\"type\":\"hello\"";

    private final LoadOrder.Server server;
    private final WebSocketClient client;

    Screen(Vertx vertx, LoadOrder.Server server) {
        this(vertx, server, new WebSocketClientOptions());
    }

    Screen(Vertx vertx, LoadOrder.Server server, WebSocketClientOptions options) {
        this.server = server;
        this.client = vertx.createWebSocketClient(
                options.setMaxConnections(MANY).setMaxFrameSize(MAX_FRAME_BYTES).setMaxMessageSize(MAX_FRAME_BYTES));
    }

    /** Opens a wall, and completes with its first picture, which is taken too. */
    Future<Void> open(Consumer<String> taker) {
        Promise<Void> isShowing = Promise.promise();
        return connect()
                .onSuccess(socket -> {
                    socket.closeHandler(closed -> isShowing.tryFail("the wall was closed"));
                    socket.textMessageHandler(text -> {
                        if (!text.contains(HELLO)) {
                            taker.accept(text);
                            isShowing.tryComplete();
                        }
                    });
                })
                .compose(this::subscribe)
                .compose(subscribed -> isShowing.future());
    }

    /** Connects, and says nothing yet. */
    Future<WebSocket> connect() {
        return client.connect(new WebSocketConnectOptions()
                .setAbsoluteURI(server.http().replaceFirst("^http", "ws") + "/api/v1/wall")
                .setSubProtocols(List.of("kydai.wall.v1"))
                .putHeader("Authorization", "Bearer " + server.wallToken()));
    }

    /** Asks for the picture and all that follows. */
    Future<Void> subscribe(WebSocket socket) {
        return socket.writeTextMessage(
                "{\"type\":\"subscribe\",\"scope\":\"" + server.scope() + "\",\"view\":\"wall\"}");
    }
}
