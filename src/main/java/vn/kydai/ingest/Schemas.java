package vn.kydai.ingest;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import vn.kydai.event.Kind;
import vn.kydai.event.Reason;
import vn.kydai.event.codec.Json;

/** The JSON Schemas of the kinds a source may send, as served under {@code /schemas}. Immutable once made. */
public final class Schemas {
    private final Map<Kind, Schema> byKind;
    private final Map<Kind, Domains> domains = new EnumMap<>(Kind.class);

    private Schemas(Map<Kind, Schema> byKind) {
        this.byKind = byKind;
        byKind.forEach((kind, schema) -> domains.put(kind, Domains.of(schema.getSchemaNode())));
    }

    /** Reads the schemas from the class path. */
    public static Schemas load() {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                // Of the one format there is, Domains knows more: an unknown offset, days that do not exist.
                .formatAssertionsEnabled(false)
                .pathType(PathType.JSON_POINTER)
                .build();
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config));
        Map<Kind, Schema> schemas = new EnumMap<>(Kind.class);
        Arrays.stream(Kind.values())
                .filter(Kind::isPosted)
                .forEach(kind -> schemas.put(kind, registry.getSchema(document(kind))));
        schemas.values().forEach(Schema::initializeValidators);
        return new Schemas(schemas);
    }

    /**
     * Checks the data of an event and puts its values into the form they are kept in; ends with {@link Rejected} at the
     * first thing wrong.
     *
     * @param at JSON pointer of the data in the message, for the detail
     * @param now what no moment may be too far from
     */
    void check(Kind kind, JsonNode found, String at, Instant now) {
        if (!(found instanceof ObjectNode data)) {
            throw new Rejected(Reason.SCHEMA, pointer(at) + ": " + Printable.excerpt(found) + " is not an object");
        }
        Schema schema = schema(kind);
        Domains values = requireNonNull(domains.get(kind), "every schema has domains");
        values.settle(data, at);
        checkNames(data, schema, at);
        // One error decides: a small message may break a rule thousands of times.
        List<Error> errors = schema.validate(data, context -> context.setFailFast(true));
        if (!errors.isEmpty()) {
            throw new Rejected(Reason.SCHEMA, Violations.describe(errors.getFirst(), at));
        }
        values.checkTimes(data, at, now);
    }

    private static void checkNames(ObjectNode data, Schema schema, String at) {
        JsonNode properties = schema.getSchemaNode().path("properties");
        List<String> unknown = new ArrayList<>();
        data.fieldNames().forEachRemaining(name -> {
            if (!properties.has(name)) {
                unknown.add(name);
            }
        });
        if (!unknown.isEmpty()) {
            throw Rejected.unknownFields(pointer(at), unknown, fields(schema));
        }
    }

    private Schema schema(Kind kind) {
        Schema schema = byKind.get(kind);
        if (schema == null) {
            throw new IllegalArgumentException("no source may send " + kind.id());
        }
        return schema;
    }

    private static String fields(Schema schema) {
        TreeSet<String> names = new TreeSet<>();
        schema.getSchemaNode().path("properties").fieldNames().forEachRemaining(names::add);
        return names.stream().collect(Collectors.joining(", "));
    }

    private static String pointer(String at) {
        return at.isEmpty() ? "/" : at;
    }

    private static JsonNode document(Kind kind) {
        String path = "/schemas/" + kind.id() + ".v1.json";
        try (InputStream stream = Schemas.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            return Json.MAPPER.readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
