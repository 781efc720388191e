package vn.kydai.simulate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import vn.kydai.event.Event;
import vn.kydai.event.codec.CloudEventJson;
import vn.kydai.event.codec.DataJson;
import vn.kydai.event.codec.Json;

/**
 * One event, ready to go out.
 *
 * @param topic where MQTT publishes it
 * @param json what is sent
 */
record Parcel(String topic, String json) {
    /** Packs an event as a structured CloudEvent. */
    static Parcel cloudEvent(Event event) {
        return new Parcel(topic(event), Json.text(CloudEventJson.write(event)));
    }

    /** Packs an event as small devices do: the fields of its data flat beside id and time. MQTT only. */
    static Parcel flat(Event event) {
        ObjectNode node = DataJson.write(event.data(), event.seq());
        node.put("id", event.id()).put("time", Json.time(event.eventTime()));
        return new Parcel(topic(event), Json.text(node));
    }

    /** Returns the topic of an event of a source. */
    static String topic(String area, String source, String kind) {
        return "kydai/v1/" + area + "/" + source + "/" + kind;
    }

    byte[] bytes() {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String topic(Event event) {
        return topic(event.area(), event.source(), event.kind().id());
    }
}
