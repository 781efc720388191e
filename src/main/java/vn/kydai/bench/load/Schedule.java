package vn.kydai.bench.load;

import java.util.concurrent.TimeUnit;

/**
 * When things are due, whatever became of those before: an open loop. Without a rate everything is due always and counts
 * from the moment it is sent. Moments are of {@link System#nanoTime}.
 */
final class Schedule {
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final double perSecond;
    private final double warmupSeconds;
    private final double seconds;
    private long startNanos;

    /**
     * Creates it.
     *
     * @param perSecond 0 = no rate
     * @param warmupSeconds before measuring
     * @param seconds measured
     */
    Schedule(double perSecond, double warmupSeconds, double seconds) {
        this.perSecond = perSecond;
        this.warmupSeconds = warmupSeconds;
        this.seconds = seconds;
    }

    /** The first thing is due at this moment: call it once, before all else. */
    void begin(long nanos) {
        startNanos = nanos;
    }

    boolean isPaced() {
        return perSecond > 0;
    }

    double seconds() {
        return seconds;
    }

    /** Returns when a thing is due, by its number from 0. */
    long dueNanos(long number) {
        return startNanos + Math.round(number * NANOS / perSecond);
    }

    long measureFromNanos() {
        return startNanos + Math.round(warmupSeconds * NANOS);
    }

    long endNanos() {
        return startNanos + Math.round((warmupSeconds + seconds) * NANOS);
    }

    /** Tells whether a moment lies between the end of the warm-up and the end. */
    boolean isMeasured(long nanos) {
        return nanos - measureFromNanos() >= 0 && nanos - endNanos() < 0;
    }
}
