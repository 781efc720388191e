package vn.kydai.wall;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.CatchingUp;
import vn.kydai.event.Desk;
import vn.kydai.event.Figure;
import vn.kydai.event.Picture;
import vn.kydai.event.codec.Json;
import vn.kydai.event.codec.PlaceJson;
import vn.kydai.journal.Receipt;
import vn.kydai.registry.AlarmRule.Vital;

/** The small parts of a picture as JSON. What is unknown is left out. */
final class PartJson {
    private PartJson() {}

    /** A sensor as it was written, and what from. */
    record WrittenSensor(Picture.Sensor source, ObjectNode node) {}

    /** A figure measured by an instant carries it as its value, so that no tick changes it. */
    static ObjectNode figure(Figure figure) {
        ObjectNode node = object();
        put(node, "value", figure.value());
        put(node, "value", figure.since());
        put(node, "unit", figure.unit());
        put(node, "numerator", figure.numerator());
        put(node, "denominator", figure.denominator());
        put(node, "n", figure.n());
        if (figure.targetMin() != null || figure.targetMax() != null) {
            ObjectNode target = node.putObject("target");
            put(target, "min", figure.targetMin());
            put(target, "max", figure.targetMax());
        }
        put(node, "state", figure.state());
        Figure.Comparison comparison = figure.comparison();
        if (comparison != null) {
            ObjectNode compare = node.putObject("compare");
            put(compare, "yesterday", comparison.yesterday());
            put(compare, "lastWeek", comparison.lastWeek());
            put(compare, "sameHourMedian8w", comparison.usual());
        }
        put(node, "asOf", figure.asOf());
        return node;
    }

    /**
     * Writes a sensor. Its history, by far the longest part, is copied from what was written before and changed where the
     * readings changed it.
     *
     * @param last what was written before; absent at first
     * @param minute names an epoch minute; many sensors share the few hundred names
     */
    static ObjectNode sensor(Picture.Sensor sensor, @Nullable WrittenSensor last, LongFunction<String> minute) {
        ObjectNode node = object();
        put(node, "area", sensor.area());
        put(node, "station", sensor.station());
        put(node, "name", sensor.name());
        PlaceJson.put(node, sensor.place());
        put(node, "metric", sensor.metric());
        put(node, "value", sensor.value());
        put(node, "unit", sensor.unit());
        put(node, "at", sensor.at());
        put(node, "state", sensor.state());
        put(node, "level", sensor.level());
        if (!sensor.thresholds().isEmpty()) {
            ObjectNode thresholds = node.putObject("thresholds");
            sensor.thresholds().forEach((step, value) -> Json.put(thresholds, Integer.toString(step), value));
        }
        put(node, "ratePerHour", sensor.ratePerHour());
        findings(node, sensor.findings());
        node.set("history", last == null ? history(sensor.history(), minute) : history(sensor.history(), last, minute));
        return node;
    }

    private static void findings(ObjectNode node, Picture.Findings findings) {
        put(node, "quality", findings.quality());
        if (findings.lastGood() != null) {
            ObjectNode lastGood = node.putObject("lastGood");
            Json.put(lastGood, "value", findings.lastGood().value());
            put(lastGood, "at", findings.lastGood().at());
        }
        if (!findings.windows().isEmpty()) {
            ObjectNode windows = node.putObject("windows");
            findings.windows().forEach((window, value) -> Json.put(windows, window, value));
        }
        put(node, "category", findings.category());
        put(node, "dominant", findings.dominant());
    }

    private static ObjectNode history(SortedMap<Long, Double> values, LongFunction<String> minute) {
        ObjectNode node = object();
        values.forEach((at, value) -> Json.put(node, minute.apply(at), value));
        return node;
    }

    private static ObjectNode history(SortedMap<Long, Double> values, WrittenSensor last, LongFunction<String> minute) {
        ObjectNode written = (ObjectNode) last.node().get("history");
        SortedMap<Long, Double> before = last.source().history();
        if (MergePatch.isSame(before, values)) {
            return written;
        }
        ObjectNode node = object();
        node.setAll(written);
        for (Long at : before.keySet()) {
            if (!values.containsKey(at)) {
                node.remove(minute.apply(at));
            }
        }
        values.forEach((at, value) -> {
            if (!value.equals(before.get(at))) {
                Json.put(node, minute.apply(at), value);
            }
        });
        return node;
    }

