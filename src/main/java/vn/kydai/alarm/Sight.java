package vn.kydai.alarm;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.kydai.registry.AlarmRule.Step;

/**
 * What a rule sees of one thing at an instant.
 *
 * @param source key of the sensor, id of the gateway or area
 * @param area the area the alarm belongs to
 * @param steps of the rule as they hold for this source, the mildest first
 * @param value what was measured; absent where there is nothing to measure, which reaches no step
 * @param unit of the value
 * @param judgement whether the value says anything now
 */
record Sight(
        String source,
        String area,
        List<Step> steps,
        @Nullable Double value,
        @Nullable String unit,
        Judgement judgement) {
    /** Whether a value may be judged. */
    enum Judgement {
        JUDGED,
        /** Not known, so that nothing changes: the sensor is silent or measures wrongly. */
        HELD,
        /** Means nothing now, by design. */
        SUPPRESSED
    }

    Sight {
        steps = List.copyOf(steps);
    }

    /**
     * Returns how many steps are reached; a step once reached is left only past the deadband.
     *
     * @param standing how many were reached before
     */
    int level(boolean isBelow, double deadband, int standing) {
        if (value == null || judgement == Judgement.SUPPRESSED) {
            return 0;
        }
        int level = 0;
        for (int index = 0; index < steps.size(); index++) {
            double slack = index < standing ? deadband : 0;
            double at = steps.get(index).at();
            if (isBelow ? value <= at + slack : value >= at - slack) {
                level = index + 1;
            }
        }
        return level;
    }
}
