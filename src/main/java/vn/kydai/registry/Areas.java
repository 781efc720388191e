package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The area tree (cây đơn vị hành chính) with validity. Immutable.
 *
 * <p>An area's id never changes meaning, while the law has reused codes. A {@code region} (vùng điều hành) is a node of
 * the operator's own making, whose members keep being shown under it after the law has dissolved them; any node that
 * lists {@code members} is one, whatever its level.
 */
public final class Areas {
    /** A tree without areas. */
    public static final Areas NONE = new Areas(List.of());

    private final List<Area> areas;
    private final Map<String, Area> byId = new HashMap<>();

    /** The region of each member. */
    private final Map<String, String> regions = new HashMap<>();

    /** Whatever is an area's child on some day. */
    private final Map<String, List<Area>> children = new HashMap<>();

    /** The units each one took over, and those they had taken over, by the first day they no longer were. */
    private final Map<String, SortedMap<String, LocalDate>> predecessors = new HashMap<>();

    private final Lineage lineage;

    Areas(List<Area> areas) {
        this.areas = List.copyOf(areas);
        for (Area area : areas) {
            byId.put(area.id(), area);
            area.members().forEach(member -> regions.put(member, area.id()));
        }
        for (Area area : areas) {
            children.put(area.id(), childrenOf(area));
        }
        for (Area area : areas) {
            inherit(area);
        }
        this.lineage = new Lineage(this.areas, regions);
    }

    /**
     * One unit.
     *
     * @param level {@code province}, {@code district}, {@code commune} or {@code region}
     * @param members of a region: ids of its direct children
     * @param validFrom inclusive, absent = always
     * @param validTo exclusive, absent = open
     * @param latitude of its centre, degrees WGS84
     * @param longitude of its centre, degrees WGS84
     * @param type what the law calls it: {@code xã}, {@code phường}, {@code thị trấn} …
     * @param successor id of the unit that took it over on {@code validTo}
     * @param parentBefore its parent until a date, when it changed
     */
    public record Area(
            String id,
            String code,
            String name,
            String nameEn,
            String level,
            @Nullable String parent,
            List<String> members,
            @Nullable LocalDate validFrom,
            @Nullable LocalDate validTo,
            @Nullable Double latitude,
            @Nullable Double longitude,
            @Nullable String type,
            @Nullable String successor,
            @Nullable ParentBefore parentBefore) {
        public Area {
            members = List.copyOf(members);
        }

        /** Tells whether the law knows it on a date. */
        public boolean isValidOn(LocalDate date) {
            return (validFrom == null || !date.isBefore(validFrom)) && (validTo == null || date.isBefore(validTo));
        }
    }

    /** A parent until before a date. */
    public record ParentBefore(String id, LocalDate until) {}

    /**
     * What an area's figures are made of.
     *
     * @param leaves ids of the lowest areas of its subtree
     * @param takenOver ids of units that these stand in the place of: whatever belongs to them counts too, also what was
     *     told under their name before the tree knew of their end
     * @param inherited ids of units that these took over and that an operating region still lists, none of them a leaf, by
     *     the first day they no longer were: the dossiers they had received before count too, what comes later is the region's
     */
    public record Makeup(List<String> leaves, SortedSet<String> takenOver, SortedMap<String, LocalDate> inherited) {
        public Makeup {
            leaves = List.copyOf(leaves);
            takenOver = Collections.unmodifiableSortedSet(new TreeSet<>(takenOver));
            inherited = Collections.unmodifiableSortedMap(new TreeMap<>(inherited));
        }
    }

    /** Reads {@code {"areas": [{"id": "477", "name": "Quảng Điền", "level": "district", …}]}}; {@link InvalidPart} says where. */
    public static Areas of(JsonNode part) {
        return AreaChecks.checked(AreasJson.read(part));
    }

    /** Reads what passed the checks of an earlier build: refuses only what no tree can be made of. */
    static Areas journaled(JsonNode part) {
        return AreaChecks.unchecked(AreasJson.read(part));
    }

    /** Returns all areas in configured order. */
    public List<Area> all() {
        return areas;
    }

    /** Returns which units are one over time, and which lie above which. */
    public Lineage lineage() {
        return lineage;
    }

