package vn.kydai.transfer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.codec.Rfc3339;
import vn.kydai.registry.WorkingCalendar;

/**
 * A date, and a time of day if the file says one, in local time.
 *
 * @param time absent where only a date is written
 */
record LocalMoment(LocalDate date, @Nullable LocalTime time) {
    private static final String DAY = "(?<day>\\d{1,2})[/.-](?<month>\\d{1,2})[/.-](?<year>\\d{4})";
    private static final String TIME = "(?<hour>\\d{1,2})[:hg](?<minute>\\d{2})(?:[:'](?<second>\\d{2}))?";
    private static final Pattern DAY_FIRST = Pattern.compile(DAY + "(?:[T ,]+" + TIME + ")?");
    private static final Pattern TIME_FIRST = Pattern.compile(TIME + "[, ]+" + DAY);
    private static final Pattern YEAR_FIRST =
            Pattern.compile("(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})(?:[T ]" + TIME + ")?");
    private static final Pattern DAY_AND_MONTH =
            Pattern.compile("(?:.*[ ,])?(\\d{1,2})[/.-](\\d{1,2})[/.-]\\d{4}(?:[T ,].*)?");
    private static final Pattern SHORT_YEAR =
            Pattern.compile("(?:.*[ ,])?\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{2}(?:[T ,].*)?");
    private static final Pattern SERIAL = Pattern.compile("\\d{5}(?:[.,]\\d+)?");
    private static final int MONTHS = 12;
    private static final int DAYS = 31;
    private static final Pattern TIME_ONLY = Pattern.compile(TIME);

    /** What comes first in a date written with numbers only, where the numbers prove it. */
    enum Order {
        DAY_FIRST,
        MONTH_FIRST
    }

    /** Tells what a date proves to have first; empty where both numbers may be a month, and where it is no such date. */
    static Optional<Order> order(String text) {
        Matcher matcher = DAY_AND_MONTH.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int first = Integer.parseInt(matcher.group(1));
        int second = Integer.parseInt(matcher.group(2));
        if (first > MONTHS && first <= DAYS && second >= 1 && second <= MONTHS) {
            return Optional.of(Order.DAY_FIRST);
        }
        boolean isMonthFirst = first >= 1 && first <= MONTHS && second > MONTHS && second <= DAYS;
        return isMonthFirst ? Optional.of(Order.MONTH_FIRST) : Optional.empty();
    }

    /**
     * Reads a moment: {@code 24/11/2026 08:05}, {@code 8h05 24/11/2026}, {@code 24/11/2026}, {@code 2026-11-24 08:05} or
     * RFC 3339 with an offset; {@code 08:05} alone when the row has a date of its own.
     *
     * @param day the row's date
     */
    static LocalMoment parse(String field, String text, @Nullable LocalDate day) {
        String bare = text.strip().replaceAll("\\s+", " ");
        try {
            for (Pattern pattern : new Pattern[] {DAY_FIRST, TIME_FIRST, YEAR_FIRST}) {
                Matcher matcher = pattern.matcher(bare);
                if (matcher.matches()) {
                    return new LocalMoment(date(matcher), time(matcher));
                }
            }
            Matcher alone = TIME_ONLY.matcher(bare);
            if (day != null && alone.matches()) {
                return new LocalMoment(day, time(alone));
            }
            LocalDateTime local = LocalDateTime.ofInstant(Rfc3339.parse(bare), WorkingCalendar.ZONE);
            return new LocalMoment(local.toLocalDate(), local.toLocalTime());
        } catch (DateTimeException e) {
            throw new UnusableRow(field, why(bare));
        }
    }

    private static String why(String bare) {
        if (SERIAL.matcher(bare).matches()) {
            return "is a spreadsheet's number of a day: format the column as date and time such as 24/11/2026 08:05";
        }
        String example = "is no date and time such as 24/11/2026 08:05";
        return SHORT_YEAR.matcher(bare).matches() ? example + ": its year has two digits" : example;
    }

    /** Returns the instant; of a date alone its beginning. */
    Instant instant() {
        return date.atTime(time == null ? LocalTime.MIDNIGHT : time)
                .atZone(WorkingCalendar.ZONE)
                .toInstant();
    }

    /**
     * Returns the instant of a step that followed another. Files know minutes, or only dates: what they put at the same
     * moment is told a millisecond apart, since steps are ordered by their times.
     */
    Instant after(@Nullable Instant before) {
        Instant own = instant();
        if (before == null) {
            return own;
        }
        boolean isSame = time == null ? WorkingCalendar.dateOf(before).equals(date) : own.equals(before);
        return isSame ? before.plusMillis(1) : own;
    }

    /** Tells whether it is before another for certain: dates alone tell days. */
    boolean isBefore(LocalMoment other) {
        return (time == null || other.time == null)
                ? date.isBefore(other.date)
                : instant().isBefore(other.instant());
    }

    private static LocalDate date(Matcher matcher) {
        return LocalDate.of(number(matcher, "year"), number(matcher, "month"), number(matcher, "day"));
    }

    private static @Nullable LocalTime time(Matcher matcher) {
        if (matcher.group("hour") == null) {
            return null;
        }
        int second = matcher.group("second") == null ? 0 : number(matcher, "second");
        return LocalTime.of(number(matcher, "hour"), number(matcher, "minute"), second);
    }

    private static int number(Matcher matcher, String group) {
        return Integer.parseInt(matcher.group(group));
    }
}
