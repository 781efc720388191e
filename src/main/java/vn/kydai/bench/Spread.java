package vn.kydai.bench;

import java.util.Arrays;
import java.util.Collection;

/**
 * The middle and the ends of what the rounds gave; all are not a number when there is nothing.
 *
 * @param median of an even number, the mean of the two in the middle
 */
record Spread(double median, double min, double max) {
    static final Spread NONE = new Spread(Double.NaN, Double.NaN, Double.NaN);

    /** Returns the spread of the values that are numbers. */
    static Spread of(Collection<Double> values) {
        double[] sorted = values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return NONE;
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], Arrays.stream(sorted).max().orElseThrow());
    }
}
