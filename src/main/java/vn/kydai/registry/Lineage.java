package vn.kydai.registry;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.kydai.registry.Areas.Area;

/**
 * Which units are one over time, whatever the date: a unit that the law has ended, and that no region keeps, is one with the
 * unit that took it over. A line (dòng kế thừa) is named by the last of its units. Immutable.
 */
public final class Lineage {
    private final Map<String, String> lines = new HashMap<>();

    /** The lines that took each one over while a region keeps it, the nearest first. */
    private final Map<String, Set<String>> heirs = new HashMap<>();

    /** The lines right above each one on some day. */
    private final Map<String, Set<String>> parents = new HashMap<>();

    Lineage(List<Area> areas, Map<String, String> regions) {
        Map<String, Area> byId = new HashMap<>();
        areas.forEach(area -> byId.put(area.id(), area));
        areas.forEach(area -> lines.put(area.id(), last(area, byId, regions)));
        for (Area area : areas) {
            if (regions.containsKey(area.id())) {
                heirs.put(area.id(), heirs(area, byId));
            }
            Set<String> above = parents.computeIfAbsent(line(area.id()), key -> new TreeSet<>());
            parents(area, regions).map(this::line).forEach(above::add);
        }
    }

    /** Returns the line of an area; of one that is not known itself. */
    public String line(String area) {
        return lines.getOrDefault(area, area);
    }

    /** Returns the lines that took over what a line received, while a region keeps it as a unit of its own. */
    public Set<String> heirs(String line) {
        return heirs.getOrDefault(line, Set.of());
    }

    /** Tells whether one area is the other, over time, or lies above it, or took it over. */
    public boolean isRelated(String one, String other) {
        String line = line(one);
        String otherLine = line(other);
        return line.equals(otherLine)
                || heirs(line).contains(otherLine)
                || heirs(otherLine).contains(line)
                || isAbove(line, otherLine)
                || isAbove(otherLine, line);
    }

    private boolean isAbove(String upper, String lower) {
        Set<String> seen = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(Set.of(lower));
        while (!open.isEmpty()) {
            for (String parent : parents.getOrDefault(open.remove(), Set.of())) {
                if (parent.equals(upper)) {
                    return true;
                }
                if (seen.add(parent)) {
                    open.add(parent);
                }
            }
        }
        return false;
    }

    private static Stream<String> parents(Area area, Map<String, String> regions) {
        return Stream.of(
                        regions.get(area.id()),
                        area.parent(),
                        area.parentBefore() == null ? null : area.parentBefore().id())
                .filter(Objects::nonNull);
    }

    /** Follows it to the unit that nobody took over, or that a region keeps; what goes round in circles stays itself. */
    private static String last(Area area, Map<String, Area> byId, Map<String, String> regions) {
        Area unit = area;
        for (int steps = 0; steps <= byId.size(); steps++) {
            @Nullable
            Area next = regions.containsKey(unit.id()) || unit.successor() == null ? null : byId.get(unit.successor());
            if (next == null) {
                return unit.id();
            }
            unit = next;
        }
        return area.id();
    }

    private Set<String> heirs(Area area, Map<String, Area> byId) {
        Set<String> found = new LinkedHashSet<>();
        @Nullable Area next = area.successor() == null ? null : byId.get(area.successor());
        while (next != null && found.add(line(next.id()))) {
            next = next.successor() == null ? null : byId.get(next.successor());
        }
        found.remove(area.id());
        return Collections.unmodifiableSet(found);
    }
}
