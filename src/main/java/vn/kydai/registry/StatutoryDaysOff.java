package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The days off that the law gives every year (Bộ luật Lao động 45/2019/QH14, Điều 111 khoản 3 and Điều 112; 24 November
 * since Nghị quyết 28/2026/QH16), for the holidays that a calendar says nothing of yet. They hold as expected (dự kiến)
 * until the government's decision is entered. Where the law leaves a choice, the usual one is expected: of Tết the last day
 * of the old year and the first four of the new one; beside 2 September the neighbour that joins the longer run of days
 * off.
 */
final class StatutoryDaysOff {
    /** The Labour Code of 2019 is in force since 1 January 2021. */
    private static final int FIRST_YEAR = 2021;

    /** Ngày Văn hóa Việt Nam is a day off since 2026. */
    private static final int CULTURE_DAY_SINCE = 2026;

    private static final int DAYS_BEFORE_TET = 1;
    private static final int DAYS_OF_TET = 5;

    /** A decision on Tết names some day this near to it. */
    private static final int DAYS_AROUND_TET = 8;

    private final Set<DayOfWeek> weekdays;
    private final Set<LocalDate> decided;
    private final Set<LocalDate> worked;
    private final List<Day> expected = new ArrayList<>();

    private StatutoryDaysOff(Set<DayOfWeek> weekdays, Set<LocalDate> decided, Set<LocalDate> worked) {
        this.weekdays = weekdays;
        this.decided = decided;
        this.worked = worked;
    }

    private record Day(LocalDate date, String kind, String name) {}

    /**
     * One holiday of one year.
     *
     * @param days the days the law gives for it, in order
     * @param from the first day by which a decision on it is known
     * @param until the last one
     */
    private record Holiday(List<LocalDate> days, LocalDate from, LocalDate until, String name) {
        LocalDate last() {
            return days.get(days.size() - 1);
        }
    }

    /**
     * Returns a valid part {@code calendar} with the days off that are to be expected, from the first year it has days off
     * of to 2050, and with {@code expectedYears}, the years in which it has none of its own.
     */
    static JsonNode complete(JsonNode part) {
        Set<LocalDate> decided = dates(part.path("daysOff"));
        Set<DayOfWeek> weekdays = new HashSet<>();
        part.path("workingWeekdays").forEach(day -> weekdays.add(CalendarJson.weekday(day, "")));
        StatutoryDaysOff missing = new StatutoryDaysOff(weekdays, decided, dates(part.path("workedDays")));
        int first = decided.stream().mapToInt(LocalDate::getYear).min().orElse(FIRST_YEAR);
        for (int year = Math.max(first, FIRST_YEAR); year <= LunarDates.LAST_YEAR; year++) {
            missing.expect(year);
        }
        return missing.addedTo(part, first);
    }

    /** Tells whether somebody decided on Tết of a year: every year's decision begins with it. */
    static boolean isDecided(int year, Set<LocalDate> decided) {
        if (!LunarDates.knows(year)) {
            return decided.stream().anyMatch(date -> date.getYear() == year);
        }
        LocalDate tet = LunarDates.newYear(year);
        return decided.stream()
                .anyMatch(date ->
                        !date.isBefore(tet.minusDays(DAYS_AROUND_TET)) && !date.isAfter(tet.plusDays(DAYS_AROUND_TET)));
    }

    private static Set<LocalDate> dates(JsonNode days) {
        Set<LocalDate> dates = new TreeSet<>();
        days.forEach(day -> dates.add(LocalDate.parse(day.path("date").asText())));
        return dates;
    }

    private ObjectNode addedTo(JsonNode part, int first) {
        ObjectNode whole = part.deepCopy();
        ArrayNode years = whole.putArray("expectedYears");
        IntStream.rangeClosed(Math.max(first, FIRST_YEAR), LunarDates.LAST_YEAR)
                .filter(year -> decided.stream().noneMatch(date -> date.getYear() == year))
                .forEach(years::add);
        ArrayNode days = whole.withArray("daysOff");
        expected.forEach(day -> days.addObject()
                .put("date", day.date().toString())
                .put("kind", day.kind())
                .put("name", day.name())
                .put("expected", true));
        return whole;
    }

