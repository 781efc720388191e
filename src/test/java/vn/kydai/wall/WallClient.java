package vn.kydai.wall;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Promise;
import io.vertx.core.http.WebSocket;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.codec.Json;

/** A screen: keeps what it is sent, and the document that snapshot and patches make. */
final class WallClient {
    private static final int PATIENCE_SECONDS = 20;

    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final Promise<Integer> closed = Promise.promise();
    private final Queue<String> everything = new ConcurrentLinkedQueue<>();
    private volatile @Nullable WebSocket socket;
    JsonNode hello = Json.MAPPER.createObjectNode();
    private JsonNode document = Json.MAPPER.createObjectNode();
    private long seq;

    WallClient attached(WebSocket opened) {
        socket = opened;
        return this;
    }

    /** On the client's event loop. */
    void heard(String text) {
        everything.add(text);
        messages.add(tree(text));
    }

    void closed() {
        Short code = socket().closeStatusCode();
        closed.tryComplete(code == null ? -1 : Short.toUnsignedInt(code));
    }

    WebSocket socket() {
        return requireNonNull(socket, "not open yet");
    }

    void send(String text) {
        WallServer.await(socket().writeTextMessage(text.replace('\'', '"')).otherwiseEmpty());
    }

    void subscribe(String scope) {
        send("{'type':'subscribe','scope':'" + scope + "','view':'wall'}");
    }

    /** Takes the next message of a type, applying frames on the way. */
    JsonNode take(String type) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            assertTrue(System.nanoTime() < deadline, () -> "no " + type + " came");
            JsonNode message = poll();
            if (message.path("type").asText().equals("patch")) {
                assertEquals(seq, message.path("prev").asLong(), "prev of a patch");
                document = MergePatch.apply(document, message.path("data"));
                seq = message.path("seq").asLong();
            } else if (message.path("type").asText().equals("snapshot")) {
                document = message.path("data");
                seq = message.path("seq").asLong();
            }
            if (message.path("type").asText().equals(type)) {
                return message;
            }
        }
    }

    private JsonNode poll() {
        try {
            JsonNode message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertNotNull(message, "nothing came");
            return requireNonNull(message);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Takes patches until the screen has reached a tick. */
    void takeUntil(long wanted) {
        while (seq < wanted) {
            JsonNode unused = take("patch");
        }
    }

    String document() {
        return Json.text(document);
    }

    /** Takes over what another screen held. */
    void holds(WallClient other) {
        document = other.document;
        seq = other.seq;
    }

    long seq() {
        return seq;
    }

    String epoch() {
        return hello.path("epoch").asText();
    }

    int closeCode() {
        return WallServer.await(closed.future());
    }

    String everything() {
        return String.join("\n", everything);
    }

    void close() {
        WallServer.await(socket().close());
    }

    private static JsonNode tree(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
