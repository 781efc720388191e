package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Event;
import vn.kydai.event.Place;
import vn.kydai.event.codec.Json;
import vn.kydai.event.codec.PlaceJson;
import vn.kydai.registry.Sources.Calibration;
import vn.kydai.registry.Sources.Metric;
import vn.kydai.registry.Sources.Registration;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.Sources.SourceKind;

/** The part {@code sources} to and from JSON. */
final class SourceJson {
    static final Pattern ID = Pattern.compile("[0-9A-Za-z_.-]{1,64}");

    /** What the journal says where no device speaks. */
    private static final Set<String> TAKEN = Set.of(Event.PRODUCT, Event.NOBODY);

    private static final Pattern AREA = Pattern.compile("[0-9A-Za-z@-]+");
    private static final Map<String, SourceKind> KINDS =
            Map.of("desk", SourceKind.DESK, "sensor", SourceKind.SENSOR, "gateway", SourceKind.GATEWAY);
    private static final int MAX_CADENCE_SECONDS = 31 * 86_400;
    private static final double SMALLEST = 1e-12;
    private static final double LARGEST = 1e12;
    private static final String[] METRIC_KEYS = Stream.concat(
                    Stream.of("metric", "unit", "cadenceSeconds", "levels", "unitFactor", "counter", "calibrations"),
                    Plausibility.KEYS.stream())
            .toArray(String[]::new);

    private SourceJson() {}

    static Collection<Source> read(JsonNode part) {
        return Fields.of(part, "", "sources")
                .distinct("sources", "id", SourceJson::source, Source::id)
                .values();
    }

    static ObjectNode write(Collection<Source> sources) {
        ObjectNode part = Json.MAPPER.createObjectNode();
        ArrayNode list = part.putArray("sources");
        sources.forEach(source -> list.add(write(source)));
        return part;
    }

