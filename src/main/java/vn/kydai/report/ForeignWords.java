package vn.kydai.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import vn.kydai.event.DossierState;

/**
 * What sources said of dossiers that are not, or not yet, their area's business, by source: steps that were left out, and
 * dossiers that wait for the unit they name to say anything.
 */
final class ForeignWords {
    private static final int MOST_LISTED = 1_000;

    private final SortedMap<String, Long> steps = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, Long>> awaited = new TreeMap<>();

    void add(DossierState dossier) {
        dossier.leftOut().forEach((source, count) -> steps.merge(source, (long) count, Long::sum));
        if (dossier.isAwaited()) {
            awaited.computeIfAbsent(dossier.source(), source -> new TreeMap<>()).merge(dossier.area(), 1L, Long::sum);
        }
    }

    void write(ObjectNode body) {
        body.put("notEntitledSteps", sum(List.copyOf(steps.values())));
        ArrayNode foreign = body.putArray("notEntitled");
        steps.entrySet().stream()
                .limit(MOST_LISTED)
                .forEach(
                        step -> foreign.addObject().put("source", step.getKey()).put("steps", step.getValue()));
        body.put(
                "awaitedDossiers",
                awaited.values().stream()
                        .mapToLong(byArea -> sum(List.copyOf(byArea.values())))
                        .sum());
        ArrayNode named = body.putArray("awaited");
        awaited.forEach((source, byArea) -> byArea.forEach((area, dossiers) -> {
            if (named.size() < MOST_LISTED) {
                named.addObject().put("source", source).put("area", area).put("dossiers", dossiers);
            }
        }));
    }

    private static long sum(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
