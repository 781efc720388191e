package vn.kydai.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import vn.kydai.event.codec.Json;

/**
 * A working day of the district as wall documents: 13:42 on Wednesday 25 November 2026, heavy rain, sông Bồ above its
 * second alert level. Figures are invented.
 */
final class WallDay {
    static final Instant START = Instant.parse("2026-11-25T06:42:06.400Z");

    private static final Instant MIDNIGHT = Instant.parse("2026-11-24T17:00:00Z");
    private static final double ON_TIME = 0.95;

    private final long startedNanos = System.nanoTime();
    private final Duration error;
    private final boolean stands;

    /** A day whose clock is right. */
    WallDay() {
        this(Duration.ZERO);
    }

    /** A day whose clock differs by so much from the one the browser is given. */
    WallDay(Duration error) {
        this(error, false);
    }

    private WallDay(Duration error, boolean stands) {
        this.error = error;
        this.stands = stands;
    }

    /** A day whose clock stands at {@link #START}. */
    static WallDay standing() {
        return new WallDay(Duration.ZERO, true);
    }

    /** One commune's desk. */
    record Desk(String id, String name, int waiting, int minutes, int done, int overdue, int late) {}

    private static final List<Desk> DESKS = List.of(
            new Desk("19867", "Sịa", 20, 34, 96, 1, 3),
            new Desk("19870", "Quảng Thái", 3, 9, 31, 0, 0),
            new Desk("19873", "Quảng Ngạn", 2, 6, 17, 0, 0),
            new Desk("19876", "Quảng Lợi", 5, 11, 38, 1, 1),
            new Desk("19879", "Quảng Công", 3, 7, 19, 0, 0),
            new Desk("19882", "Quảng Phước", 5, 10, 33, 1, 1),
            new Desk("19885", "Quảng Vinh", 8, 16, 44, 5, 3),
            new Desk("19888", "Quảng An", 6, 13, 36, 2, 1),
            new Desk("19891", "Quảng Thành", 8, 14, 39, 3, 5),
            new Desk("19894", "Quảng Thọ", 4, 8, 29, 0, 0),
            new Desk("19897", "Quảng Phú", 8, 12, 41, 1, 1));

    Instant now() {
        return stands
                ? START
                : START.plusNanos(System.nanoTime() - startedNanos).plus(error);
    }

    /** The busy afternoon, without alarms: that stage may be off. */
    ObjectNode document() {
        ObjectNode data = node();
        area(data.putObject("area"), "region").put("openNow", true);
        district(data.putObject("figures"));
        ObjectNode children = data.putObject("children");
        DESKS.forEach(desk -> child(children.putObject(desk.id()), desk));
        data.set("sensors", WallSensors.flood(START));
        data.putObject("alarms");
        indicators(data.putObject("indicators"));
        trends(data.putObject("trends"));
        ticker(data.putObject("ticker"));
        sources(data, 52, 1);
        return data;
    }

    private static void sources(ObjectNode data, int total, int silent) {
        data.putObject("freshness")
                .put("sourcesTotal", total)
                .put("sourcesSilent", silent)
                .put("lastIngest", at(1));
    }

    /** A public holiday: the desks are closed, the sensors go on. */
    ObjectNode holiday() {
        ObjectNode data = closed("holiday");
        ((ObjectNode) data.get("area")).put("holiday", "Ngày Văn hóa Việt Nam");
        return data;
    }

    /** The desks are closed for a reason without a name: night or weekend. */
    ObjectNode closed(String reason) {
        ObjectNode data = document();
        ((ObjectNode) data.get("area"))
                .put("openNow", false)
                .put("closed", reason)
                .put("opensAt", "2026-11-26T00:30:00.000Z");
        return data;
    }

