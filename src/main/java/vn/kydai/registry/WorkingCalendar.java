package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.kydai.registry.CalendarJson.Tables;
import vn.kydai.registry.DeskHours.Session;
import vn.kydai.registry.Procedures.TimeUnit;

/** The working calendar (lịch làm việc): opening sessions by season, days off, worked Saturdays. Immutable. */
public final class WorkingCalendar {
    /** Local time of every figure; no daylight saving. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    /** Monday to Friday, 07:30–11:30 and 13:00–17:00, no holidays. */
    public static final WorkingCalendar PLAIN = new WorkingCalendar(new Tables(
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            new DeskHours(List.of(), List.of(), List.of()),
            Map.of(),
            Map.of(),
            Map.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Deadlines.Rules.USUAL));

    /** Longest search for an open desk; far more than any run of days off. */
    private static final int MAX_DAYS = 400;

    private final Tables tables;
    private final WorkingDays days;
    private final Deadlines deadlines;

    /** They keep sums: made once. */
    private final Map<String, Deadlines> deadlinesBySource;

    private final Map<String, Deadlines> deadlinesByArea;

    private WorkingCalendar(Tables tables) {
        this.tables = tables;
        this.days = new WorkingDays(tables.weekdays(), tables.daysOff().keySet(), tables.workedDays());
        this.deadlines = deadlines(tables.usual());
        this.deadlinesBySource = deadlines(tables.bySource());
        this.deadlinesByArea = deadlines(tables.byArea());
    }

    /**
     * How the desks stand at an instant.
     *
     * @param isOpen whether they receive
     * @param why if not: {@code night}, {@code lunch}, {@code weekend} or {@code holiday}
     * @param holiday name of the day off
     * @param isExpected whether that day off is expected by law and not decided yet
     * @param opensAt when they open next
     */
    public record Opening(
            boolean isOpen,
            @Nullable String why,
            @Nullable String holiday,
            boolean isExpected,
            @Nullable Instant opensAt) {}

    /** Reads the part {@code calendar}: {@code {"workingWeekdays": […], "hours": […], "daysOff": […], …}}. */
    public static WorkingCalendar of(JsonNode part) {
        return new WorkingCalendar(CalendarJson.read(part));
    }

    /** Returns a date on which nobody has said when desks receive; absent where the usual hours hold for every date. */
    public Optional<LocalDate> dateWithoutHours() {
        return tables.usual().firstWithout();
    }

    /** Returns the local date of an instant. */
    public static LocalDate dateOf(Instant instant) {
        return LocalDate.ofInstant(instant, ZONE);
    }

    /** Tells whether deadlines count a date. */
    public boolean isWorkingDay(LocalDate date) {
        return days.isWorking(WorkingDays.epochDay(date));
    }

    /** Returns the next working day after a date. */
    public LocalDate nextWorkingDay(LocalDate date) {
        return LocalDate.ofEpochDay(days.after(WorkingDays.epochDay(date), 1));
    }

    /**
     * Returns the years of which somebody has to enter the days off: this one while its Tết is at best expected, and from 1
     * December the next one while nothing of it has been entered, not even as expected.
     */
    public List<Integer> undecidedYears(LocalDate today) {
        Set<LocalDate> decided = new HashSet<>(tables.daysOff().keySet());
        decided.removeAll(tables.expected());
        List<Integer> years = new ArrayList<>();
        if (!StatutoryDaysOff.isDecided(today.getYear(), decided)) {
            years.add(today.getYear());
        }
        int next = today.getYear() + 1;
        boolean isEntered = !tables.expectedYears().contains(next)
                && tables.daysOff().keySet().stream().anyMatch(date -> date.getYear() == next);
        if (today.getMonth() == Month.DECEMBER && !isEntered) {
            years.add(next);
        }
        return List.copyOf(years);
    }

    /** Returns the days off after one date up to another that are expected by law and not decided yet, in order. */
    public SortedSet<LocalDate> expectedDaysOff(LocalDate after, LocalDate last) {
        SortedSet<LocalDate> found = new TreeSet<>();
        for (LocalDate date : tables.expected()) {
            if (date.isAfter(after) && !date.isAfter(last) && tables.weekdays().contains(date.getDayOfWeek())) {
                found.add(date);
            }
        }
        return Collections.unmodifiableSortedSet(found);
    }

