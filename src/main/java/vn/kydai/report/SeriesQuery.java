package vn.kydai.report;

import io.vertx.core.http.HttpServerRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Problem;
import vn.kydai.event.Width;
import vn.kydai.event.codec.Rfc3339;
import vn.kydai.registry.WorkingCalendar;

/**
 * What a series is asked for, apart from its figure.
 *
 * @param from local start of the first bucket
 * @param to local end, exclusive; never after now, and {@code from} itself where that lies in the future
 */
record SeriesQuery(Width step, LocalDateTime from, LocalDateTime to) {
    /** A year of quarters of an hour, and some. */
    static final int MAX_POINTS = 40_000;

    private static final int SECONDS_OF_MINUTE = 60;
    private static final int LAST_YEAR = 9_999;
    private static final String DATES = "an RFC 3339 time or a local date YYYY-MM-DD";

    /** Reads the parameters {@code from}, {@code to}, {@code step}; fails with 400 saying what is wrong with which. */
    static SeriesQuery of(HttpServerRequest request, Instant now) {
        Width step = step(request.getParam("step"));
        LocalDateTime present = local(now);
        String end = request.getParam("to");
        LocalDateTime to = end == null ? present : time("to", end);
        LocalDateTime from = step.start(time("from", request.getParam("from")));
        if (!from.isBefore(to)) {
            throw new Problem(400, "from: found a time that is not before to; allowed: an earlier one");
        }
        long points = new SeriesQuery(step, from, to).points();
        if (points > MAX_POINTS) {
            throw new Problem(
                    400,
                    "step: found " + step.id() + ", which makes " + points + " points; allowed: at most " + MAX_POINTS
                            + ", so a wider step or a shorter time");
        }
        LocalDateTime latest = present.isBefore(from) ? from : present;
        return new SeriesQuery(step, from, to.isAfter(latest) ? latest : to);
    }

    static Instant instant(LocalDateTime local) {
        return local.atZone(WorkingCalendar.ZONE).toInstant();
    }

    /** Returns the local time of an epoch minute. */
    static LocalDateTime local(long minute) {
        return local(Instant.ofEpochSecond(minute * SECONDS_OF_MINUTE));
    }

    /** Returns how many buckets it has. */
    long points() {
        return unit(step).between(from, to) / multiple(step);
    }

    private static LocalDateTime local(Instant instant) {
        return LocalDateTime.ofInstant(instant, WorkingCalendar.ZONE);
    }

    private static Width step(@Nullable String id) {
        List<String> known = Arrays.stream(Width.values()).map(Width::id).toList();
        return Width.of(id == null ? "" : id)
                .orElseThrow(
                        () -> new Problem(400, "step: found " + shown(id) + "; allowed: " + String.join(", ", known)));
    }

    private static LocalDateTime time(String parameter, @Nullable String text) {
        try {
            if (text != null && text.indexOf('T') < 0) {
                return Dates.of(parameter, text).atStartOfDay();
            }
            LocalDateTime time = local(Rfc3339.parse(text == null ? "" : text));
            if (time.getYear() < 1 || time.getYear() > LAST_YEAR) {
                throw new DateTimeException("a year of other than four digits");
            }
            return time;
        } catch (DateTimeException | Problem e) {
            throw new Problem(400, parameter + ": found " + shown(text) + "; allowed: " + DATES);
        }
    }

    static String shown(@Nullable String text) {
        return text == null || text.isEmpty()
                ? "nothing"
                : text.codePoints().limit(64).mapToObj(Character::toString).collect(Collectors.joining());
    }

    private static ChronoUnit unit(Width step) {
        return switch (step) {
            case MINUTE, QUARTER -> ChronoUnit.MINUTES;
            case HOUR -> ChronoUnit.HOURS;
            case DAY -> ChronoUnit.DAYS;
            case MONTH -> ChronoUnit.MONTHS;
            case YEAR -> ChronoUnit.YEARS;
        };
    }

    private static int multiple(Width step) {
        return step == Width.QUARTER ? 15 : 1;
    }
}