    /** The same afternoon with the alarm stage on. */
    ObjectNode alarmed() {
        ObjectNode data = document();
        ObjectNode alarms = (ObjectNode) data.get("alarms");
        flood(alarms.putObject("a-1"), "wl-phu-oc", "19897", 2, 3.0)
                .put("state", "unacknowledged")
                .put("value", 3.11);
        flood(alarms.putObject("a-2"), "wl-con-toc", "19876", 1, 0.5)
                .put("state", "unacknowledged")
                .put("value", 0.57);
        flood(alarms.putObject("a-3"), "wl-sia", "19867", 1, 0.8)
                .put("state", "returned")
                .put("value", 0.62);
        flood(alarms.putObject("a-4"), "wl-an-xuan", "19888", 1, 0.8)
                .put("state", "shelved")
                .put("value", 0.8);
        return data;
    }

    /** A commune's own screen. */
    ObjectNode leaf() {
        ObjectNode data = document();
        Desk desk = DESKS.get(0);
        data.putObject("area")
                .put("id", desk.id())
                .put("code", desk.id())
                .put("name", desk.name())
                .put("level", "commune")
                .put("openNow", true);
        ObjectNode figures = (ObjectNode) data.path("children").path(desk.id()).path("figures");
        seconds(figures, "serviceMean", 462, desk.done());
        figures.putObject("waitOldest").put("value", at(41 * 60));
        data.set("figures", figures);
        data.putObject("children");
        ((ObjectNode) data.get("sensors"))
                .properties()
                .removeIf(sensor -> !sensor.getValue().path("area").asText().equals(desk.id()));
        tick(data.putObject("ticker"), "81217", 19, desk.id(), "dossier", "received")
                .put("procedure", "1.001193");
        desk(data.putObject("desk"));
        sources(data, 9, 0);
        return data;
    }

    /** Five counters, seven dossiers due today, thirty-one results to fetch. */
    private static void desk(ObjectNode desk) {
        ObjectNode counters = desk.putObject("counters");
        for (int number = 1; number <= 5; number++) {
            counters.putObject(Integer.toString(number))
                    .put("ticket", "A%03d".formatted(96 + number))
                    .put("state", number == 4 ? "free" : "serving")
                    .put("since", at(30 + 71 * (5 - number)));
        }
        List<String> procedures =
                List.of("1.001193", "2.000815", "1.004222", "1.013227", "1.000894", "1.001776", "X.1");
        ObjectNode due = desk.putObject("due").put("count", procedures.size()).putObject("dossiers");
        for (int index = 0; index < procedures.size(); index++) {
            due.putObject("%04d".formatted(42 + 137 * index))
                    .put("procedure", procedures.get(index))
                    .put("status", index % 3 == 0 ? "received" : "processing");
        }
        ObjectNode results = desk.putObject("results").put("count", 31).putObject("dossiers");
        for (int index = 0; index < 24; index++) {
            results.putObject("%04d".formatted(17 + 211 * index)).put("since", at(900 * (1 + index)));
        }
    }

    /** A commune's own screen with an alarm nobody has seen. */
    ObjectNode alarmedLeaf() {
        ObjectNode data = leaf();
        flood(((ObjectNode) data.get("alarms")).putObject("a-1"), "wl-sia", "19867", 2, 1.2)
                .put("state", "unacknowledged")
                .put("value", 1.31);
        WallSensors.raise((ObjectNode) data.path("sensors").path("wl-sia"), 2, 1.31);
        return data;
    }

    /** The same afternoon without anything that needs attention. */
    ObjectNode calm() {
        ObjectNode data = document();
        data.path("sensors").forEach(sensor -> WallSensors.calm((ObjectNode) sensor));
        soothe(data.path("figures"));
        data.path("children").forEach(child -> soothe(child.path("figures")));
        sources(data, 52, 0);
        return data;
    }

    /** A commune's own screen without anything that needs attention. */
    ObjectNode calmLeaf() {
        ObjectNode data = leaf();
        data.path("sensors").forEach(sensor -> WallSensors.calm((ObjectNode) sensor));
        soothe(data.path("figures"));
        return data;
    }

