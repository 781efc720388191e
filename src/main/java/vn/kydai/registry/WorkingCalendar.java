package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.kydai.registry.CalendarJson.Hours;
import vn.kydai.registry.CalendarJson.Session;
import vn.kydai.registry.CalendarJson.Tables;
import vn.kydai.registry.Procedures.TimeUnit;

/** The working calendar (lịch làm việc): opening sessions by season, days off, worked Saturdays. Immutable. */
public final class WorkingCalendar {
    /** Local time of every figure; no daylight saving. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    /** Sessions where the calendar's hours say nothing. */
    private static final List<Session> PLAIN_SESSIONS = List.of(
            new Session(LocalTime.of(7, 30), LocalTime.of(11, 30)),
            new Session(LocalTime.of(13, 0), LocalTime.of(17, 0)));

    /** Monday to Friday, 07:30–11:30 and 13:00–17:00, no holidays. */
    public static final WorkingCalendar PLAIN = new WorkingCalendar(new Tables(
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            List.of(new Hours(null, null, EnumSet.allOf(Month.class), PLAIN_SESSIONS)),
            List.of(),
            Map.of(),
            Set.of()));

    /** "After 15:00" a same-day result may come the next working day (Nghị định 23/2015/NĐ-CP, Điều 7). */
    private static final LocalTime SAME_DAY_UNTIL = LocalTime.of(15, 0);

    /** Longest search for a working day; far more than any run of days off. */
    private static final int MAX_DAYS = 400;

    private final Tables tables;

    private WorkingCalendar(Tables tables) {
        this.tables = tables;
    }

    /**
     * How the desks stand at an instant.
     *
     * @param isOpen whether they receive
     * @param why if not: {@code night}, {@code lunch}, {@code weekend} or {@code holiday}
     * @param holiday name of the day off
     * @param opensAt when they open next
     */
    public record Opening(
            boolean isOpen,
            @Nullable String why,
            @Nullable String holiday,
            @Nullable Instant opensAt) {}

    /** Reads the part {@code calendar}: {@code {"workingWeekdays": […], "hours": […], "daysOff": […], …}}. */
    public static WorkingCalendar of(JsonNode part) {
        return new WorkingCalendar(CalendarJson.read(part));
    }

    /** Returns the local date of an instant. */
    public static LocalDate dateOf(Instant instant) {
        return LocalDate.ofInstant(instant, ZONE);
    }

    /** Tells whether deadlines count a date. */
    public boolean isWorkingDay(LocalDate date) {
        return tables.weekdays().contains(date.getDayOfWeek())
                ? !tables.daysOff().containsKey(date)
                : tables.workedDays().contains(date);
    }

    /** Returns the next working day after a date. */
    public LocalDate nextWorkingDay(LocalDate date) {
        LocalDate next = date.plusDays(1);
        for (int days = 0; days < MAX_DAYS; days++) {
            if (isWorkingDay(next)) {
                return next;
            }
            next = next.plusDays(1);
        }
        throw new IllegalStateException("no working day within " + MAX_DAYS + " days after " + date);
    }

    /** Tells how the desks stand. */
    public Opening opening(Instant now) {
        LocalDateTime local = LocalDateTime.ofInstant(now, ZONE);
        LocalDate date = local.toLocalDate();
        LocalTime time = local.toLocalTime();
        List<Session> sessions = receiving(date);
        for (Session session : sessions) {
            if (!time.isBefore(session.start()) && time.isBefore(session.end())) {
                return new Opening(true, null, null, null);
            }
        }
        Instant opensAt = opensAfter(date, time);
        String holiday = tables.daysOff().get(date);
        if (holiday != null) {
            return new Opening(false, "holiday", holiday, opensAt);
        }
        return new Opening(false, whyClosed(date, time, sessions), null, opensAt);
    }

    /** Returns when the last session of a date ends, Saturday desks included; absent when closed all day. */
    public Optional<Instant> closing(LocalDate date) {
        List<Session> sessions = receiving(date);
        return sessions.isEmpty() ? Optional.empty() : Optional.of(instant(date, last(sessions)));
    }

