package vn.kydai.wall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.codec.Json;

/**
 * JSON Merge Patch (RFC 7396) over trees that hold no null and that nobody changes: results share nodes with their
 * arguments, and what is the same instance on both sides is skipped without being looked at.
 */
final class MergePatch {
    private MergePatch() {}

    /** Returns what turns {@code from} into {@code to}; empty when nothing does. */
    static ObjectNode diff(ObjectNode from, ObjectNode to) {
        ObjectNode patch = Json.MAPPER.createObjectNode();
        if (isSame(from, to)) {
            return patch;
        }
        for (Iterator<String> names = from.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!to.has(name)) {
                patch.putNull(name);
            }
        }
        for (Map.Entry<String, JsonNode> field : to.properties()) {
            change(patch, field.getKey(), from.get(field.getKey()), field.getValue());
        }
        return patch;
    }

    private static void change(ObjectNode patch, String name, @Nullable JsonNode old, JsonNode value) {
        if (isSame(old, value)) {
            return;
        }
        if (old instanceof ObjectNode oldObject && value instanceof ObjectNode object) {
            ObjectNode inner = diff(oldObject, object);
            if (!inner.isEmpty()) {
                patch.set(name, inner);
            }
        } else if (!value.equals(old)) {
            patch.set(name, value);
        }
    }

    /** Returns the patched document; the argument stays as it is. */
    static JsonNode apply(@Nullable JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        ObjectNode patched = Json.MAPPER.createObjectNode();
        if (target instanceof ObjectNode object) {
            patched.setAll(object);
        }
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            if (change.getValue().isNull()) {
                patched.remove(change.getKey());
            } else {
                patched.set(change.getKey(), apply(patched.get(change.getKey()), change.getValue()));
            }
        }
        return patched;
    }

    /** Compares instances: to compare values would cost what this saves. */
    @SuppressWarnings("ReferenceEquality")
    static boolean isSame(@Nullable Object one, @Nullable Object other) {
        return one == other;
    }
}