    /** A commune's desk at night: its counters rest. */
    ObjectNode closedLeaf() {
        ObjectNode data = calmLeaf();
        ((ObjectNode) data.get("area"))
                .put("openNow", false)
                .put("closed", "night")
                .put("opensAt", "2026-11-26T00:30:00.000Z");
        ((ObjectNode) data.get("desk")).putObject("counters");
        ((ObjectNode) data.path("figures").path("waiting")).put("value", 0);
        return data;
    }

    /** Brings every figure that has a target well within it. */
    private static void soothe(JsonNode figures) {
        figures.forEach(each -> {
            ObjectNode figure = (ObjectNode) each;
            JsonNode target = figure.path("target");
            if (target.has("max")) {
                figure.put(
                        "value",
                        Math.min(figure.path("value").asInt(), target.get("max").asInt() * 4 / 5));
                figure.put("state", "normal");
            } else if (target.has("min")) {
                int denominator = figure.path("denominator").asInt();
                int numerator = Math.max(figure.path("numerator").asInt(), denominator - denominator / 30);
                figure.put("numerator", numerator).put("value", (double) numerator / denominator);
                figure.put("state", "normal");
            }
        });
    }

    /** A day on which nothing has happened yet: rates have no denominator. */
    ObjectNode morning() {
        ObjectNode data = node();
        area(data.putObject("area"), "district").put("openNow", true);
        ObjectNode figures = data.putObject("figures");
        count(figures, "received", 0);
        share(figures, "onTimeRate", 0, 0);
        share(figures, "satisfaction", 7, 8);
        data.putObject("children").putObject("19867").put("name", "Sịa").putObject("figures");
        return data;
    }

    static ObjectNode node() {
        return Json.MAPPER.createObjectNode();
    }

    private static ObjectNode area(ObjectNode area, String level) {
        return area.put("id", "477")
                .put("code", "477")
                .put("name", "Quảng Điền")
                .put("nameEn", "Quang Dien")
                .put("level", level);
    }

    private static void district(ObjectNode figures) {
        count(figures, "received", 431);
        ((ObjectNode) figures.get("received")).putObject("compare").put("sameHourMedian8w", 398);
        count(figures, "processing", 1286);
        count(figures, "dueSoon", 37);
        count(figures, "done", 423);
        count(figures, "waiting", 72);
        count(figures, "overdueNow", 14);
        target(figures, "overdueNow", "max", 10, "warn");
        share(figures, "onTimeRate", 408, 423);
        target(figures, "onTimeRate", "min", ON_TIME, "normal");
        seconds(figures, "waitMean", 1020, 312);
        target(figures, "waitMean", "max", 900, "warn");
        share(figures, "satisfaction", 229, 238);
        target(figures, "satisfaction", "min", 0.9, "normal");
        share(figures, "onlineShare", 268, 431);
    }

    static void child(ObjectNode child, Desk desk) {
        ObjectNode figures = child.put("name", desk.name()).put("asOf", at(7)).putObject("figures");
        count(figures, "received", desk.done() + 3);
        count(figures, "processing", 3 * desk.done());
        count(figures, "done", desk.done());
        count(figures, "waiting", desk.waiting());
        count(figures, "overdueNow", desk.overdue());
        target(figures, "overdueNow", "max", 4, desk.overdue() > 4 ? "warn" : "normal");
        double onTime = 1 - (double) desk.late() / desk.done();
        share(figures, "onTimeRate", desk.done() - desk.late(), desk.done());
        target(figures, "onTimeRate", "min", ON_TIME, onTime < 0.9 ? "bad" : onTime < ON_TIME ? "warn" : "normal");
        seconds(figures, "waitMean", desk.minutes() * 60, desk.done());
        target(figures, "waitMean", "max", 1200, desk.minutes() > 20 ? "warn" : "normal");
        seconds(figures, "waitP90", desk.minutes() * 90, desk.done());
        share(figures, "satisfaction", 27, 29);
        target(figures, "satisfaction", "min", 0.9, "normal");
    }

