package vn.kydai.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
                return apart(body, maxEvents).orElseThrow(() -> new Problem(400, Envelopes.notJson(e)));
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
            Map<String, List<String>> attributes = attributes(headers);
            String source = attributes.getOrDefault("source", List.of("")).getFirst();
            return List.of(new HttpEvent(body, claimed(source), () -> Envelopes.binary(decoded(attributes), data)));
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

    /** Reads each element by itself: what is wrong with one is its own. */
    private static Optional<List<HttpEvent>> apart(Buffer body, int maxEvents) {
        return JsonElements.of(body).map(texts -> {
            if (texts.size() > maxEvents) {
                throw new Problem(413, "the batch holds more than " + maxEvents + " events");
            }
            return texts.stream().map(HttpEvents::read).toList();
        });
    }

    private static HttpEvent read(Buffer text) {
        try {
            return element(Envelopes.tree(text), text);
        } catch (Rejected notJson) {
            return new HttpEvent(text, null, () -> {
                throw notJson;
            });
        }
    }

    private static HttpEvent element(JsonNode event, Buffer bytes) {
        return new HttpEvent(bytes, claimed(event.path("source").textValue()), () -> Envelopes.structured(event));
    }

    private static @Nullable String claimed(@Nullable String source) {
        return source != null && source.startsWith(Envelopes.SOURCE_PREFIX)
                ? source.substring(Envelopes.SOURCE_PREFIX.length())
                : null;
    }

    private static Map<String, List<String>> attributes(MultiMap headers) {
        Map<String, List<String>> attributes = new TreeMap<>();
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(ATTRIBUTE_PREFIX)) {
                attributes
                        .computeIfAbsent(lower.substring(ATTRIBUTE_PREFIX.length()), first -> new ArrayList<>())
                        .add(value);
            }
        });
        return attributes;
    }

    /**
     * Undoes the percent-encoding of the binding (CloudEvents HTTP 1.0.2, 3.1.3.2), in which a header holds printable
     * ASCII alone: what a sender puts there raw would be read as other characters, and be another identity.
     */
    private static Map<String, String> decoded(Map<String, List<String>> attributes) {
        Map<String, String> decoded = new TreeMap<>();
        attributes.forEach((name, values) -> {
            String value = values.getFirst();
            if (values.size() > 1) {
                throw malformed(name, "is there " + values.size() + " times; once is allowed");
            }
            if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
                throw malformed(name, "has bytes that are not printable ASCII; percent-encode its UTF-8");
            }
            decoded.put(name, percentDecoded(name, value));
        });
        return decoded;
    }

    private static String percentDecoded(String name, String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
        for (int at = 0; at < value.length(); at++) {
            if (value.charAt(at) == '%') {
                int high = at + 2 < value.length() ? Character.digit(value.charAt(at + 1), 16) : -1;
                int low = at + 2 < value.length() ? Character.digit(value.charAt(at + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw malformed(name, "is not percent-encoded");
                }
                bytes.write(16 * high + low);
                at += 2;
            } else {
                bytes.write(value.charAt(at));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed(name, "is not percent-encoded UTF-8");
        }
    }

    private static Rejected malformed(String attribute, String why) {
        return new Rejected(Reason.MALFORMED, "header ce-" + Printable.name(attribute) + ": " + why);
    }
}
