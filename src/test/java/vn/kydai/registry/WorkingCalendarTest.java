package vn.kydai.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.registry.PartFixtures.CONFIG;
import static vn.kydai.registry.PartFixtures.local;
import static vn.kydai.registry.PartFixtures.refusal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.kydai.registry.Procedures.TimeUnit;
import vn.kydai.registry.WorkingCalendar.Opening;

class WorkingCalendarTest {
    private static final WorkingCalendar CALENDAR = CONFIG.registry().calendar();

    @ParameterizedTest(name = "{0} + {2} {1}: {4}")
    @CsvSource({
        // Working days.
        "2024-06-07T16:45, WORKING_DAYS, 3, 2024-06-12T17:00, Friday before closing",
        "2024-06-07T17:00, WORKING_DAYS, 3, 2024-06-12T17:00, at closing is not after it",
        "2024-06-07T17:05, WORKING_DAYS, 3, 2024-06-13T17:00, Friday after closing counts from Monday",
        "2025-01-23T09:00, WORKING_DAYS, 5, 2025-02-06T17:00, over Tet 2025",
        "2024-06-08T09:00, WORKING_DAYS, 1, 2024-06-10T17:00, a Saturday desk is day 0",
        "2025-04-25T10:00, WORKING_DAYS, 3, 2025-04-29T17:00, a Saturday worked instead counts",
        "2025-04-29T10:00, WORKING_DAYS, 2, 2025-05-06T17:00, holidays and a swapped Friday",
        "2026-03-31T17:10, WORKING_DAYS, 1, 2026-04-02T17:30, after winter's closing",
        "2026-04-01T17:10, WORKING_DAYS, 1, 2026-04-02T17:30, before summer's closing",
        "2026-11-23T09:00, WORKING_DAYS, 2, 2026-11-26T17:00, 24 November is a holiday since 2026",
        "2026-04-24T09:00, WORKING_DAYS, 3, 2026-05-04T17:30, a substitute Monday then two holidays",
        "2026-08-20T14:00, WORKING_DAYS, 5, 2026-08-26T17:30, Saturday 22 August is worked",
        "2024-06-05T02:00, WORKING_DAYS, 1, 2024-06-06T17:00, in the night before a working day",
        "2024-06-10T08:00, WORKING_DAYS, 4, 2024-06-14T17:00, Monday to Friday",
        "2024-06-03T09:00, WORKING_DAYS, 5, 2024-06-10T17:00, a plain week",
        "2024-06-03T09:00, WORKING_DAYS, 2, 2024-06-05T17:00, two plain days",
        // Calendar days.
        "2024-08-28T10:00, CALENDAR_DAYS, 5, 2024-09-04T17:00, ends on a holiday and rolls on",
        "2024-06-03T10:00, CALENDAR_DAYS, 15, 2024-06-18T17:00, ends on a working day",
        "2024-06-03T10:00, CALENDAR_DAYS, 5, 2024-06-10T17:00, ends on a Saturday and rolls to Monday",
        "2024-06-07T17:05, CALENDAR_DAYS, 2, 2024-06-12T17:00, after closing day 0 is Monday",
        // The same day.
        "2024-06-04T14:59, SAME_DAY, 0, 2024-06-04T17:00, before 15:00",
        "2024-06-04T15:00, SAME_DAY, 0, 2024-06-04T17:00, 15:00 is not after 15:00",
        "2024-06-04T15:00:00.001, SAME_DAY, 0, 2024-06-05T17:00, a moment after 15:00",
        "2024-06-04T15:01, SAME_DAY, 0, 2024-06-05T17:00, after 15:00",
        "2024-06-08T09:00, SAME_DAY, 0, 2024-06-10T17:00, at a Saturday desk",
        // Working hours, to the minute.
        "2024-06-04T15:00, WORKING_HOURS, 4, 2024-06-05T09:30, over night",
        "2024-06-05T10:30, WORKING_HOURS, 2, 2024-06-05T14:00, over lunch",
        "2024-06-05T09:30, WORKING_HOURS, 2, 2024-06-05T11:30, ending with a session stays there",
        "2024-06-08T09:00, WORKING_HOURS, 4, 2024-06-10T11:30, received on a Saturday starts on Monday",
        "2024-06-05T12:00, WORKING_HOURS, 1, 2024-06-05T14:00, received at lunch",
        "2024-06-07T18:00, WORKING_HOURS, 1, 2024-06-10T08:30, received on Friday evening"
    })
    void aDossierIsDue(String receivedAt, TimeUnit unit, int time, String due, String why) {
        assertEquals(local(due), CALENDAR.due(local(receivedAt), unit, time), why);
    }

