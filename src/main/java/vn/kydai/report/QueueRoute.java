package vn.kydai.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Caller;
import vn.kydai.access.Callers;
import vn.kydai.access.JsonBody;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;
import vn.kydai.event.codec.Json;
import vn.kydai.registry.Registry;
import vn.kydai.registry.WorkingCalendar;
import vn.kydai.report.SeriesTable.Span;

/**
 * {@code GET /api/v1/reports/queue}: tickets, waits, services and ratings of a period by area, day, hour of the day or
 * counter, from the rollups as of the last checkpoint. Durations in seconds.
 */
final class QueueRoute {
    private static final String BY_COUNTER = "counter";
    private static final List<String> GROUPINGS = List.of("area", "day", "hour", BY_COUNTER);
    private static final List<String> COLUMNS = List.of(
            "issued",
            "called",
            "noShow",
            "abandoned",
            "waits",
            "waitMean",
            "waitP50",
            "waitP90",
            "waitLongest",
            "services",
            "serviceMean",
            "serviceP50",
            "serviceP90",
            "serviceLongest",
            "ratings");

    private final QueueTable table;
    private final Supplier<Registry> registry;
    private final InstantSource clock;

    QueueRoute(Pool pool, Supplier<Registry> registry, InstantSource clock) {
        this.table = new QueueTable(pool);
        this.registry = registry;
        this.clock = clock;
    }

    private record Asked(Registry registry, String area, Period period, String by, boolean isCsv, List<Span> spans) {}

    void handle(RoutingContext context) {
        Asked asked = asked(context);
        Future<ObjectNode> body = asked.by().equals(BY_COUNTER)
                ? table.counters(asked.spans()).map(calls -> counters(asked, calls))
                : table.read(asked.by(), asked.spans()).map(parts -> rows(asked, parts));
        body.onSuccess(report -> {
                    if (asked.isCsv()) {
                        Answers.csv(
                                context,
                                "queue-" + asked.area().replace('@', '_') + "-"
                                        + asked.period().text(),
                                csv(asked, report));
                    } else {
                        JsonBody.answer(context, report);
                    }
                })
                .onFailure(context::fail);
    }

    private Asked asked(RoutingContext context) {
        Caller.Viewer viewer = Callers.viewer(context, Role.READER);
        Registry known = registry.get();
        Instant now = clock.instant();
        Period period = Period.of(context.request().getParam("period"), WorkingCalendar.dateOf(now));
        String area = Reach.of(known.areas(), viewer, context.request().getParam("area"), now)
                .during(period.first(), period.last())
                .area();
        String by = by(context.request().getParam("by"));
        boolean isCsv = Csv.isAsked(context);
        return new Asked(
                known,
                area,
                period,
                by,
                isCsv,
                AreaSpans.of(known.areas(), area, period.first(), period.last().plusDays(1)));
    }

    private static String by(@Nullable String text) {
        if (text == null) {
            return GROUPINGS.getFirst();
        }
        if (!GROUPINGS.contains(text)) {
            throw new Problem(400, "by must be one of " + String.join(", ", GROUPINGS));
        }
        return text;
    }

    private static ObjectNode rows(Asked asked, List<QueueTable.Part> parts) {
        QueueCounts total = new QueueCounts();
        SortedMap<String, QueueCounts> counts = new TreeMap<>();
        parts.forEach(part -> {
            total.add(part);
            counts.computeIfAbsent(part.key(), key -> new QueueCounts()).add(part);
        });
        ObjectNode body = head(asked);
        total.write(body.putObject("total"));
        ArrayNode rows = body.putArray("rows");
        counts.forEach((key, count) -> {
            ObjectNode row = rows.addObject().put("key", key);
            if (asked.by().equals("area")) {
                asked.registry()
                        .areas()
                        .find(key)
                        .ifPresent(area -> row.put("name", area.name()).put("nameEn", area.nameEn()));
            }
            count.write(row);
        });
        return body;
    }

    private static ObjectNode counters(Asked asked, List<QueueTable.Calls> calls) {
        ObjectNode body = head(asked);
        body.putObject("total")
                .put("called", calls.stream().mapToLong(QueueTable.Calls::count).sum());
        SortedMap<String, SortedMap<String, Long>> counters = new TreeMap<>();
        calls.forEach(call ->
                counters.computeIfAbsent(call.counter(), key -> new TreeMap<>()).put(call.hour(), call.count()));
        ArrayNode rows = body.putArray("rows");
        counters.forEach((counter, hours) -> {
            ObjectNode row = rows.addObject()
                    .put("key", counter)
                    .put(
                            "called",
                            hours.values().stream().mapToLong(Long::longValue).sum());
            ObjectNode each = row.putObject("hours");
            hours.forEach(each::put);
        });
        return body;
    }

    private static ObjectNode head(Asked asked) {
        return Json.MAPPER
                .createObjectNode()
                .put("area", asked.area())
                .put("period", asked.period().text())
                .put("from", asked.period().first().toString())
                .put("to", asked.period().last().toString())
                .put("by", asked.by());
    }

    private static String csv(Asked asked, ObjectNode report) {
        Csv csv = new Csv();
        if (asked.by().equals(BY_COUNTER)) {
            csv.add(List.of(BY_COUNTER, "hour", "called"));
            report.path("rows")
                    .forEach(row -> row.path("hours")
                            .properties()
                            .forEach(hour -> csv.add(List.of(
                                    row.path("key").textValue(),
                                    hour.getKey(),
                                    hour.getValue().longValue()))));
            return csv.toString();
        }
        List<Object> header = new ArrayList<>(List.of(asked.by(), "name"));
        header.addAll(COLUMNS);
        header.add("satisfaction");
        csv.add(header);
        report.path("rows").forEach(row -> csv.add(cells(row.path("key").textValue(), row)));
        csv.add(cells("total", report.path("total")));
        return csv.toString();
    }

    private static List<Object> cells(String key, JsonNode row) {
        List<Object> cells = new ArrayList<>(List.of(key, row.path("name").asText("")));
        COLUMNS.forEach(column -> cells.add(cell(row.path(column))));
        cells.add(cell(row.path("satisfaction").path("value")));
        return cells;
    }

    /** What is not known is an empty cell, never 0. */
    private static Object cell(JsonNode value) {
        return value.isNumber() ? value.numberValue() : "";
    }
}
