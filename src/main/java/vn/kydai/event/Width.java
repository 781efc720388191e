package vn.kydai.event;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/** How wide a bucket of a rollup is. Buckets begin where the local calendar's minutes, hours, days, months, years do. */
public enum Width {
    MINUTE("1m"),
    QUARTER("15m"),
    HOUR("1h"),
    DAY("1d"),
    MONTH("1M"),
    YEAR("1y");

    private static final long QUARTER_MINUTES = 15;

    private final String id;

    Width(String id) {
        this.id = id;
    }

    /** Returns the name used in requests and in the table: {@code 15m}. */
    public String id() {
        return id;
    }

    /** Finds a width by its name. */
    public static Optional<Width> of(String id) {
        return Arrays.stream(values()).filter(width -> width.id.equals(id)).findFirst();
    }

    /** Returns where the bucket of a local time begins. */
    public LocalDateTime start(LocalDateTime at) {
        return switch (this) {
            case MINUTE -> at.truncatedTo(ChronoUnit.MINUTES);
            case QUARTER ->
                at.truncatedTo(ChronoUnit.HOURS).plusMinutes(at.getMinute() / QUARTER_MINUTES * QUARTER_MINUTES);
            case HOUR -> at.truncatedTo(ChronoUnit.HOURS);
            case DAY -> at.truncatedTo(ChronoUnit.DAYS);
            case MONTH -> at.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
            case YEAR -> at.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
        };
    }

    /** Returns where the bucket after the one that begins then begins. */
    public LocalDateTime next(LocalDateTime start) {
        return switch (this) {
            case MINUTE -> start.plusMinutes(1);
            case QUARTER -> start.plusMinutes(QUARTER_MINUTES);
            case HOUR -> start.plusHours(1);
            case DAY -> start.plusDays(1);
            case MONTH -> start.plusMonths(1);
            case YEAR -> start.plusYears(1);
        };
    }
}
