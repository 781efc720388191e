package vn.kydai.report;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.IsoFields;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Problem;

/**
 * A period of a report, in local dates.
 *
 * @param text as it is asked for: {@code 2026-11-25}, {@code 2026-W48} (ISO 8601), {@code 2026-11}, {@code 2026-Q4},
 *     {@code 2026}
 * @param last inclusive
 */
record Period(String text, LocalDate first, LocalDate last) {
    private static final Pattern TEXT =
            Pattern.compile("([0-9]{4})(?:-(?:W([0-9]{2})|Q([1-4])|([0-9]{2})(?:-([0-9]{2}))?))?");
    private static final int QUARTER_MONTHS = 3;
    private static final int WEEK_DAYS = 7;

    /** Reads a period; absent is a day. */
    static Period of(@Nullable String text, LocalDate today) {
        if (text == null) {
            return day(today);
        }
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || text.startsWith("0000")) {
            throw unknown();
        }
        try {
            return of(text, matcher);
        } catch (DateTimeException e) {
            throw unknown();
        }
    }

    static Period day(LocalDate date) {
        return new Period(date.toString(), date, date);
    }

    private static Period of(String text, Matcher matcher) {
        int year = Integer.parseInt(matcher.group(1));
        String week = matcher.group(2);
        String quarter = matcher.group(3);
        String month = matcher.group(4);
        String day = matcher.group(5);
        if (week != null) {
            return week(text, year, Integer.parseInt(week));
        }
        if (quarter != null) {
            YearMonth start = YearMonth.of(year, (Integer.parseInt(quarter) - 1) * QUARTER_MONTHS + 1);
            return new Period(
                    text, start.atDay(1), start.plusMonths(QUARTER_MONTHS - 1).atEndOfMonth());
        }
        if (month == null) {
            return new Period(text, LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
        }
        YearMonth start = YearMonth.of(year, Integer.parseInt(month));
        return day == null
                ? new Period(text, start.atDay(1), start.atEndOfMonth())
                : day(start.atDay(1).withDayOfMonth(Integer.parseInt(day)));
    }

    private static Period week(String text, int year, int week) {
        // 4 January is in the first week of every year.
        LocalDate monday = LocalDate.of(year, 1, 4)
                .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, week)
                .with(DayOfWeek.MONDAY);
        if (monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) != week) {
            throw unknown();
        }
        return new Period(text, monday, monday.plusDays(WEEK_DAYS - 1));
    }

    private static Problem unknown() {
        return new Problem(400, "period must be such as 2026-11-25, 2026-W48, 2026-11, 2026-Q4 or 2026");
    }
}
