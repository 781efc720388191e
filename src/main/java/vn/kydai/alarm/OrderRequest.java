package vn.kydai.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.IdempotencyKey;
import vn.kydai.access.Problem;
import vn.kydai.event.Signal;

/**
 * An order that somebody wants to prepare.
 *
 * @param area whose sirens, its whole subtree
 * @param reason why, for who confirms it
 * @param alarm id of the alarm it is for
 * @param key the caller's own key: the same order is prepared once
 */
record OrderRequest(
        String area,
        Signal signal,
        String reason,
        @Nullable String alarm,
        @Nullable String key) {
    private static final Set<String> FIELDS = Set.of("area", "signal", "reason", "alarm");
    private static final String SIGNALS =
            Arrays.stream(Signal.values()).map(Signal::id).collect(Collectors.joining(", "));

    /** Reads a body: {@code {"area": "477", "signal": "flood3", "reason": "…"}}. */
    static OrderRequest of(JsonNode body, @Nullable String key) {
        IdempotencyKey.check(key);
        Said.onlyFields(body, FIELDS);
        Signal signal = Signal.ofId(body.path("signal").asText())
                .orElseThrow(() -> new Problem(400, "signal: one of " + SIGNALS + " is needed"));
        return new OrderRequest(
                Said.needed(body, "area"), signal, Said.needed(body, "reason"), Said.text(body, "alarm", false), key);
    }
}
