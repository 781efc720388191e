package vn.kydai.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.registry.PartFixtures.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.kydai.registry.Procedures.TimeUnit;
import vn.kydai.registry.WorkingCalendar.Opening;

class StatutoryDaysOffTest {
    private static final String HOURS =
            "\"hours\": [{\"months\": [1,2,3,4,5,6,7,8,9,10,11,12], \"sessions\": [\"07:30-11:30\", \"13:00-17:00\"]}]";

    @Test
    void ofAYearNobodyHasDecidedTheLawsDaysAreExpected() {
        SortedMap<LocalDate, String> expected =
                expected(calendar("{\"date\": \"2026-11-24\", \"kind\": \"holiday\", \"name\": \"x\"}"));

        assertEquals(
                Map.ofEntries(
                        day("2027-01-01", "Tết Dương lịch"),
                        day("2027-02-05", "Tết Đinh Mùi"),
                        day("2027-02-06", "Tết Đinh Mùi"),
                        day("2027-02-07", "Tết Đinh Mùi"),
                        day("2027-02-08", "Tết Đinh Mùi"),
                        day("2027-02-09", "Tết Đinh Mùi"),
                        day("2027-02-10", "Tết Đinh Mùi (bù 6/2)"),
                        day("2027-02-11", "Tết Đinh Mùi (bù 7/2)"),
                        day("2027-04-16", "Giỗ Tổ Hùng Vương"),
                        day("2027-04-30", "Ngày Chiến thắng"),
                        day("2027-05-01", "Quốc tế Lao động"),
                        day("2027-05-03", "Quốc tế Lao động (bù 1/5)"),
                        day("2027-09-02", "Quốc khánh"),
                        day("2027-09-03", "Quốc khánh"),
                        day("2027-11-24", "Ngày Văn hóa Việt Nam")),
                expected.subMap(LocalDate.of(2027, 1, 1), LocalDate.of(2028, 1, 1)));
    }

    @Test
    void twoHolidaysOnOneWeekendAreMadeUpForOneAfterTheOther() {
        SortedMap<LocalDate, String> year =
                expected(calendar("")).subMap(LocalDate.of(2033, 4, 20), LocalDate.of(2033, 5, 9));

        assertEquals(
                Map.ofEntries(
                        day("2033-04-30", "Ngày Chiến thắng"),
                        day("2033-05-01", "Quốc tế Lao động"),
                        day("2033-05-02", "Ngày Chiến thắng (bù 30/4)"),
                        day("2033-05-03", "Quốc tế Lao động (bù 1/5)")),
                year);
    }

    @Test
    void whatIsEnteredOfAHolidayReplacesAllThatWasExpectedOfIt() {
        SortedMap<LocalDate, String> expected = expected(
                calendar(
                        "{\"date\": \"2027-02-04\", \"kind\": \"holiday\", \"name\": \"Tết\"}, {\"date\": \"2027-09-01\", \"kind\": \"holiday\", \"name\": \"x\"}"));

        assertTrue(
                expected.subMap(LocalDate.of(2027, 1, 20), LocalDate.of(2027, 3, 1))
                        .isEmpty(),
                "Tết is decided");
        assertTrue(
                expected.subMap(LocalDate.of(2027, 8, 20), LocalDate.of(2027, 9, 10))
                        .isEmpty(),
                "so is Quốc khánh");
        assertTrue(expected.containsKey(LocalDate.of(2027, 4, 30)), "what nobody spoke of goes on");
    }

    @Test
    void theShippedYearsBefore2027AreDecidedWhole() {
        SortedMap<LocalDate, String> expected =
                expected(PartFixtures.CONFIG.content().get(vn.kydai.event.Configuration.Part.CALENDAR));

        assertEquals(
                List.of(2027),
                expected.headMap(LocalDate.of(2028, 1, 1)).keySet().stream()
                        .map(LocalDate::getYear)
                        .distinct()
                        .toList());
    }

    @Test
    void dueDatesStepOverWhatIsExpectedAndSayWhichDays() {
        WorkingCalendar calendar = WorkingCalendar.of(StatutoryDaysOff.complete(calendar("")));

        assertEquals(local("2028-02-03T17:00"), calendar.due(local("2028-01-24T09:00"), TimeUnit.WORKING_DAYS, 3));
        assertEquals(
                List.of("2028-01-25", "2028-01-26", "2028-01-27", "2028-01-28", "2028-01-31"),
                calendar.expectedDaysOff(LocalDate.of(2028, 1, 24), LocalDate.of(2028, 2, 4)).stream()
                        .map(LocalDate::toString)
                        .toList());
    }

    @Test
    void desksClosedOnAnExpectedDayOffSayThatItIsExpected() {
        WorkingCalendar calendar = WorkingCalendar.of(StatutoryDaysOff.complete(calendar("")));

        Opening tet = calendar.opening(local("2028-01-26T09:00"));

        assertEquals(new Opening(false, "holiday", "Tết Mậu Thân", true, local("2028-02-01T07:30")), tet);
    }

    @Test
    void aDayThatIsWorkedInsteadIsNotExpectedOff() {
        JsonNode part =
                parse("{\"workingWeekdays\": [\"MON\"], " + HOURS + ", \"workedDays\": [{\"date\": \"2028-05-01\"}]}");

        assertFalse(expected(part).containsKey(LocalDate.of(2028, 5, 1)));
    }

    @ParameterizedTest
    @CsvSource({
        "2020, 2020-01-25",
        "2021, 2021-02-12",
        "2022, 2022-02-01",
        "2023, 2023-01-22",
        "2024, 2024-02-10",
        "2025, 2025-01-29",
        "2026, 2026-02-17",
        "2027, 2027-02-06",
        "2030, 2030-02-02"
    })
    void newYearIsWherePublishedCalendarsHaveIt(int year, LocalDate newYear) {
        assertEquals(newYear, LunarDates.newYear(year));
    }

    @Test
    void everyLunarDateOfTheTableFollowsFromMoonAndSun() {
        for (int year = LunarDates.FIRST_YEAR; year <= LunarDates.LAST_YEAR; year++) {
            assertEquals(MoonAndSun.date(1, 1, year), LunarDates.newYear(year));
            assertEquals(MoonAndSun.date(10, 3, year), LunarDates.hungKings(year));
        }
    }

    @Test
    void yearsAreCalledByStemAndBranch() {
        assertEquals(
                List.of("Giáp Thìn", "Ất Tỵ", "Bính Ngọ", "Đinh Mùi", "Mậu Thân"),
                List.of(2024, 2025, 2026, 2027, 2028).stream()
                        .map(LunarDates::name)
                        .toList());
    }

    private static Map.Entry<LocalDate, String> day(String date, String name) {
        return Map.entry(LocalDate.parse(date), name);
    }

    private static JsonNode calendar(String daysOff) {
        return parse("{\"workingWeekdays\": [\"MON\", \"TUE\", \"WED\", \"THU\", \"FRI\"], " + HOURS
                + ", \"daysOff\": [" + daysOff + "]}");
    }

    private static SortedMap<LocalDate, String> expected(JsonNode part) {
        SortedMap<LocalDate, String> found = new TreeMap<>();
        StatutoryDaysOff.complete(part).path("daysOff").forEach(day -> {
            if (day.path("expected").asBoolean()) {
                found.put(
                        LocalDate.parse(day.path("date").asText()),
                        day.path("name").asText());
            }
        });
        return found;
    }

    private static JsonNode parse(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
