package vn.kydai.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Problem;
import vn.kydai.event.Reason;
import vn.kydai.event.codec.Json;

/** Takes a request's body apart into events, after the HTTP binding of CloudEvents 1.0. */
enum HttpEvents {
    /** One event, attributes and data in one JSON object. */
    STRUCTURED {
        @Override
        List<HttpEvent> read(MultiMap headers, Buffer body, int maxEvents) {
            JsonNode event = tree(body);
            if (!event.isObject() || !event.has("specversion")) {
                throw new Problem(400, "no CloudEvent: specversion is missing");
            }
            return List.of(element(event, body));
        }
    },
    /** Structured events in a JSON array. */
    BATCH {
        @Override
        List<HttpEvent> read(MultiMap headers, Buffer body, int maxEvents) {
            byte[] bytes = body.getBytes();
            if (Envelopes.hasZero(bytes)) {
                throw new Problem(400, "not JSON in UTF-8: there is a zero byte");
            }
            try (JsonParser parser = Json.MAPPER.createParser(bytes)) {
                return elements(parser, body, maxEvents);
            } catch (JsonProcessingException e) {
                throw new Problem(400, Envelopes.notJson(e));
            } catch (IOException e) {
                throw new UncheckedIOException("reading from memory", e);
            }
        }
    },
    /** One event, its attributes in headers, its data the body. */
    BINARY {
        @Override
        List<HttpEvent> read(MultiMap headers, Buffer body, int maxEvents) {
            JsonNode data = tree(body);
            Map<String, String> attributes = attributes(headers);
            return List.of(new HttpEvent(
                    body, claimed(attributes.get("source")), () -> Envelopes.binary(decoded(attributes), data)));
        }
    };

    private static final String ATTRIBUTE_PREFIX = "ce-";

    /** Reads one element of an array, which other tokens follow. */
    private static final ObjectReader ELEMENT = Json.EXACT.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * Reads the events.
     *
     * @throws Problem 400 when the body is not JSON or holds no CloudEvent, 413 when it holds too many
     */
    abstract List<HttpEvent> read(MultiMap headers, Buffer body, int maxEvents);

    /** Finds how a request carries its events, or ends with a {@link Problem}. */
    static HttpEvents of(MultiMap headers) {
        String given = String.valueOf(headers.get("content-type"));
        String[] parts = given.toLowerCase(Locale.ROOT).split(";", 2);
        String encoding = headers.get("content-encoding");
        if (encoding != null && !"identity".equalsIgnoreCase(encoding)) {
            throw new Problem(415, "content encoding " + Printable.quoted(encoding) + " is not accepted; send none");
        }
        if (parts.length > 1 && parts[1].contains("charset") && !parts[1].contains("utf-8")) {
            throw new Problem(415, Printable.quoted(given) + " is not accepted; send UTF-8");
        }
        return switch (parts[0].strip()) {
            case "application/cloudevents+json" -> STRUCTURED;
            case "application/cloudevents-batch+json" -> BATCH;
            case "application/json" -> {
                if (!headers.contains(ATTRIBUTE_PREFIX + "specversion")) {
                    throw new Problem(400, "no CloudEvent: header ce-specversion is missing");
                }
                yield BINARY;
            }
            default ->
                throw new Problem(
                        415,
                        (headers.contains("content-type") ? Printable.quoted(parts[0].strip()) : "no content type")
                                + " is not accepted; send application/cloudevents+json,"
                                + " application/cloudevents-batch+json or binary mode");
        };
    }

    private static JsonNode tree(Buffer body) {
        try {
            return Envelopes.tree(body);
        } catch (Rejected notJson) {
            throw new Problem(400, notJson.detail());
        }
    }

    private static List<HttpEvent> elements(JsonParser parser, Buffer body, int maxEvents) throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw new Problem(400, "no batch: the body is not a JSON array");
        }
        List<HttpEvent> events = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (events.size() == maxEvents) {
                throw new Problem(413, "the batch holds more than " + maxEvents + " events");
            }
            int start = (int) parser.currentTokenLocation().getByteOffset();
            JsonNode element = ELEMENT.readTree(parser);
            int end = (int) parser.currentLocation().getByteOffset();
            events.add(element(element, body.slice(start, Math.max(start, end))));
        }
        if (parser.nextToken() != null) {
            throw new Problem(400, "not JSON: something follows the array");
        }
        return events;
    }

    private static HttpEvent element(JsonNode event, Buffer bytes) {
        return new HttpEvent(bytes, claimed(event.path("source").textValue()), () -> Envelopes.structured(event));
    }

    private static @Nullable String claimed(@Nullable String source) {
        return source != null && source.startsWith(Envelopes.SOURCE_PREFIX)
                ? source.substring(Envelopes.SOURCE_PREFIX.length())
                : null;
    }

    private static Map<String, String> attributes(MultiMap headers) {
        Map<String, String> attributes = new TreeMap<>();
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(ATTRIBUTE_PREFIX)) {
                attributes.put(lower.substring(ATTRIBUTE_PREFIX.length()), value);
            }
        });
        return attributes;
    }

    /** Undoes the percent-encoding of the binding. */
    private static Map<String, String> decoded(Map<String, String> attributes) {
        Map<String, String> decoded = new TreeMap<>();
        attributes.forEach((name, value) -> {
            try {
                decoded.put(name, URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw new Rejected(Reason.MALFORMED, "header ce-" + Printable.name(name) + ": is not percent-encoded");
            }
        });
        return decoded;
    }
}
