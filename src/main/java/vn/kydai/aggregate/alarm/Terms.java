package vn.kydai.aggregate.alarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.AlarmTerms;
import vn.kydai.event.codec.Json;

/**
 * What screens must know of rules, by their ids, from a {@code configuration} event of rules. It was checked when it was
 * journaled, by the build of that day: what this one does not find is left out, since no fold may stop at it.
 */
public final class Terms {
    private Terms() {}

    /** Reads the content of the part {@code rules}. */
    public static Map<String, AlarmTerms> of(String content) {
        Map<String, AlarmTerms> terms = new HashMap<>();
        for (JsonNode rule : read(content).path("rules")) {
            JsonNode title = rule.path("title");
            terms.put(
                    rule.path("id").asText(),
                    new AlarmTerms(text(title, "vi"), text(title, "en"), text(rule, "watch"), text(rule, "window")));
        }
        return Map.copyOf(terms);
    }

    private static JsonNode read(String content) {
        try {
            return Json.MAPPER.readTree(content);
        } catch (JsonProcessingException e) {
            return Json.MAPPER.createObjectNode();
        }
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.path(name).textValue();
    }
}
