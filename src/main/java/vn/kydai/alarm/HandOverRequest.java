package vn.kydai.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.IdempotencyKey;
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

    /** Reads a body: {@code {"to": "binh.le", "note": "…"}}. */
    static HandOverRequest of(JsonNode body, @Nullable String key) {
        IdempotencyKey.check(key);
        Said.onlyFields(body, FIELDS);
        String to = Said.text(body, "to", false);
        if (to == null) {
            throw new Problem(400, "to: the user name of who takes the shift is needed");
        }
        return new HandOverRequest(Said.text(body, "area", false), to, Said.text(body, "note", false), key);
    }
}
