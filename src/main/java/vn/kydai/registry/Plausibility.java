package vn.kydai.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What values are plausible. What is absent is not checked. All in the metric's unit.
 *
 * @param min below it a value is bad
 * @param max above it a value is bad
 * @param maxStep largest change within {@link #STEP}; a greater one is suspect
 * @param maxFactor largest ratio of two values within {@link #STEP}; where {@code maxStep} is given too, both must be
 *     exceeded: twice next to nothing is little
 * @param stuckAfterSeconds how long a value may stay the same to the last digit; 0 for ever
 */
public record Plausibility(
        @Nullable Double min,
        @Nullable Double max,
        @Nullable Double maxStep,
        @Nullable Double maxFactor,
        @Nullable Integer stuckAfterSeconds) {
    /** Takes everything. */
    public static final Plausibility ANYTHING = new Plausibility(null, null, null, null, null);

    /** What {@code maxStep} and {@code maxFactor} hold for; in more time a value may move further. */
    public static final Duration STEP = Duration.ofMinutes(10);

    /** So many values in a row that agree with one another are believed, however far they lie from those before. */
    public static final int CONFIRMED = 3;

    static final List<String> KEYS = List.of("min", "max", "maxStep", "maxFactor", "stuckAfterSeconds");

    private static final double LARGEST = 1e12;

    /** The history that is kept tells no longer ones. */
    private static final int LONGEST_STUCK_SECONDS = 12 * 3_600;

    static Plausibility of(Fields fields) {
        Double min = fields.numberOrNull("min", -LARGEST, LARGEST);
        return new Plausibility(
                min,
                fields.numberOrNull("max", min == null ? -LARGEST : min, LARGEST),
                fields.numberOrNull("maxStep", 0, LARGEST),
                fields.numberOrNull("maxFactor", 1, LARGEST),
                fields.has("stuckAfterSeconds") ? fields.integer("stuckAfterSeconds", 0, LONGEST_STUCK_SECONDS) : null);
    }

    /** Returns these, completed by general ones. */
    public Plausibility or(Plausibility general) {
        return new Plausibility(
                or(min, general.min),
                or(max, general.max),
                or(maxStep, general.maxStep),
                or(maxFactor, general.maxFactor),
                or(stuckAfterSeconds, general.stuckAfterSeconds));
    }

    /** Tells whether a value is one at all and within the range. */
    public boolean isInRange(double value) {
        return Double.isFinite(value) && (min == null || value >= min) && (max == null || value <= max);
    }

    /** Returns how long a value may stay the same; empty for ever. */
    public Optional<Duration> stuckAfter() {
        return stuckAfterSeconds == null || stuckAfterSeconds == 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(stuckAfterSeconds));
    }

    void write(ObjectNode node) {
        put(node, "min", min);
        put(node, "max", max);
        put(node, "maxStep", maxStep);
        put(node, "maxFactor", maxFactor);
        if (stuckAfterSeconds != null) {
            node.put("stuckAfterSeconds", stuckAfterSeconds);
        }
    }

    private static void put(ObjectNode node, String key, @Nullable Double value) {
        if (value != null) {
            node.put(key, value);
        }
    }

    private static <T> @Nullable T or(@Nullable T own, @Nullable T general) {
        return own == null ? general : own;
    }
}
