package vn.kydai.aggregate.air;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** The weighted mean of twelve hours of dust that stands for the hour. */
public final class NowCast {
    /** Hours it looks back. */
    public static final int HOURS = 12;

    private static final int NEWEST = 3;
    private static final int LEAST_OF_NEWEST = 2;
    private static final double LEAST_WEIGHT = 0.5;

    private NowCast() {}

    /**
     * Weighs hourly means: w = smallest / greatest, at least ½; Σ wⁱ·cᵢ / Σ wⁱ over the hours that are there. The decision
     * leaves out the divisor for w = ½, which is the same with all hours and far too low with a missing one.
     *
     * @param hours means, newest first, NaN for an hour without one
     * @return empty unless two of the three newest hours are there
     */
    public static OptionalDouble of(double... hours) {
        if (present(hours, NEWEST) < LEAST_OF_NEWEST) {
            return OptionalDouble.empty();
        }
        double greatest = known(hours).max().orElse(0);
        if (greatest <= 0) {
            return OptionalDouble.of(0);
        }
        double weight = Math.max(LEAST_WEIGHT, known(hours).min().orElse(0) / greatest);
        double sum = 0;
        double weights = 0;
        double power = 1;
        for (int hour = 0; hour < Math.min(HOURS, hours.length); hour++) {
            if (!Double.isNaN(hours[hour])) {
                sum += power * hours[hour];
                weights += power;
            }
            power *= weight;
        }
        return OptionalDouble.of(sum / weights);
    }

    private static long present(double[] hours, int first) {
        return Arrays.stream(hours)
                .limit(first)
                .filter(value -> !Double.isNaN(value))
                .count();
    }

    private static DoubleStream known(double[] hours) {
        return Arrays.stream(hours).limit(HOURS).filter(value -> !Double.isNaN(value));
    }
}
