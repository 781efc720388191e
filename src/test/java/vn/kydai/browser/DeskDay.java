package vn.kydai.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** The alarms of {@link WallDay}'s afternoon as the operator's desk asks for them: as they stand, as they stood at 09:32, their steps. */
final class DeskDay {
    /** 09:32, of which a replay is shown. */
    static final Instant THEN = Instant.parse("2026-11-25T02:32:00Z");

    private static final String RIVER = "flood-level:wl-phu-oc";
    private static final String RAIN = "heavy-rain:rain-quang-thai";

    private DeskDay() {}

    /** The afternoon: two that nobody has seen, four that somebody has, one that went before anybody looked. */
    static ObjectNode document(WallDay day) {
        ObjectNode data = day.document();
        ObjectNode alarms = (ObjectNode) data.get("alarms");
        measured(put(alarms, RAIN, "19870", 1, 366, 1), "rain", 3, 50.9, 50, "mm")
                .put("state", "unacknowledged");
        measured(put(alarms, "queue-long:19867", "19867", 2, 660, 1), "waitP90", 1, 2040, 1800, null)
                .put("state", "unacknowledged");
        seen(measured(put(alarms, RIVER, "19897", 1, 2220, 2), "water_level", 2, 3.04, 3, "m"), 2100);
        seen(
                measured(put(alarms, "flood-level:wl-con-toc", "19876", 2, 37_920, 1), "water_level", 1, 0.5, 0.5, "m"),
                37_680);
        seen(put(alarms, "sensor-silent:sal-quang-cong", "19879", 3, 2700, 1), 2400)
                .putObject("params")
                .put("level", 1)
                .put("quantity", "silent");
        seen(measured(put(alarms, "overdue:19885", "19885", 3, 9120, 1), "overdueNow", 1, 5, 5, null), 8400);
        measured(put(alarms, "satisfaction-low:19891", "19891", 3, 16_200, 1), "satisfaction", 1, 0.78, 0.8, null)
                .put("state", "returned")
                .put("clearedAt", WallDay.at(1_200));
        return data;
    }

    /** 09:32: the river and the lagoon stood above their first levels, one of which nobody had seen yet. */
    static ObjectNode past(WallDay day) {
        ObjectNode data = day.document();
        ObjectNode alarms = (ObjectNode) data.get("alarms");
        measured(put(alarms, RIVER, "19897", 2, 16_200, 1), "water_level", 1, 1.52, 1.5, "m")
                .put("state", "unacknowledged");
        seen(
                measured(put(alarms, "flood-level:wl-con-toc", "19876", 2, 37_920, 1), "water_level", 1, 0.5, 0.5, "m"),
                37_680);
        ((ObjectNode) data.path("sensors").path(RIVER.substring(RIVER.indexOf(':') + 1)))
                .put("level", 1)
                .put("value", 1.62);
        return data;
    }

    /** Answers what the page asks for beside the document. */
    static void give(WallServer server) {
        server.answer("/api/v1/alarms", list().toString());
        server.answer("/api/v1/alarms/history", history().toString());
        server.answer("/api/v1/orders", orders().toString());
        for (String alarm : List.of(RAIN, RIVER)) {
            ObjectNode own = WallDay.node().put("complete", true);
            ArrayNode steps = own.putArray("steps");
            for (JsonNode step : history().path("steps")) {
                if (step.path("alarm").asText().equals(alarm)) {
                    steps.add(step);
                }
            }
            server.answer("/api/v1/alarms/history?alarm=" + alarm.replace(":", "%3A"), own.toString());
        }
        server.answer("/api/v1/series", arrivals().toString());
        server.answer("/api/v1/shifts", "{\"onDuty\":{\"477\":[]},\"mayTake\":{},\"handOvers\":[]}");
    }

    /** An order to sirens that waits for a second person. */
    private static ObjectNode orders() {
        ObjectNode answer = WallDay.node();
        ObjectNode order = answer.putArray("orders")
                .addObject()
                .put("id", "o-1")
                .put("area", "477")
                .put("state", "prepared")
                .put("signal", "flood2")
                .put("until", WallDay.at(-245));
        order.putObject("prepared")
                .put("by", "Phạm Văn Đức")
                .put("at", WallDay.at(55))
                .put("reason", "Sông Bồ lên nhanh, có khả năng vượt báo động III trong đêm");
        order.putObject("answers");
        return answer;
    }

    private static ObjectNode put(
            ObjectNode alarms, String id, String area, int severity, int secondsAgo, int occurrence) {
        return alarms.putObject(id)
                .put("rule", id.substring(0, id.indexOf(':')))
                .put("source", id.substring(id.indexOf(':') + 1))
                .put("area", area)
                .put("severity", severity)
                .put("occurrence", occurrence)
                .put("raisedAt", WallDay.at(secondsAgo));
    }

    private static ObjectNode measured(
            ObjectNode alarm, String quantity, int level, double value, double threshold, String unit) {
        alarm.put("value", value).put("threshold", threshold);
        if (unit != null) {
            alarm.put("unit", unit);
        }
        alarm.putObject("params").put("level", level).put("quantity", quantity);
        return alarm;
    }

    private static ObjectNode seen(ObjectNode alarm, int secondsAgo) {
        alarm.put("state", "acknowledged").putObject("ack").put("at", WallDay.at(secondsAgo));
        return alarm;
    }

    /** The wall names nobody; this list does. */
    private static void saw(ObjectNode alarms, String id, String by, int secondsAgo) {
        alarms.putObject(id).putObject("ack").put("by", by).put("at", WallDay.at(secondsAgo));
    }