    /** Finds an area by id, whatever its validity. */
    public Optional<Area> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Returns ids of the direct children on a date, in configured order: of a region its members, whatever their own validity. */
    public List<String> children(String id, LocalDate date) {
        return children.getOrDefault(id, List.of()).stream()
                .filter(child -> isShown(child, date) && id.equals(parent(child.id(), date)))
                .map(Area::id)
                .toList();
    }

    /** Returns ids of the leaves of the subtree on a date, itself when it is one. */
    public List<String> leaves(String id, LocalDate date) {
        List<String> below = children(id, date);
        return below.isEmpty()
                ? List.of(id)
                : below.stream().flatMap(child -> leaves(child, date).stream()).toList();
    }

    /** Returns what the figures of an area are made of on a date, or on its last day if it has ended by then. */
    public Makeup lastMakeup(String id, LocalDate date) {
        return makeup(id, lastDay(id, date));
    }

    /** Returns a date, or the last day of an area that has ended by then. */
    public LocalDate lastDay(String id, LocalDate date) {
        LocalDate end = find(id).map(Area::validTo).orElse(null);
        return end == null || date.isBefore(end) ? date : end.minusDays(1);
    }

    /** Returns what the figures of an area are made of, by the tree of a date. */
    public Makeup makeup(String id, LocalDate date) {
        List<String> leaves = leaves(id, date);
        SortedMap<String, LocalDate> inherited = new TreeMap<>();
        for (String leaf : leaves) {
            predecessors.getOrDefault(leaf, Collections.emptySortedMap()).forEach((before, until) -> {
                if (hasPassed(before, leaf, date)) {
                    inherited.put(before, until);
                }
            });
        }
        inherited.keySet().removeAll(leaves);
        SortedSet<String> takenOver = new TreeSet<>(inherited.keySet());
        takenOver.removeIf(this::isMember);
        inherited.keySet().removeAll(takenOver);
        return new Makeup(leaves, takenOver, inherited);
    }

    /**
     * Returns ids of the units of the subtree on a date that are no leaves, itself when it is none, and of those that these
     * took over and no region keeps: an office above the communes receives and decides too.
     */
    public SortedSet<String> inner(String id, LocalDate date) {
        Set<String> inner = new TreeSet<>();
        addInner(id, date, inner);
        for (String unit : List.copyOf(inner)) {
            predecessors.getOrDefault(unit, Collections.emptySortedMap()).forEach((before, until) -> {
                if (!isMember(before) && hasPassed(before, unit, date)) {
                    inner.add(before);
                }
            });
        }
        return Collections.unmodifiableSortedSet(new TreeSet<>(inner));
    }

    /**
     * Returns ids of every unit whose figures an area is made of on a date, leaves and those above them, itself or what stood
     * in its place then included.
     */
    public SortedSet<String> units(String id, LocalDate date) {
        SortedSet<String> units = new TreeSet<>();
        for (String standing : standing(id, date)) {
            units.addAll(leaves(standing, date));
            units.addAll(inner(standing, date));
        }
        return units;
    }

