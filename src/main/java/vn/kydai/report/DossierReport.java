package vn.kydai.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import vn.kydai.event.DossierState;
import vn.kydai.event.codec.Json;
import vn.kydai.report.DossierTally.Count;
import vn.kydai.report.Grouping.Names;

/** Kydai's own table of dossiers: each row with its balance, and every rate that has a denominator. */
final class DossierReport {
    private static final List<String> COLUMNS = List.of(
            "carried",
            "received",
            "receivedOnline",
            "receivedCounter",
            "receivedPost",
            "done",
            "early",
            "onTime",
            "late",
            "closedOther",
            "withdrawn",
            "stopped",
            "processing",
            "inTime",
            "overdue",
            "paused");

    private DossierReport() {}

    static ObjectNode json(DossierQuery query, List<DossierState> dossiers) {
        ObjectNode body = head(query).put("by", query.by().id());
        body.set("total", json(query.total(dossiers)));
        ArrayNode rows = body.putArray("rows");
        query.rows(dossiers, query.by()).forEach((key, tally) -> {
            ObjectNode row = rows.addObject().put("key", key);
            query.by()
                    .names(key, query.registry())
                    .ifPresent(names -> row.put("name", names.vietnamese()).put("nameEn", names.english()));
            row.setAll(json(tally));
        });
        return body;
    }

    static String csv(DossierQuery query, List<DossierState> dossiers) {
        Csv csv = new Csv();
        List<Object> header = new ArrayList<>(List.of(query.by().id(), "name"));
        header.addAll(COLUMNS);
        csv.add(header);
        SortedMap<String, DossierTally> rows = query.rows(dossiers, query.by());
        for (Map.Entry<String, DossierTally> row : rows.entrySet()) {
            String name = query.by()
                    .names(row.getKey(), query.registry())
                    .map(Names::vietnamese)
                    .orElse("");
            csv.add(cells(row.getKey(), name, row.getValue()));
        }
        csv.add(cells("total", "", query.total(dossiers)));
        return csv.toString();
    }

    /** Writes what every report begins with. */
    static ObjectNode head(DossierQuery query) {
        return Json.MAPPER
                .createObjectNode()
                .put("area", query.area())
                .put("of", query.members().isByReceiver() ? "receiving" : "deciding")
                .put("period", query.period().text())
                .put("from", query.period().first().toString())
                .put("to", query.period().last().toString());
    }

    /** Writes a rate; one without a denominator is absent. */
    static void rate(ObjectNode node, String id, long numerator, long denominator) {
        if (denominator > 0) {
            node.putObject(id)
                    .put("value", (double) numerator / denominator)
                    .put("numerator", numerator)
                    .put("denominator", denominator);
        }
    }

    private static List<Object> cells(String key, String name, DossierTally tally) {
        List<Object> cells = new ArrayList<>(List.of(key, name));
        ObjectNode numbers = json(tally);
        COLUMNS.forEach(column -> cells.add(numbers.path(column).longValue()));
        return cells;
    }

    private static ObjectNode json(DossierTally tally) {
        long in = tally.get(Count.CARRIED) + tally.received();
        long out = tally.done() + tally.closedOther() + tally.processing();
        ObjectNode node = Json.MAPPER
                .createObjectNode()
                .put("carried", tally.get(Count.CARRIED))
                .put("received", tally.received())
                .put("receivedOnline", tally.get(Count.RECEIVED_ONLINE))
                .put("receivedCounter", tally.get(Count.RECEIVED_COUNTER))
                .put("receivedPost", tally.get(Count.RECEIVED_POST))
                .put("done", tally.done())
                .put("early", tally.get(Count.EARLY))
                .put("onTime", tally.get(Count.ON_TIME))
                .put("late", tally.get(Count.LATE))
                .put("closedOther", tally.closedOther())
                .put("withdrawn", tally.get(Count.WITHDRAWN))
                .put("stopped", tally.get(Count.STOPPED))
                .put("processing", tally.processing())
                .put("inTime", tally.get(Count.IN_TIME))
                .put("overdue", tally.get(Count.OVERDUE))
                .put("paused", tally.get(Count.PAUSED));
        node.putObject("balance").put("in", in).put("out", out).put("holds", in == out);
        rates(node, tally);
        return node;
    }

    private static void rates(ObjectNode node, DossierTally tally) {
        long inTime = tally.get(Count.EARLY) + tally.get(Count.ON_TIME);
        long openInTime = tally.processing() - tally.get(Count.OVERDUE);
        rate(node, "onTimeRate", inTime, tally.done());
        rate(node, "onTimeRate766", inTime + openInTime, tally.done() + tally.processing());
        rate(node, "onlineShare", tally.get(Count.RECEIVED_ONLINE), tally.received());
        rate(node, "fullOnlineShare", tally.get(Count.FULL_ONLINE), tally.get(Count.OF_FULL_PROCEDURES));
        rate(node, "digitisedShare", tally.get(Count.DIGITISED), tally.received());
        rate(node, "onlinePaymentShare", tally.get(Count.PAID_ONLINE), tally.get(Count.WITH_FEE));
    }
}
