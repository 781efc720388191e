package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.kydai.config.Nearest;

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

    private static final Pattern ID = Pattern.compile("[0-9A-Za-z@-]+");
    private static final List<String> LEVELS = List.of("province", "district", "commune", "region");

    private final List<Area> areas;
    private final Map<String, Area> byId = new HashMap<>();
    private final Map<String, String> parents = new HashMap<>();
    private final Map<String, List<Area>> children = new HashMap<>();

    private Areas(List<Area> areas) {
        this.areas = List.copyOf(areas);
        for (Area area : areas) {
            byId.put(area.id(), area);
            area.members().forEach(member -> parents.put(member, area.id()));
        }
        for (Area area : areas) {
            if (area.parent() != null) {
                parents.putIfAbsent(area.id(), area.parent());
            }
        }
        for (Area area : areas) {
            children.put(area.id(), childrenOf(area));
        }
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
     * @param successor id of the unit that took it over
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
            @Nullable String successor) {
        public Area {
            members = List.copyOf(members);
        }

        /** Tells whether the law knows it on a date. */
        public boolean isValidOn(LocalDate date) {
            return (validFrom == null || !date.isBefore(validFrom)) && (validTo == null || date.isBefore(validTo));
        }
    }

    /**
     * Reads the part {@code areas}, {@code {"areas": [{"id": "477", "name": "Quảng Điền", "level": "district", …}]}};
     * fails with {@link InvalidPart} naming the pointer of what is wrong.
     */
    public static Areas of(JsonNode part) {
        List<Area> areas = List.copyOf(Fields.of(part, "", "areas")
                .distinct("areas", "id", Areas::area, Area::id)
                .values());
        checkReferences(areas);
        Areas tree = new Areas(areas);
        tree.checkCycles();
        return tree;
    }

    /** Returns all areas in configured order. */
    public List<Area> all() {
        return areas;
    }

    /** Finds an area by id, whatever its validity. */
    public Optional<Area> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Returns ids of the direct children on a date, in configured order: of a region its members, whatever their own validity. */
    public List<String> children(String id, LocalDate date) {
        return children.getOrDefault(id, List.of()).stream()
                .filter(child -> isShown(child, date))
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

    /** Tells whether an area lies in the subtree of a scope on a date, itself included. */
    public boolean isWithin(String id, String scope, LocalDate date) {
        String current = id;
        while (!current.equals(scope)) {
            Area area = byId.get(current);
            String parent = parents.get(current);
            if (area == null || parent == null || !isShown(area, date)) {
                return false;
            }
            current = parent;
        }
        return true;
    }

    private boolean isShown(Area child, LocalDate date) {
        return child.isValidOn(date) || isMember(child);
    }

    private boolean isMember(Area child) {
        Area parent = byId.get(parents.getOrDefault(child.id(), ""));
        return parent != null && parent.members().contains(child.id());
    }

    private List<Area> childrenOf(Area area) {
        Stream<Area> members = area.members().stream().map(byId::get);
        Stream<Area> others = areas.stream()
                .filter(other -> area.id().equals(parents.get(other.id())))
                .filter(other -> !area.members().contains(other.id()));
        return Stream.concat(members, others).toList();
    }

    private static Area area(JsonNode node, String pointer) {
        Fields fields = Fields.of(
                node,
                pointer,
                "id",
                "code",
                "name",
                "nameEn",
                "level",
                "parent",
                "members",
                "validFrom",
                "validTo",
                "latitude",
                "longitude",
                "type",
                "successor");
        String id = fields.matching("id", ID);
        String code = fields.textOrNull("code");
        String nameEn = fields.textOrNull("nameEn");
        Area area = new Area(
                id,
                code == null ? id.replaceFirst("@.*", "") : code,
                fields.text("name"),
                nameEn == null ? fields.text("name") : nameEn,
                fields.oneOf("level", LEVELS),
                fields.textOrNull("parent"),
                fields.list("members", (member, at) -> Fields.matching(member, at, ID)),
                fields.dateOrNull("validFrom"),
                fields.dateOrNull("validTo"),
                fields.numberOrNull("latitude", -90, 90),
                fields.numberOrNull("longitude", -180, 180),
                fields.textOrNull("type"),
                fields.textOrNull("successor"));
        if (area.validFrom() != null
                && area.validTo() != null
                && !area.validFrom().isBefore(area.validTo())) {
            throw fields.invalid("validTo", "a date after validFrom " + area.validFrom());
        }
        return area;
    }

    private static void checkReferences(List<Area> areas) {
        Map<String, String> pointers = new LinkedHashMap<>();
        for (int index = 0; index < areas.size(); index++) {
            pointers.put(areas.get(index).id(), "/areas/" + index);
        }
        Map<String, String> regions = new HashMap<>();
        for (Area area : areas) {
            String pointer = pointers.getOrDefault(area.id(), "");
            checkKnown(area.parent(), pointer + "/parent", pointers.keySet());
            checkKnown(area.successor(), pointer + "/successor", pointers.keySet());
            for (int index = 0; index < area.members().size(); index++) {
                String member = area.members().get(index);
                String at = pointer + "/members/" + index;
                checkKnown(member, at, pointers.keySet());
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
                        pointers.get(area.id()) + "/parent",
                        "found " + area.parent() + " while it is a member of " + region
                                + "; allowed: one parent, so leave this out or name " + region);
            }
        }
    }

    private static void checkKnown(@Nullable String id, String pointer, Set<String> known) {
        if (id != null && !known.contains(id)) {
            throw new InvalidPart(
                    pointer,
                    "found " + id + ", which no area is called" + Nearest.hint(id, known)
                            + "; allowed: an id of /areas");
        }
    }

    private void checkCycles() {
        for (int index = 0; index < areas.size(); index++) {
            Set<String> seen = new HashSet<>();
            String current = areas.get(index).id();
            while (current != null) {
                if (!seen.add(current)) {
                    throw new InvalidPart(
                            "/areas/" + index, "found a cycle: " + current + " lies below itself; allowed: a tree");
                }
                current = parents.get(current);
            }
        }
    }
}
