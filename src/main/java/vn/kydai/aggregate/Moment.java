package vn.kydai.aggregate;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import vn.kydai.registry.WorkingCalendar;
import vn.kydai.registry.WorkingCalendar.Opening;

/**
 * An instant and what follows from it by the calendar alone.
 *
 * @param usual how the desks stand that have no hours of their own
 * @param wasUsuallyOpen whether these were open half an hour ago too
 */
record Moment(Instant now, Phase phase, Opening usual, boolean wasUsuallyOpen, WorkingCalendar calendar) {
    /** A desk is missed only when it has been silent this long in opening hours. */
    static final Duration DESK_PATIENCE = Duration.ofMinutes(30);

    /**
     * What the counted figures depend on: they change with these and with events, not with every instant.
     *
     * @param minute epoch minute
     * @param day the local date, as epoch day
     * @param nextWorkingDay the next working date
     * @param isUsualQueueOpen whether tickets still wait, until half an hour after closing, where the usual hours hold
     * @param otherQueues areas of desks with hours of their own where it is the other way round
     * @param firstQuarter first quarter of an hour a chart must show
     * @param lastQuarter last quarter of an hour a chart must show; before the first for none
     */
    record Phase(
            long minute,
            int day,
            int nextWorkingDay,
            boolean isUsualQueueOpen,
            Set<String> otherQueues,
            int firstQuarter,
            int lastQuarter) {
        /** Tells whether tickets still wait at the desks of an area. */
        boolean isQueueOpen(String area) {
            return isUsualQueueOpen != otherQueues.contains(area);
        }

        /** Returns the quarter of an hour of the day. */
        int quarter() {
            return (int) ((minute - Quarters.startOf(day) / Micros.MINUTE) / 15);
        }
    }

    /** Tells how the desks of an area stand. */
    Opening opening(String area) {
        return calendar.hasOwnHours(area) ? calendar.opening(area, now) : usual;
    }

    /** Tells whether the desks of an area were open half an hour ago. */
    boolean wasOpenBefore(String area) {
        return calendar.hasOwnHours(area)
                ? calendar.opening(area, now.minus(DESK_PATIENCE)).isOpen()
                : wasUsuallyOpen;
    }

    long micros() {
        return Micros.of(now);
    }
}
