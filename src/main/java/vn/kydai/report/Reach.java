package vn.kydai.report;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Caller;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;
import vn.kydai.event.Event;
import vn.kydai.registry.Areas;
import vn.kydai.registry.Areas.Area;
import vn.kydai.registry.WorkingCalendar;

/**
 * How far a viewer sees: one area's subtree, which lies in its scope.
 *
 * @param area id of the subtree's top
 * @param seesOwnEvents whether the product's own events, which belong to no area, are seen too
 */
record Reach(Areas areas, String area, boolean seesOwnEvents) {
    /** Area of the product's own events. */
    private static final String NO_AREA = "-";

    /**
     * Finds out what was asked for and whether the viewer may see it.
     *
     * @param asked id of an area, absent for the whole scope
     */
    static Reach of(Areas areas, Caller.Viewer viewer, @Nullable String asked, Instant now) {
        if (asked == null || asked.equals(viewer.scope())) {
            Reach own = new Reach(areas, viewer.scope(), false);
            // They tell of the whole installation, so an administrator of a part of it sees none.
            return new Reach(areas, viewer.scope(), viewer.role() == Role.ADMIN && own.isWhole());
        }
        Area area = areas.find(asked).orElseThrow(() -> Problem.unknownArea(asked));
        if (!isWithin(areas, area, viewer.scope(), WorkingCalendar.dateOf(now))) {
            throw viewer.foreign(asked);
        }
        return new Reach(areas, asked, false);
    }

    /** Refuses with 404 when the tree does not show the area on any day from one to another, inclusive. */
    Reach during(LocalDate first, LocalDate last) {
        if (!areas.stands(area, first, last)) {
            Area unit = areas.find(area).orElseThrow(() -> Problem.unknownArea(area));
            throw Problem.outsideTree(area, unit.validFrom(), unit.validTo());
        }
        return this;
    }

    /** Tells whether an event happened in this subtree, as the tree was at its time. */
    boolean sees(Event event) {
        return event.area().equals(NO_AREA)
                ? seesOwnEvents
                : areas.isWithin(event.area(), area, WorkingCalendar.dateOf(event.eventTime()));
    }

    /** Tells whether nothing lies above: then what belongs to no area is counted here. */
    boolean isWhole() {
        return areas.find(area).filter(top -> top.parent() == null).isPresent()
                && areas.all().stream().noneMatch(other -> other.members().contains(area));
    }

    /** An area that has ended is judged by its last day. */
    private static boolean isWithin(Areas areas, Area area, String scope, LocalDate today) {
        LocalDate end = area.validTo();
        return areas.isWithin(area.id(), scope, today)
                || (end != null && !end.isAfter(today) && areas.isWithin(area.id(), scope, end.minusDays(1)));
    }
}
