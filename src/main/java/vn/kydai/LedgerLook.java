package vn.kydai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import vn.kydai.event.codec.Json;
import vn.kydai.journal.LedgerDay;

/**
 * What the ledger said of a local day when the server looked at it.
 *
 * @param number counts the looks, over restarts too
 * @param lines by source
 */
record LedgerLook(long number, LocalDate day, Map<String, Line> lines) {
    LedgerLook {
        lines = Map.copyOf(lines);
    }

    /** Of a source's counts those that alarms ask for. */
    record Line(long received, long gaps, long rejected, long refused) {
        static final Line NONE = new Line(0, 0, 0, 0);

        Line plus(Line other) {
            return new Line(
                    received + other.received, gaps + other.gaps, rejected + other.rejected, refused + other.refused);
        }

        Line minus(Line other) {
            return plus(new Line(-other.received, -other.gaps, -other.rejected, -other.refused));
        }
    }

    static Map<String, Line> lines(LedgerDay ledger) {
        Map<String, Line> lines = new HashMap<>();
        ledger.sources()
                .forEach((source, line) ->
                        lines.put(source, new Line(line.received(), line.gaps(), line.rejected(), line.refused())));
        return lines;
    }

    /** Returns the lines as JSON: {@code {"SOURCE": [received, gaps, rejected, refused]}}. */
    String json() {
        ObjectNode node = Json.MAPPER.createObjectNode();
        lines.forEach((source, line) -> node.putArray(source)
                .add(line.received())
                .add(line.gaps())
                .add(line.rejected())
                .add(line.refused()));
        return Json.text(node);
    }

    /** Reads what {@link #json} has written. */
    static LedgerLook of(long number, LocalDate day, String json) throws JsonProcessingException {
        Map<String, Line> lines = new HashMap<>();
        for (Map.Entry<String, JsonNode> line : Json.MAPPER.readTree(json).properties()) {
            JsonNode counts = line.getValue();
            lines.put(
                    line.getKey(),
                    new Line(
                            counts.path(0).asLong(),
                            counts.path(1).asLong(),
                            counts.path(2).asLong(),
                            counts.path(3).asLong()));
        }
        return new LedgerLook(number, day, lines);
    }
}
