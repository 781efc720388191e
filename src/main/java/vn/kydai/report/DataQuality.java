package vn.kydai.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import vn.kydai.event.DossierState;
import vn.kydai.event.Excess;
import vn.kydai.event.SetAside;
import vn.kydai.event.codec.Json;
import vn.kydai.event.codec.SetAsideJson;

/** What was taken although it is odd: the source is the authority, and a person should have a look. */
final class DataQuality {
    private static final int MOST_LISTED = 1_000;

    private DataQuality() {}

    static ObjectNode json(
            DossierQuery query, List<DossierState> all, List<Excess> beyond, SortedMap<Long, SetAside> setAside) {
        long dossiers = 0;
        long unexpected = 0;
        long withUnexpected = 0;
        long mismatched = 0;
        SortedMap<String, Long> unknown = new TreeMap<>();
        ForeignWords foreign = new ForeignWords();
        for (DossierState dossier : all) {
            if (query.members().has(dossier)) {
                dossiers++;
                unexpected += dossier.unexpected();
                withUnexpected += dossier.unexpected() > 0 ? 1 : 0;
                mismatched += dossier.isDueMismatched() ? 1 : 0;
                foreign.add(dossier);
                if (DossierFilter.isUnknown(dossier, query.registry())) {
                    unknown.merge(dossier.procedure(), 1L, Long::sum);
                }
            }
        }
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("area", query.area())
                .put("dossiers", dossiers)
                .put("unexpectedTransitions", unexpected)
                .put("dossiersWithUnexpectedTransitions", withUnexpected)
                .put("dueMismatches", mismatched);
        ArrayNode procedures = body.putArray("unknownProcedures");
        unknown.forEach(
                (code, count) -> procedures.addObject().put("procedure", code).put("dossiers", count));
        listBeyond(body.putArray("beyondBounds"), query, beyond);
        foreign.write(body);
        ArrayNode left = body.putArray("setAside");
        setAside.values().stream()
                .filter(aside -> concerns(query, aside.area()))
                .limit(MOST_LISTED)
                .map(SetAsideJson::write)
                .forEach(left::add);
        return body.put(
                "setAsideTotal",
                setAside.values().stream()
                        .filter(aside -> concerns(query, aside.area()))
                        .count());
    }

    /** Who sent more than the folds keep: the newest first. */
    private static void listBeyond(ArrayNode list, DossierQuery query, List<Excess> beyond) {
        beyond.stream()
                .filter(excess -> concerns(query, excess.area()))
                .sorted(Comparator.comparing(Excess::newest).reversed())
                .limit(MOST_LISTED)
                .forEach(excess -> list.addObject()
                        .put("source", excess.source())
                        .put("area", excess.area())
                        .put("bound", excess.bound().id())
                        .put("events", excess.events())
                        .put("newest", Json.time(excess.newest())));
    }

    /** What belongs to no area that is known may have belonged to any. */
    private static boolean concerns(DossierQuery query, String area) {
        return query.members().has(area) || query.registry().areas().find(area).isEmpty();
    }
}
