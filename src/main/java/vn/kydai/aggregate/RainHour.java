package vn.kydai.aggregate;

import java.io.Serializable;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rain of the hour up to the newest reading. Increments are summed as whole steps of the resolution, by second, so
 * that a gauge gone wild costs 3,600 entries at most.
 */
final class RainHour implements Serializable {
    private static final long HOUR_SECONDS = 3_600;

    private final double resolution;
    private final TreeMap<Long, Long> stepsBySecond = new TreeMap<>();
    private long total;

    RainHour(double resolution) {
        this.resolution = resolution;
    }

    void add(Value value, long newestMicros) {
        long oldest = Math.floorDiv(newestMicros, Micros.SECOND) - HOUR_SECONDS;
        SortedMap<Long, Long> past = stepsBySecond.headMap(oldest, true);
        for (long steps : past.values()) {
            total -= steps;
        }
        past.clear();
        long second = Math.floorDiv(value.stamp().micros(), Micros.SECOND);
        if (second > oldest) {
            long steps = Buckets.steps(value.value(), resolution);
            stepsBySecond.merge(second, steps, Long::sum);
            total += steps;
        }
    }

    double sum() {
        return Buckets.value(total, resolution);
    }
}