    @Test
    void workingHoursUsedUpInManySmallStepsEndWhereOneStepEnds() {
        Instant at = local("2025-01-23T09:00");
        for (int hour = 0; hour < 40; hour++) {
            at = CALENDAR.due(at, TimeUnit.WORKING_HOURS, 1);
        }
        assertEquals(CALENDAR.due(local("2025-01-23T09:00"), TimeUnit.WORKING_HOURS, 40), at);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2026-11-25T07:29, night, -, 2026-11-25T07:30",
                "2026-11-25T11:30, lunch, -, 2026-11-25T13:00",
                "2026-11-25T17:00, night, -, 2026-11-26T07:30",
                "2026-11-24T09:00, holiday, Ngày Văn hóa Việt Nam, 2026-11-25T07:30",
                "2026-11-24T23:00, holiday, Ngày Văn hóa Việt Nam, 2026-11-25T07:30",
                "2026-11-27T20:00, night, -, 2026-11-28T07:30",
                "2026-11-28T13:00, weekend, -, 2026-11-30T07:30",
                "2026-11-28T06:00, night, -, 2026-11-28T07:30",
                "2026-11-29T09:00, weekend, -, 2026-11-30T07:30",
                "2026-02-14T09:00, holiday, Tết Bính Ngọ, 2026-02-23T07:30",
                "2026-01-02T09:00, holiday, Hoán đổi với ngày 10/1, 2026-01-05T07:30"
            })
    void closedDesksSayWhyAndWhenTheyOpen(String now, String why, String holiday, String opensAt) {
        assertEquals(new Opening(false, why, holiday, false, local(opensAt)), CALENDAR.opening(local(now)));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T07:30",
        "2026-11-25T11:29:59",
        "2026-11-25T13:00",
        "2026-11-28T09:00",
        "2026-01-10T16:00",
        "2026-07-01T17:29"
    })
    void desksAreOpen(String now) {
        assertEquals(new Opening(true, null, null, false, null), CALENDAR.opening(local(now)));
    }

    @Test
    void whereADesksOwnHoursSayNothingTheUsualOnesHold() {
        WorkingCalendar calendar = WorkingCalendar.of(PartFixtures.json("""
                {'workingWeekdays': ['MON', 'TUE', 'WED', 'THU', 'FRI'],
                 'hours': [{'months': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 'sessions': ['06:00-10:15']}],
                 'desks': [{'area': '19894', 'hours': [{'months': [11], 'sessions': ['09:00-12:45']}]}]}"""));
        assertEquals(
                List.of(local("2026-11-25T12:45"), local("2026-12-02T10:15")),
                List.of(
                        calendar.closing("19894", LocalDate.of(2026, 11, 25)).orElseThrow(),
                        calendar.closing("19894", LocalDate.of(2026, 12, 2)).orElseThrow()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "-",
            value = {
                "{'months': [1,2,3,4,5,6,7,8,9,10,11,12], 'sessions': ['07:30-11:30']}|-",
                "{'months': [1,2,3,4,5,6,7,8,10,11,12], 'sessions': ['07:30-11:30']}|1969-09-01",
                "{'months': [4,5,6,7,8,9], 'sessions': ['07:30-11:30']}, {'months': [10,11,12,1,2,3], 'sessions': ['07:30-11:30']}|-",
                "{'validTo': '2026-01-01', 'months': [1,2,3,4,5,6,7,8,9,10,11,12], 'sessions': ['07:30-11:30']}, {'validFrom': '2026-01-02', 'months': [1,2,3,4,5,6,7,8,9,10,11,12], 'sessions': ['07:30-11:30']}|2026-01-01",
                "{'validTo': '2026-01-01', 'months': [1,2,3,4,5,6,7,8,9,10,11,12], 'sessions': ['07:30-11:30']}, {'validFrom': '2026-01-01', 'months': [1,2,3], 'sessions': ['07:30-11:30']}|2026-04-01"
            })
    void aDateWithoutHoursIsFound(String hours, @Nullable String date) {
        WorkingCalendar calendar =
                WorkingCalendar.of(PartFixtures.json("{'workingWeekdays': ['MON'], 'hours': [" + hours + "]}"));
        assertEquals(Optional.ofNullable(date).map(LocalDate::parse), calendar.dateWithoutHours());
    }

    @Test
    void closingIsTheEndOfTheLastSessionSaturdayDesksIncluded() {
        assertEquals(Optional.of(local("2026-11-25T17:00")), CALENDAR.closing(LocalDate.of(2026, 11, 25)));
        assertEquals(Optional.of(local("2026-07-01T17:30")), CALENDAR.closing(LocalDate.of(2026, 7, 1)));
        assertEquals(Optional.of(local("2026-11-28T11:30")), CALENDAR.closing(LocalDate.of(2026, 11, 28)));
        assertEquals(Optional.of(local("2026-01-10T17:00")), CALENDAR.closing(LocalDate.of(2026, 1, 10)));
        assertEquals(Optional.empty(), CALENDAR.closing(LocalDate.of(2026, 11, 29)));
        assertEquals(Optional.empty(), CALENDAR.closing(LocalDate.of(2026, 11, 24)));
    }

    @Test
    void workingDaysLeaveOutDaysOffAndTakeInWorkedSaturdays() {
        assertFalse(CALENDAR.isWorkingDay(LocalDate.of(2026, 11, 24)));
        assertFalse(CALENDAR.isWorkingDay(LocalDate.of(2026, 11, 28)), "a Saturday desk is no working day");
        assertTrue(CALENDAR.isWorkingDay(LocalDate.of(2026, 8, 22)));
        assertEquals(LocalDate.of(2026, 2, 23), CALENDAR.nextWorkingDay(LocalDate.of(2026, 2, 13)));
    }

    @Test
    void thePlainCalendarKnowsWeekdaysOnly() {
        assertTrue(WorkingCalendar.PLAIN.isWorkingDay(LocalDate.of(2026, 11, 24)));
        assertEquals(
                local("2026-11-25T17:00"),
                WorkingCalendar.PLAIN.due(local("2026-11-24T08:00"), TimeUnit.WORKING_DAYS, 1));
        Opening weekend = WorkingCalendar.PLAIN.opening(local("2026-11-28T09:00"));
        assertEquals("weekend", weekend.why());
        assertNull(weekend.holiday());
    }

    @Test
    void aYearOfWhichNothingWasEnteredIsMissedFromTheDecemberBefore() {
        assertEquals(List.of(), CALENDAR.undecidedYears(LocalDate.of(2026, 12, 1)));
        assertEquals(List.of(2027), CALENDAR.undecidedYears(LocalDate.of(2027, 11, 30)));
        assertEquals(List.of(2027, 2028), CALENDAR.undecidedYears(LocalDate.of(2027, 12, 1)));
        assertEquals(List.of(), CALENDAR.undecidedYears(LocalDate.of(2025, 12, 1)));
    }

    @Test
    void aYearThatIsOnlyExpectedIsMissedOnceItHasBegun() {
        assertEquals(List.of(), CALENDAR.undecidedYears(LocalDate.of(2026, 12, 31)));
        assertEquals(List.of(2027), CALENDAR.undecidedYears(LocalDate.of(2027, 1, 1)));
        assertEquals(List.of(2028), CALENDAR.undecidedYears(LocalDate.of(2028, 2, 29)));
    }

    @Test
    void aDueDateCostsLittle() {
        Instant received = local("2025-01-20T09:00");
        long started = System.nanoTime();
        Instant latest = received;
        for (int count = 0; count < 100_000; count++) {
            Instant due = CALENDAR.due(received.plusSeconds(count), TimeUnit.WORKING_DAYS, 15);
            latest = due.isAfter(latest) ? due : latest;
        }
        assertTrue(latest.isAfter(received));
        Duration taken = Duration.ofNanos(System.nanoTime() - started);
        assertTrue(taken.compareTo(Duration.ofSeconds(10)) < 0, () -> "100,000 due dates took " + taken);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'workingWeekdays': ['Monday']|/workingWeekdays/0: found \"Monday\"; allowed: MON, TUE, WED, THU, FRI, SAT, SUN",
                "'workingWeekdays': []|/workingWeekdays: found no day; allowed: some of MON, TUE, WED, THU, FRI, SAT, SUN",
                "'hours': []|/hours: found no hours; allowed: at least one entry",
                "'hours': [{'months': [13], 'sessions': ['07:30-11:30']}]|/hours/0/months/0: found 13; allowed: a whole number from 1 to 12",
                "'hours': [{'months': [1], 'sessions': ['7:30-11:30']}]|/hours/0/sessions/0: found \"7:30-11:30\"; allowed: such as \"07:30-11:30\"",
                "'hours': [{'months': [1], 'sessions': ['13:00-17:00', '07:30-11:30']}]|/hours/0/sessions: found [\"13:00-17:00\",\"07:30-11:30\"]; allowed: sessions one after the other, each ending after its start",
                "'daysOff': [{'date': '2026-02-30', 'kind': 'holiday', 'name': 'X'}]|/daysOff/0/date: found \"2026-02-30\"; allowed: a date such as 2026-11-24",
                "'daysOff': [{'date': '2026-11-24', 'kind': 'weekend', 'name': 'X'}]|/daysOff/0/date: found \"2026-11-24\"; allowed: a Saturday or Sunday, for the kind weekend",
                "'daysOff': [{'date': '2026-01-02', 'kind': 'swappedOff', 'name': 'X', 'decided': '2026-01-03'}]|/daysOff/0/decided: found \"2026-01-03\"; allowed: a date not after the day itself",
                "'desks': [{'area': 'a', 'desk': 'b'}]|/desks/0: found both or none of area and desk; allowed: one of them",
                "'desks': [{'area': 'a'}]|/desks/0/hours: found no hours; allowed: at least one entry",
                "'deadline': {'timeOfDay': 'noon'}|/deadline/timeOfDay: found \"noon\"; allowed: close, same",
                "'daysOff': [{'date': '2026-01-10', 'kind': 'holiday', 'name': 'X'}], 'workedDays': [{'date': '2026-01-10'}]|/workedDays/0/date: found 2026-01-10, which is in daysOff too; allowed: one of them"
            })
    void whatIsWrongIsNamedByItsPointer(String keys, String refusal) {
        String part = "{" + keys
                + (keys.contains("workingWeekdays") ? "" : ", 'workingWeekdays': ['MON']")
                + (keys.contains("'hours'") ? "" : ", 'hours': [{'months': [1], 'sessions': ['07:30-11:30']}]") + "}";
        assertEquals(refusal, refusal(WorkingCalendar::of, part));
    }
}
