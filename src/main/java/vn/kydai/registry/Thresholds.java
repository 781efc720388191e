package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Metrics with their units and ranges, and the targets of figures. Immutable. */
public final class Thresholds {
    /** Nothing known. */
    public static final Thresholds NONE = new Thresholds(Map.of(), List.of());

    private static final Pattern METRIC = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final int MAX_CADENCE_SECONDS = 31 * 86_400;
    private static final double SMALLEST = 1e-12;
    private static final double LARGEST = 1e12;

    private static final List<String> LEVELS = List.of("province", "district", "commune", "region");
    /** Figures a target may be set for: those of the wall document. */
    static final List<String> FIGURES = List.of(
            "received",
            "carried",
            "processing",
            "overdueNow",
            "dueSoon",
            "paused",
            "done",
            "closedOther",
            "onTimeRate",
            "onTimeRate766",
            "onlineShare",
            "fullOnlineShare",
            "digitisedShare",
            "onlinePaymentShare",
            "waiting",
            "waitOldest",
            "waitMean",
            "waitP90",
            "serviceMean",
            "ratings",
            "satisfaction");

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

        /** Converts a value to this metric's unit, in decimal so that 57 cm is 0.57 m; absent for a unit it does not take. */
        public Optional<Double> convert(double value, String fromUnit) {
            if (fromUnit.equals(unit)) {
                return Optional.of(value);
            }
            Double factor = units.get(fromUnit);
            if (factor == null || !Double.isFinite(value)) {
                return Optional.empty();
            }
            return Optional.of(BigDecimal.valueOf(value)
                    .multiply(BigDecimal.valueOf(factor))
                    .doubleValue());
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

    /** Reads the part {@code thresholds}: {@code {"metrics": {"rain": {"unit": "mm", …}}, "targets": [{"figure": …}]}}. */
    public static Thresholds of(JsonNode part) {
        Fields fields = Fields.of(part, "", "metrics", "targets");
        JsonNode metrics = fields.required("metrics");
        if (!metrics.isObject()) {
            throw fields.invalid("metrics", "an object of metrics by id");
        }
        Map<String, Metric> byId = new HashMap<>();
        metrics.properties()
                .forEach(entry -> byId.put(
                        entry.getKey(),
                        metric(entry.getKey(), entry.getValue(), Fields.child("/metrics", entry.getKey()))));
        Collection<Target> targets = fields.distinct("targets", "level", Thresholds::target, Subject::of)
                .values();
        return new Thresholds(byId, List.copyOf(targets));
    }

    /** Finds a metric. */
    public Optional<Metric> metric(String id) {
        return Optional.ofNullable(metrics.get(id));
    }

    /** Returns the ids of all metrics, sorted. */
    public List<String> metricIds() {
        return metrics.keySet().stream().sorted().toList();
    }

    /** Finds the target of a figure for an area's level, the most specific first. */
    public Optional<Target> target(String figure, String level) {
        return targets.stream()
                .filter(target -> target.figure().equals(figure) && level.equals(target.level()))
                .findFirst()
                .or(() -> targets.stream()
                        .filter(target -> target.figure().equals(figure) && target.level() == null)
                        .findFirst());
    }

    /** Returns all targets. */
    public List<Target> targets() {
        return targets;
    }

    private static Metric metric(String id, JsonNode node, String pointer) {
        if (!METRIC.matcher(id).matches()) {
            throw new InvalidPart(pointer, "found the id " + id + "; allowed: the pattern " + METRIC.pattern());
        }
        Fields fields = Fields.of(node, pointer, "unit", "units", "min", "max", "resolution", "cadenceSeconds");
        String unit = fields.text("unit");
        Map<String, Double> units = new HashMap<>(Map.of(unit, 1.0));
        if (fields.has("units")) {
            JsonNode factors = fields.required("units");
            if (!factors.isObject()) {
                throw fields.invalid("units", "an object of factors by unit");
            }
            Fields each = Fields.of(
                    factors,
                    fields.pointer("units"),
                    factors.properties().stream().map(Map.Entry::getKey).toArray(String[]::new));
            factors.fieldNames().forEachRemaining(name -> units.put(name, each.number(name, SMALLEST, LARGEST)));
        }
        Double min = fields.numberOrNull("min", -LARGEST, LARGEST);
        Double max = fields.numberOrNull("max", min == null ? -LARGEST : min, LARGEST);
        return new Metric(
                id,
                unit,
                units,
                min,
                max,
                fields.number("resolution", SMALLEST, LARGEST),
                fields.integer("cadenceSeconds", 1, MAX_CADENCE_SECONDS));
    }

    private static Target target(JsonNode node, String pointer) {
        Fields fields = Fields.of(node, pointer, "figure", "level", "min", "max", "badBeyond");
        Double min = fields.numberOrNull("min", 0, LARGEST);
        Double max = fields.numberOrNull("max", 0, LARGEST);
        if ((min == null) == (max == null)) {
            throw new InvalidPart(pointer, "found both or neither of min and max; allowed: one of them");
        }
        double worst = min == null ? LARGEST : min;
        double best = max == null ? 0 : max;
        return new Target(
                fields.oneOf("figure", FIGURES),
                fields.has("level") ? fields.oneOf("level", LEVELS) : null,
                min,
                max,
                fields.numberOrNull("badBeyond", best, worst));
    }

    /** What there can be one target of. */
    private record Subject(String figure, @Nullable String level) {
        static Subject of(Target target) {
            return new Subject(target.figure(), target.level());
        }

        @Override
        public String toString() {
            return figure + (level == null ? " for all levels" : " for level " + level);
        }
    }
}
