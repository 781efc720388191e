package vn.kydai.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.codec.Json;

/** A wall without a screen: subscribes, applies snapshots and merge patches, and lets a test wait for what it shows. */
final class WallSocket implements AutoCloseable, WebSocket.Listener {
    private final HttpClient client = HttpClient.newHttpClient();
    private final StringBuilder frame = new StringBuilder();
    private final String scope;
    private ObjectNode document = Json.MAPPER.createObjectNode();
    private boolean hasSnapshot;
    private @Nullable WebSocket socket;

    private WallSocket(String scope) {
        this.scope = scope;
    }

    /** Opens a wall of the district and returns when its snapshot has come. */
    static WallSocket open(ServerProcess server, String token) throws InterruptedException {
        WallSocket wall = new WallSocket("477");
        URI http = server.http("/api/v1/wall");
        wall.socket = wall.client
                .newWebSocketBuilder()
                .subprotocols("kydai.wall.v1")
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create(http.toString().replaceFirst("^http", "ws")), wall)
                .join();
        if (!wall.await(document -> true, Duration.ofSeconds(10))) {
            throw new AssertionError("no snapshot came");
        }
        return wall;
    }

    synchronized JsonNode document() {
        return document;
    }

    /** Waits until a snapshot or patch makes the document as wanted; false when the time is over first. */
    synchronized boolean await(Predicate<JsonNode> wanted, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!(hasSnapshot && wanted.test(document))) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(Math.max(1, left / 1_000_000));
        }
        return true;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        frame.append(data);
        if (last) {
            take(socket, frame.toString());
            frame.setLength(0);
        }
        socket.request(1);
        return null;
    }

    private synchronized void take(WebSocket socket, String text) {
        try {
            JsonNode message = Json.MAPPER.readTree(text);
            switch (message.get("type").asText()) {
                case "hello" ->
                    socket.sendText("{\"type\":\"subscribe\",\"scope\":\"" + scope + "\",\"view\":\"wall\"}", true);
                case "snapshot" -> {
                    document = (ObjectNode) message.get("data");
                    hasSnapshot = true;
                }
                case "patch" -> merge(document, (ObjectNode) message.get("data"));
                default -> {}
            }
            notifyAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void merge(ObjectNode target, ObjectNode patch) {
        for (Iterator<Map.Entry<String, JsonNode>> fields = patch.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (field.getValue().isNull()) {
                target.remove(field.getKey());
            } else if (field.getValue() instanceof ObjectNode change) {
                merge(target.withObjectProperty(field.getKey()), change);
            } else {
                target.set(field.getKey(), field.getValue());
            }
        }
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.abort();
        }
        client.shutdownNow();
    }
}
