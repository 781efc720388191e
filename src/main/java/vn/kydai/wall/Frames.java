package vn.kydai.wall;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.codec.Json;

/** What the server says, as the text that goes out. */
final class Frames {
    /** The WebSocket subprotocol, in the upgrade's {@code Sec-WebSocket-Protocol}. */
    static final String SUBPROTOCOL = "kydai.wall.v1";

    private static final int PROTOCOL = 1;

    private Frames() {}

    /** Why the server did not do what a client asked. */
    enum ErrorCode {
        MALFORMED,
        FORBIDDEN,
        UNKNOWN_AREA,
        /** The bound on replays is hit. */
        BUSY,
        /** A replay has lasted as long as it may. */
        ENDED,
        /** The journal cannot be read just now. */
        UNAVAILABLE
    }

    static String hello(String build, Instant epoch, Instant now, long heartbeatMs, String scope) {
        ObjectNode hello = message("hello")
                .put("protocol", PROTOCOL)
                .put("build", build)
                .put("epoch", Json.time(epoch))
                .put("at", Json.time(now))
                .put("heartbeatMs", heartbeatMs)
                .put("scope", scope);
        return Json.text(hello);
    }

    /**
     * Puts the data in as it is: it is encoded once for many sockets.
     *
     * @param data the document's text
     */
    static String snapshot(long seq, long position, Instant at, String data) {
        return "{\"at\":\"" + Json.time(at) + "\",\"data\":" + data + ",\"position\":\"" + position + "\",\"seq\":"
                + seq + ",\"type\":\"snapshot\"}";
    }

    /** The body of {@code GET /api/v1/areas/{area}/wall}. */
    static String answer(long position, Instant at, String data) {
        return "{\"at\":\"" + Json.time(at) + "\",\"data\":" + data + ",\"position\":\"" + position + "\"}";
    }

    static String patch(long prev, long seq, long position, Instant at, ObjectNode data) {
        ObjectNode patch = message("patch")
                .put("prev", prev)
                .put("seq", seq)
                .put("position", Long.toString(position))
                .put("at", Json.time(at));
        patch.set("data", data);
        return Json.text(patch);
    }

    static String heartbeat(long seq, Instant now) {
        return Json.text(message("heartbeat").put("seq", seq).put("at", Json.time(now)));
    }

    static String ok(@Nullable String rid, Instant now) {
        ObjectNode ok = message("ok").put("at", Json.time(now));
        PartJson.put(ok, "rid", rid);
        return Json.text(ok);
    }

    static String error(@Nullable String rid, ErrorCode code, String detail) {
        ObjectNode error = message("error");
        PartJson.put(error, "rid", rid);
        PartJson.put(error, "code", code);
        PartJson.put(error, "detail", detail);
        return Json.text(error);
    }

    private static ObjectNode message(String type) {
        return PartJson.object().put("type", type);
    }
}
