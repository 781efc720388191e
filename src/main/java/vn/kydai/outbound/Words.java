package vn.kydai.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import vn.kydai.event.codec.Json;

/** The words of messages in one language, from {@code /outbound/words.json}: what no page of ours can say for us. */
record Words(JsonNode all) {
    /**
     * Reads those of a language.
     *
     * @param language {@code vi} or {@code en}
     */
    static Words of(String language) {
        try (InputStream in = Objects.requireNonNull(Words.class.getResourceAsStream("/outbound/words.json"))) {
            JsonNode found = Json.MAPPER.readTree(in).path(language);
            if (!found.isObject()) {
                throw new IllegalArgumentException("there are no words in " + language);
            }
            return new Words(found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the word of a group for a code, or the code where there is none. */
    String of(String group, String code) {
        JsonNode word = all.path(group).path(code);
        return word.isTextual() ? word.textValue() : code;
    }

    /** Returns a text that stands alone. */
    String text(String name) {
        JsonNode text = all.path(name);
        if (!text.isTextual()) {
            throw new IllegalArgumentException("there is no text " + name);
        }
        return text.textValue();
    }
}
