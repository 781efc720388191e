package vn.kydai.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A wall that asks for its picture and never reads: a WebSocket (RFC 6455) by hand, since a client library reads on. On
 * one event loop.
 */
final class DeafWall {
    private static final int RECEIVE_BYTES = 4_096;
    private static final int FINAL_TEXT = 0x81;
    private static final int MASKED = 0x80;
    private static final int LONGEST = 125;

    private final NetClient client;
    private final LoadOrder.Server server;
    private @Nullable NetSocket socket;

    DeafWall(NetClient client, LoadOrder.Server server) {
        this.client = client;
        this.server = server;
    }

    /** Makes the client of such walls: little room in the kernel, as a screen that hangs. */
    static NetClient client(Vertx vertx) {
        return vertx.createNetClient(new NetClientOptions().setReceiveBufferSize(RECEIVE_BYTES));
    }

    /** Completes once it is a WebSocket; reads nothing from then on. */
    Future<Void> open() {
        URI address = URI.create(server.http());
        return client.connect(address.getPort(), address.getHost()).compose(this::upgrade);
    }

    private Future<Void> upgrade(NetSocket connected) {
        Promise<Void> opened = Promise.promise();
        Buffer head = Buffer.buffer();
        connected.handler(bytes -> {
            head.appendBuffer(bytes);
            String answer = head.toString(US_ASCII);
            if (answer.contains("\r\n\r\n")) {
                connected.pause();
                socket = connected;
                complete(opened, answer.lines().findFirst().orElse(""));
            }
        });
        connected.closeHandler(closed -> opened.tryFail("a silent wall was closed before it was open"));
        return connected
                .write("GET /api/v1/wall HTTP/1.1\r\nHost: "
                        + URI.create(server.http()).getAuthority()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: kydai.wall.v1\r\n"
                        + "Authorization: Bearer " + server.wallToken() + "\r\n\r\n")
                .compose(written -> opened.future());
    }

    private static void complete(Promise<Void> opened, String status) {
        if (status.startsWith("HTTP/1.1 101")) {
            opened.tryComplete();
        } else {
            opened.tryFail("a silent wall was answered " + status);
        }
    }

    /** Asks for the picture and all that follows; once it is cut nobody hears. */
    void ask() {
        NetSocket connected = socket;
        if (connected != null) {
            var unused = connected.write(text(Screen.subscription(server)));
        }
    }

    /** Frames a short text; a client's frames are masked, and a mask of zeros is one. */
    private static Buffer text(String text) {
        byte[] payload = text.getBytes(US_ASCII);
        if (payload.length > LONGEST) {
            throw new IllegalArgumentException("a frame of " + payload.length + " bytes; allowed: " + LONGEST);
        }
        return Buffer.buffer()
                .appendByte((byte) FINAL_TEXT)
                .appendByte((byte) (MASKED | payload.length))
                .appendInt(0)
                .appendBytes(payload);
    }
}
