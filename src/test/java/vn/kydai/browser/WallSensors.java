package vn.kydai.browser;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.codec.Json;

/** The district's forty instruments on a day of flood, with twelve hours of history each. */
final class WallSensors {
    private static final int HISTORY_MINUTES = 720;
    private static final int STEP_MINUTES = 10;
    private static final List<String> COMMUNES =
            List.of("19867", "19870", "19873", "19876", "19879", "19882", "19885", "19888", "19891", "19894", "19897");

    private final ObjectNode sensors = Json.MAPPER.createObjectNode();
    private final Instant now;

    private WallSensors(Instant now) {
        this.now = now;
    }

    static ObjectNode flood(Instant now) {
        return new WallSensors(now).all();
    }

    /** What an instrument is, besides what it says. */
    private record Instrument(
            String id, String area, @Nullable String name, String metric, String unit) {}

    private ObjectNode all() {
        // hours is the time before now: 0 at the right end of a chart, 12 at the left.
        put(water("wl-phu-oc", "19897", "Sông Bồ · Phú Ốc"), hours -> 1.4 + 1.75 / (1 + Math.exp((hours - 4) / 1.2)));
        levels("wl-phu-oc", 2, 1.5, 3, 4.5);
        set("wl-phu-oc", "value", 3.11);
        set("wl-phu-oc", "ratePerHour", 0.12);
        put(water("wl-con-toc", "19876", "Phá Tam Giang · Cồn Tộc"), hours -> 0.57 - 0.012 * hours);
        levels("wl-con-toc", 1, 0.5, 0.8, 1.2);
        set("wl-con-toc", "ratePerHour", 0.03);
        put(water("wl-sia", "19867", "Bến Sịa"), hours -> 0.62 - 0.01 * hours);
        levels("wl-sia", 0, 0.8, 1.2, 1.8);
        put(water("wl-an-xuan", "19888", "Sông Bồ · An Xuân"), hours -> 0.7 - 0.01 * hours);
        levels("wl-an-xuan", 0, 0.8, 1.4, 2);
        Instrument rain = new Instrument("rain-quang-thai", "19870", "Mưa · Quảng Thái", "rain", "mm");
        put(rain, hours -> 50.9 * Math.exp(-hours * hours / 2));
        levels("rain-quang-thai", 3, 16, 30, 50);
        Instrument salinity = new Instrument("sal-quang-cong", "19879", "Độ mặn · Quảng Công", "salinity", "g/L");
        put(salinity, hours -> 6 + Math.sin(hours));
        silent("sal-quang-cong", 45);
        for (int index = 0; index < COMMUNES.size(); index++) {
            ordinary(COMMUNES.get(index), index);
        }
        return sensors;
    }

    private static Instrument water(String id, String area, String name) {
        return new Instrument(id, area, name, "water_level", "m");
    }

    private void ordinary(String area, int index) {
        if (index != 1) {
            put(
                    new Instrument("rain-" + area, area, null, "rain", "mm"),
                    hours -> Math.max(0, 9 - index + Math.sin(hours)));
            levels("rain-" + area, 0, 16, 30, 50);
        }
        put(new Instrument("th-" + area, area, null, "temperature", "Cel"), hours -> 24 + Math.sin(hours / 4));
        if (index % 3 == 0) {
            put(new Instrument("aq-" + area, area, null, "pm25", "ug/m3"), hours -> 21 + index + 4 * Math.sin(hours));
            levels("aq-" + area, 0, 50, 100, 150);
        }
        if (index % 3 == 1) {
            put(
                    new Instrument("tr-" + area, area, "Xe qua · ĐT 11A", "vehicles", "/h"),
                    hours -> 498 + 100 * Math.sin(hours));
            levels("tr-" + area, 0, 1200, 1500, 1800);
        }
        if (index % 2 == 0) {
            put(new Instrument("th-" + area + ":humidity", area, null, "humidity", "%"), hours -> 92 - hours);
        }
    }

    private void put(Instrument instrument, DoubleUnaryOperator value) {
        ObjectNode sensor = sensors.putObject(instrument.id());
        sensor.put("area", instrument.area()).put("metric", instrument.metric()).put("unit", instrument.unit());
        if (instrument.name() != null) {
            sensor.put("name", instrument.name());
        }
        sensor.put("value", rounded(value.applyAsDouble(0)))
                .put("at", Json.time(now.minusSeconds(126)))
                .put("state", "good");
        ObjectNode history = sensor.putObject("history");
        long last = now.getEpochSecond() / 60 / STEP_MINUTES * STEP_MINUTES;
        for (int back = HISTORY_MINUTES - STEP_MINUTES; back >= 0; back -= STEP_MINUTES) {
            history.put(Long.toString(last - back), rounded(value.applyAsDouble(back / 60.0)));
        }
    }

    private void set(String id, String field, double value) {
        ((ObjectNode) sensors.get(id)).put(field, value);
    }

    private void levels(String id, int reached, double... thresholds) {
        ObjectNode sensor = (ObjectNode) sensors.get(id);
        ObjectNode steps = sensor.put("level", reached).putObject("thresholds");
        for (int step = 0; step < thresholds.length; step++) {
            steps.put(Integer.toString(step + 1), thresholds[step]);
        }
    }

    private void silent(String id, int minutes) {
        ObjectNode sensor = (ObjectNode) sensors.get(id);
        sensor.put("state", "silent").put("at", Json.time(now.minus(Duration.ofMinutes(minutes))));
    }

    /** Lifts an instrument to a level it has only now reached. */
    static void raise(ObjectNode sensor, int level, double value) {
        sensor.put("level", level).put("value", value);
        ObjectNode history = (ObjectNode) sensor.get("history");
        double factor = value
                / history.properties().stream()
                        .reduce((first, second) -> second)
                        .orElseThrow()
                        .getValue()
                        .asDouble();
        history.properties()
                .forEach(point ->
                        history.put(point.getKey(), rounded(point.getValue().asDouble() * factor)));
    }

    /** Brings an instrument below its first level, its history too, and lets it be heard. */
    static void calm(ObjectNode sensor) {
        sensor.put("state", "good");
        double first = sensor.path("thresholds").path("1").asDouble(Double.MAX_VALUE);
        double value = sensor.path("value").asDouble();
        if (sensor.path("level").asInt() > 0) {
            double factor = 0.6 * first / value;
            ObjectNode history = (ObjectNode) sensor.get("history");
            history.properties()
                    .forEach(point ->
                            history.put(point.getKey(), rounded(point.getValue().asDouble() * factor)));
            sensor.put("level", 0).put("value", rounded(value * factor));
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
