package vn.kydai.registry;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import vn.kydai.registry.DeskHours.Session;
import vn.kydai.registry.Procedures.TimeUnit;

/**
 * When results are due (thời hạn giải quyết), by one desk's hours. Pure and immutable.
 *
 * <p>A working day is a date, not eight hours: deadlines step over dates. The first day is not counted (Bộ luật Dân sự
 * 2015, Điều 147) and a period that ends on a day off ends on the next working day (Điều 148). Only procedures counted
 * in hours count minutes.
 */
public final class Deadlines {
    /** A longer pause comes from a wrong date; its minutes beyond this are not counted. */
    private static final int LONGEST_PAUSE_DAYS = 3_660;

    private static final long NANOS_OF_SECOND = 1_000_000_000;

    private final WorkingDays days;
    private final DeskHours desk;
    private final DeskTime time;
    private final Rules rules;

    Deadlines(WorkingDays days, DeskHours desk, Rules rules) {
        this.days = days;
        this.desk = desk;
        this.time = new DeskTime(days, desk);
        this.rules = rules;
    }

    /**
     * What the law leaves to the place.
     *
     * @param keepsTimeOfDay whether a result counted in working days is due at the hour of reception, within desk hours,
     *     instead of at closing
     * @param sameDayUntil received later, a same-day result may come the next working day (Nghị định 23/2015/NĐ-CP, Điều 7)
     * @param isPausedByAgency whether waiting for another agency stops the clock
     * @param acceptHours working hours within which an online submission must be accepted or answered
     */
    record Rules(boolean keepsTimeOfDay, LocalTime sameDayUntil, boolean isPausedByAgency, int acceptHours) {
        static final LocalTime SAME_DAY_UNTIL = LocalTime.of(15, 0);
        static final int ACCEPT_HOURS = 8;
        static final Rules USUAL = new Rules(false, SAME_DAY_UNTIL, false, ACCEPT_HOURS);
    }

    /** What the end of a pause does to the due time. */
    public enum Mode {
        /** The time allowed starts anew: a supplement (status 5). */
        RESTART,
        /** The time that was left goes on: a fee (status 6), and another agency where that is configured. */
        EXTEND
    }

    /** The clock stood from one instant to another. */
    public record Pause(Instant from, Instant to, Mode mode) implements Serializable {}

    /** Returns when a dossier that nothing paused is due. */
    public Instant due(Instant receivedAt, TimeUnit unit, int time) {
        LocalDateTime received = local(receivedAt);
        return switch (unit) {
            case WORKING_DAYS -> moment(workingDays(dayZero(received), time), timeOfDay(received));
            case CALENDAR_DAYS -> closing(days.sameOrNext(dayZero(received) + time));
            case SAME_DAY -> closing(sameDay(received));
            case WORKING_HOURS -> afterWorking(received, Duration.ofHours(time));
        };
    }

    /**
     * Returns when a dossier is due.
     *
     * @param pauses in the order they happened, each over
     */
    public Instant due(Instant receivedAt, TimeUnit unit, int time, List<Pause> pauses) {
        Instant due = due(receivedAt, unit, time);
        for (Pause pause : pauses) {
            due = switch (pause.mode()) {
                case RESTART -> due(pause.to(), unit, time);
                case EXTEND ->
                    unit == TimeUnit.WORKING_HOURS ? laterByHours(due, pause) : laterByDays(due, unit, pause);
            };
        }
        return due;
    }

    /** Returns until when an online submission must be accepted or answered: a clock of its own. */
    public Instant acceptBy(Instant submittedAt) {
        return due(submittedAt, TimeUnit.WORKING_HOURS, rules.acceptHours());
    }

    /** Returns by how many working days a result came after its due date; 0 when it did not. */
    public int lateBy(LocalDate due, LocalDate done) {
        return Math.max(0, days.between(WorkingDays.epochDay(due), WorkingDays.epochDay(done)));
    }

    /** Tells whether waiting for another agency stops the clock. */
    public boolean isPausedByAgency() {
        return rules.isPausedByAgency();
    }

    private Instant laterByHours(Instant due, Pause pause) {
        if (pause.from().isAfter(due)) {
            return due;
        }
        Duration stood = working(local(pause.from()), local(pause.to()));
        return stood.isZero() ? due : afterWorking(local(due), stood);
    }

    private Instant laterByDays(Instant due, TimeUnit unit, Pause pause) {
        int pausedOn = WorkingDays.epochDay(local(pause.from()).toLocalDate());
        LocalDateTime resumed = local(pause.to());
        int resumedOn = WorkingDays.epochDay(resumed.toLocalDate());
        LocalDateTime before = local(due);
        int dueOn = WorkingDays.epochDay(before.toLocalDate());
        if (pausedOn == resumedOn || pausedOn > dueOn) {
            return due;
        }
        if (unit == TimeUnit.CALENDAR_DAYS) {
            return closing(days.sameOrNext(dueOn + (resumedOn - pausedOn)));
        }
        int later = workingDays(dayZero(resumed), days.between(pausedOn, dueOn));
        return unit == TimeUnit.SAME_DAY ? closing(later) : moment(later, before.toLocalTime());
    }

