package vn.kydai.event.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;

/** An event as a structured CloudEvent 1.0. */
public final class CloudEventJson {
    private CloudEventJson() {}

    /** Writes an event as its source sends it: {@code source} is {@code /sources/<id>}. */
    public static ObjectNode write(Event event) {
        ObjectNode node = Json.MAPPER
                .createObjectNode()
                .put("specversion", "1.0")
                .put("id", event.id())
                .put("source", "/sources/" + event.source())
                .put("area", event.area())
                .put("type", event.kind().type())
                .put("time", Json.time(event.eventTime()))
                .put("datacontenttype", "application/json");
        node.set("data", DataJson.write(event.data(), event.seq()));
        return node;
    }

    /** Writes a journaled event, with the extension attributes area, position, ingesttime, timeassumed. */
    public static ObjectNode write(Journaled journaled) {
        ObjectNode node = write(journaled.event())
                .put("position", Long.toString(journaled.position()))
                .put("ingesttime", Json.time(journaled.ingestTime()));
        if (journaled.event().timeAssumed()) {
            node.put("timeassumed", true);
        }
        return node;
    }
}
