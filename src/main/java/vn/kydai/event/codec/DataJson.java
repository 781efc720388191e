package vn.kydai.event.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Alarm;
import vn.kydai.event.Configuration;
import vn.kydai.event.Data;
import vn.kydai.event.Dossier;
import vn.kydai.event.DossierStatus;
import vn.kydai.event.Indicator;
import vn.kydai.event.Kind;
import vn.kydai.event.Rating;
import vn.kydai.event.Reading;
import vn.kydai.event.Ticket;

/**
 * The {@code data} of an event to and from JSON. Reading trusts that the schema of the kind has been checked: what it
 * then still cannot take is a {@link IllegalArgumentException}.
 */
public final class DataJson {
    private DataJson() {}

    /** Reads the data of a kind. Fields it does not know, {@code seq} among them, are left out. */
    public static Data read(Kind kind, JsonNode data) {
        return switch (kind) {
            case DOSSIER -> dossier(data);
            case TICKET ->
                new Ticket(
                        text(data, "ticket"),
                        constant(Ticket.Step.class, text(data, "step")),
                        textOrNull(data, "service"),
                        textOrNull(data, "counter"));
            case RATING ->
                new Rating(
                        constant(Rating.Level.class, text(data, "level")),
                        textOrNull(data, "counter"),
                        textOrNull(data, "dossier"));
            case READING ->
                new Reading(
                        text(data, "metric"),
                        field(data, "value").doubleValue(),
                        text(data, "unit"),
                        constantOrNull(Reading.Quality.class, textOrNull(data, "quality")));
            case INDICATOR ->
                new Indicator(
                        text(data, "indicator"),
                        text(data, "period"),
                        field(data, "value").doubleValue(),
                        text(data, "unit"),
                        textOrNull(data, "standard"),
                        numberOrNull(data, "numerator"),
                        numberOrNull(data, "denominator"),
                        numberOrNull(data, "target"));
            case CONFIGURATION ->
                new Configuration(
                        part(text(data, "what")),
                        text(data, "digest"),
                        field(data, "content").toString());
            case ALARM -> AlarmJson.read(data);
        };
    }

    /** Writes the data with the field names of the contract, absent fields left out; {@code seq} is added when given. */
    public static ObjectNode write(Data data, @Nullable Long seq) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        switch (data) {
            case Dossier dossier -> dossier(node, dossier);
            case Ticket ticket -> {
                node.put("ticket", ticket.ticket()).put("step", id(ticket.step()));
                put(node, "service", ticket.service());
                put(node, "counter", ticket.counter());
            }
            case Rating rating -> {
                node.put("level", id(rating.level()));
                put(node, "counter", rating.counter());
                put(node, "dossier", rating.dossier());
            }
            case Reading reading -> {
                node.put("metric", reading.metric());
                Json.put(node, "value", reading.value());
                node.put("unit", reading.unit());
                if (reading.quality() != null) {
                    node.put("quality", id(reading.quality()));
                }
            }
            case Indicator indicator -> indicator(node, indicator);
            case Alarm alarm -> AlarmJson.write(node, alarm);
            case Configuration configuration -> {
                node.put("what", configuration.what().id()).put("digest", configuration.digest());
                node.set("content", tree(configuration.content()));
            }
        }
        if (seq != null) {
            node.put("seq", seq);
        }
        return node;
    }

    private static Dossier dossier(JsonNode data) {
        int code = field(data, "status").intValue();
        return new Dossier(
                text(data, "dossier"),
                text(data, "procedure"),
                DossierStatus.of(code).orElseThrow(() -> new IllegalArgumentException("status " + code)),
                constant(Dossier.Channel.class, text(data, "channel")),
                textOrNull(data, "counter"),
                instantOrNull(data, "submittedAt"),
                instantOrNull(data, "receivedAt"),
                instantOrNull(data, "dueAt"),
                instantOrNull(data, "promisedAt"),
                textOrNull(data, "decidingArea"),
                textOrNull(data, "pausedBy"),
                booleanOrNull(data, "paidOnline"),
                booleanOrNull(data, "digitised"),
                numberOrNull(data, "fee"));
    }

    private static void dossier(ObjectNode node, Dossier dossier) {
        node.put("dossier", dossier.dossier())
                .put("procedure", dossier.procedure())
                .put("status", dossier.status().code())
                .put("channel", id(dossier.channel()));
        put(node, "counter", dossier.counter());
        put(node, "submittedAt", dossier.submittedAt());
        put(node, "receivedAt", dossier.receivedAt());
        put(node, "dueAt", dossier.dueAt());
        put(node, "promisedAt", dossier.promisedAt());
        put(node, "decidingArea", dossier.decidingArea());
        put(node, "pausedBy", dossier.pausedBy());
        put(node, "paidOnline", dossier.paidOnline());
        put(node, "digitised", dossier.digitised());
        put(node, "fee", dossier.fee());
    }

    private static void indicator(ObjectNode node, Indicator indicator) {
        node.put("indicator", indicator.indicator()).put("period", indicator.period());
        Json.put(node, "value", indicator.value());
        node.put("unit", indicator.unit());
        put(node, "standard", indicator.standard());
        put(node, "numerator", indicator.numerator());
        put(node, "denominator", indicator.denominator());
        put(node, "target", indicator.target());
    }

    private static JsonNode tree(String json) {
        try {
            return Json.stored(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("content is not JSON", e);
        }
    }

    private static void put(ObjectNode node, String name, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case Instant instant -> node.put(name, Json.time(instant));
            case Boolean flag -> node.put(name, flag);
            case Double number -> Json.put(node, name, number);
            default -> node.put(name, value.toString());
        }
    }

    private static Configuration.Part part(String id) {
        return Configuration.Part.ofId(id)
                .orElseThrow(() -> new IllegalArgumentException("what: found " + id + ", which is no part"));
    }

    private static String id(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String id) {
        return Enum.valueOf(type, id.toUpperCase(Locale.ROOT));
    }

    private static <E extends Enum<E>> @Nullable E constantOrNull(Class<E> type, @Nullable String id) {
        return id == null ? null : constant(type, id);
    }

    private static JsonNode field(JsonNode data, String name) {
        JsonNode value = data.get(name);
        if (value == null || value.isNull()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static String text(JsonNode data, String name) {
        return field(data, name).asText();
    }

    private static @Nullable String textOrNull(JsonNode data, String name) {
        return data.hasNonNull(name) ? data.get(name).asText() : null;
    }

    private static @Nullable Boolean booleanOrNull(JsonNode data, String name) {
        return data.hasNonNull(name) ? data.get(name).asBoolean() : null;
    }

    private static @Nullable Double numberOrNull(JsonNode data, String name) {
        return data.hasNonNull(name) ? data.get(name).doubleValue() : null;
    }

    /** To the millisecond, as it is written: an event read back from the journal equals the one appended. */
    private static @Nullable Instant instantOrNull(JsonNode data, String name) {
        return data.hasNonNull(name) ? Rfc3339.stored(data.get(name).asText()).truncatedTo(ChronoUnit.MILLIS) : null;
    }
}
