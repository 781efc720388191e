package vn.kydai.event.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.erdtman.jcs.NumberToJSON;

/**
 * Writes a tree in the form of RFC 8785. The library does this too, but from text, which it reads anew: that was half of
 * what a digest cost. Numbers, the hard part, are still the library's.
 */
final class CanonicalJson {
    private static final int FIRST_PRINTABLE = 0x20;

    private final StringBuilder out = new StringBuilder(256);

    private CanonicalJson() {}

    /** Returns the canonical form; fails on a number that is not finite, which JSON cannot say. */
    static String of(JsonNode node) {
        CanonicalJson json = new CanonicalJson();
        json.write(node);
        return json.out.toString();
    }

    private void write(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> object((ObjectNode) node);
            case ARRAY -> array((ArrayNode) node);
            case STRING -> text(node.textValue());
            case NUMBER -> number(node.doubleValue());
            case BOOLEAN, NULL -> out.append(node.asText());
            default -> throw new IllegalArgumentException(node.getNodeType() + " has no RFC 8785 form");
        }
    }

    /** Names are ordered by their UTF-16 code units, as {@link String#compareTo} does. */
    private void object(ObjectNode object) {
        Map<String, JsonNode> fields = new TreeMap<>();
        object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        char separator = '{';
        for (Map.Entry<String, JsonNode> field : fields.entrySet()) {
            out.append(separator);
            text(field.getKey());
            out.append(':');
            write(field.getValue());
            separator = ',';
        }
        out.append(fields.isEmpty() ? "{}" : "}");
    }

    private void array(ArrayNode array) {
        out.append('[');
        for (int index = 0; index < array.size(); index++) {
            if (index > 0) {
                out.append(',');
            }
            write(array.get(index));
        }
        out.append(']');
    }

    private void number(double value) {
        try {
            out.append(NumberToJSON.serializeNumber(value));
        } catch (IOException e) {
            throw new UncheckedIOException(value + " has no RFC 8785 form", e);
        }
    }

    private void text(String text) {
        out.append('"');
        for (int index = 0; index < text.length(); index++) {
            character(text.charAt(index));
        }
        out.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> {
                if (c < FIRST_PRINTABLE) {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
