package vn.kydai.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vn.kydai.config.ConfigurationException;
import vn.kydai.config.Nearest;
import vn.kydai.config.YamlFile;

/**
 * How a file's columns and words become fields and codes. One mapping per sheet is built in; a file of one's own, of the
 * same form, goes before it:
 *
 * <pre>
 * columns: {"Số biên nhận": dossier}
 * values: {channel: {"Nộp tại xã": counter}}
 * constants: {procedure: "1.004873"}
 * decimal: ","
 * </pre>
 */
public final class Mapping {
    private static final Set<String> KEYS = Set.of("columns", "values", "constants", "decimal");

    private final Map<String, Target> columns = new HashMap<>();
    private final Map<String, Map<String, String>> values = new HashMap<>();
    private final Map<String, String> constants = new HashMap<>();
    private @Nullable Character decimal;

    private Mapping() {}

    /** Returns the built-in mapping of a sheet. */
    public static Mapping of(Sheet sheet) {
        String name = "/import/" + sheet.id() + ".yaml";
        try (InputStream in = Objects.requireNonNull(Mapping.class.getResourceAsStream(name), name)) {
            Mapping mapping = new Mapping();
            sheet.fields().forEach(field -> mapping.columns.put(Spelling.plain(field), new Target.Field(field)));
            mapping.take(YamlFile.of(name, new String(in.readAllBytes(), StandardCharsets.UTF_8)), sheet);
            return mapping;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the built-in mapping of a sheet, and before it that of a file; fails with {@link ConfigurationException}. */
    public static Mapping of(Sheet sheet, YamlFile file) {
        Mapping mapping = of(sheet);
        mapping.take(file, sheet);
        return mapping;
    }

    /** Finds what a column holds by its heading. */
    Optional<Target> column(String heading) {
        return Optional.ofNullable(columns.get(Spelling.plain(heading)));
    }

    /** Returns a cell's code, or the cell as it is where no word of the mapping is in it. */
    String value(String field, String text) {
        return values.getOrDefault(field, Map.of()).getOrDefault(Spelling.plain(text), text);
    }

    /** Returns what holds for every row that does not say otherwise. */
    Map<String, String> constants() {
        return constants;
    }

    /** Returns the decimal mark, absent where the mapping does not say. */
    Optional<Character> decimal() {
        return Optional.ofNullable(decimal);
    }

    private void take(YamlFile file, Sheet sheet) {
        JsonNode content = file.content();
        requireKnown(file, "", content, KEYS);
        content.path("columns").properties().forEach(column -> {
            String pointer = "/columns/" + escaped(column.getKey());
            columns.put(Spelling.plain(column.getKey()), target(file, pointer, column.getValue(), sheet));
        });
        requireKnown(file, "/values", content.path("values"), sheet.fields());
        content.path("values")
                .properties()
                .forEach(field -> field.getValue()
                        .properties()
                        .forEach(word -> values.computeIfAbsent(field.getKey(), key -> new HashMap<>())
                                .put(
                                        Spelling.plain(word.getKey()),
                                        word.getValue().asText())));
        requireKnown(file, "/constants", content.path("constants"), sheet.fields());
        content.path("constants")
                .properties()
                .forEach(constant ->
                        constants.put(constant.getKey(), constant.getValue().asText()));
        if (content.has("decimal")) {
            decimal = decimal(file, content.get("decimal").asText());
        }
    }

    private static char decimal(YamlFile file, String found) {
        if (!found.equals(",") && !found.equals(".")) {
            throw refused(file, "/decimal", found, "\",\" or \".\"");
        }
        return found.charAt(0);
    }

    private static Target target(YamlFile file, String pointer, JsonNode node, Sheet sheet) {
        if (node.isObject() && sheet.fields().contains("metric")) {
            requireKnown(file, pointer, node, Set.of("metric", "unit"));
            if (!node.path("metric").isTextual() || !node.path("unit").isTextual()) {
                throw refused(file, pointer, node.toString(), "{metric: …, unit: …}");
            }
            return new Target.Measured(
                    node.get("metric").textValue(), node.get("unit").textValue());
        }
        String field = node.asText();
        if (!sheet.fields().contains(field)) {
            throw refused(file, pointer, field + Nearest.hint(field, sheet.fields()), listed(sheet.fields()));
        }
        return new Target.Field(field);
    }

    private static void requireKnown(YamlFile file, String pointer, JsonNode node, Set<String> known) {
        if (!node.isObject() && !node.isMissingNode()) {
            throw refused(file, pointer, node.toString(), "an object");
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                String at = pointer + "/" + escaped(name);
                throw refused(file, at, name + Nearest.hint(name, known), listed(known));
            }
        });
    }

    private static String listed(Set<String> names) {
        return String.join(", ", new TreeSet<>(names));
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private static ConfigurationException refused(YamlFile file, String pointer, String found, String allowed) {
        return new ConfigurationException(
                List.of(file.position(pointer) + " " + pointer + ": found " + found + "; allowed: " + allowed));
    }
}
