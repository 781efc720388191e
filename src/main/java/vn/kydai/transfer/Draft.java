package vn.kydai.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Data;
import vn.kydai.event.codec.DataJson;
import vn.kydai.event.codec.Json;

/**
 * An event as it is posted.
 *
 * @param id absent: the server makes one of source, kind, time and data, the same for the same content in any file
 * @param source id of the source that speaks; absent: the one that signs in
 */
record Draft(
        @Nullable String id,
        @Nullable String source,
        Instant time,
        @Nullable Long seq,
        Data data) {
    /** Writes it as a structured CloudEvent. */
    ObjectNode toJson() {
        ObjectNode node = Json.MAPPER
                .createObjectNode()
                .put("specversion", "1.0")
                .put("type", data.kind().type())
                .put("time", Json.time(time))
                .put("datacontenttype", "application/json");
        if (id != null) {
            node.put("id", id);
        }
        if (source != null) {
            node.put("source", "/sources/" + source);
        }
        node.set("data", DataJson.write(data, seq));
        return node;
    }
}
