package vn.kydai.bench;

import java.util.List;
import java.util.Map;

/**
 * What the design asks for, reached or not.
 *
 * @param limit of the median
 * @param isAtLeast whether more is better
 */
record Target(String text, String table, String name, String column, double limit, boolean isAtLeast) {
    private static final int FAN_OUT_WALLS = 1_000;
    private static final int STALLED_WALLS = 200;

    /** Returns the targets that cases of a plan can show. */
    static List<Target> all(Plan plan) {
        List<PublishCase> mqtt = PublishCase.grown(plan);
        PublishCase paced = mqtt.get(0);
        PublishCase unpaced = mqtt.get(1);
        String crowd = WallRun.name(FAN_OUT_WALLS);
        String some = WallRun.name(STALLED_WALLS);
        return List.of(
                atLeast("durable MQTT QoS 1 ≥ 0.4 × COPY", unpaced, Columns.OF_COPY, 0.4),
                atMost("PUBACK after COMMIT at 1,000/s, p50 ≤ 2 ms", paced, Columns.ANSWER_P50, 2),
                atMost("PUBACK after COMMIT at 1,000/s, p99 ≤ 10 ms", paced, Columns.ANSWER_P99, 10),
                atMost("event to wall at 1,000/s, p99 ≤ tick + 20 ms", paced, Columns.WALL_P99, 220),
                new Target("1,000 walls ≤ 30 % of one core", WallRun.TABLE, crowd, Columns.SERVER_CPU, 30, false),
                new Target(
                        "200 walls: the 20 silent ones are closed with 4008",
                        WallRun.TABLE,
                        some,
                        Columns.CUT,
                        20,
                        true),
                ready("ready ≤ 1.5 s, external", StartupRun.EXTERNAL, 1.5),
                ready("ready ≤ 2.5 s, embedded", StartupRun.EMBEDDED, 2.5));
    }

    private static Target atLeast(String text, PublishCase publish, String column, double limit) {
        return new Target(text, publish.table(), publish.name(), column, limit, true);
    }

    private static Target atMost(String text, PublishCase publish, String column, double limit) {
        return new Target(text, publish.table(), publish.name(), column, limit, false);
    }

    private static Target ready(String text, String name, double limit) {
        return new Target(text, StartupRun.TABLE, name, Columns.READY, limit, false);
    }

    /** Returns what was measured of it; not numbers when it was not. */
    Spread measured(Map<String, Map<String, Map<String, Spread>>> spreads) {
        return spreads.getOrDefault(table, Map.of())
                .getOrDefault(name, Map.of())
                .getOrDefault(column, Spread.NONE);
    }

    /** Returns whether the median reaches it. */
    String verdict(Spread spread) {
        if (Double.isNaN(spread.median())) {
            return "not measured";
        }
        boolean isReached = isAtLeast ? spread.median() >= limit : spread.median() <= limit;
        return isReached ? "reached" : "missed";
    }
}
