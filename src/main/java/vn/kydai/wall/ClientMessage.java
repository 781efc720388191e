package vn.kydai.wall;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.codec.Json;

/** What a client says, decoded once at the edge. Fields it does not know are left alone. */
sealed interface ClientMessage {
    /** Longest message accepted; the longest of the contract has some 200. */
    int MAX_CHARS = 4_096;

    int MAX_ID_CHARS = 64;

    /** Fastest replay: a day in nine seconds. */
    double MAX_SPEED = 10_000;

    /** Returns the client's own number for the answer. */
    @Nullable
    String rid();

    /**
     * Wants an area's wall.
     *
     * @param after what the client still has
     * @param at start of a replay
     * @param speed of a replay, virtual seconds a second
     */
    record Subscribe(
            @Nullable String rid,
            String scope,
            @Nullable After after,
            @Nullable Instant at,
            double speed) implements ClientMessage {}

    /** A place in the ticks of one epoch. */
    record After(String epoch, long seq) {}

    /** Wants an answer. */
    record Ping(@Nullable String rid) implements ClientMessage {}

    /** Cannot be understood. */
    record Malformed(@Nullable String rid, String detail) implements ClientMessage {}

    /** Reads a message; what is wrong with it is part of the result. */
    static ClientMessage read(String text) {
        if (text.length() > MAX_CHARS) {
            return new Malformed(null, "longer than " + MAX_CHARS + " characters");
        }
        try {
            JsonNode message = Json.MAPPER.readTree(text);
            return message.isObject() ? read(message) : new Malformed(null, "not a JSON object");
        } catch (JsonProcessingException e) {
            return new Malformed(null, "not JSON");
        }
    }

    private static ClientMessage read(JsonNode message) {
        JsonNode id = message.path("rid");
        if (!id.isMissingNode() && (!id.isTextual() || id.textValue().length() > MAX_ID_CHARS)) {
            return new Malformed(null, "rid: a string of at most " + MAX_ID_CHARS + " characters is allowed");
        }
        String rid = id.textValue();
        return switch (message.path("type").asText()) {
            case "subscribe" -> subscribe(rid, message);
            case "ping" -> new Ping(rid);
            default -> new Malformed(rid, "type: subscribe or ping is allowed");
        };
    }

    private static ClientMessage subscribe(@Nullable String rid, JsonNode message) {
        JsonNode scope = message.path("scope");
        if (!scope.isTextual() || scope.textValue().length() > MAX_ID_CHARS) {
            return new Malformed(rid, "scope: the id of an area is needed");
        }
        if (!message.path("view").asText("wall").equals("wall")) {
            return new Malformed(rid, "view: wall is allowed");
        }
        JsonNode after = message.path("after");
        if (!after.isMissingNode()
                && !(after.path("epoch").isTextual() && after.path("seq").canConvertToLong())) {
            return new Malformed(rid, "after: {epoch, seq} of a frame is allowed");
        }
        JsonNode speed = message.path("speed");
        double factor = speed.asDouble(1);
        if (!speed.isMissingNode() && !(speed.isNumber() && factor > 0 && factor <= MAX_SPEED)) {
            return new Malformed(rid, "speed: more than 0 and at most " + (long) MAX_SPEED + " is allowed");
        }
        Instant at = null;
        if (message.has("at")) {
            at = PastMoment.instant(message.path("at").asText()).orElse(null);
            if (at == null) {
                return new Malformed(rid, "at: " + PastMoment.ALLOWED);
            }
        }
        After held = after.isMissingNode()
                ? null
                : new After(after.path("epoch").asText(), after.path("seq").longValue());
        return new Subscribe(rid, scope.textValue(), held, at, factor);
    }
}
