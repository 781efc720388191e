package vn.kydai.registry;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.function.Function;
import vn.kydai.event.codec.Json;

/** Parts for the tests of this package: the repository's own, and small ones written as JSON with single quotes. */
final class PartFixtures {
    static final Parts CONFIG = Parts.load(Path.of("config"));

    private PartFixtures() {}

    static JsonNode json(String singleQuoted) {
        try {
            return Json.MAPPER.readTree(singleQuoted.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(singleQuoted, e);
        }
    }

    /** Returns "pointer: message" of the refusal. */
    static String refusal(Function<JsonNode, ?> reader, String singleQuoted) {
        InvalidPart e = assertThrows(InvalidPart.class, () -> reader.apply(json(singleQuoted)));
        return e.pointer() + ": " + e.getMessage();
    }

    static Instant local(String dateTime) {
        return LocalDateTime.parse(dateTime).atZone(WorkingCalendar.ZONE).toInstant();
    }
}
