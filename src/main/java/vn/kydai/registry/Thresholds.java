package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.kydai.config.Nearest;
import vn.kydai.event.codec.Units;

/** Metrics with their units and ranges, and the targets of figures. Immutable. */
public final class Thresholds {
    /** Nothing known. */
    public static final Thresholds NONE = new Thresholds(Map.of(), List.of());

    private static final Pattern METRIC = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final int MAX_CADENCE_SECONDS = 31 * 86_400;
    private static final int MAX_HOLD_SECONDS = 6 * 3_600;
    private static final String[] METRIC_KEYS = Stream.concat(
                    Stream.of(
                            "unit",
                            "units",
                            "resolution",
                            "cadenceSeconds",
                            "hysteresis",
                            "holdSeconds",
                            "alertWhenSuspect",
                            "rate"),
                    Plausibility.KEYS.stream())
            .toArray(String[]::new);
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
            "waitMeanHour",
            "waitP90",
            "waitP90Day",
            "serviceMean",
            "serviceP90",
            "noShowRate",
            "abandonedRate",
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
     * @param units by accepted unit or alias in its {@linkplain Units#canonical one spelling}, what makes that unit of it: {@code mm} for a metric in {@code m}
     * @param plausible what its values may be, where a device's registration does not say
     * @param alerting how its alert levels are reached and left
     * @param resolution smallest step kept, in {@code unit}: sums are integers of it
     * @param cadenceSeconds how often a device sends, where its registration does not say
     * @param hasRate whether its change in an hour means something
     */
    public record Metric(
            String id,
            String unit,
            Map<String, Conversion> units,
            Plausibility plausible,
            Alerting alerting,
            double resolution,
            int cadenceSeconds,
            boolean hasRate) {
        public Metric {
            units = Map.copyOf(units);
        }

        /** Returns it as a device measures it of which nothing more is known. */
        Sources.Metric ofDevice() {
            return new Sources.Metric(
                    id, unit, cadenceSeconds, List.of(), null, false, Plausibility.ANYTHING, List.of());
        }

        /** Converts a value to this metric's unit; absent for a unit it does not take. */
        public Optional<Double> convert(double value, String fromUnit) {
            String from = Units.canonical(fromUnit);
            if (from.equals(Units.canonical(unit))) {
                return Optional.of(value);
            }
            Conversion conversion = units.get(from);
            return conversion == null || !Double.isFinite(value)
                    ? Optional.empty()
                    : Optional.of(conversion.apply(value));
        }
    }

    /**
     * How a value of another unit becomes one of the metric's.
     *
     * @param zero what the other unit says where the metric's says 0: 32 for {@code [degF]} and a metric in {@code Cel}
     * @param factor what one of the other unit is in the metric's
     */
    public record Conversion(double zero, double factor) {
        private static final int DECIMALS = 12;

        /** Converts in decimal, so that 57 cm is 0.57 m, and to the smallest resolution there is, so that 77 °F is 25 °C. */
        double apply(double value) {
            return BigDecimal.valueOf(value)
                    .subtract(BigDecimal.valueOf(zero))
                    .multiply(BigDecimal.valueOf(factor))
                    .setScale(DECIMALS, RoundingMode.HALF_UP)
                    .doubleValue();
        }
    }

    /**
     * How alert levels are reached and left.
     *
     * @param hysteresis how far below a level a value must fall to leave it, in the metric's unit
     * @param holdSeconds how long it must stay there
     * @param countsSuspect whether a suspect value may reach a level: to be checked rather than missed
     */
    public record Alerting(double hysteresis, int holdSeconds, boolean countsSuspect) {
        /** Left the moment the value is below it. */
        public static final Alerting PLAIN = new Alerting(0, 0, false);
    }

    /**
     * What a figure should reach.
     *
     * @param figure figure id
     * @param area the one area it holds for; absent = all
     * @param level the areas it holds for: {@code commune}, {@code region} …; absent = all
     * @param min the value should be at least this
     * @param max the value should be at most this
     * @param badBeyond beyond this it is bad, not merely a warning
     */
    public record Target(
            String figure,
            @Nullable String area,
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

    /**
     * Returns what a device measures of which only the metrics are known; a repeated one counts once.
     *
     * @throws RegistrationRefused for one that is no metric
     */
    public List<Sources.Metric> ofDevice(List<String> ids) {
        return ids.stream()
                .distinct()
                .map(id -> metric(id)
                        .orElseThrow(() -> new RegistrationRefused(
                                "metric: found " + id + Nearest.hint(id, metricIds()) + "; allowed: "
                                        + String.join(", ", metricIds()),
                                false)))
                .map(Metric::ofDevice)
                .toList();
    }

    /** Returns the ids of all metrics, sorted. */
    public List<String> metricIds() {
        return metrics.keySet().stream().sorted().toList();
    }

    /** Finds the target of a figure for an area of a level: the area's own goes before its level's, before the general one. */
    public Optional<Target> target(String figure, String area, String level) {
        List<Target> possible = targets.stream()
                .filter(target -> target.figure().equals(figure))
                .toList();
        return possible.stream()
                .filter(target -> area.equals(target.area()))
                .findFirst()
                .or(() -> possible.stream()
                        .filter(target -> level.equals(target.level()))
                        .findFirst())
                .or(() -> possible.stream()
                        .filter(target -> target.area() == null && target.level() == null)
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
        Fields fields = Fields.of(node, pointer, METRIC_KEYS);
        String unit = fields.text("unit");
        Map<String, Conversion> units = new HashMap<>(Map.of(Units.canonical(unit), new Conversion(0, 1)));
        if (fields.has("units")) {
            JsonNode factors = fields.required("units");
            if (!factors.isObject()) {
                throw fields.invalid("units", "an object of factors, or of {factor, zero}, by unit");
            }
            Fields each = Fields.of(
                    factors,
                    fields.pointer("units"),
                    factors.properties().stream().map(Map.Entry::getKey).toArray(String[]::new));
            factors.fieldNames().forEachRemaining(name -> units.put(Units.canonical(name), conversion(each, name)));
        }
        Plausibility plausible = Plausibility.of(fields);
        Alerting alerting = new Alerting(
                fields.has("hysteresis") ? fields.number("hysteresis", 0, LARGEST) : 0,
                fields.has("holdSeconds") ? fields.integer("holdSeconds", 0, MAX_HOLD_SECONDS) : 0,
                fields.flag("alertWhenSuspect"));
        return new Metric(
                id,
                unit,
                units,
                plausible,
                alerting,
                fields.number("resolution", SMALLEST, LARGEST),
                fields.integer("cadenceSeconds", 1, MAX_CADENCE_SECONDS),
                fields.flag("rate"));
    }

    private static Conversion conversion(Fields units, String name) {
        JsonNode node = units.required(name);
        if (!node.isObject()) {
            return new Conversion(0, units.number(name, SMALLEST, LARGEST));
        }
        Fields fields = Fields.of(node, units.pointer(name), "factor", "zero");
        return new Conversion(fields.number("zero", -LARGEST, LARGEST), fields.number("factor", SMALLEST, LARGEST));
    }

    private static Target target(JsonNode node, String pointer) {
        Fields fields = Fields.of(node, pointer, "figure", "area", "level", "min", "max", "badBeyond");
        if (fields.has("area") && fields.has("level")) {
            throw new InvalidPart(pointer, "found both area and level; allowed: one of them, or neither");
        }
        Double min = fields.numberOrNull("min", 0, LARGEST);
        Double max = fields.numberOrNull("max", 0, LARGEST);
        if ((min == null) == (max == null)) {
            throw new InvalidPart(pointer, "found both or neither of min and max; allowed: one of them");
        }
        double worst = min == null ? LARGEST : min;
        double best = max == null ? 0 : max;
        return new Target(
                fields.oneOf("figure", FIGURES),
                fields.textOrNull("area"),
                fields.has("level") ? fields.oneOf("level", LEVELS) : null,
                min,
                max,
                fields.numberOrNull("badBeyond", best, worst));
    }

    /** What there can be one target of. */
    private record Subject(
            String figure, @Nullable String area, @Nullable String level) {
        static Subject of(Target target) {
            return new Subject(target.figure(), target.area(), target.level());
        }

        @Override
        public String toString() {
            return figure
                    + (area != null ? " for area " + area : level == null ? " for all levels" : " for level " + level);
        }
    }
}
