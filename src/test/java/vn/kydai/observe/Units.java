package vn.kydai.observe;

import java.util.Optional;
import java.util.Set;

/** What a value may be by the unit a panel shows it in, and which metrics agree with the unit. */
final class Units {
    private static final double MINUTE = 60;
    private static final double MANY = 1e9;

    private Units() {}

    static boolean isPlausible(String unit, double value) {
        return switch (unit) {
            case "bool_yes_no" -> value == 0 || value == 1;
            case "percentunit" -> value >= 0 && value <= 1;
            case "s" -> value >= 0 && value < MINUTE;
            case "bytes" -> value > 0;
            case "Bps", "cps", "short" -> value >= 0 && value < MANY;
            case "lengthm" -> value > -10 && value < 100;
            case "none" -> Double.isFinite(value);
            default -> false;
        };
    }

    /** Tells what is wrong with an expression shown in a unit, by the names of its metrics. */
    static Optional<String> complaint(String unit, String expression) {
        Set<String> metrics = Expressions.metrics(expression);
        boolean isOfSeconds = metrics.stream().anyMatch(name -> name.matches(".*_seconds(_bucket|_sum|_max)?"));
        boolean isOfBytes = metrics.stream().anyMatch(name -> name.matches(".*_bytes(_total)?"));
        boolean isRate = expression.contains("rate(") && !expression.contains("histogram_quantile(");
        boolean isRatio = expression.contains(" / ")
                || metrics.stream().allMatch(name -> name.matches(".*_(ratio|usage|usage_after_gc)"));
        boolean agrees = switch (unit) {
            case "s" -> isOfSeconds && !isRate;
            case "bytes" -> isOfBytes && !isRate && !isRatio;
            case "Bps" -> isOfBytes && isRate;
            case "cps" -> isRate && !isOfBytes && !isOfSeconds;
            case "percentunit" -> isRatio;
            default -> !isOfSeconds && !isOfBytes && !isRate;
        };
        return agrees ? Optional.empty() : Optional.of("the unit " + unit + " does not suit " + expression);
    }
}
