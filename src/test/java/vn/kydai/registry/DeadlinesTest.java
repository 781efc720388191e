package vn.kydai.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.registry.PartFixtures.CONFIG;
import static vn.kydai.registry.PartFixtures.json;
import static vn.kydai.registry.PartFixtures.local;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.registry.Deadlines.Mode;
import vn.kydai.registry.Deadlines.Pause;
import vn.kydai.registry.Procedures.TimeUnit;

/** The deadlines of the repository's calendar, the laws they keep, and what a place may choose. */
class DeadlinesTest {
    private static final WorkingCalendar CALENDAR = CONFIG.registry().calendar();
    private static final Deadlines DEADLINES = CALENDAR.deadlines();
    private static final WorkingCalendar SAME_HOUR = calendar("'deadline': {'timeOfDay': 'same'}");
    private static final int ROUNDS = 4_000;

    @ParameterizedTest(name = "{8}")
    @CsvFileSource(resources = "/deadlines.csv", numLinesToSkip = 1)
    void everyCaseIsDueAsTheLawSays(
            String received,
            String unit,
            int time,
            @Nullable String pauses,
            String due,
            @Nullable String done,
            @Nullable String outcome,
            @Nullable Integer lateBy,
            String why) {
        assertEquals(local(due), DEADLINES.due(local(received), unit(unit), time, pauses(pauses)), why);
        if (done != null && lateBy != null) {
            LocalDate dueDate = WorkingCalendar.dateOf(local(due));
            LocalDate doneDate = WorkingCalendar.dateOf(local(done));
            assertEquals(lateBy, DEADLINES.lateBy(dueDate, doneDate), why);
            assertEquals("late".equals(outcome), doneDate.isAfter(dueDate), why);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {477, 19867, 20250701})
    void nothingIsDueBeforeItWasReceivedNorOnADayOff(long seed) {
        Random random = random(seed);
        for (WorkingCalendar calendar : List.of(CALENDAR, SAME_HOUR)) {
            for (int round = 0; round < ROUNDS; round++) {
                Instant received = moment(random);
                TimeUnit unit = TimeUnit.values()[random.nextInt(4)];
                int time = 1 + random.nextInt(30);
                Instant due = calendar.deadlines().due(received, unit, time);
                assertFalse(due.isBefore(received), () -> received + " " + unit + " " + time + ": " + due);
                assertTrue(calendar.isWorkingDay(WorkingCalendar.dateOf(due)), () -> received + ": " + due);
            }
        }
    }

    /**
     * One exception follows from the rules themselves: a reception after closing counts as the next working day's, while
     * one on the day off that follows keeps its date.
     */
    @ParameterizedTest
    @ValueSource(longs = {477, 19867, 20250701})
    void aLaterReceptionIsNeverDueEarlier(long seed) {
        Random random = random(seed);
        for (WorkingCalendar calendar : List.of(CALENDAR, SAME_HOUR)) {
            for (int round = 0; round < ROUNDS; round++) {
                Instant received = moment(random);
                Instant later = received.plusSeconds(1 + random.nextInt(5 * 86_400));
                TimeUnit unit = TimeUnit.values()[random.nextInt(4)];
                int time = 1 + random.nextInt(30);
                if (!isAfterClosing(calendar, received) || isWorking(calendar, later)) {
                    Instant due = calendar.deadlines().due(received, unit, time);
                    Instant laterDue = calendar.deadlines().due(later, unit, time);
                    assertFalse(
                            laterDue.isBefore(due),
                            () -> unit + " " + time + ": " + received + " " + due + ", " + later + " " + laterDue);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {477, 5})
    void aPauseNeverMakesAnythingDueEarlierOrBeforeItsEnd(long seed) {
        Random random = random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Instant received = moment(random);
            TimeUnit unit = TimeUnit.values()[random.nextInt(4)];
            int time = 1 + random.nextInt(20);
            Instant due = DEADLINES.due(received, unit, time);
            Instant from = received.plusSeconds(random.nextInt(20 * 86_400));
            Instant to = from.plusSeconds(random.nextInt(40 * 86_400));
            Instant extended = DEADLINES.due(received, unit, time, List.of(new Pause(from, to, Mode.EXTEND)));
            assertFalse(extended.isBefore(due), () -> received + " " + unit + " " + from + " " + to);
            assertTrue(isWorking(CALENDAR, extended), () -> received + " " + unit + " " + from + " " + to);
            assertEquals(
                    DEADLINES.due(to, unit, time),
                    DEADLINES.due(received, unit, time, List.of(new Pause(from, to, Mode.RESTART))));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 477})
    void workingDaysByArithmeticAreThoseOfTheCalendar(long seed) {
        Random random = random(seed);
        for (int round = 0; round < 200; round++) {
            LocalDate date = LocalDate.of(2021, 1, 1).plusDays(random.nextInt(2_200));
            int count = 1 + random.nextInt(60);
            LocalDate expected = date;
            for (int counted = 0; counted < count; counted++) {
                expected = CALENDAR.nextWorkingDay(expected);
            }
            Instant received =
                    date.atTime(LocalTime.NOON).atZone(WorkingCalendar.ZONE).toInstant();
            assertEquals(expected, WorkingCalendar.dateOf(DEADLINES.due(received, TimeUnit.WORKING_DAYS, count)));
        }
    }

    @Test
    void datesFarAwayAreCountedToo() {
        assertEquals(local("0001-01-02T17:30"), DEADLINES.due(local("0001-01-01T09:00"), TimeUnit.WORKING_DAYS, 1));
        Instant far = DEADLINES.due(local("9999-06-01T09:00"), TimeUnit.WORKING_DAYS, 1_000);
        assertTrue(far.isAfter(local("9999-06-01T09:00")));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T09:10, WORKING_DAYS, 2, 2026-11-27T09:10, at the hour of reception",
        "2026-11-25T06:10, WORKING_DAYS, 2, 2026-11-27T07:30, not before opening",
        "2026-11-25T17:10, WORKING_DAYS, 2, 2026-11-30T07:30, after closing at the next opening's",
        "2026-11-28T09:00, WORKING_DAYS, 1, 2026-11-30T17:00, of a Saturday at closing",
        "2026-11-25T09:10, CALENDAR_DAYS, 2, 2026-11-27T17:00, calendar days end with the day",
        "2026-11-25T09:10, CALENDAR_DAYS, 3, 2026-11-30T17:00, on the next working day too",
        "2026-11-25T09:10, SAME_DAY, 0, 2026-11-25T17:00, the same day at closing always"
    })
    void aPlaceMayKeepTheHourOfReception(String received, TimeUnit unit, int time, String due, String why) {
        assertEquals(local(due), SAME_HOUR.deadlines().due(local(received), unit, time), why);
    }

    @Test
    void anOnlineSubmissionIsToBeAcceptedWithinEightWorkingHours() {
        assertEquals(local("2024-06-04T17:00"), DEADLINES.acceptBy(local("2024-06-04T07:00")));
        assertEquals(local("2024-06-10T16:00"), DEADLINES.acceptBy(local("2024-06-07T16:00")));
        Deadlines four = calendar("'deadline': {'acceptHours': 4}").deadlines();
        assertEquals(local("2024-06-04T11:30"), four.acceptBy(local("2024-06-04T07:00")));
    }

    @Test
    void aDeskMayHaveHoursOfItsOwnAndAnAreaToo() {
        String morning = "'hours': [{'months': [1,2,3,4,5,6,7,8,9,10,11,12], 'sessions': ['08:00-12:00']}]";
        WorkingCalendar calendar = calendar("'desks': [{'area': '19867', " + morning
                + ", 'sunday': {'receive': ['08:00-10:00']}}, {'desk': 'desk-2', " + morning.replace("12:00", "10:00")
                + "}]");
        Instant received = local("2026-11-25T09:00");

        assertEquals(
                local("2026-11-26T12:00"),
                calendar.deadlines("desk-1", "19867").due(received, TimeUnit.WORKING_DAYS, 1));
        assertEquals(
                local("2026-11-26T10:00"),
                calendar.deadlines("desk-2", "19867").due(received, TimeUnit.WORKING_DAYS, 1));
        assertEquals(
                local("2026-11-26T17:00"),
                calendar.deadlines("desk-1", "19870").due(received, TimeUnit.WORKING_DAYS, 1));
        assertEquals(
                local("2026-11-26T12:00"),
                calendar.deadlines("desk-1", "19867").due(local("2026-11-25T13:00"), TimeUnit.SAME_DAY, 0),
                "a same-day result of the afternoon is due the next day where the desk closes at noon");
        assertTrue(calendar.opening("19867", local("2026-11-29T09:00")).isOpen(), "a Sunday desk");
        assertFalse(calendar.opening("19870", local("2026-11-29T09:00")).isOpen());
        assertFalse(calendar.opening("19867", local("2026-11-25T14:00")).isOpen());
    }

    private static List<Pause> pauses(@Nullable String text) {
        List<Pause> pauses = new ArrayList<>();
        if (text != null) {
            String[] words = text.split(" ", -1);
            for (int at = 0; at < words.length; at += 3) {
                Mode mode = words[at].equals("restart") ? Mode.RESTART : Mode.EXTEND;
                pauses.add(new Pause(local(words[at + 1]), local(words[at + 2]), mode));
            }
        }
        return pauses;
    }

    private static TimeUnit unit(String name) {
        return switch (name) {
            case "workingDays" -> TimeUnit.WORKING_DAYS;
            case "calendarDays" -> TimeUnit.CALENDAR_DAYS;
            case "sameDay" -> TimeUnit.SAME_DAY;
            case "workingHours" -> TimeUnit.WORKING_HOURS;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static WorkingCalendar calendar(String keys) {
        return WorkingCalendar.of(json("{'workingWeekdays': ['MON', 'TUE', 'WED', 'THU', 'FRI'], 'hours': [{'months':"
                + " [1,2,3,4,5,6,7,8,9,10,11,12], 'sessions': ['07:30-11:30', '13:00-17:00']}], " + keys + "}"));
    }

    private static boolean isAfterClosing(WorkingCalendar calendar, Instant instant) {
        LocalDate date = WorkingCalendar.dateOf(instant);
        return calendar.isWorkingDay(date)
                && calendar.closing(date).filter(instant::isAfter).isPresent();
    }

    private static boolean isWorking(WorkingCalendar calendar, Instant instant) {
        return calendar.isWorkingDay(WorkingCalendar.dateOf(instant));
    }

    /** Mostly around the hours where something changes, in the years of the calendar and beside them. */
    private static Instant moment(Random random) {
        LocalDate date = LocalDate.of(2022, 6, 1).plusDays(random.nextInt(5 * 365));
        int minute = random.nextInt(24 * 60);
        return date.atStartOfDay(WorkingCalendar.ZONE).toInstant().plusSeconds(60L * minute + random.nextInt(2));
    }

    private static Random random(long seed) {
        System.out.println("deadlines: seed " + seed + "L");
        return new Random(seed);
    }
}
