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
        @Nullable Instant asOf) {
    /** How a figure stands to its target. */
    public enum State {
        NORMAL,
        WARN,
        BAD
    }

    /** Returns a plain count. */
    public static Figure count(long value, @Nullable Instant asOf) {
        return new Figure((double) value, null, null, null, null, null, null, null, null, asOf);
    }

    /** Returns a share, without a value when the denominator is 0. */
    public static Figure share(long numerator, long denominator, @Nullable Instant asOf) {
        Double value = denominator == 0 ? null : (double) numerator / denominator;
        return new Figure(value, null, null, numerator, denominator, null, null, null, null, asOf);
    }

    /** Returns seconds over a sample of {@code n}. */
    public static Figure seconds(@Nullable Double value, long n, @Nullable Instant asOf) {
        return new Figure(value, null, "s", null, null, n, null, null, null, asOf);
    }

    /** Returns an instant instead of a value, absent when there is none. */
    public static Figure since(@Nullable Instant since, @Nullable Instant asOf) {
        return new Figure(null, since, null, null, null, null, null, null, null, asOf);
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
                asOf);
    }
}
