package vn.kydai.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Kind;
import vn.kydai.event.Reason;
import vn.kydai.event.codec.Json;

/** Decodes the three forms of an event: structured CloudEvent, binary CloudEvent, and flat. */
final class Envelopes {
    /** What a source's id is prefixed with in a CloudEvents source. */
    static final String SOURCE_PREFIX = "/sources/";

    private static final Set<String> ATTRIBUTES = Set.of(
            "specversion",
            "id",
            "source",
            "type",
            "time",
            "datacontenttype",
            "dataschema",
            "subject",
            "area",
            "position",
            "ingesttime",
            "timeassumed",
            "data");
    private static final String ALLOWED =
            String.join(", ", ATTRIBUTES.stream().sorted().toList());

    private Envelopes() {}

    /** Reads bytes as strict JSON in UTF-8; ends with {@link Rejected} saying where it stops being that. */
    static JsonNode tree(Buffer bytes) {
        byte[] raw = bytes.getBytes();
        if (hasZero(raw)) {
            throw new Rejected(Reason.MALFORMED, "not JSON in UTF-8: there is a zero byte");
        }
        try {
            return Json.EXACT.readTree(raw);
        } catch (JsonProcessingException e) {
            throw new Rejected(Reason.MALFORMED, notJson(e));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /** Tells where a text stops being JSON, without repeating any of it. */
    static String notJson(JsonProcessingException failure) {
        return failure.getLocation() == null
                ? "not JSON"
                : "not JSON: line " + failure.getLocation().getLineNr() + ", column "
                        + failure.getLocation().getColumnNr();
    }

    /** Tells whether bytes hold a zero: no JSON in UTF-8 does, and every one in UTF-16 or UTF-32 does. */
    static boolean hasZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    /** Decodes what came on a topic of a kind: structured when it has a {@code specversion}, else flat. */
    static Envelope ofTopic(Kind kind, Buffer bytes) {
        JsonNode tree = tree(bytes);
        return tree instanceof ObjectNode object && !object.has("specversion") ? flat(kind, object) : structured(tree);
    }

    /** Decodes a structured CloudEvent. */
    static Envelope structured(JsonNode tree) {
        if (!(tree instanceof ObjectNode event)) {
            throw new Rejected(Reason.MALFORMED, Printable.excerpt(tree) + " is not a CloudEvent");
        }
        return cloudEvent(event, event.path("data"));
    }

    /** Decodes a binary CloudEvent from its attributes. */
    static Envelope binary(Map<String, String> attributes, JsonNode data) {
        ObjectNode event = Json.MAPPER.createObjectNode();
        attributes.forEach(event::put);
        if (event.has("data")) {
            throw Rejected.unknownFields("/", List.of("data"), "the attributes of CloudEvents");
        }
        return cloudEvent(event, data);
    }

    private static Envelope flat(Kind kind, ObjectNode fields) {
        ObjectNode data = fields.deepCopy();
        JsonNode id = data.remove("id");
        JsonNode time = data.remove("time");
        return new Envelope(kind.type(), null, null, id, time, data, "", List.of());
    }

    private static Envelope cloudEvent(ObjectNode event, JsonNode data) {
        if (!"1.0".equals(event.path("specversion").textValue())) {
            throw new Rejected(Reason.MALFORMED, "/specversion: is not \"1.0\"");
        }
        String type = text(event, "type");
        if (type == null) {
            throw new Rejected(Reason.MALFORMED, "/type: is missing");
        }
        String contentType = text(event, "datacontenttype");
        if (contentType != null && !contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new Rejected(
                    Reason.MALFORMED,
                    "/datacontenttype: " + Printable.quoted(contentType) + " is not application/json");
        }
        List<String> unknown = new ArrayList<>();
        event.fieldNames().forEachRemaining(name -> {
            if (!ATTRIBUTES.contains(name)) {
                unknown.add(name);
            }
        });
        return new Envelope(
                type,
                text(event, "source"),
                text(event, "area"),
                event.get("id"),
                event.get("time"),
                data instanceof MissingNode ? Json.MAPPER.createObjectNode() : data,
                "/data",
                unknown);
    }

    /** Ends with {@link Rejected} when there are attributes outside the contract. */
    static void checkAttributes(Envelope envelope) {
        if (!envelope.unknown().isEmpty()) {
            throw Rejected.unknownFields("/", envelope.unknown(), ALLOWED);
        }
    }

    private static @Nullable String text(ObjectNode event, String name) {
        JsonNode value = event.get(name);
        return switch (value) {
            case null -> null;
            case TextNode text -> text.textValue();
            default ->
                throw new Rejected(Reason.MALFORMED, "/" + name + ": " + Printable.excerpt(value) + " is not a string");
        };
    }
}
