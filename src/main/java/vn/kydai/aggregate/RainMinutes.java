package vn.kydai.aggregate;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Increments of the day up to the newest value, by minute. A minute holds what was told after its start and up to its
 * end: an increment is about the time before it.
 */
final class RainMinutes implements Serializable {
    private static final int KEPT = 24 * 60;

    private final long[] steps = new long[KEPT];

    /** The minute kept last, as epoch minute of its end. */
    private long newest = Long.MIN_VALUE;

    /** Moves on to an instant, if it is later than all before. */
    void moveTo(long micros) {
        long minute = minute(micros);
        if (newest == Long.MIN_VALUE || minute - newest >= KEPT) {
            newest = Math.max(minute, newest);
            Arrays.fill(steps, 0);
        }
        while (newest < minute) {
            newest++;
            steps[cell(newest)] = 0;
        }
    }

    void add(long micros, long amount) {
        long minute = minute(micros);
        if (minute > newest - KEPT && minute <= newest) {
            steps[cell(minute)] = Buckets.sum(steps[cell(minute)], amount);
        }
    }

    /** Sums what was told after an instant. */
    long since(long micros) {
        long sum = 0;
        for (long minute = Math.max(minute(micros), newest - KEPT) + 1; minute <= newest; minute++) {
            sum = Buckets.sum(sum, steps[cell(minute)]);
        }
        return sum;
    }

    private static int cell(long minute) {
        return (int) Math.floorMod(minute, (long) KEPT);
    }

    private static long minute(long micros) {
        return Math.ceilDiv(micros, Micros.MINUTE);
    }
}