    /** A reception on a day off, at a Saturday desk or online, keeps its date; after closing it counts as the next working day's. */
    private int dayZero(LocalDateTime received) {
        int day = WorkingDays.epochDay(received.toLocalDate());
        boolean isAfterClosing =
                days.isWorking(day) && received.toLocalTime().isAfter(desk.closes(received.toLocalDate()));
        return isAfterClosing ? days.after(day, 1) : day;
    }

    /** The hour that counts where it is kept: of a reception after closing the next opening, of one on a day off none. */
    private LocalTime timeOfDay(LocalDateTime received) {
        int day = WorkingDays.epochDay(received.toLocalDate());
        if (dayZero(received) > day) {
            return LocalTime.MIN;
        }
        return days.isWorking(day) ? received.toLocalTime() : LocalTime.MAX;
    }

    private int workingDays(int dayZero, int count) {
        return count == 0 ? days.sameOrNext(dayZero) : days.after(dayZero, count);
    }

    private int sameDay(LocalDateTime received) {
        int day = WorkingDays.epochDay(received.toLocalDate());
        LocalTime time = received.toLocalTime();
        boolean isInTime = days.isWorking(day)
                && !time.isAfter(rules.sameDayUntil())
                && !time.isAfter(desk.closes(received.toLocalDate()));
        return isInTime ? day : days.after(day, 1);
    }

    private Instant moment(int workingDay, LocalTime timeOfDay) {
        if (!rules.keepsTimeOfDay()) {
            return closing(workingDay);
        }
        LocalDate date = LocalDate.ofEpochDay(workingDay);
        LocalTime opens = desk.opens(date);
        LocalTime closes = desk.closes(date);
        LocalTime atLeast = timeOfDay.isBefore(opens) ? opens : timeOfDay;
        return instant(date, atLeast.isAfter(closes) ? closes : atLeast);
    }

    private Instant closing(int workingDay) {
        LocalDate date = LocalDate.ofEpochDay(workingDay);
        return instant(date, desk.closes(date));
    }

    /** Returns the moment by which the desk has worked this long; the end of a session stays there. */
    private Instant afterWorking(LocalDateTime from, Duration allowed) {
        Duration left = allowed;
        int started = WorkingDays.epochDay(from.toLocalDate());
        int day = days.sameOrNext(started);
        LocalTime earliest = day == started ? from.toLocalTime() : LocalTime.MIN;
        while (true) {
            LocalDate date = LocalDate.ofEpochDay(day);
            for (Session session : desk.sessions(date)) {
                LocalTime start = later(earliest, session.start());
                Duration available = Duration.between(start, session.end());
                if (available.isPositive() && available.compareTo(left) >= 0) {
                    return instant(date, start.plus(left));
                }
                left = available.isPositive() ? left.minus(available) : left;
            }
            // Sessions begin and end with a minute: what is left of a second is left on the day that is found too.
            long wholeSeconds = Math.max(1, left.plusNanos(NANOS_OF_SECOND - 1).toSeconds());
            DeskTime.Reached reached = time.after(day, wholeSeconds);
            left = left.minusSeconds(wholeSeconds - reached.secondsLeft());
            day = reached.day();
            earliest = LocalTime.MIN;
        }
    }

    /** Returns how long the desk has worked between two moments. */
    private Duration working(LocalDateTime from, LocalDateTime to) {
        int first = WorkingDays.epochDay(from.toLocalDate());
        int end = WorkingDays.epochDay(to.toLocalDate());
        int last = Math.min(end, first + LONGEST_PAUSE_DAYS);
        Duration worked = Duration.ofSeconds(time.seconds(first, last)).minus(workedBy(from));
        return last == end
                ? worked.minus(Duration.ofSeconds(time.seconds(end, end)).minus(workedBy(to)))
                : worked;
    }

    /** Returns how long the desk has worked on a day by a moment of it. */
    private Duration workedBy(LocalDateTime moment) {
        LocalDate date = moment.toLocalDate();
        Duration worked = Duration.ZERO;
        if (days.isWorking(WorkingDays.epochDay(date))) {
            for (Session session : desk.sessions(date)) {
                LocalTime end = moment.toLocalTime().isBefore(session.end()) ? moment.toLocalTime() : session.end();
                Duration until = Duration.between(session.start(), end);
                worked = until.isPositive() ? worked.plus(until) : worked;
            }
        }
        return worked;
    }

    private static LocalTime later(LocalTime one, LocalTime other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDateTime local(Instant instant) {
        return LocalDateTime.ofInstant(instant, WorkingCalendar.ZONE);
    }

    private static Instant instant(LocalDate date, LocalTime time) {
        return date.atTime(time).atZone(WorkingCalendar.ZONE).toInstant();
    }
}
