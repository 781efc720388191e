package vn.kydai.bench.load;

import java.util.concurrent.TimeUnit;

/**
 * What the lines of a load share.
 *
 * @param answers counts
 * @param wall takes note of what a wall should show
 * @param nanosOfEpoch moment of {@link System#nanoTime} at 1970, so that a due moment has a time
 */
record LineParts(Answers answers, WallWatch wall, long nanosOfEpoch) {
    long epochMicros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos - nanosOfEpoch);
    }
}
