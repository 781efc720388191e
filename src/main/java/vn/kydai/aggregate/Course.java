package vn.kydai.aggregate;

import org.jspecify.annotations.Nullable;
import vn.kydai.registry.Plausibility;

/**
 * What a row of values, taken in the order of their event times, says of the last one: whether it is to be believed, and
 * which alert level has been reached. A value is suspect when the device says so, when it has stayed the same for too
 * long, or when it lies too far from the last believed one. Three in a row that agree with one another are believed all
 * the same: then it was the world that jumped, not the instrument.
 *
 * @param isSuspect whether the last value is not to be believed
 * @param isOdd whether it is the row that says so, not the device
 * @param believed the last one that is, or was, to be believed
 * @param rival the last of the values in a row that lie too far from it
 * @param rivals how many these are
 * @param same the first of the last values that are all the same
 * @param sames how many these are
 */
record Course(
        boolean isSuspect,
        boolean isOdd,
        @Nullable Value believed,
        @Nullable Value rival,
        int rivals,
        @Nullable Value same,
        int sames,
        AlertLevel alert) {
    static final Course START = new Course(false, false, null, null, 0, null, 0, AlertLevel.NONE);

    private static final int LEAST_STUCK = 3;
    private static final long STEP = Plausibility.STEP.toSeconds() * Micros.SECOND;

    Course next(Value value, ChannelRules rules) {
        boolean isSame = same != null && steps(same.value(), rules) == steps(value.value(), rules);
        Value first = isSame ? same : value;
        int repeats = isSame ? sames + 1 : 1;
        boolean isStuck = first != null && repeats >= LEAST_STUCK && isTooLong(first, value, rules);
        boolean isFar = believed != null && isStep(believed, value, rules);
        boolean agrees = rival != null && !isStep(rival, value, rules);
        int inRow = !isFar ? 0 : agrees ? rivals + 1 : 1;
        boolean isOddNow = isStuck || (isFar && inRow < Plausibility.CONFIRMED);
        boolean isSuspectNow = isOddNow || value.isDoubted();
        boolean isReference = !value.isDoubted() && (!isFar || inRow >= Plausibility.CONFIRMED);
        return new Course(
                isSuspectNow,
                isOddNow,
                isReference ? value : believed,
                value.isDoubted() ? rival : isReference ? null : value,
                value.isDoubted() ? rivals : isReference ? 0 : inRow,
                first,
                repeats,
                alert(value, isSuspectNow, rules));
    }

    /** A suspect value reaches no level, or, where a false alarm is better than none, may reach one and leaves none. */
    private AlertLevel alert(Value value, boolean isDoubted, ChannelRules rules) {
        boolean isLower = AlertLevel.count(rules.levels(), value.value()) < alert.reached();
        boolean counts = !isDoubted || (rules.alerting().countsSuspect() && !isLower);
        return counts ? alert.next(value, rules.levels(), rules.alerting()) : alert;
    }

    private static boolean isTooLong(Value first, Value last, ChannelRules rules) {
        return rules.plausible()
                .stuckAfter()
                .filter(longest -> last.micros() - first.micros() >= longest.toSeconds() * Micros.SECOND)
                .isPresent();
    }

    /** Tells whether two values lie further apart than the time between them allows. */
    private static boolean isStep(Value before, Value after, ChannelRules rules) {
        Double maxStep = rules.plausible().maxStep();
        Double maxFactor = rules.plausible().maxFactor();
        if (maxStep == null && maxFactor == null) {
            return false;
        }
        double spans = Math.max(1, (double) (after.micros() - before.micros()) / STEP);
        long change = Math.abs(steps(after.value(), rules) - steps(before.value(), rules));
        boolean isFar = maxStep == null || change > steps(maxStep * spans, rules);
        double least = Math.max(Math.min(before.value(), after.value()), rules.resolution());
        boolean isMany =
                maxFactor == null || Math.max(before.value(), after.value()) / least > StrictMath.pow(maxFactor, spans);
        return isFar && isMany;
    }

    private static long steps(double value, ChannelRules rules) {
        return Buckets.steps(value, rules.resolution());
    }
}
