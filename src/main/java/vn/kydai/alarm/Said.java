package vn.kydai.alarm;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Problem;
import vn.kydai.event.codec.TypedText;

/** Reads what a person says in a body: every mistake is a {@link Problem} 400 that names the field and what is allowed. */
final class Said {
    private static final int MAX_TEXT_CHARS = 500;

    private Said() {}

    /** Refuses a body with other fields; their names are not repeated, they may be a citizen's. */
    static void onlyFields(JsonNode body, Set<String> allowed) {
        body.fieldNames().forEachRemaining(name -> {
            if (!allowed.contains(name)) {
                throw new Problem(
                        400,
                        "unknown field; allowed: "
                                + String.join(", ", allowed.stream().sorted().toList()));
            }
        });
    }

    /** Reads a text; absent only where it is not needed. */
    static @Nullable String text(JsonNode body, String name, boolean isNeeded) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() && !isNeeded) {
            return null;
        }
        boolean isText = value.isTextual()
                && !value.textValue().isBlank()
                && value.textValue().length() <= MAX_TEXT_CHARS
                && TypedText.isStorable(value.textValue());
        if (!isText) {
            throw new Problem(
                    400,
                    name + ": text of at most " + MAX_TEXT_CHARS
                            + " characters, without U+0000 and half surrogate pairs, is needed");
        }
        return TypedText.note(value.textValue());
    }

    /** Reads a text that must be there. */
    static String needed(JsonNode body, String name) {
        return requireNonNull(text(body, name, true), "what is needed is there");
    }
}
