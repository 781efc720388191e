package vn.kydai.event.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Measure;
import vn.kydai.event.Alarm.Order;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.AlarmTerms;
import vn.kydai.event.Picture;
import vn.kydai.event.Signal;

/** Alarms as JSON: the {@code data} of an event, one flat object, and an alarm as the journal has it. */
public final class AlarmJson {
    private AlarmJson() {}

    static Alarm read(JsonNode data) {
        String step = data.path("step").asText();
        return new Alarm(
                data.path("rule").asText(),
                data.path("source").asText(),
                data.path("occurrence").asLong(),
                Step.ofId(step).orElseThrow(() -> new IllegalArgumentException("step " + step)),
                data.has("severity") ? measure(data) : null,
                text(data, "by"),
                text(data, "note"),
                data.has("until") ? Instant.parse(data.path("until").asText()) : null,
                text(data, "to"),
                text(data, "from"),
                data.has("escalation") ? data.path("escalation").asInt() : null,
                data.has("signal") ? order(data) : null,
                data.has("channels") ? data.path("channels").asInt() : null);
    }

    private static Order order(JsonNode data) {
        String signal = data.path("signal").asText();
        return new Order(
                Signal.ofId(signal).orElseThrow(() -> new IllegalArgumentException("signal " + signal)),
                text(data, "about"));
    }

    private static Measure measure(JsonNode data) {
        return new Measure(
                data.path("severity").asInt(),
                data.path("level").asInt(),
                data.path("quantity").asText(),
                number(data, "value"),
                number(data, "threshold"),
                text(data, "unit"));
    }

    static void write(ObjectNode node, Alarm alarm) {
        node.put("rule", alarm.rule())
                .put("source", alarm.source())
                .put("occurrence", alarm.occurrence())
                .put("step", alarm.step().id());
        Measure measure = alarm.measure();
        if (measure != null) {
            node.put("severity", measure.severity())
                    .put("level", measure.level())
                    .put("quantity", measure.quantity());
            put(node, "value", measure.value());
            put(node, "threshold", measure.threshold());
            put(node, "unit", measure.unit());
        }
        put(node, "by", alarm.by());
        put(node, "note", alarm.note());
        if (alarm.until() != null) {
            node.put("until", Json.time(alarm.until()));
        }
        put(node, "to", alarm.to());
        put(node, "from", alarm.from());
        if (alarm.escalation() != null) {
            node.put("escalation", alarm.escalation());
        }
        if (alarm.channels() != null) {
            node.put("channels", alarm.channels());
        }
        Order order = alarm.order();
        if (order != null) {
            node.put("signal", order.signal().id());
            put(node, "about", order.alarm());
        }
    }

    private static void params(ObjectNode params, Picture.Alarm alarm) {
        AlarmTerms terms = alarm.terms();
        params.put("level", alarm.measure().level())
                .put("quantity", alarm.measure().quantity());
        put(params, "watch", terms.watch());
        put(params, "window", terms.window());
        if (terms.vi() != null && terms.en() != null) {
            params.putObject("title").put("vi", terms.vi()).put("en", terms.en());
        }
    }

    /** Writes an alarm as everybody may see it: a wall is public, so without notes, reasons, names of people and who was told. */
    public static ObjectNode onWall(Picture.Alarm alarm) {
        ObjectNode node = Json.MAPPER
                .createObjectNode()
                .put("rule", alarm.rule())
                .put("source", alarm.source())
                .put("area", alarm.area())
                .put("state", alarm.state().id())
                .put("occurrence", alarm.occurrence())
                .put("severity", alarm.measure().severity())
                .put("raisedAt", Json.time(alarm.raisedAt()));
        if (alarm.clearedAt() != null) {
            node.put("clearedAt", Json.time(alarm.clearedAt()));
        }
        put(node, "value", alarm.measure().value());
        put(node, "threshold", alarm.measure().threshold());
        put(node, "unit", alarm.measure().unit());
        node.put("cause", alarm.marks().cause());
        if (alarm.marks().isChattering()) {
            node.put("chattering", true);
        }
        if (alarm.marks().isFleeting()) {
            node.put("fleeting", true);
        }
        params(node.putObject("params"), alarm);
        if (alarm.acknowledged() != null) {
            node.putObject("ack").put("at", Json.time(alarm.acknowledged().at()));
        }
        if (alarm.holder() != null) {
            node.put("heldAt", Json.time(alarm.holder().at()));
        }
        if (alarm.note() != null) {
            node.put("notedAt", Json.time(alarm.note().at()));
        }
        Picture.Said called = alarm.escalation().last();
        if (called != null) {
            node.putObject("escalated").put("level", alarm.escalation().level()).put("at", Json.time(called.at()));
        }
        Picture.Shelf shelf = alarm.shelf();
        if (shelf != null) {
            node.putObject("shelf").put("until", Json.time(shelf.until()));
        }
        return node;
    }

    /** Writes a flood of alarms. */
    public static ObjectNode flood(Picture.Flood flood) {
        return Json.MAPPER
                .createObjectNode()
                .put("since", Json.time(flood.since()))
                .put("raised", flood.raised())
                .put("open", flood.open())
                .put("severity", flood.severity());
    }

    /** Writes an alarm for those who act on it. */
    public static ObjectNode inFull(Picture.Alarm alarm) {
        ObjectNode node = onWall(alarm);
        if (alarm.acknowledged() != null) {
            said(node.withObject("/ack"), alarm.acknowledged());
        }
        Picture.Said note = alarm.note();
        if (note != null) {
            ObjectNode said = node.putObject("note");
            said(said, note);
            put(said, "text", note.text());
        }
        if (alarm.holder() != null) {
            said(node.putObject("holder"), alarm.holder());
        }
        Picture.Said told = alarm.escalation().last();
        if (told != null) {
            node.withObject("/escalated").put("to", told.by());
        }
        Picture.Shelf shelf = alarm.shelf();
        if (shelf != null) {
            node.withObject("/shelf")
                    .put("by", shelf.by())
                    .put("reason", shelf.reason())
                    .put("extensions", shelf.extensions());
        }
        return node;
    }

    private static void said(ObjectNode node, Picture.Said said) {
        node.put("by", said.by()).put("at", Json.time(said.at()));
    }

    private static void put(ObjectNode node, String name, @Nullable Double value) {
        if (value != null) {
            Json.put(node, name, value);
        }
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static @Nullable String text(JsonNode data, String name) {
        return data.has(name) ? data.get(name).asText() : null;
    }

    private static @Nullable Double number(JsonNode data, String name) {
        return data.has(name) ? data.get(name).doubleValue() : null;
    }
}