    private static ObjectNode list() {
        ObjectNode answer = WallDay.node();
        ObjectNode alarms = answer.putObject("alarms");
        saw(alarms, RIVER, "Trần Thị Lan", 2100);
        saw(alarms, "flood-level:wl-con-toc", "Phạm Văn Đức", 37_680);
        saw(alarms, "sensor-silent:sal-quang-cong", "Lê Quang Huy", 2400);
        saw(alarms, "overdue:19885", "Trần Thị Lan", 8400);
        ObjectNode rules = answer.putObject("rules");
        ArrayNode rain = rule(
                rules, "heavy-rain", true, "Ban Chỉ huy phòng thủ dân sự xã", "the commune's civil defence command");
        rain.add("Xem mực nước Sông Bồ và phá trong 30 phút tới.")
                .add("Báo các thôn thấp trũng; kiểm tra cống, cửa tiêu.")
                .add("Nếu mưa 3 giờ vượt 100 mm: báo Ban Chỉ huy phòng thủ dân sự.");
        ArrayNode flood = rule(
                rules, "flood-level", false, "Ban Chỉ huy phòng thủ dân sự xã", "the commune's civil defence command");
        flood.add("Đối chiếu với trạm lân cận và bản tin của Đài Khí tượng Thủy văn.")
                .add("Báo trưởng ban chỉ huy và các thôn thấp trũng.");
        for (String other : new String[] {"queue-long", "sensor-silent", "overdue", "satisfaction-low"}) {
            rule(rules, other, true, "Trưởng bộ phận Một cửa", "the head of the one-stop desk")
                    .add("Mở thêm quầy.");
        }
        return answer;
    }

    private static ArrayNode rule(ObjectNode rules, String id, boolean shelvable, String who, String whoEnglish) {
        ObjectNode rule = rules.putObject(id).put("shelvable", shelvable);
        rule.putObject("en")
                .put("who", whoEnglish)
                .put("reason", "A threshold has been reached.")
                .put("consequence", "People may come to harm if nobody acts.")
                .putArray("response")
                .add("Compare with the neighbouring stations.")
                .add("Tell the low-lying villages; check culverts and sluices.");
        return rule.putObject("vi")
                .put("who", who)
                .put("reason", "Số đo đã đạt ngưỡng.")
                .put("consequence", "Người dân có thể bị thiệt hại nếu không ai xử lý.")
                .putArray("response");
    }

    /** The day's steps, in the order of the journal. */
    private static ObjectNode history() {
        ObjectNode answer = WallDay.node().put("complete", true);
        ArrayNode steps = answer.putArray("steps");
        span(steps, "flood-level:wl-con-toc", 2, 37_920, 0);
        span(steps, "sensor-silent:sal-quang-phu", 3, 47_000, 42_000);
        span(steps, "heat:th-19894", 3, 33_000, 30_500);
        span(steps, "salinity:sal-quang-cong", 2, 31_000, 26_500);
        span(steps, "queue-long:19882", 3, 24_000, 22_800);
        span(steps, "waiting-long:19867", 2, 21_000, 19_500);
        span(steps, RIVER, 2, 16_200, 0);
        span(steps, "satisfaction-low:19891", 3, 16_200, 1_200);
        span(steps, "overdue:19885", 3, 9_120, 0);
        span(steps, "sensor-silent:sal-quang-cong", 3, 2_700, 0);
        step(steps, RIVER, "realarmed", 2_220, 2).put("severity", 1).put("level", 2);
        span(steps, "queue-long:19867", 2, 660, 0);
        span(steps, RAIN, 2, 1_500, 0);
        step(steps, RAIN, "noted", 900, 1).put("by", "Trần Thị Lan").put("note", "Đã báo trưởng thôn Lai Hà.");
        step(steps, RAIN, "realarmed", 366, 2).put("severity", 1).put("level", 3);
        return answer;
    }

    /** Raised and, unless it stands, cleared and acknowledged. */
    private static void span(ArrayNode steps, String id, int severity, int from, int to) {
        step(steps, id, "raised", from, 1).put("severity", severity).put("level", 1);
        if (to > 0) {
            step(steps, id, "acknowledged", from - 120, 1).put("by", "Trần Thị Lan");
            step(steps, id, "cleared", to, 1);
        }
    }

    private static ObjectNode step(ArrayNode steps, String id, String step, int secondsAgo, int occurrence) {
        return steps.addObject()
                .put("alarm", id)
                .put("rule", id.substring(0, id.indexOf(':')))
                .put("source", id.substring(id.indexOf(':') + 1))
                .put("area", "19870")
                .put("occurrence", occurrence)
                .put("step", step)
                .put("at", WallDay.at(secondsAgo));
    }

    /** What came in, each quarter of an hour of a day. */
    private static ObjectNode arrivals() {
        ObjectNode answer = WallDay.node();
        ArrayNode points = answer.putArray("points");
        long now = WallDay.START.getEpochSecond() / 900;
        for (long quarter = now - 96; quarter <= now; quarter++) {
            double hour = (quarter + 28) % 96 / 4.0;
            double load = Math.exp(-Math.pow(hour - 9, 2) / 3) + 0.8 * Math.exp(-Math.pow(hour - 14.6, 2) / 2.6);
            if (load > 0.05) {
                points.addObject().put("minute", quarter * 15).put("value", Math.round(28 * load));
            }
        }
        return answer;
    }
}
