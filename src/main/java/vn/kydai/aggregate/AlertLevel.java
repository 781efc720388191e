package vn.kydai.aggregate;

import java.util.List;
import vn.kydai.registry.Thresholds.Alerting;

/**
 * Which alert level a row of values has reached. A value at the level is at it at once; to leave it, values must stay
 * below it by the hysteresis for the time to hold, and then it falls to the highest that was reached meanwhile.
 *
 * @param reached number of levels reached
 * @param since when the values fell below, µs; {@link Micros#NONE} while they have not
 * @param highest highest level the values reached since then
 */
record AlertLevel(int reached, long since, int highest) {
    private static final double ROUNDING = 1e-9;

    static final AlertLevel NONE = new AlertLevel(0, Micros.NONE, 0);

    AlertLevel next(Value value, List<Double> levels, Alerting alerting) {
        int now = count(levels, value.value());
        int kept = count(levels, value.value() + alerting.hysteresis());
        if (now >= reached) {
            return new AlertLevel(now, Micros.NONE, 0);
        }
        if (kept >= reached) {
            return new AlertLevel(reached, Micros.NONE, 0);
        }
        long from = since == Micros.NONE ? value.micros() : since;
        int most = since == Micros.NONE ? kept : Math.max(highest, kept);
        boolean isHeld = value.micros() - from < alerting.holdSeconds() * Micros.SECOND;
        return isHeld ? new AlertLevel(reached, from, most) : new AlertLevel(most, Micros.NONE, 0);
    }

    /** Counts the levels a value is at or above, as bulletins do, whatever a binary fraction lacks. */
    static int count(List<Double> levels, double value) {
        int count = 0;
        for (double level : levels) {
            count += level <= value + ROUNDING ? 1 : 0;
        }
        return count;
    }
}