    /**
     * Returns when a dossier received at an instant is due, if nothing pauses it. The first day is not counted (Bộ luật
     * Dân sự 2015, Điều 147) and a period ending on a day off ends on the next working day (Điều 148).
     */
    public Instant due(Instant receivedAt, TimeUnit unit, int time) {
        LocalDateTime received = LocalDateTime.ofInstant(receivedAt, ZONE);
        return switch (unit) {
            case WORKING_DAYS -> endOf(workingDaysAfter(dayZero(received), time));
            case CALENDAR_DAYS -> endOf(sameOrNext(dayZero(received).plusDays(time)));
            case SAME_DAY -> endOf(sameDay(received));
            case WORKING_HOURS -> afterHours(received, Duration.ofHours(time));
        };
    }

    private String whyClosed(LocalDate date, LocalTime time, List<Session> sessions) {
        if (sessions.isEmpty()) {
            return "weekend";
        }
        if (time.isBefore(sessions.get(0).start())) {
            return "night";
        }
        if (time.isBefore(last(sessions))) {
            return "lunch";
        }
        return isWorkingDay(date) ? "night" : "weekend";
    }

    private @Nullable Instant opensAfter(LocalDate date, LocalTime time) {
        for (int days = 0; days < MAX_DAYS; days++) {
            LocalDate candidate = date.plusDays(days);
            for (Session session : receiving(candidate)) {
                if (days > 0 || session.start().isAfter(time)) {
                    return instant(candidate, session.start());
                }
            }
        }
        return null;
    }

    /** Sessions in which a desk receives: a Saturday may have some and still be no working day. */
    private List<Session> receiving(LocalDate date) {
        if (isWorkingDay(date)) {
            return sessions(date);
        }
        boolean isSaturdayDesk =
                date.getDayOfWeek() == DayOfWeek.SATURDAY && !tables.daysOff().containsKey(date);
        return isSaturdayDesk ? tables.saturday() : List.of();
    }

    private List<Session> sessions(LocalDate date) {
        for (int index = tables.hours().size() - 1; index >= 0; index--) {
            if (tables.hours().get(index).isFor(date)) {
                return tables.hours().get(index).sessions();
            }
        }
        return PLAIN_SESSIONS;
    }

    private LocalDate dayZero(LocalDateTime received) {
        LocalDate date = received.toLocalDate();
        boolean isAfterClosing = isWorkingDay(date) && received.toLocalTime().isAfter(last(sessions(date)));
        return isAfterClosing ? nextWorkingDay(date) : date;
    }

    private LocalDate workingDaysAfter(LocalDate dayZero, int days) {
        LocalDate date = days == 0 ? sameOrNext(dayZero) : dayZero;
        for (int counted = 0; counted < days; counted++) {
            date = nextWorkingDay(date);
        }
        return date;
    }

    private LocalDate sameOrNext(LocalDate date) {
        return isWorkingDay(date) ? date : nextWorkingDay(date);
    }

    private LocalDate sameDay(LocalDateTime received) {
        LocalDate date = received.toLocalDate();
        boolean isInTime = isWorkingDay(date) && !received.toLocalTime().isAfter(SAME_DAY_UNTIL);
        return isInTime ? date : nextWorkingDay(date);
    }

    private Instant afterHours(LocalDateTime received, Duration allowed) {
        Duration left = allowed;
        LocalDate date = sameOrNext(received.toLocalDate());
        LocalTime from = date.equals(received.toLocalDate()) ? received.toLocalTime() : LocalTime.MIN;
        while (true) {
            for (Session session : sessions(date)) {
                LocalTime start = from.isAfter(session.start()) ? from : session.start();
                Duration available = Duration.between(start, session.end());
                if (available.isPositive() && available.compareTo(left) >= 0) {
                    return instant(date, start.plus(left));
                }
                left = available.isPositive() ? left.minus(available) : left;
            }
            date = nextWorkingDay(date);
            from = LocalTime.MIN;
        }
    }

    private Instant endOf(LocalDate workingDay) {
        return instant(workingDay, last(sessions(workingDay)));
    }

    private static LocalTime last(List<Session> sessions) {
        return sessions.get(sessions.size() - 1).end();
    }

    private static Instant instant(LocalDate date, LocalTime time) {
        return date.atTime(time).atZone(ZONE).toInstant();
    }
}