    private static void count(ObjectNode figures, String id, int value) {
        figures.putObject(id).put("value", value).put("asOf", at(9));
    }

    private static void share(ObjectNode figures, String id, int numerator, int denominator) {
        ObjectNode figure = figures.putObject(id).put("numerator", numerator).put("denominator", denominator);
        figure.put("asOf", at(5));
        if (denominator > 0) {
            figure.put("value", (double) numerator / denominator);
        }
    }

    private static void seconds(ObjectNode figures, String id, int value, int n) {
        figures.putObject(id).put("value", value).put("unit", "s").put("n", n).put("asOf", at(20));
    }

    private static void target(ObjectNode figures, String id, String side, double bound, String state) {
        ((ObjectNode) figures.get(id)).put("state", state).putObject("target").put(side, bound);
    }

    private static ObjectNode flood(ObjectNode alarm, String source, String area, int level, double threshold) {
        alarm.put("rule", "flood-level")
                .put("source", source)
                .put("area", area)
                .put("occurrence", 1)
                .put("severity", 3 - level);
        alarm.put("raisedAt", at(37 * 60))
                .put("threshold", threshold)
                .put("unit", "m")
                .putObject("params")
                .put("level", level);
        return alarm;
    }

    private static void indicators(ObjectNode indicators) {
        rate(indicators.putObject("poverty_rate"), 0.0443, 0.017);
        rate(indicators.putObject("near_poor_rate"), 0.0638, 0.0288);
        indicators
                .putObject("ntm_communes")
                .put("value", 10)
                .put("unit", "1")
                .put("period", "2023")
                .put("target", 10);
        indicators
                .putObject("ntm_advanced_communes")
                .put("value", 4)
                .put("unit", "1")
                .put("period", "2023");
    }

    private static void rate(ObjectNode slow, double before, double now) {
        ObjectNode history = slow.put("value", now)
                .put("unit", "1")
                .put("period", "2023")
                .put("standard", "nd07-2021")
                .putObject("history");
        history.putObject("2020").put("value", before).put("standard", "2016-2020");
        history.putObject("2023").put("value", now).put("standard", "nd07-2021");
    }

    /** From 07:00 to now, over the usual band of the whole day. */
    private static void trends(ObjectNode trends) {
        ObjectNode received = trends.putObject("received15m");
        ObjectNode waits = trends.putObject("waitMean15m");
        for (int quarter = 28; quarter < 70; quarter++) {
            double load = load(quarter / 4.0);
            String minute = Long.toString(MIDNIGHT.getEpochSecond() / 60 + 15L * quarter);
            ObjectNode count = received.putObject(minute).put("low", 18 * load).put("high", 27 * load + 2);
            if (quarter < 55) {
                count.put("value", Math.round(28 * load));
                waits.putObject(minute).put("value", Math.round(60 * (8 + 10 * load)));
            }
        }
    }

    /** How busy the desks are at an hour of the day. */
    private static double load(double hour) {
        return Math.exp(-Math.pow(hour - 9, 2) / 3) + 0.8 * Math.exp(-Math.pow(hour - 14.6, 2) / 2.6);
    }

    private static void ticker(ObjectNode ticker) {
        tick(ticker, "81217", 19, "19894", "dossier", "received").put("procedure", "1.001193");
        tick(ticker, "81218", 12, "19876", "dossier", "returned").put("procedure", "1.000656");
        tick(ticker, "81219", 6, "19870", "rating", "rated").put("level", "very_satisfied");
    }

    static ObjectNode tick(ObjectNode ticker, String position, int secondsAgo, String area, String kind, String code) {
        ObjectNode tick = ticker.putObject(position)
                .put("at", at(secondsAgo))
                .put("area", area)
                .put("kind", kind)
                .put("code", code);
        return tick.putObject("params");
    }

    static String at(int secondsAgo) {
        return Json.time(START.minus(Duration.ofSeconds(secondsAgo)));
    }
}
