package vn.kydai.alarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.event.codec.Json;

/** The delays of alarms as JSON: {@code {"rule:source": {"worse": {"1": "…"}, "milder": {}, "heldSince": "…"}}}. */
final class Delays {
    private static final Logger LOGGER = LoggerFactory.getLogger(Delays.class);

    private Delays() {}

    static String write(Map<String, Pending> delays) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        delays.forEach((id, pending) -> {
            ObjectNode delay = node.putObject(id);
            write(delay.putObject("worse"), pending.worse());
            write(delay.putObject("milder"), pending.milder());
            if (pending.heldSince() != null) {
                delay.put("heldSince", pending.heldSince().toString());
            }
        });
        return Json.text(node);
    }

    private static void write(ObjectNode node, SortedMap<Integer, Instant> levels) {
        levels.forEach((level, since) -> node.put(level.toString(), since.toString()));
    }

    /** Reads them; what cannot be read begins anew. */
    static Map<String, Pending> read(String json) {
        Map<String, Pending> delays = new HashMap<>();
        try {
            for (Map.Entry<String, JsonNode> entry : Json.MAPPER.readTree(json).properties()) {
                JsonNode delay = entry.getValue();
                JsonNode held = delay.path("heldSince");
                delays.put(
                        entry.getKey(),
                        new Pending(
                                levels(delay.path("worse")),
                                levels(delay.path("milder")),
                                held.isTextual() ? Instant.parse(held.textValue()) : null));
            }
        } catch (JsonProcessingException | DateTimeParseException | NumberFormatException e) {
            LOGGER.atWarn().setCause(e).log("the delays of alarms cannot be read and begin anew");
            return Map.of();
        }
        return delays;
    }

    private static SortedMap<Integer, Instant> levels(JsonNode node) {
        SortedMap<Integer, Instant> levels = new TreeMap<>();
        node.properties()
                .forEach(level -> levels.put(
                        Integer.valueOf(level.getKey()),
                        Instant.parse(level.getValue().asText())));
        return levels;
    }
}
