package vn.kydai.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Kind;
import vn.kydai.event.codec.Json;

/** Holds {@code docs/figures.md} against the dictionary; with {@code -Dkydai.docs.update=true} it writes the page. */
class FiguresDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/figures.md");

    @BeforeAll
    static void update() throws IOException {
        if (Boolean.getBoolean("kydai.docs.update")) {
            Files.writeString(DOCUMENT, FiguresDocument.text(dictionary()));
        }
    }

    @Test
    void thePageIsWhatTheDictionarySays() throws IOException {
        assertEquals(
                FiguresDocument.text(dictionary()),
                Files.readString(DOCUMENT),
                "see the first lines of docs/figures.md for how to update it");
    }

    @Test
    void everyFigureSaysHowItIsCountedAndFromWhichEvents() throws IOException {
        for (JsonNode figure : dictionary()) {
            for (String field : List.of("viNote", "enNote", "formula")) {
                assertFalse(figure.path(field).asText().isBlank(), () -> field + " is missing: " + figure);
            }
            assertTrue(!figure.has("law") || !figure.get("law").asText().isBlank(), figure::toString);
            assertFalse(figure.path("events").isEmpty(), figure::toString);
            figure.path("events")
                    .forEach(kind -> assertTrue(Kind.ofId(kind.asText()).isPresent(), figure::toString));
        }
    }

    private static JsonNode dictionary() throws IOException {
        try (InputStream in = Objects.requireNonNull(FiguresDocumentTest.class.getResourceAsStream("/figures.json"))) {
            return Json.MAPPER.readTree(in);
        }
    }
}
