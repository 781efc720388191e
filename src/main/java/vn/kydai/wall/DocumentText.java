package vn.kydai.wall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import vn.kydai.event.codec.Json;

/**
 * Writes one scope's documents as {@link Json#text} does, byte for byte, but writes anew only the parts that are not the
 * same instance as last time: each sensor, child and trend. A screen that connects then costs what has changed since the
 * one before it. One thread.
 */
final class DocumentText {
    private final Map<String, Map<String, Part>> fields = new HashMap<>();

    private record Part(JsonNode node, String text) {}

    /** Returns the text of a document whose trees nobody changes. */
    String of(ObjectNode document) {
        NavigableSet<String> names = new TreeSet<>();
        document.fieldNames().forEachRemaining(names::add);
        fields.keySet().retainAll(names);
        StringBuilder text = new StringBuilder();
        char separator = '{';
        for (String name : names) {
            text.append(separator).append('"').append(name).append("\":");
            append(text, name, document.get(name));
            separator = ',';
        }
        return text.append(names.isEmpty() ? "{}" : "}").toString();
    }

    private void append(StringBuilder text, String field, JsonNode value) {
        if (!(value instanceof ObjectNode object) || object.isEmpty()) {
            fields.remove(field);
            text.append(Json.text(value));
            return;
        }
        Map<String, Part> parts = fields.computeIfAbsent(field, none -> new TreeMap<>());
        parts.keySet().removeIf(name -> !object.has(name));
        object.properties().forEach(entry -> keep(parts, entry.getKey(), entry.getValue()));
        char separator = '{';
        for (Part part : parts.values()) {
            text.append(separator).append(part.text);
            separator = ',';
        }
        text.append('}');
    }

    private static void keep(Map<String, Part> parts, String name, JsonNode node) {
        Part known = parts.get(name);
        if (known == null || !MergePatch.isSame(known.node, node)) {
            String key = Json.text(Json.MAPPER.getNodeFactory().textNode(name));
            parts.put(name, new Part(node, key + ":" + Json.text(node)));
        }
    }
}