    private void expect(int year) {
        List<Holiday> open = new ArrayList<>();
        Set<LocalDate> holidays = new HashSet<>();
        for (Holiday holiday : of(year)) {
            holidays.addAll(holiday.days());
            if (!isKnown(holiday)) {
                open.add(holiday);
            }
        }
        Set<LocalDate> taken = new HashSet<>(decided);
        for (Holiday holiday : open) {
            holiday.days().forEach(date -> add(date, "holiday", holiday.name(), taken));
        }
        taken.addAll(holidays);
        for (Holiday holiday : open) {
            List<LocalDate> lost = holiday.days().stream()
                    .filter(date -> !weekdays.contains(date.getDayOfWeek()))
                    .toList();
            for (LocalDate date : lost) {
                LocalDate substitute = holiday.last();
                do {
                    substitute = substitute.plusDays(1);
                } while (!weekdays.contains(substitute.getDayOfWeek()) || taken.contains(substitute));
                add(
                        substitute,
                        "substitute",
                        "%s (bù %d/%d)".formatted(holiday.name(), date.getDayOfMonth(), date.getMonthValue()),
                        taken);
            }
        }
    }

    private void add(LocalDate date, String kind, String name, Set<LocalDate> taken) {
        if (!worked.contains(date) && taken.add(date)) {
            expected.add(new Day(date, kind, name));
        }
    }

    /** Whoever names one day of a holiday, or the day it is made up for on, has decided on it. */
    private boolean isKnown(Holiday holiday) {
        return decided.stream().anyMatch(date -> !date.isBefore(holiday.from()) && !date.isAfter(holiday.until()));
    }

    private Holiday oneDay(LocalDate date, String name) {
        LocalDate until = weekdays.contains(date.getDayOfWeek()) ? date : nextWeekday(date);
        return new Holiday(List.of(date), date, until, name);
    }

    private LocalDate nextWeekday(LocalDate date) {
        LocalDate next = date.plusDays(1);
        while (!weekdays.contains(next.getDayOfWeek())) {
            next = next.plusDays(1);
        }
        return next;
    }

    private List<Holiday> of(int year) {
        List<Holiday> holidays = new ArrayList<>();
        holidays.add(oneDay(LocalDate.of(year, Month.JANUARY, 1), "Tết Dương lịch"));
        holidays.add(tet(year));
        holidays.add(oneDay(LunarDates.hungKings(year), "Giỗ Tổ Hùng Vương"));
        holidays.add(oneDay(LocalDate.of(year, Month.APRIL, 30), "Ngày Chiến thắng"));
        holidays.add(oneDay(LocalDate.of(year, Month.MAY, 1), "Quốc tế Lao động"));
        holidays.add(nationalDay(LocalDate.of(year, Month.SEPTEMBER, 2)));
        if (year >= CULTURE_DAY_SINCE) {
            holidays.add(oneDay(LocalDate.of(year, Month.NOVEMBER, 24), "Ngày Văn hóa Việt Nam"));
        }
        return holidays;
    }

    private static Holiday tet(int year) {
        LocalDate newYear = LunarDates.newYear(year);
        LocalDate eve = newYear.minusDays(DAYS_BEFORE_TET);
        return new Holiday(
                eve.datesUntil(eve.plusDays(DAYS_OF_TET)).toList(),
                newYear.minusDays(DAYS_AROUND_TET),
                newYear.plusDays(DAYS_AROUND_TET),
                "Tết " + LunarDates.name(year));
    }

    private Holiday nationalDay(LocalDate date) {
        LocalDate before = date.minusDays(1);
        LocalDate after = date.plusDays(1);
        List<LocalDate> days = run(date, after) > run(before, date) ? List.of(date, after) : List.of(before, date);
        return new Holiday(days, before, nextWeekday(after), "Quốc khánh");
    }

    /** How many days in a row are off around two days that are. */
    private int run(LocalDate first, LocalDate last) {
        int days = 2;
        for (LocalDate day = first.minusDays(1);
                !weekdays.contains(day.getDayOfWeek()) && days < DAYS_AROUND_TET;
                day = day.minusDays(1)) {
            days++;
        }
        for (LocalDate day = last.plusDays(1);
                !weekdays.contains(day.getDayOfWeek()) && days < DAYS_AROUND_TET;
                day = day.plusDays(1)) {
            days++;
        }
        return days;
    }
}