    /** How far the folds are; positions are opaque to readers, {@code at} is from when the figures are. */
    static ObjectNode catchingUp(CatchingUp progress, @Nullable Instant lastIngest) {
        ObjectNode node = object();
        put(node, "position", Long.toString(progress.position()));
        put(node, "of", Long.toString(progress.of()));
        put(node, "at", lastIngest);
        return node;
    }

    /** Since when the server does not believe its clock, as the alarm of the vital sign {@code clock} says; null while it does. */
    static @Nullable ObjectNode clockInDoubt(Map<String, Picture.Alarm> alarms) {
        for (Picture.Alarm alarm : alarms.values()) {
            if (alarm.isActive()
                    && alarm.source().equals(Receipt.SELF)
                    && alarm.measure().quantity().equals(Vital.CLOCK.id())) {
                ObjectNode node = object();
                put(node, "since", alarm.raisedAt());
                return node;
            }
        }
        return null;
    }

    static ObjectNode indicator(Picture.Slow slow) {
        ObjectNode node = object();
        Json.put(node, "value", slow.value());
        put(node, "unit", slow.unit());
        put(node, "period", slow.period());
        put(node, "standard", slow.standard());
        put(node, "target", slow.target());
        ObjectNode history = node.putObject("history");
        slow.history().forEach((period, point) -> {
            ObjectNode one = history.putObject(period);
            Json.put(one, "value", point.value());
            put(one, "standard", point.standard());
        });
        return node;
    }

    /** Writes an area's trends; the usual band of one, {@code ID.low} and {@code ID.high}, stands beside its values. */
    static ObjectNode trends(SortedMap<String, SortedMap<Long, Double>> trends) {
        ObjectNode node = object();
        trends.forEach((id, points) -> {
            int dot = id.indexOf('.');
            ObjectNode trend = node.withObjectProperty(dot < 0 ? id : id.substring(0, dot));
            String name = dot < 0 ? "value" : id.substring(dot + 1);
            points.forEach((minute, value) -> Json.put(trend.withObjectProperty(Long.toString(minute)), name, value));
        });
        return node;
    }

    static ObjectNode desk(Desk desk) {
        ObjectNode node = object();
        ObjectNode counters = node.putObject("counters");
        desk.counters().forEach((name, counter) -> {
            ObjectNode one = counters.putObject(name);
            put(one, "ticket", counter.ticket());
            put(one, "state", counter.isServing() ? "serving" : "free");
            put(one, "since", counter.since());
        });
        ObjectNode due = node.putObject("due").put("count", desk.dueCount());
        ObjectNode dossiers = due.putObject("dossiers");
        desk.due().forEach((digits, dossier) -> {
            ObjectNode one = dossiers.putObject(digits);
            put(one, "procedure", dossier.procedure());
            put(one, "status", dossier.status());
        });
        ObjectNode results = node.putObject("results").put("count", desk.resultCount());
        ObjectNode ready = results.putObject("dossiers");
        desk.results().forEach((digits, since) -> put(ready.putObject(digits), "since", since));
        return node;
    }

    static ObjectNode tick(Picture.Tick tick) {
        ObjectNode node = object();
        put(node, "at", tick.at());
        put(node, "area", tick.area());
        put(node, "kind", tick.kind());
        put(node, "code", tick.code());
        ObjectNode params = node.putObject("params");
        for (Map.Entry<String, String> param : tick.params().entrySet()) {
            params.put(param.getKey(), param.getValue());
        }
        return node;
    }

    static ObjectNode object() {
        return Json.MAPPER.createObjectNode();
    }

    static void put(ObjectNode node, String name, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case Instant instant -> node.put(name, Json.time(instant));
            case Double number -> Json.put(node, name, number);
            case Long number -> node.put(name, number);
            case Integer number -> node.put(name, number.longValue());
            case Boolean flag -> node.put(name, flag);
            case Enum<?> constant -> node.put(name, constant.name().toLowerCase(Locale.ROOT));
            default -> node.put(name, value.toString());
        }
    }
}
