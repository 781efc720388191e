package vn.kydai.alarm;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server knows of itself that no picture shows; absent while it is not known.
 *
 * @param lagSeconds how long what was committed has waited for its picture
 * @param diskFreePercent of the data directory's disk
 * @param refused events refused at a bound in the last ten minutes
 * @param problems of the configuration's files as they are now
 * @param clockOffSeconds how far the machine's clock is from the time the server keeps, at least 1; 0 while it is believed
 * @param bySource what became of each source's events in the last ten minutes in which the server looked
 * @param heardFrom the first position whose picture knows of all time in which the server did not listen; the greatest
 *     there is while it does not
 */
public record Vitals(
        @Nullable Double lagSeconds,
        @Nullable Double diskFreePercent,
        @Nullable Double refused,
        @Nullable Double problems,
        @Nullable Double clockOffSeconds,
        @Nullable Map<String, Loss> bySource,
        long heardFrom) {
    /** Nothing is known yet. */
    public static final Vitals UNKNOWN = new Vitals(null, null, null, null, null, null, 0);

    public Vitals {
        bySource = bySource == null ? null : Map.copyOf(bySource);
    }

    /**
     * Events of a source.
     *
     * @param lost rejected, or left out of its own sequence
     * @param sent received, and those left out
     */
    public record Loss(long lost, long sent) {
        /** Nothing sent. */
        static final Loss NONE = new Loss(0, 0);

        Loss plus(Loss other) {
            return new Loss(lost + other.lost, sent + other.sent);
        }
    }

    /** Returns the same with what only the alarm stage can tell. */
    Vitals behind(double seconds) {
        return new Vitals(seconds, diskFreePercent, refused, problems, clockOffSeconds, bySource, heardFrom);
    }

    /** Returns the same with from which position on silence may be judged. */
    public Vitals heardFrom(long position) {
        return new Vitals(lagSeconds, diskFreePercent, refused, problems, clockOffSeconds, bySource, position);
    }

    /** Returns the same with how many problems the files of the configuration have. */
    public Vitals withProblems(int ofFiles) {
        return new Vitals(lagSeconds, diskFreePercent, refused, (double) ofFiles, clockOffSeconds, bySource, heardFrom);
    }

    /** Returns the same with how far the machine's clock is from the time the server keeps. */
    public Vitals withClockOff(double seconds) {
        return new Vitals(lagSeconds, diskFreePercent, refused, problems, seconds, bySource, heardFrom);
    }
}
