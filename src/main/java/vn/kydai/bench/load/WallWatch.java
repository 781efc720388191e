package vn.kydai.bench.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds out when events appeared on a wall. A gauge's value counts its readings, so the first frame that shows one proves
 * that it and all before it are on the wall. Frames are read token by token and only for the gauges. One thread.
 */
final class WallWatch {
    private static final JsonFactory JSON = new JsonFactory();
    private static final double STEPS_PER_METRE = 1_000;

    private final Schedule schedule;
    private final boolean isOn;
    private final Times times = new Times();
    private final Map<String, Gauge> gauges = new HashMap<>();

    WallWatch(Schedule schedule, boolean isOn) {
        this.schedule = schedule;
        this.isOn = isOn;
    }

    /** Moments the readings of a gauge were due, by their number from the first. */
    private static final class Gauge {
        private final long first;
        private long[] due = new long[64];
        private long expected;
        private long shown;

        Gauge(long first) {
            this.first = first;
            this.shown = first - 1;
        }

        void expect(long number, long dueNanos) {
            int index = (int) (number - first);
            if (index >= due.length) {
                due = Arrays.copyOf(due, due.length * 2);
            }
            due[index] = dueNanos;
            expected = number;
        }

        /** Returns when the next one shown was due. */
        long showNext() {
            shown++;
            return due[(int) (shown - first)];
        }
    }

    /** Takes note that a reading is on its way; one with number 0 cannot be told from others. */
    void expect(String sensor, long number, long dueNanos) {
        if (isOn && number > 0) {
            gauges.computeIfAbsent(sensor, id -> new Gauge(number)).expect(number, dueNanos);
        }
    }

    /** Takes a snapshot or a patch. */
    void take(String frame, long nowNanos) {
        try (JsonParser parser = JSON.createParser(frame)) {
            parser.nextToken();
            if (enter(parser, "data") && enter(parser, "sensors")) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    sensor(parser, parser.currentName(), nowNanos);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a frame is no JSON", e);
        }
    }

    /** Steps into a member that is an object; false at the end of the object it is in. */
    private static boolean enter(JsonParser parser, String member) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals(member) && value == JsonToken.START_OBJECT) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    private void sensor(JsonParser parser, String id, long nowNanos) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        Gauge gauge = gauges.get(id);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isValue = parser.currentName().equals("value");
            JsonToken token = parser.nextToken();
            if (isValue && gauge != null && token.isNumeric()) {
                shown(gauge, Math.round(parser.getDoubleValue() * STEPS_PER_METRE), nowNanos);
            }
            parser.skipChildren();
        }
    }

    /** A value that is none of those on their way is older than this load. */
    private void shown(Gauge gauge, long step, long nowNanos) {
        long number = gauge.shown + Math.floorMod(step - gauge.shown, SensorWriter.GAUGE_STEPS);
        if (number > gauge.expected) {
            return;
        }
        while (gauge.shown < number) {
            long due = gauge.showNext();
            if (schedule.isMeasured(due)) {
                times.add(due, nowNanos, 1);
            }
        }
    }

    boolean isAllShown() {
        return unseen() == 0;
    }

    long unseen() {
        return gauges.values().stream()
                .mapToLong(gauge -> gauge.expected - gauge.shown)
                .sum();
    }

    Times times() {
        return times;
    }
}
