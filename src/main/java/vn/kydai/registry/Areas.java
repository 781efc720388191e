package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The area tree (cây đơn vị hành chính) with validity. Immutable.
 *
 * <p>An area's id never changes meaning, while the law has reused codes. A {@code region} (vùng điều hành) is a node of
 * the operator's own making, whose members keep being shown under it after the law has dissolved them.
 */
public final class Areas {
    /** A tree without areas. */
    public static final Areas NONE = new Areas(List.of());

    private final List<Area> areas;

    private Areas(List<Area> areas) {
        this.areas = List.copyOf(areas);
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
            @Nullable Double longitude) {
        public Area {
            members = List.copyOf(members);
        }
    }

    /** Reads the part {@code areas}; fails with {@link InvalidPart} naming the pointer of what is wrong. */
    public static Areas of(JsonNode part) {
        return Unwritten.yet();
    }

    /** Returns all areas in configured order. */
    public List<Area> all() {
        return areas;
    }

    /** Finds an area by id, whatever its validity. */
    public Optional<Area> find(String id) {
        return areas.stream().filter(area -> area.id().equals(id)).findFirst();
    }

    /** Returns ids of the direct children on a date, in configured order: of a region its members, whatever their own validity. */
    public List<String> children(String id, LocalDate date) {
        return Unwritten.yet();
    }

    /** Returns ids of the leaves of the subtree on a date, itself when it is one. */
    public List<String> leaves(String id, LocalDate date) {
        return Unwritten.yet();
    }

    /** Tells whether an area lies in the subtree of a scope on a date, itself included. */
    public boolean isWithin(String id, String scope, LocalDate date) {
        return Unwritten.yet();
    }
}