    /** Returns the dates on which the tree changes: some area begins, ends or gets another parent. */
    public SortedSet<LocalDate> changes() {
        return areas.stream()
                .flatMap(area -> Stream.of(
                        area.validFrom(),
                        area.validTo(),
                        area.parentBefore() == null ? null : area.parentBefore().until()))
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void addInner(String id, LocalDate date, Set<String> inner) {
        List<String> below = children(id, date);
        if (!below.isEmpty()) {
            inner.add(id);
            below.forEach(child -> addInner(child, date, inner));
        }
    }

    /**
     * Returns the units that stood on a date where a unit stands later: itself once it is there, before that those it, or
     * one before it, took over from its first day on; itself too where there are none.
     */
    public List<String> standing(String id, LocalDate date) {
        LocalDate from = find(id).map(Area::validFrom).orElse(null);
        if (from == null || !date.isBefore(from) || isMember(id)) {
            return List.of(id);
        }
        List<String> before = areas.stream()
                .filter(area -> id.equals(area.successor()) && from.equals(area.validTo()))
                .flatMap(area -> standing(area.id(), date).stream())
                .toList();
        return before.isEmpty() ? List.of(id) : before;
    }

    /** Tells whether the tree shows an area on some day of a time, last included, or shows then what it took over. */
    public boolean stands(String id, LocalDate first, LocalDate last) {
        Area area = byId.get(id);
        if (area == null) {
            return false;
        }
        boolean hasEnded = area.validTo() != null && !first.isBefore(area.validTo());
        boolean isToCome = area.validFrom() != null && last.isBefore(area.validFrom());
        return isMember(id)
                || (!hasEnded && !isToCome)
                || (isToCome && !standing(id, last).equals(List.of(id)));
    }

    /** Tells whether an area lies in the subtree of a scope on a date, itself included. */
    public boolean isWithin(String id, String scope, LocalDate date) {
        String current = id;
        while (!current.equals(scope)) {
            Area area = byId.get(current);
            String parent = parent(current, date);
            if (area == null || parent == null || !isShown(area, date)) {
                return false;
            }
            current = parent;
        }
        return true;
    }

    /** Tells whether two areas stand below one root on a date, whether or not each was or still is there. */
    public boolean isOneTree(String id, String other, LocalDate date) {
        return root(id, date).equals(root(other, date));
    }

    private String root(String id, LocalDate date) {
        String current = id;
        for (String above = parent(current, date); above != null; above = parent(current, date)) {
            current = above;
        }
        return current;
    }

    /** Returns the parent on a date: of a region's member the region, whatever the law says. */
    @Nullable
    public String parent(String id, LocalDate date) {
        String region = regions.get(id);
        Area area = byId.get(id);
        if (region != null || area == null) {
            return region;
        }
        ParentBefore before = area.parentBefore();
        return before != null && date.isBefore(before.until()) ? before.id() : area.parent();
    }

    /** Follows an area that the law has ended, and that no region keeps, to the unit that stands in its place on a date. */
    public String current(String id, LocalDate date) {
        Area area = byId.get(id);
        while (area != null && hasEnded(area, date)) {
            String successor = area.successor();
            if (successor == null) {
                return area.id();
            }
            area = byId.get(successor);
        }
        return area == null ? id : area.id();
    }

    /** Returns the first day an area no longer is that a region still lists, if another takes it over then. */
    public Optional<LocalDate> inheritedUntil(String id) {
        Area area = byId.get(id);
        return area == null || area.successor() == null || !isMember(id)
                ? Optional.empty()
                : Optional.ofNullable(area.validTo());
    }

    /** Tells whether an operating region lists an area, which keeps it shown after its end. */
    public boolean isMember(String id) {
        return regions.containsKey(id);
    }

    /** Tells whether a unit, or one that took it over, has become another one by a date: that may be older than the change. */
    private boolean hasPassed(String before, String heir, LocalDate date) {
        Area unit = byId.get(before);
        while (unit != null && unit.validTo() != null && !date.isBefore(unit.validTo()) && unit.successor() != null) {
            if (heir.equals(unit.successor())) {
                return true;
            }
            unit = byId.get(unit.successor());
        }
        return false;
    }

    private boolean hasEnded(Area area, LocalDate date) {
        LocalDate end = area.validTo();
        return end != null && !date.isBefore(end) && !isMember(area.id());
    }

    private boolean isShown(Area child, LocalDate date) {
        return child.isValidOn(date) || isMember(child.id());
    }

    private void inherit(Area area) {
        Area heir = area;
        LocalDate until = area.validTo();
        // A tree that has not been checked yet may go round in circles.
        for (int steps = 0; steps < areas.size() && until != null && heir != null; steps++) {
            String successor = heir.successor();
            heir = successor == null ? null : byId.get(successor);
            if (heir != null) {
                predecessors.computeIfAbsent(heir.id(), key -> new TreeMap<>()).put(area.id(), until);
            }
        }
    }

    private List<Area> childrenOf(Area area) {
        Stream<Area> members = area.members().stream().map(byId::get);
        Stream<Area> others = areas.stream()
                .filter(other -> !isMember(other.id()))
                .filter(other -> area.id().equals(other.parent())
                        || (other.parentBefore() != null
                                && area.id().equals(other.parentBefore().id())));
        return Stream.concat(members, others).toList();
    }
}
