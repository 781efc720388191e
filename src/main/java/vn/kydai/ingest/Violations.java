package vn.kydai.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Says in words where data breaks its schema, what was found and what is allowed. */
final class Violations {
    private Violations() {}

    /** Describes an error of any keyword but {@code additionalProperties}, whose values may not be told. */
    static String describe(Error error, String at) {
        String pointer = at + error.getInstanceLocation();
        if ("required".equals(error.getKeyword())) {
            return pointer + "/" + error.getProperty() + ": is missing";
        }
        JsonNode found = error.getInstanceNode();
        return pointer + ": " + (found == null ? "it" : Printable.excerpt(found)) + " " + complaint(error);
    }

    private static String complaint(Error error) {
        @Nullable JsonNode rule = error.getSchemaNode();
        String allowed = rule == null ? "" : rule.asText();
        return switch (error.getKeyword()) {
            case "type" -> "is not " + article(allowed);
            case "enum" -> "is not one of " + list(rule);
            case "pattern" -> "does not match " + allowed;
            case "format" -> "is not a " + allowed + " with an offset";
            case "minimum" -> "is less than " + allowed;
            case "maximum" -> "is more than " + allowed;
            case "minLength" -> "is shorter than " + allowed;
            case "maxLength" -> "is longer than " + allowed + " characters";
            default -> "breaks the rule " + error.getKeyword();
        };
    }

    private static String article(String type) {
        return ("aeiou".indexOf(type.charAt(0)) >= 0 ? "an " : "a ") + type;
    }

    private static String list(@Nullable JsonNode rule) {
        return rule == null
                ? "those allowed"
                : StreamSupport.stream(rule.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", "));
    }
}
