package vn.kydai.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One number on the wall.
 *
 * @param value a count, a fraction 0…1, or seconds; absent when its denominator is 0
 * @param since instead of a value, for what is measured by an instant (the oldest ticket waiting)
 * @param unit {@code s} for durations, else absent
 * @param numerator of a rate
 * @param denominator of a rate
 * @param n sample size of a mean or percentile
 * @param targetMin the value should be at least this
 * @param targetMax the value should be at most this
 * @param state how it stands to its target
 * @param comparison what it was on other days at the same time
 * @param asOf ingest time of the newest event in it
 */
public record Figure(
        @Nullable Double value,
        @Nullable Instant since,
        @Nullable String unit,
        @Nullable Long numerator,
        @Nullable Long denominator,
        @Nullable Long n,
        @Nullable Double targetMin,
        @Nullable Double targetMax,
        @Nullable State state,
        @Nullable Comparison comparison,
        @Nullable Instant asOf) {
    /**
     * What a figure was on other days, from midnight to the last whole quarter of an hour.
     *
     * @param yesterday the day before
     * @param lastWeek the same weekday of the week before
     * @param usual the median of the same weekday of the last eight weeks
     */
    public record Comparison(
            @Nullable Double yesterday,
            @Nullable Double lastWeek,
            @Nullable Double usual) {}

    /** How a figure stands to its target. */
    public enum State {
        NORMAL,
        WARN,
        BAD
    }

    /** Returns a plain count. */
    public static Figure count(long value, @Nullable Instant asOf) {
        return new Figure((double) value, null, null, null, null, null, null, null, null, null, asOf);
    }

    /** Returns a share, without a value when the denominator is 0. */
    public static Figure share(long numerator, long denominator, @Nullable Instant asOf) {
        return share(numerator, denominator, 1, asOf);
    }

    /** Returns a share, without a value when the denominator is less than {@code least}. */
    public static Figure share(long numerator, long denominator, long least, @Nullable Instant asOf) {
        Double value = denominator < least ? null : (double) numerator / denominator;
        return new Figure(value, null, null, numerator, denominator, null, null, null, null, null, asOf);
    }

    /** Returns seconds over a sample of {@code n}. */
    public static Figure seconds(@Nullable Double value, long n, @Nullable Instant asOf) {
        return new Figure(value, null, "s", null, null, n, null, null, null, null, asOf);
    }

    /** Returns an instant instead of a value, absent when there is none. */
    public static Figure since(@Nullable Instant since, @Nullable Instant asOf) {
        return new Figure(null, since, null, null, null, null, null, null, null, null, asOf);
    }

    /** Returns the same figure with its target and how it stands to it. */
    public Figure against(@Nullable Double min, @Nullable Double max, State reached) {
        return new Figure(
                value,
                since,
                unit,
                numerator,
                denominator,
                n,
                min,
                max,
                requireNonNull(reached, "state is null"),
                comparison,
                asOf);
    }

    /** Returns the same figure with what it was on other days. */
    public Figure comparedWith(@Nullable Comparison others) {
        return new Figure(value, since, unit, numerator, denominator, n, targetMin, targetMax, state, others, asOf);
    }
}
