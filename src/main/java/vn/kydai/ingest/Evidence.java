package vn.kydai.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What admission had found out about a message when it ended. Confined to one admission. */
final class Evidence {
    private @Nullable String source;
    private @Nullable String kind;
    private @Nullable String id;

    void source(String found) {
        source = found;
    }

    void kind(String found) {
        kind = found;
    }

    void id(String found) {
        id = found;
    }

    void putInto(ObjectNode kept) {
        put(kept, "source", source);
        put(kept, "kind", kind);
        put(kept, "id", id);
    }

    private static void put(ObjectNode kept, String name, @Nullable String value) {
        if (value != null) {
            kept.put(name, value);
        }
    }
}
