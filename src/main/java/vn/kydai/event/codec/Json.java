package vn.kydai.event.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/**
 * How the product writes and reads JSON: sorted names on the way out, hostile input bounded on the way in. What it has
 * written itself it reads without bounds: reading has no limit that writing had not.
 */
public final class Json {
    /** Deepest nesting accepted; the contract's messages need four. */
    private static final int MAX_DEPTH = 32;

    private static final int MAX_NUMBER_CHARS = 64;

    /**
     * Writes names in sorted order, so that equal trees are equal bytes; refuses repeated names, trailing tokens, deep
     * nesting and numbers of absurd length.
     */
    public static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_CHARS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build();

    /** Reads what others sent, with every digit of a number, so that it can be told how many there were. */
    public static final ObjectReader EXACT = MAPPER.reader()
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

    private static final ObjectMapper UNBOUNDED = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Integer.MAX_VALUE)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.MILLI_OF_SECOND, 3, 3, true)
            .appendLiteral('Z')
            .toFormatter(java.util.Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final double MAX_EXACT_INTEGER = 9_007_199_254_740_992.0;

    private Json() {}

    /** Writes an instant as the contract does: RFC 3339, UTC, milliseconds. */
    public static String time(Instant instant) {
        return TIME.format(instant);
    }

    /** Puts a number so that a whole one carries no fraction: 3, not 3.0. */
    public static void put(ObjectNode node, String name, double value) {
        if (value == Math.rint(value) && Math.abs(value) < MAX_EXACT_INTEGER) {
            node.put(name, (long) value);
        } else {
            node.put(name, value);
        }
    }

    /**
     * Reads a text the product itself has written: from its database, or from an answer of a server.
     *
     * @throws JsonProcessingException when it is no JSON at all
     */
    public static JsonNode stored(String text) throws JsonProcessingException {
        return UNBOUNDED.readTree(text);
    }

    /** Writes a tree as text. */
    public static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree cannot be written", e);
        }
    }
}
