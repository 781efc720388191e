package vn.kydai.event.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;

/** A journaled event as a structured CloudEvent 1.0, with the extension attributes of the contract. */
public final class CloudEventJson {
    private CloudEventJson() {}

    /** Writes {@code source} as {@code /sources/<id>} and the extensions area, position, ingesttime, timeassumed. */
    public static ObjectNode write(Journaled journaled) {
        Event event = journaled.event();
        ObjectNode node = Json.MAPPER
                .createObjectNode()
                .put("specversion", "1.0")
                .put("id", event.id())
                .put("source", "/sources/" + event.source())
                .put("area", event.area())
                .put("type", event.kind().type())
                .put("time", Json.time(event.eventTime()))
                .put("datacontenttype", "application/json")
                .put("position", Long.toString(journaled.position()))
                .put("ingesttime", Json.time(journaled.ingestTime()));
        if (event.timeAssumed()) {
            node.put("timeassumed", true);
        }
        node.set("data", DataJson.write(event.data(), event.seq()));
        return node;
    }
}