    /** Tells how the desks stand that have no hours of their own. */
    public Opening opening(Instant now) {
        return opening(tables.usual(), now);
    }

    /** Tells how the desks of an area stand. */
    public Opening opening(String area, Instant now) {
        return opening(tables.byArea().getOrDefault(area, tables.usual()), now);
    }

    /** Tells whether the desks of an area have hours of their own. */
    public boolean hasOwnHours(String area) {
        return tables.byArea().containsKey(area);
    }

    /** Returns the areas whose desks have hours of their own. */
    public Set<String> areasWithOwnHours() {
        return Collections.unmodifiableSet(tables.byArea().keySet());
    }

    /** Returns when the last usual session of a date ends, weekend desks included; absent when closed all day. */
    public Optional<Instant> closing(LocalDate date) {
        return closing(tables.usual(), date);
    }

    /** Returns when the last session of an area's desks ends on a date; absent when they are closed all day. */
    public Optional<Instant> closing(String area, LocalDate date) {
        return closing(tables.byArea().getOrDefault(area, tables.usual()), date);
    }

    private Optional<Instant> closing(DeskHours desk, LocalDate date) {
        List<Session> sessions = receiving(desk, date);
        return sessions.isEmpty() ? Optional.empty() : Optional.of(instant(date, DeskHours.last(sessions)));
    }

    /** Returns the deadlines of the desks that have no hours of their own. */
    public Deadlines deadlines() {
        return deadlines;
    }

    /** Returns the deadlines of a desk: by its own hours, else its area's, else everybody's. */
    public Deadlines deadlines(String source, String area) {
        Deadlines own = deadlinesBySource.get(source);
        return own == null ? deadlinesByArea.getOrDefault(area, deadlines) : own;
    }

    private Map<String, Deadlines> deadlines(Map<String, DeskHours> desks) {
        return desks.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, desk -> deadlines(desk.getValue())));
    }

    private Deadlines deadlines(DeskHours desk) {
        return new Deadlines(days, desk, tables.rules());
    }

    /** Returns when a dossier received at an instant is due, if nothing pauses it. */
    public Instant due(Instant receivedAt, TimeUnit unit, int time) {
        return deadlines.due(receivedAt, unit, time);
    }

    private Opening opening(DeskHours desk, Instant now) {
        LocalDateTime local = LocalDateTime.ofInstant(now, ZONE);
        LocalDate date = local.toLocalDate();
        LocalTime time = local.toLocalTime();
        List<Session> sessions = receiving(desk, date);
        for (Session session : sessions) {
            if (!time.isBefore(session.start()) && time.isBefore(session.end())) {
                return new Opening(true, null, null, false, null);
            }
        }
        Instant opensAt = opensAfter(desk, date, time);
        String holiday = tables.daysOff().get(date);
        if (holiday != null) {
            return new Opening(false, "holiday", holiday, tables.expected().contains(date), opensAt);
        }
        return new Opening(false, whyClosed(date, time, sessions), null, false, opensAt);
    }

    private String whyClosed(LocalDate date, LocalTime time, List<Session> sessions) {
        if (sessions.isEmpty()) {
            return "weekend";
        }
        if (time.isBefore(sessions.get(0).start())) {
            return "night";
        }
        if (time.isBefore(DeskHours.last(sessions))) {
            return "lunch";
        }
        return isWorkingDay(date) ? "night" : "weekend";
    }

    private @Nullable Instant opensAfter(DeskHours desk, LocalDate date, LocalTime time) {
        for (int ahead = 0; ahead < MAX_DAYS; ahead++) {
            LocalDate candidate = date.plusDays(ahead);
            for (Session session : receiving(desk, candidate)) {
                if (ahead > 0 || session.start().isAfter(time)) {
                    return instant(candidate, session.start());
                }
            }
        }
        return null;
    }

    /** Sessions in which a desk receives: a weekend day may have some and still be no working day. */
    private List<Session> receiving(DeskHours desk, LocalDate date) {
        if (isWorkingDay(date)) {
            return desk.sessions(date);
        }
        return tables.daysOff().containsKey(date) ? List.of() : desk.weekend(date);
    }

    private static Instant instant(LocalDate date, LocalTime time) {
        return date.atTime(time).atZone(ZONE).toInstant();
    }
}
