package vn.kydai.bench.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import vn.kydai.event.Alarm;

/**
 * Finds out when events, and the alarms they raised, appeared on a wall. A gauge's value counts its readings, so the first
 * frame that shows one proves that it and all before it are on the wall; an alarm's value is that of the reading which
 * raised it. Frames are read token by token and only for these. One thread.
 */
final class WallWatch {
    private static final JsonFactory JSON = new JsonFactory();
    private static final double STEPS_PER_METRE = 1_000;
    private static final double HUNDREDTHS = 100;

    private final Schedule schedule;
    private final boolean isOn;
    private final Times times = new Times();
    private final Times alarmTimes = new Times();
    private final Map<String, Gauge> gauges = new HashMap<>();

    /** By alarm and value, the moment the reading that raises it was due; what was shown is gone. */
    private final Map<String, Map<Long, Long>> alarms = new HashMap<>();

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

    /** Takes note that an event is on its way, if it can be told from others on a wall. */
    void expect(String sensor, Outgoing event, long dueNanos) {
        if (isOn && event.shown() > 0) {
            gauges.computeIfAbsent(sensor, id -> new Gauge(event.shown())).expect(event.shown(), dueNanos);
        }
        if (isOn && event.raised() > 0) {
            Map<Long, Long> raises = alarms.computeIfAbsent(Alarm.id(AlarmWriter.RULE, sensor), id -> new HashMap<>());
            raises.put(event.raised(), dueNanos);
        }
    }

    /** Takes a snapshot or a patch. */
    void take(String frame, long nowNanos) {
        try (JsonParser parser = JSON.createParser(frame)) {
            parser.nextToken();
            if (enter(parser, "data")) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    part(parser, parser.currentName(), nowNanos);
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

    private void part(JsonParser parser, String name, long nowNanos) throws IOException {
        boolean isSensors = name.equals("sensors");
        if (parser.nextToken() != JsonToken.START_OBJECT || (!isSensors && !name.equals("alarms"))) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String id = parser.currentName();
            OptionalDouble value = value(parser);
            if (value.isPresent() && isSensors) {
                sensor(id, value.getAsDouble(), nowNanos);
            } else if (value.isPresent()) {
                alarm(id, value.getAsDouble(), nowNanos);
            }
        }
    }

    /** Reads the object that comes next, or its absence. */
    private static OptionalDouble value(JsonParser parser) throws IOException {
        OptionalDouble value = OptionalDouble.empty();
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return value;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isValue = parser.currentName().equals("value");
            if (parser.nextToken().isNumeric() && isValue) {
                value = OptionalDouble.of(parser.getDoubleValue());
            }
            parser.skipChildren();
        }
        return value;
    }

    private void sensor(String id, double value, long nowNanos) {
        Gauge gauge = gauges.get(id);
        if (gauge != null) {
            shown(gauge, Math.round(value * STEPS_PER_METRE), nowNanos);
        }
    }

    /** A value that none raised is of an earlier load, or stands from an earlier frame. */
    private void alarm(String id, double value, long nowNanos) {
        Map<Long, Long> raises = alarms.get(id);
        Long due = raises == null ? null : raises.remove(Math.round(value * HUNDREDTHS));
        if (due != null && schedule.isMeasured(due)) {
            alarmTimes.add(due, nowNanos, 1);
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
        return unseen() == 0 && unseenAlarms() == 0;
    }

    long unseen() {
        return gauges.values().stream()
                .mapToLong(gauge -> gauge.expected - gauge.shown)
                .sum();
    }

    long unseenAlarms() {
        return alarms.values().stream().mapToLong(Map::size).sum();
    }

    Times times() {
        return times;
    }

    Times alarmTimes() {
        return alarmTimes;
    }
}