    static ArrayNode writeMetrics(List<Metric> metrics) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        for (Metric metric : metrics) {
            ObjectNode node = list.addObject()
                    .put("metric", metric.metric())
                    .put("unit", metric.unit())
                    .put("cadenceSeconds", metric.cadenceSeconds());
            if (!metric.levels().isEmpty()) {
                ArrayNode levels = node.putArray("levels");
                metric.levels().forEach(levels::add);
            }
            if (metric.unitFactor() != null) {
                node.put("unitFactor", metric.unitFactor());
            }
            if (metric.isCounter()) {
                node.put("counter", true);
            }
            metric.plausible().write(node);
            if (!metric.calibrations().isEmpty()) {
                ArrayNode calibrations = node.putArray("calibrations");
                metric.calibrations()
                        .forEach(calibration -> calibrations
                                .addObject()
                                .put("from", Json.time(calibration.from()))
                                .put("offset", calibration.offset()));
            }
        }
        return list;
    }

    static List<Metric> readMetrics(JsonNode list, String pointer) {
        return Fields.elements(list, pointer, SourceJson::metric);
    }

    private static ObjectNode write(Source source) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("id", source.id()).put("kind", source.kind().id());
        putText(node, "behind", source.behind());
        putText(node, "name", source.name());
        putText(node, "station", source.station());
        ArrayNode registrations = node.putArray("registrations");
        for (Registration registration : source.registrations()) {
            ObjectNode entry = registrations.addObject().put("area", registration.area());
            if (registration.from() != null) {
                entry.put("from", Json.time(registration.from()));
            }
        }
        if (!source.metrics().isEmpty()) {
            node.set("metrics", writeMetrics(source.metrics()));
        }
        if (source.isRevoked()) {
            node.put("revoked", true);
        }
        PlaceJson.put(node, source.place());
        return node;
    }

    private static void putText(ObjectNode node, String key, @Nullable String value) {
        if (value != null) {
            node.put(key, value);
        }
    }

    private static Source source(JsonNode node, String pointer) {
        Fields fields = Fields.of(
                node,
                pointer,
                "id",
                "kind",
                "area",
                "registrations",
                "behind",
                "name",
                "station",
                "metrics",
                "revoked",
                "latitude",
                "longitude");
        if (fields.has("area") == fields.has("registrations")) {
            throw new InvalidPart(pointer, "found both or neither of area and registrations; allowed: one of them");
        }
        List<Registration> registrations = fields.has("area")
                ? List.of(new Registration(fields.matching("area", AREA), null))
                : fields.list("registrations", SourceJson::registration);
        checkOrder(registrations, fields.pointer("registrations"));
        return new Source(
                fields.matching("id", ID),
                fields.oneOf("kind", KINDS),
                fields.has("behind") ? fields.matching("behind", ID) : null,
                registrations,
                fields.textOrNull("name"),
                fields.textOrNull("station"),
                fields.list("metrics", SourceJson::metric),
                fields.flag("revoked"),
                place(fields));
    }

    /** Returns what is wrong with the id of a new source; null: nothing. One of an old journal is read as it is. */
    static @Nullable String refusal(String id) {
        return TAKEN.contains(id) ? "found " + id + ", which the product itself is called; allowed: another id" : null;
    }

    private static @Nullable Place place(Fields fields) {
        if (!fields.has("latitude") && !fields.has("longitude")) {
            return null;
        }
        double latitude = fields.number("latitude", -90, 90);
        double longitude = fields.number("longitude", -180, 180);
        if (!Place.isWithin(latitude, longitude)) {
            throw fields.invalid("latitude", Place.ALLOWED);
        }
        return new Place(latitude, longitude);
    }

    private static void checkOrder(List<Registration> registrations, String pointer) {
        if (registrations.isEmpty()) {
            throw new InvalidPart(pointer, "found an empty list; allowed: at least one registration");
        }
        for (int index = 1; index < registrations.size(); index++) {
            Instant before = registrations.get(index - 1).from();
            Instant from = registrations.get(index).from();
            if (from == null || (before != null && !from.isAfter(before))) {
                throw new InvalidPart(
                        pointer + "/" + index, "found a from that is not after the one before; allowed: rising times");
            }
        }
    }

    private static Registration registration(JsonNode node, String pointer) {
        Fields fields = Fields.of(node, pointer, "area", "from");
        return new Registration(fields.matching("area", AREA), fields.has("from") ? instant(fields) : null);
    }

    private static Instant instant(Fields fields) {
        try {
            return OffsetDateTime.parse(fields.text("from")).toInstant();
        } catch (DateTimeException e) {
            throw fields.invalid("from", "a time such as 2026-11-24T08:00:00+07:00");
        }
    }

    private static Metric metric(JsonNode node, String pointer) {
        Fields fields = Fields.of(node, pointer, METRIC_KEYS);
        List<Double> levels = fields.list("levels", (level, at) -> {
            if (!level.isNumber()) {
                throw new InvalidPart(at, "found " + Fields.shown(level) + "; allowed: a number");
            }
            return level.doubleValue();
        });
        for (int index = 1; index < levels.size(); index++) {
            if (levels.get(index) <= levels.get(index - 1)) {
                throw fields.invalid("levels", "rising numbers");
            }
        }
        return new Metric(
                fields.text("metric"),
                fields.text("unit"),
                fields.integer("cadenceSeconds", 1, MAX_CADENCE_SECONDS),
                levels,
                fields.numberOrNull("unitFactor", SMALLEST, LARGEST),
                fields.flag("counter"),
                Plausibility.of(fields),
                calibrations(fields));
    }

    private static List<Calibration> calibrations(Fields fields) {
        List<Calibration> calibrations = fields.list("calibrations", (node, pointer) -> {
            Fields each = Fields.of(node, pointer, "from", "offset");
            return new Calibration(instant(each), each.number("offset", -LARGEST, LARGEST));
        });
        for (int index = 1; index < calibrations.size(); index++) {
            if (!calibrations
                    .get(index)
                    .from()
                    .isAfter(calibrations.get(index - 1).from())) {
                throw fields.invalid("calibrations", "rising times");
            }
        }
        return calibrations;
    }
}
