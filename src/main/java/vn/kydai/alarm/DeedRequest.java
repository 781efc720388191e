package vn.kydai.alarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.IdempotencyKey;
import vn.kydai.access.Problem;
import vn.kydai.event.codec.Json;

/**
 * What somebody wants to do to an alarm.
 *
 * @param alarm its id
 * @param occurrence the one meant, as the caller saw it
 * @param text why: the note or the reason
 * @param shelf how long to shelve
 * @param from who holds it, as the caller saw it; to take it over
 * @param key the caller's own key: the same deed is done once
 * @param said the body as it came, sorted
 */
record DeedRequest(
        Deed deed,
        String alarm,
        long occurrence,
        @Nullable String text,
        Duration shelf,
        @Nullable String from,
        @Nullable String key,
        String said) {

    /** The longest an alarm is shelved at a time: one shift. */
    private static final int MAX_SHELF_MINUTES = 480;

    /** Reads a body: {@code {"occurrence": 2}}, with {@code text}, or {@code reason} and {@code minutes} where needed. */
    static DeedRequest of(Deed deed, String alarm, String body, @Nullable String key) {
        IdempotencyKey.check(key);
        JsonNode node = tree(body);
        String textField = deed == Deed.NOTE ? "text" : "reason";
        check(node, deed, textField);
        return new DeedRequest(
                deed,
                alarm,
                whole(node, "occurrence", Long.MAX_VALUE),
                Said.text(node, textField, deed.needsText()),
                deed == Deed.SHELVE ? Duration.ofMinutes(whole(node, "minutes", MAX_SHELF_MINUTES)) : Duration.ZERO,
                Said.text(node, "from", false),
                key,
                Json.text(node));
    }

    private static JsonNode tree(String body) {
        try {
            JsonNode node = Json.MAPPER.readTree(body);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw new Problem(400, "the body is not JSON");
        }
        throw new Problem(400, "the body must be a JSON object: {\"occurrence\": 1}");
    }

    private static void check(JsonNode node, Deed deed, String textField) {
        Set<String> allowed = new HashSet<>(Set.of("occurrence", textField));
        if (deed == Deed.SHELVE) {
            allowed.add("minutes");
        }
        if (deed == Deed.TAKE_OVER) {
            allowed.add("from");
        }
        Said.onlyFields(node, allowed);
    }

    private static long whole(JsonNode node, String name, long max) {
        JsonNode value = node.path(name);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 1
                || value.longValue() > max) {
            String bound = max == Long.MAX_VALUE ? "" : " to " + max;
            throw new Problem(400, name + ": a whole number from 1" + bound + " is needed");
        }
        return value.longValue();
    }
}
