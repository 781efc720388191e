package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Metrics with their units and ranges, and the targets of figures. Immutable. */
public final class Thresholds {
    /** Nothing known. */
    public static final Thresholds NONE = new Thresholds(Map.of(), List.of());

    private final Map<String, Metric> metrics;
    private final List<Target> targets;

    private Thresholds(Map<String, Metric> metrics, List<Target> targets) {
        this.metrics = Map.copyOf(metrics);
        this.targets = List.copyOf(targets);
    }

    /**
     * A metric a reading may have.
     *
     * @param unit UCUM code figures are kept in
     * @param units factors to that unit by accepted unit or alias: {@code mm} → 0.001 for a metric in {@code m}
     * @param min smallest plausible value, in {@code unit}
     * @param max largest plausible value, in {@code unit}
     * @param resolution smallest step kept, in {@code unit}: sums are integers of it
     * @param cadenceSeconds how often a device sends, where its registration does not say
     */
    public record Metric(
            String id,
            String unit,
            Map<String, Double> units,
            @Nullable Double min,
            @Nullable Double max,
            double resolution,
            int cadenceSeconds) {
        public Metric {
            units = Map.copyOf(units);
        }

        /** Converts a value to this metric's unit; absent for a unit it does not take. */
        public Optional<Double> convert(double value, String fromUnit) {
            return Unwritten.yet();
        }
    }

    /**
     * What a figure should reach.
     *
     * @param figure figure id
     * @param level the areas it holds for: {@code commune}, {@code region} …; absent = all
     * @param min the value should be at least this
     * @param max the value should be at most this
     * @param badBeyond beyond this it is bad, not merely a warning
     */
    public record Target(
            String figure,
            @Nullable String level,
            @Nullable Double min,
            @Nullable Double max,
            @Nullable Double badBeyond) {}

    /** Reads the part {@code thresholds}. */
    public static Thresholds of(JsonNode part) {
        return Unwritten.yet();
    }

    /** Finds a metric. */
    public Optional<Metric> metric(String id) {
        return Optional.ofNullable(metrics.get(id));
    }

    /** Finds the target of a figure for an area's level, the most specific first. */
    public Optional<Target> target(String figure, String level) {
        return Unwritten.yet();
    }

    /** Returns all targets. */
    public List<Target> targets() {
        return targets;
    }
}
