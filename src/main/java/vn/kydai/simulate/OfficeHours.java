package vn.kydai.simulate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vn.kydai.registry.WorkingCalendar;

/** Reckons in the time the desks are open. Remembers the days it has worked out. */
final class OfficeHours {
    private static final Duration STEP = Duration.ofMinutes(1);

    private final WorkingCalendar calendar;
    private final Map<LocalDate, OfficeDay> days = new ConcurrentHashMap<>();

    OfficeHours(WorkingCalendar calendar) {
        this.calendar = calendar;
    }

    WorkingCalendar calendar() {
        return calendar;
    }

    OfficeDay day(LocalDate date) {
        return days.computeIfAbsent(date, this::workedOut);
    }

    /** Returns the moment at which so much working time has passed since an instant. */
    Instant after(Instant from, Duration work) {
        OfficeDay day = workingDay(WorkingCalendar.dateOf(from));
        Duration worked = day.before(from).plus(work);
        while (worked.compareTo(day.length()) >= 0) {
            worked = worked.minus(day.length());
            day = day(calendar.nextWorkingDay(day.date()));
        }
        return day.after(worked);
    }

    /** Returns how much working time lies between two instants. */
    Duration between(Instant from, Instant to) {
        LocalDate last = WorkingCalendar.dateOf(to);
        Duration work = Duration.ZERO;
        OfficeDay day = workingDay(WorkingCalendar.dateOf(from));
        Duration done = day.before(from);
        while (day.date().isBefore(last)) {
            work = work.plus(day.length()).minus(done);
            done = Duration.ZERO;
            day = day(calendar.nextWorkingDay(day.date()));
        }
        return day.date().equals(last) ? work.plus(day.before(to)).minus(done) : work;
    }

    /** Returns the n-th working day after a date. */
    OfficeDay workingDaysAfter(LocalDate date, int days) {
        LocalDate day = date;
        for (int counted = 0; counted < days; counted++) {
            day = calendar.nextWorkingDay(day);
        }
        return workingDay(day);
    }

    private OfficeDay workingDay(LocalDate date) {
        return day(calendar.isWorkingDay(date) ? date : calendar.nextWorkingDay(date));
    }

    private OfficeDay workedOut(LocalDate date) {
        Instant midnight = date.plusDays(1).atStartOfDay(WorkingCalendar.ZONE).toInstant();
        List<OfficeDay.Session> sessions = new ArrayList<>();
        Instant at = date.atStartOfDay(WorkingCalendar.ZONE).toInstant();
        while (at.isBefore(midnight)) {
            WorkingCalendar.Opening opening = calendar.opening(at);
            if (opening.isOpen()) {
                Instant start = at;
                while (at.isBefore(midnight) && calendar.opening(at).isOpen()) {
                    at = at.plus(STEP);
                }
                sessions.add(new OfficeDay.Session(start, at));
            } else {
                at = opening.opensAt() == null ? midnight : opening.opensAt();
            }
        }
        return new OfficeDay(date, calendar.isWorkingDay(date), sessions);
    }
}
