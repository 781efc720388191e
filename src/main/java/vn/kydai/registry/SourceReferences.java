package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import vn.kydai.config.Nearest;
import vn.kydai.registry.Sources.Source;

/** Checks that what a whole part {@code sources} names exists: areas, gateways, metrics and their units. */
final class SourceReferences {
    private final Areas areas;
    private final Thresholds thresholds;

    SourceReferences(Areas areas, Thresholds thresholds) {
        this.areas = areas;
        this.thresholds = thresholds;
    }

    /** Checks a part that {@link Sources#of(JsonNode)} has taken. */
    void check(JsonNode part) {
        Map<String, String> kinds = new HashMap<>();
        part.path("sources")
                .forEach(source -> kinds.put(
                        source.path("id").asText(), source.path("kind").asText()));
        for (int index = 0; index < part.path("sources").size(); index++) {
            checkSource(part.get("sources").get(index), "/sources/" + index, kinds);
        }
    }

    /** Returns what is wrong with where the registered sources belong, a line each. */
    List<String> lost(Sources registered) {
        List<String> lost = new ArrayList<>();
        for (Source source : registered.all()) {
            try {
                source.registrations().forEach(registration -> checkArea(registration.area(), ""));
                if (!source.isRevoked()) {
                    checkStays(source.areaAt(Instant.MAX), "");
                }
            } catch (InvalidPart e) {
                lost.add("the registered source " + source.id() + ": " + e.getMessage());
            }
        }
        return lost;
    }

    private void checkSource(JsonNode source, String pointer, Map<String, String> kinds) {
        String refusal = SourceJson.refusal(source.path("id").asText());
        if (refusal != null) {
            throw new InvalidPart(pointer + "/id", refusal);
        }
        if (source.hasNonNull("area")) {
            checkArea(source.get("area").asText(), pointer + "/area");
        }
        JsonNode registrations = source.path("registrations");
        for (int index = 0; index < registrations.size(); index++) {
            checkArea(registrations.get(index).path("area").asText(), pointer + "/registrations/" + index + "/area");
        }
        if (registrations.isEmpty()) {
            checkStays(source.path("area").asText(), pointer + "/area");
        } else {
            int last = registrations.size() - 1;
            checkStays(registrations.get(last).path("area").asText(), pointer + "/registrations/" + last + "/area");
        }
        if (source.hasNonNull("behind")) {
            String gateway = source.get("behind").asText();
            if (!"gateway".equals(kinds.get(gateway))) {
                throw new InvalidPart(
                        pointer + "/behind",
                        "found " + gateway + ", which is no gateway" + Nearest.hint(gateway, gateways(kinds))
                                + "; allowed: " + String.join(", ", gateways(kinds)));
            }
        }
        JsonNode metrics = source.path("metrics");
        for (int index = 0; index < metrics.size(); index++) {
            checkMetric(metrics.get(index), pointer + "/metrics/" + index);
        }
    }

    private void checkArea(String id, String pointer) {
        checkArea(areas, id, pointer);
    }

    /** Checks that an area exists. */
    static void checkArea(Areas areas, String id, String pointer) {
        if (areas.find(id).isEmpty()) {
            List<String> known = areas.all().stream().map(Areas.Area::id).toList();
            throw new InvalidPart(
                    pointer,
                    "found " + id + ", which no area is called" + Nearest.hint(id, known)
                            + "; allowed: an id of areas.yaml");
        }
    }

    /** What a source sends must belong somewhere, also after its area has ended. */
    private void checkStays(String id, String pointer) {
        String current = areas.current(id, LocalDate.MAX);
        LocalDate end = areas.find(current).map(Areas.Area::validTo).orElse(null);
        if (end != null && !areas.isMember(current)) {
            throw new InvalidPart(
                    pointer,
                    "found " + id + ", of which nothing is left from " + end
                            + "; allowed: an area that goes on, has a successor, or is a member of a region");
        }
    }

    private void checkMetric(JsonNode node, String pointer) {
        String id = node.path("metric").asText();
        Thresholds.Metric metric = thresholds
                .metric(id)
                .orElseThrow(() -> new InvalidPart(
                        pointer + "/metric",
                        "found " + id + ", which is no metric" + Nearest.hint(id, thresholds.metricIds())
                                + "; allowed: " + String.join(", ", thresholds.metricIds())));
        String unit = node.path("unit").asText();
        if (!metric.units().containsKey(unit)) {
            throw new InvalidPart(
                    pointer + "/unit",
                    "found " + unit + "; allowed for " + id + ": "
                            + String.join(", ", new TreeSet<>(metric.units().keySet())));
        }
    }

    private static List<String> gateways(Map<String, String> kinds) {
        return kinds.keySet().stream()
                .filter(id -> "gateway".equals(kinds.get(id)))
                .sorted()
                .toList();
    }
}
