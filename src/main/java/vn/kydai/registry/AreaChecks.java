package vn.kydai.registry;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vn.kydai.config.Nearest;
import vn.kydai.registry.Areas.Area;
import vn.kydai.registry.Areas.ParentBefore;

/** What must hold between the areas of a part; each failure is an {@link InvalidPart} with its pointer. */
final class AreaChecks {
    private final List<Area> areas;
    private final Map<String, String> pointers = new LinkedHashMap<>();

    AreaChecks(List<Area> areas) {
        this.areas = areas;
        for (int index = 0; index < areas.size(); index++) {
            pointers.put(areas.get(index).id(), "/areas/" + index);
        }
    }

    /** Makes the tree of areas that hold all that must. */
    static Areas checked(List<Area> areas) {
        AreaChecks checks = new AreaChecks(areas);
        checks.references();
        Areas tree = new Areas(areas);
        checks.cycles(tree);
        checks.dates(tree);
        return tree;
    }

    /** Makes the tree of areas that are journaled; in a circle there is none. */
    static Areas unchecked(List<Area> areas) {
        Areas tree = new Areas(areas);
        new AreaChecks(areas).cycles(tree);
        return tree;
    }

    /** Every id named exists, and nothing has two parents at once. */
    void references() {
        Map<String, String> regions = new HashMap<>();
        for (Area area : areas) {
            checkKnown(area.parent(), pointer(area, "/parent"));
            checkKnown(area.successor(), pointer(area, "/successor"));
            ParentBefore before = area.parentBefore();
            checkKnown(before == null ? null : before.id(), pointer(area, "/parentBefore/id"));
            for (int index = 0; index < area.members().size(); index++) {
                String member = area.members().get(index);
                String at = pointer(area, "/members/" + index);
                checkKnown(member, at);
                String other = regions.putIfAbsent(member, area.id());
                if (other != null) {
                    throw new InvalidPart(at, "found " + member + ", already a member of " + other + "; allowed: one");
                }
            }
        }
        for (Area area : areas) {
            String region = regions.get(area.id());
            if (region != null && area.parent() != null && !area.parent().equals(region)) {
                throw new InvalidPart(
                        pointer(area, "/parent"),
                        "found " + area.parent() + " while it is a member of " + region
                                + "; allowed: one parent, so leave this out or name " + region);
            }
        }
    }

    /** Nothing lies below itself, on any day. */
    void cycles(Areas tree) {
        Set<LocalDate> days = new TreeSet<>(Set.of(LocalDate.MIN, LocalDate.MAX));
        for (Area area : areas) {
            ParentBefore before = area.parentBefore();
            if (before != null) {
                days.add(before.until());
            }
        }
        for (LocalDate day : days) {
            for (Area area : areas) {
                checkNoCycle(tree, area, day);
            }
        }
    }

    /** On no day are there two units of one code, a unit without its parent, or nobody in the place of one that ended. */
    void dates(Areas tree) {
        for (int index = 0; index < areas.size(); index++) {
            Area area = areas.get(index);
            checkCode(area, areas.subList(0, index));
            checkSuccessor(tree, area);
            if (!tree.isMember(area.id())) {
                checkParents(tree, area);
            }
        }
    }

    private void checkNoCycle(Areas tree, Area area, LocalDate day) {
        Set<String> seen = new HashSet<>();
        String current = area.id();
        while (current != null) {
            if (!seen.add(current)) {
                throw new InvalidPart(
                        pointer(area, ""), "found a cycle: " + current + " lies below itself; allowed: a tree");
            }
            current = tree.parent(current, day);
        }
    }

    private void checkCode(Area area, List<Area> others) {
        for (Area other : others) {
            if (other.code().equals(area.code())
                    && startsBefore(area.validFrom(), other.validTo())
                    && startsBefore(other.validFrom(), area.validTo())) {
                throw new InvalidPart(
                        pointer(area, ""),
                        "found the code " + area.code() + " on the same dates as " + other.id()
                                + "; allowed: one unit of a code at a time");
            }
        }
    }

    private void checkSuccessor(Areas tree, Area area) {
        String successor = area.successor();
        if (successor == null) {
            return;
        }
        LocalDate end = area.validTo();
        if (end == null) {
            throw new InvalidPart(
                    pointer(area, "/successor"),
                    "found " + successor + " while " + area.id() + " never ends; allowed: with a validTo");
        }
        if (!tree.find(successor).orElseThrow().isValidOn(end)) {
            throw new InvalidPart(
                    pointer(area, "/successor"),
                    "found " + successor + ", which is not valid on " + end + ", when " + area.id()
                            + " ends; allowed: one that is, without a gap");
        }
    }

    private void checkParents(Areas tree, Area area) {
        ParentBefore before = area.parentBefore();
        if (before != null) {
            checkCovers(tree, area, before.id(), area.validFrom(), earlier(before.until(), area.validTo()));
        }
        String parent = area.parent();
        if (parent != null) {
            LocalDate from = before == null ? area.validFrom() : before.until();
            checkCovers(tree, area, parent, from, area.validTo());
        }
    }

    private void checkCovers(Areas tree, Area area, String parentId, @Nullable LocalDate from, @Nullable LocalDate to) {
        Area parent = tree.find(parentId).orElseThrow();
        if (tree.isMember(parentId)) {
            return;
        }
        LocalDate parentFrom = parent.validFrom();
        LocalDate parentTo = parent.validTo();
        boolean startsInTime = parentFrom == null || (from != null && !from.isBefore(parentFrom));
        boolean lastsLongEnough = parentTo == null || (to != null && !to.isAfter(parentTo));
        if (!startsInTime || !lastsLongEnough) {
            throw new InvalidPart(
                    pointer(area, "/parent"),
                    "found " + parentId + ", valid "
                            + (parentFrom == null ? "" : "from " + parentFrom + " ")
                            + (parentTo == null ? "without end" : "until before " + parentTo) + ", but "
                            + area.id() + " lies below it on other days too"
                            + "; allowed: a parent for every day (parentBefore: {id, until} for an earlier one)");
        }
    }

    private void checkKnown(@Nullable String id, String pointer) {
        if (id != null && !pointers.containsKey(id)) {
            throw new InvalidPart(
                    pointer,
                    "found " + id + ", which no area is called" + Nearest.hint(id, pointers.keySet())
                            + "; allowed: an id of /areas");
        }
    }

    private String pointer(Area area, String field) {
        return pointers.getOrDefault(area.id(), "") + field;
    }

    private static LocalDate earlier(LocalDate one, @Nullable LocalDate other) {
        return other != null && other.isBefore(one) ? other : one;
    }

    private static boolean startsBefore(@Nullable LocalDate from, @Nullable LocalDate to) {
        return from == null || to == null || from.isBefore(to);
    }
}
