package vn.kydai.aggregate;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Picture;

/** Marks areas with the worst open alarm of their subtree. What stays the same stays the same instance. */
final class AreaSeverities {
    private static final int NONE = Integer.MAX_VALUE;

    private SortedMap<String, Picture.Area> source = Collections.emptySortedMap();
    private SortedMap<String, Picture.Alarm> alarms = Collections.emptySortedMap();
    private SortedMap<String, Picture.Area> marked = Collections.emptySortedMap();

    SortedMap<String, Picture.Area> marked(
            SortedMap<String, Picture.Area> areas, SortedMap<String, Picture.Alarm> known) {
        if (known.isEmpty() || (Same.instance(areas, source) && Same.instance(known, alarms))) {
            return known.isEmpty() ? areas : marked;
        }
        Map<String, Integer> own = own(known);
        Map<String, Integer> worst = new HashMap<>();
        SortedMap<String, Picture.Area> next = new TreeMap<>();
        areas.forEach((id, area) -> {
            int severity = worst(id, areas, own, worst);
            next.put(id, marked(area, severity == NONE ? null : (Integer) severity));
        });
        source = areas;
        alarms = known;
        marked = Same.or(marked, Collections.unmodifiableSortedMap(next));
        return marked;
    }

    private Picture.Area marked(Picture.Area area, @Nullable Integer severity) {
        if (severity == null) {
            return area;
        }
        Picture.Area last = marked.get(area.id());
        return Same.or(last, area.withSeverity(severity));
    }

    private static Map<String, Integer> own(SortedMap<String, Picture.Alarm> known) {
        Map<String, Integer> own = new HashMap<>();
        for (Picture.Alarm alarm : known.values()) {
            if (alarm.isOpen()) {
                own.merge(alarm.area(), alarm.measure().severity(), Math::min);
            }
        }
        return own;
    }

    /** An area is noted before its children are asked, so that a circle in the tree ends. */
    private static int worst(
            String id, Map<String, Picture.Area> areas, Map<String, Integer> own, Map<String, Integer> worst) {
        Integer found = worst.get(id);
        if (found != null) {
            return found;
        }
        int severity = own.getOrDefault(id, NONE);
        worst.put(id, severity);
        Picture.Area area = areas.get(id);
        if (area != null) {
            for (String child : area.children()) {
                severity = Math.min(severity, worst(child, areas, own, worst));
            }
            for (String leaf : area.leaves()) {
                severity = Math.min(severity, own.getOrDefault(leaf, NONE));
            }
        }
        worst.put(id, severity);
        return severity;
    }
}
