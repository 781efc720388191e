package vn.kydai.aggregate.alarm;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Picture;

/**
 * Whether alarms come faster than anybody can read them, of each area. Worked out from the raises of the last day alone,
 * so that it does not depend on when somebody looked.
 */
final class Floods implements Serializable {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int MOST_KEPT = 10_000;
    private static final int BEGINS_ABOVE = 10;
    private static final int ENDS_BELOW = 5;
    private static final int LEAST_SEVERE = 3;

    private final ArrayDeque<Raise> raises = new ArrayDeque<>();

    /** A new alarm. */
    private record Raise(Instant at, String area) implements Serializable {}

    /** The raises of one area, gone through in their order. */
    private static final class Course {
        private final Deque<Instant> window = new ArrayDeque<>();
        private @Nullable Instant since;

        void raised(Instant at) {
            passTo(at);
            window.addLast(at);
            if (since == null && window.size() > BEGINS_ABOVE) {
                since = at;
            }
        }

        void passTo(Instant now) {
            while (!window.isEmpty() && !window.getFirst().plus(WINDOW).isAfter(now)) {
                window.removeFirst();
                if (window.size() < ENDS_BELOW) {
                    since = null;
                }
            }
        }
    }

    /** Takes a new alarm; instants that go back count as the newest. */
    void raised(Instant at, String area) {
        Instant newest = raises.isEmpty() ? at : raises.getLast().at();
        raises.addLast(new Raise(at.isBefore(newest) ? newest : at, area));
        Instant oldest = raises.getLast().at().minus(KEPT);
        while (raises.size() > MOST_KEPT || raises.getFirst().at().isBefore(oldest)) {
            raises.removeFirst();
        }
    }

    /** Shows where there is one at an instant. */
    SortedMap<String, Picture.Flood> shown(
            Places places, SortedMap<String, Picture.Area> areas, SortedMap<String, Picture.Alarm> alarms) {
        Instant now = places.now();
        if (raises.isEmpty() || !raises.getLast().at().plus(WINDOW).isAfter(now)) {
            return Collections.emptySortedMap();
        }
        Map<String, List<String>> above = above(areas);
        Map<String, Course> courses = new HashMap<>();
        for (Raise raise : raises) {
            for (String area : above.getOrDefault(places.current(raise.area()), List.of())) {
                courses.computeIfAbsent(area, id -> new Course()).raised(raise.at());
            }
        }
        SortedMap<String, Picture.Flood> floods = new TreeMap<>();
        courses.forEach((area, course) -> {
            course.passTo(now);
            if (course.since != null) {
                floods.put(area, flood(course.since, course.window.size(), area, above, alarms));
            }
        });
        return Collections.unmodifiableSortedMap(floods);
    }

    private static Picture.Flood flood(
            Instant since,
            int raised,
            String area,
            Map<String, List<String>> above,
            SortedMap<String, Picture.Alarm> alarms) {
        int open = 0;
        int severity = LEAST_SEVERE;
        for (Picture.Alarm alarm : alarms.values()) {
            boolean isTold =
                    alarm.state() != Picture.AlarmState.NORMAL && !alarm.state().isSetAside();
            if (isTold && above.getOrDefault(alarm.area(), List.of()).contains(area)) {
                open++;
                severity = Math.min(severity, alarm.measure().severity());
            }
        }
        return new Picture.Flood(since, raised, open, severity);
    }

    /** Which areas have an area in their subtree, itself included. */
    private static Map<String, List<String>> above(SortedMap<String, Picture.Area> areas) {
        Map<String, List<String>> above = new HashMap<>();
        for (String area : areas.keySet()) {
            for (String member : Picture.subtree(areas, area)) {
                above.computeIfAbsent(member, id -> new ArrayList<>()).add(area);
            }
        }
        return above;
    }
}
