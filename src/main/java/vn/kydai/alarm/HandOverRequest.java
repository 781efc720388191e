package vn.kydai.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Problem;

/**
 * What somebody wants to hand over.
 *
 * @param area absent: the whole scope
 * @param to user name of who takes the shift
 * @param note what the next one must know
 * @param key the caller's own key: the same shift is handed over once
 */
record HandOverRequest(
        @Nullable String area,
        String to,
        @Nullable String note,
        @Nullable String key) {
    private static final Set<String> FIELDS = Set.of("area", "to", "note");
    private static final int MAX_NOTE_CHARS = 500;
    private static final int MAX_KEY_CHARS = 200;

    /** Reads a body: {@code {"to": "binh.le", "note": "…"}}. */
    static HandOverRequest of(JsonNode body, @Nullable String key) {
        if (key != null && (key.isBlank() || key.length() > MAX_KEY_CHARS)) {
            throw new Problem(400, "Idempotency-Key: 1 to " + MAX_KEY_CHARS + " characters are allowed");
        }
        body.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw new Problem(400, "unknown field; allowed: area, note, to");
            }
        });
        String to = text(body, "to");
        if (to == null) {
            throw new Problem(400, "to: the user name of who takes the shift is needed");
        }
        return new HandOverRequest(text(body, "area"), to, text(body, "note"), key);
    }

    private static @Nullable String text(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode()) {
            return null;
        }
        boolean isText = value.isTextual()
                && !value.textValue().isBlank()
                && value.textValue().length() <= MAX_NOTE_CHARS
                && value.textValue().indexOf('\0') < 0;
        if (!isText) {
            throw new Problem(400, field + ": text of at most " + MAX_NOTE_CHARS + " characters is needed");
        }
        return value.textValue().strip();
    }
}
