package vn.kydai.registry;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.kydai.config.Nearest;
import vn.kydai.event.codec.TypedText;

/** One object of a part, read strictly: keys must be known, values of the right type; JSON null is as absent. */
final class Fields {
    private static final int MAX_SHOWN_CHARS = 60;

    private final JsonNode node;
    private final String pointer;

    private Fields(JsonNode node, String pointer) {
        this.node = node;
        this.pointer = pointer;
    }

    /** Takes an object that may have these keys and no others. */
    static Fields of(JsonNode node, String pointer, String... known) {
        if (!node.isObject()) {
            throw new InvalidPart(pointer, "found " + shown(node) + "; allowed: an object");
        }
        List<String> keys = List.of(known);
        for (String name : (Iterable<String>) node::fieldNames) {
            if (!keys.contains(name)) {
                throw new InvalidPart(
                        child(pointer, name),
                        "unknown key" + Nearest.hint(name, keys) + "; allowed: "
                                + String.join(", ", new TreeSet<>(keys)));
            }
        }
        return new Fields(node, pointer);
    }

    /** Reads each element of a list with its own pointer; an absent list is empty. */
    static <T> List<T> elements(@Nullable JsonNode list, String pointer, BiFunction<JsonNode, String, T> read) {
        if (list == null || list.isNull()) {
            return List.of();
        }
        if (!list.isArray()) {
            throw new InvalidPart(pointer, "found " + shown(list) + "; allowed: a list");
        }
        List<T> elements = new ArrayList<>();
        for (int index = 0; index < list.size(); index++) {
            elements.add(read.apply(list.get(index), pointer + "/" + index));
        }
        return elements;
    }

    static String child(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= MAX_SHOWN_CHARS ? text : text.substring(0, MAX_SHOWN_CHARS) + "…";
    }

    /** Reads one text with a pattern. */
    static String matching(JsonNode value, String pointer, Pattern pattern) {
        if (!value.isTextual() || !pattern.matcher(value.textValue()).matches()) {
            throw new InvalidPart(
                    pointer, "found " + shown(value) + "; allowed: text of the pattern " + pattern.pattern());
        }
        return value.textValue();
    }

    boolean has(String key) {
        return node.hasNonNull(key);
    }

    String pointer(String key) {
        return child(pointer, key);
    }

    InvalidPart invalid(String key, String allowed) {
        return new InvalidPart(pointer(key), "found " + shown(node.path(key)) + "; allowed: " + allowed);
    }

    JsonNode required(String key) {
        if (!has(key)) {
            throw new InvalidPart(pointer, key + " is missing");
        }
        return node.get(key);
    }

    String text(String key) {
        JsonNode value = required(key);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw invalid(key, "text (in YAML, put codes in quotes)");
        }
        return TypedText.normalised(value.textValue());
    }

    @Nullable
    String textOrNull(String key) {
        return has(key) ? text(key) : null;
    }

    String matching(String key, Pattern pattern) {
        return matching(required(key), pointer(key), pattern);
    }

    String oneOf(String key, List<String> allowed) {
        JsonNode value = required(key);
        if (!allowed.contains(value.textValue())) {
            throw invalid(key, String.join(", ", allowed) + Nearest.hint(value.asText(), allowed));
        }
        return value.textValue();
    }

    boolean flag(String key) {
        if (!has(key)) {
            return false;
        }
        if (!node.get(key).isBoolean()) {
            throw invalid(key, "true or false");
        }
        return node.get(key).booleanValue();
    }

    int integer(String key, int min, int max) {
        JsonNode value = required(key);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            throw invalid(key, "a whole number from " + min + " to " + max);
        }
        return value.intValue();
    }

    double number(String key, double min, double max) {
        JsonNode value = required(key);
        if (!value.isNumber() || !(value.doubleValue() >= min && value.doubleValue() <= max)) {
            throw invalid(key, "a number from " + min + " to " + max);
        }
        return value.doubleValue();
    }

    @Nullable
    Double numberOrNull(String key, double min, double max) {
        return has(key) ? number(key, min, max) : null;
    }

    @Nullable
    LocalDate dateOrNull(String key) {
        return has(key) ? date(key) : null;
    }

    LocalDate date(String key) {
        return date(required(key), pointer(key));
    }

    /** Reads one date. */
    static LocalDate date(JsonNode value, String pointer) {
        try {
            return LocalDate.parse(value.asText());
        } catch (DateTimeParseException e) {
            throw new InvalidPart(pointer, "found " + shown(value) + "; allowed: a date such as 2026-11-24");
        }
    }

    <T> List<T> list(String key, BiFunction<JsonNode, String, T> read) {
        return elements(node.get(key), pointer(key), read);
    }

    /** Reads a list whose elements differ in one of their keys, in order. */
    <K, T> Map<K, T> distinct(String key, String by, BiFunction<JsonNode, String, T> read, Function<T, K> keyOf) {
        Map<K, T> elements = new LinkedHashMap<>();
        List<T> all = list(key, read);
        for (int index = 0; index < all.size(); index++) {
            K own = keyOf.apply(all.get(index));
            if (elements.put(own, all.get(index)) != null) {
                throw new InvalidPart(
                        pointer(key) + "/" + index + "/" + by, "found " + own + " a second time; allowed: each once");
            }
        }
        return elements;
    }

    <T> T oneOf(String key, Map<String, T> allowed) {
        String found = oneOf(key, allowed.keySet().stream().sorted().toList());
        return requireNonNull(allowed.get(found), "not one of the allowed");
    }
}
