package vn.kydai.simulate;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import vn.kydai.registry.WorkingCalendar;

/** What is still to be sent, one date at a time. Holds about two days; not thread-safe. */
final class Agenda {
    private final District district;
    private final PriorityQueue<Emission> ahead = new PriorityQueue<>(Emission.ORDER);
    private LocalDate planned;

    /** Plans everything that is sent after an instant, late sends of the day before included. */
    Agenda(District district, Instant after) {
        this.district = district;
        this.planned = WorkingCalendar.dateOf(after).minusDays(2);
        plan(WorkingCalendar.dateOf(after));
        ahead.removeIf(emission -> !emission.sendAt().isAfter(after));
    }

    /** Tells whether a date is planned; if not, taking from it plans it first, which takes a while. */
    boolean isPlanned(LocalDate date) {
        return !planned.isBefore(date);
    }

    /** Takes everything that is to be sent by an instant. */
    List<Emission> take(Instant now) {
        plan(WorkingCalendar.dateOf(now));
        List<Emission> due = new ArrayList<>();
        while (!ahead.isEmpty() && !ahead.peek().sendAt().isAfter(now)) {
            due.add(ahead.remove());
        }
        return due;
    }

    /** Plans everything up to a date. */
    void plan(LocalDate date) {
        while (planned.isBefore(date)) {
            planned = planned.plusDays(1);
            ahead.addAll(district.day(planned));
        }
    }
}
