package vn.kydai.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.kydai.registry.Deadlines.Mode;
import vn.kydai.registry.Deadlines.Pause;
import vn.kydai.registry.DeskHours.Season;
import vn.kydai.registry.DeskHours.Session;
import vn.kydai.registry.Procedures.TimeUnit;

/** Sums by year against adding up day by day. */
class DeskTimeTest {
    private static final long DAY_NANOS = Duration.ofDays(1).toNanos();
    private static final Set<LocalDate> OFF = Set.of(LocalDate.of(2026, 11, 24), LocalDate.of(2027, 1, 1));
    private static final WorkingDays DAYS =
            new WorkingDays(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), OFF, Set.of(LocalDate.of(2026, 11, 28)));
    private static final DeskHours DESK = new DeskHours(
            List.of(
                    new Season(null, null, EnumSet.allOf(Month.class), DeskHours.PLAIN),
                    new Season(
                            LocalDate.of(2025, 5, 1),
                            null,
                            EnumSet.range(Month.MAY, Month.AUGUST),
                            List.of(new Session(LocalTime.of(6, 45), LocalTime.of(11, 7))))),
            List.of(),
            List.of());

    @Test
    void whatIsWorkedOverManyYearsIsTheSumOfItsDays() {
        long seed = System.nanoTime();
        System.out.println("random seed: " + seed + "L");
        Random random = new Random(seed);
        DeskTime time = new DeskTime(DAYS, DESK);
        for (int run = 0; run < 300; run++) {
            int first = random.nextInt(60 * 365) - 400;
            int last = first + random.nextInt(1_500) - 5;
            long worked = 0;
            for (int day = first; day <= last; day++) {
                worked += worked(day);
            }
            assertEquals(worked, time.seconds(first, last), "seed " + seed + " " + first + " " + last);
            if (worked > 0) {
                DeskTime.Reached reached = time.after(first - 1, worked);
                int end = last;
                while (worked(end) == 0) {
                    end--;
                }
                assertEquals(
                        new DeskTime.Reached(end, worked(end)), reached, "seed " + seed + " " + first + " " + last);
            }
        }
    }

    @Test
    void pausesOfAnyLengthMakeWorkingHoursAsLateAsAddingUpDayByDay() {
        long seed = System.nanoTime();
        System.out.println("random seed: " + seed + "L");
        Random random = new Random(seed);
        Deadlines deadlines = new Deadlines(DAYS, DESK, Deadlines.Rules.USUAL);
        for (int run = 0; run < 500; run++) {
            LocalDateTime received =
                    LocalDateTime.of(2020, 1, 1, 0, 0).plusNanos(random.nextLong(6L * 366 * DAY_NANOS));
            LocalDateTime from = received.plusNanos(random.nextLong(2 * DAY_NANOS));
            LocalDateTime to = from.plusNanos(random.nextLong(1 + random.nextInt(700) * DAY_NANOS));
            Instant due = deadlines.due(instant(received), TimeUnit.WORKING_HOURS, 40);
            Pause pause = new Pause(instant(from), instant(to), Mode.EXTEND);
            Duration stood = between(from, to);
            Instant later = deadlines.due(instant(received), TimeUnit.WORKING_HOURS, 40, List.of(pause));
            LocalDateTime before = LocalDateTime.ofInstant(due, WorkingCalendar.ZONE);
            String said = "seed " + seed + " " + received + " " + from + " " + to;
            assertEquals(stood, between(before, LocalDateTime.ofInstant(later, WorkingCalendar.ZONE)), said);
        }
    }

    /** What is worked between two moments, session by session. */
    private static Duration between(LocalDateTime from, LocalDateTime to) {
        Duration worked = Duration.ZERO;
        for (LocalDate date = from.toLocalDate(); !date.isAfter(to.toLocalDate()); date = date.plusDays(1)) {
            if (DAYS.isWorking(WorkingDays.epochDay(date))) {
                for (Session session : DESK.sessions(date)) {
                    LocalDateTime start = date.atTime(session.start());
                    LocalDateTime end = date.atTime(session.end());
                    Duration both = Duration.between(start.isBefore(from) ? from : start, end.isAfter(to) ? to : end);
                    worked = both.isPositive() ? worked.plus(both) : worked;
                }
            }
        }
        return worked;
    }

    private static Instant instant(LocalDateTime local) {
        return local.atZone(WorkingCalendar.ZONE).toInstant();
    }

    private static int worked(int day) {
        int seconds = 0;
        if (DAYS.isWorking(day)) {
            for (Session session : DESK.sessions(LocalDate.ofEpochDay(day))) {
                seconds +=
                        (int) Duration.between(session.start(), session.end()).toSeconds();
            }
        }
        return seconds;
    }
}
