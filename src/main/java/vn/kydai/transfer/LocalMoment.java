package vn.kydai.transfer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
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
    private static final Pattern TIME_ONLY = Pattern.compile(TIME);

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
            throw new UnusableRow(field, "is no date and time such as 24/11/2026 08:05");
        }
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
