package vn.kydai.alarm;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Alarm.Measure;
import vn.kydai.registry.AlarmRule;
import vn.kydai.registry.AlarmRule.Step;

/**
 * What a rule sees of one thing at an instant.
 *
 * @param source key of the sensor, id of the gateway or area, {@code kydai} for the server itself
 * @param area the area the alarm belongs to
 * @param steps of the rule as they hold for this source, the mildest first
 * @param found what was measured
 * @param judgement whether that says anything now
 */
record Sight(String source, String area, List<Step> steps, Found found, Judgement judgement) {
    /** Whether a value may be judged. */
    enum Judgement {
        JUDGED,
        /** Enough to raise on and not enough to step down on. */
        RAISING,
        /** Not known, so that nothing changes: the sensor is silent or measures wrongly. */
        HELD,
        /** Not the time of the day for it: reaches no step. */
        IDLE,
        /** Means nothing now, by design. */
        SUPPRESSED,
        /** Suppressed by something that is told in its place: raises nothing, and what stands is no better for it. */
        EXPLAINED
    }

    /**
     * What was measured.
     *
     * @param value absent where there is nothing to measure, which reaches no step
     * @param unit of the value
     * @param reached how many steps, where that is not told by the value
     */
    record Found(
            @Nullable Double value,
            @Nullable String unit,
            @Nullable Integer reached) {
        static Found of(@Nullable Double value, @Nullable String unit) {
            return new Found(value, unit, null);
        }
    }

    Sight {
        steps = List.copyOf(steps);
        requireNonNull(found, "found is null");
        requireNonNull(judgement, "judgement is null");
    }

    /**
     * Returns how many steps are reached; a step once reached is left only past the deadband.
     *
     * @param standing how many were reached before
     */
    int level(AlarmRule rule, int standing) {
        boolean isExplained = judgement == Judgement.EXPLAINED && standing == 0;
        if (judgement == Judgement.SUPPRESSED || judgement == Judgement.IDLE || isExplained) {
            return 0;
        }
        if (found.reached() != null) {
            return found.reached();
        }
        Double value = found.value();
        int level = 0;
        for (int index = 0; index < steps.size() && value != null; index++) {
            double slack = index < standing ? rule.deadband() : 0;
            double at = steps.get(index).at();
            if (rule.isBelow() ? value <= at + slack : value >= at - slack) {
                level = index + 1;
            }
        }
        return level;
    }

    /** Returns what a decision for a level is made of. */
    Measure measure(AlarmRule rule, int level) {
        Step step = steps.get(level - 1);
        Double threshold = found.reached() == null ? (Double) step.at() : null;
        return new Measure(step.severity(), level, rule.quantity(), found.value(), threshold, found.unit());
    }
}
