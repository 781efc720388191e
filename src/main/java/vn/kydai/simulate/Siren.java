package vn.kydai.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.event.Event;
import vn.kydai.event.Reading;
import vn.kydai.event.Signal;
import vn.kydai.event.codec.Json;
import vn.kydai.event.codec.Rfc3339;
import vn.kydai.registry.Sources.Source;

/**
 * A siren (còi hú) that sounds in silence: it takes an order once, refuses one whose time is over by its own clock,
 * answers each blast, and stops when the order is called off. Pure but for its memory.
 */
final class Siren {
    private static final Logger LOGGER = LoggerFactory.getLogger(Siren.class);

    /** More than stand at a time; a real siren's memory is small too. */
    private static final int REMEMBERED = 100;

    private final Source source;
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> calledOff = new LinkedHashSet<>();

    /**
     * Something it will say.
     *
     * @param after how long from now on
     * @param blasts sounded by then; 0: it does not sound
     */
    record Blast(String order, Duration after, int blasts) {}

    Siren(Source source) {
        this.source = source;
    }

    /** Takes a message of its topic; returns what it will answer, in order. */
    List<Blast> heard(byte[] message, Instant now) {
        JsonNode node = tree(message);
        String order = node.path("order").asText();
        return switch (node.path("type").asText()) {
            case "order" -> order(node, order, now);
            case "cancel" -> {
                boolean unused = remember(calledOff, order);
                yield List.of();
            }
            default -> List.of();
        };
    }

    /** Returns the event that says so, unless the order has been called off meanwhile. */
    Optional<Event> answer(Blast blast, Instant now) {
        if (calledOff.contains(blast.order())) {
            return Optional.empty();
        }
        String id = blast.order() + "/" + blast.blasts();
        Reading reading = new Reading(Reading.SIREN, blast.blasts(), "1", null);
        return Optional.of(new Event(id, source.id(), source.areaAt(now), now, false, null, reading));
    }

    private List<Blast> order(JsonNode node, String order, Instant now) {
        Optional<Signal> signal = Signal.ofId(node.path("signal").asText());
        if (order.isEmpty() || !remember(known, order)) {
            return List.of();
        }
        if (signal.isEmpty() || !now.isBefore(expiry(node))) {
            LOGGER.atWarn()
                    .addKeyValue("source", source.id())
                    .addKeyValue("order", order)
                    .log("siren does not sound");
            return List.of(new Blast(order, Duration.ZERO, 0));
        }
        LOGGER.atInfo()
                .addKeyValue("source", source.id())
                .addKeyValue("order", order)
                .addKeyValue("signal", signal.get().id())
                .log("siren sounds");
        int seconds = node.path("seconds").asInt();
        int whole = seconds + node.path("gap").asInt();
        return IntStream.rangeClosed(1, node.path("blasts").asInt())
                .mapToObj(blast -> new Blast(order, Duration.ofSeconds((blast - 1L) * whole + seconds), blast))
                .toList();
    }

    /** A time that cannot be read is over. */
    private static Instant expiry(JsonNode node) {
        try {
            return Rfc3339.parse(node.path("expires").asText());
        } catch (DateTimeException e) {
            return Instant.MIN;
        }
    }

    /** Tells whether it is news. */
    private static boolean remember(Set<String> orders, String order) {
        boolean isNews = orders.add(order);
        if (orders.size() > REMEMBERED) {
            orders.remove(orders.iterator().next());
        }
        return isNews;
    }

    private static JsonNode tree(byte[] message) {
        try {
            JsonNode node = Json.MAPPER.readTree(message);
            return node == null ? Json.MAPPER.missingNode() : node;
        } catch (IOException e) {
            return Json.MAPPER.missingNode();
        }
    }
}
