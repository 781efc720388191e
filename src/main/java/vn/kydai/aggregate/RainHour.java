package vn.kydai.aggregate;

import java.util.TreeMap;

/**
 * The rain of the hour up to the newest reading. Increments are summed as whole steps of the resolution, by second, so
 * that a gauge gone wild costs 3,600 entries at most.
 */
final class RainHour {
    private static final long HOUR_SECONDS = 3_600;

    private final double resolution;
    private final TreeMap<Long, Long> stepsBySecond = new TreeMap<>();

    RainHour(double resolution) {
        this.resolution = resolution;
    }

    void add(Value value, long newestMicros) {
        long oldest = Math.floorDiv(newestMicros, Micros.SECOND) - HOUR_SECONDS;
        stepsBySecond.headMap(oldest, true).clear();
        long second = Math.floorDiv(value.stamp().micros(), Micros.SECOND);
        if (second > oldest) {
            stepsBySecond.merge(second, Buckets.steps(value.value(), resolution), Long::sum);
        }
    }

    double sum() {
        long steps = 0;
        for (long second : stepsBySecond.values()) {
            steps += second;
        }
        return Buckets.value(steps, resolution);
    }
}
