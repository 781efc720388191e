package vn.kydai.aggregate;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Reading;
import vn.kydai.event.Reading.Quality;
import vn.kydai.event.codec.Units;
import vn.kydai.registry.Plausibility;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.Thresholds;
import vn.kydai.registry.Thresholds.Alerting;

/**
 * What the configuration says of one metric of one device: the device's own registration goes before the metric's.
 *
 * @param source the registration of the device
 * @param own what the registration says of the metric
 * @param metric what is known of the metric
 * @param plausible of both
 */
record ChannelRules(
        @Nullable Source source,
        Sources.@Nullable Metric own,
        Thresholds.@Nullable Metric metric,
        Plausibility plausible) {
    private static final int DEFAULT_CADENCE_SECONDS = 600;
    private static final double DEFAULT_RESOLUTION = 0.001;

    /** In the metric's unit: that of the schema, whatever unit it was told in. */
    private static final double LARGEST = 1e12;

    static ChannelRules of(String source, String metric, Registry registry) {
        Source registered = registry.sources().find(source).orElse(null);
        Sources.Metric own = registered == null
                ? null
                : registered.metrics().stream()
                        .filter(candidate -> candidate.metric().equals(metric))
                        .findFirst()
                        .orElse(null);
        Thresholds.Metric known = registry.thresholds().metric(metric).orElse(null);
        Plausibility general = known == null ? Plausibility.ANYTHING : known.plausible();
        return new ChannelRules(
                registered, own, known, own == null ? general : own.plausible().or(general));
    }

    /** Returns a reading's value in the metric's unit, calibrated; empty if the device or the range calls it bad. */
    Optional<Double> value(Reading reading, Instant eventTime) {
        if (reading.quality() == Quality.BAD || !Double.isFinite(reading.value())) {
            return Optional.empty();
        }
        return converted(reading)
                .map(value -> own == null ? value : sum(value, own.offsetAt(eventTime)))
                .filter(this::isInRange);
    }

    /** Returns a reading's value in the metric's unit as the device sent it: what series are made of, calibrated or not. */
    Optional<Double> plain(Reading reading) {
        if (reading.quality() == Quality.BAD || !Double.isFinite(reading.value())) {
            return Optional.empty();
        }
        Plausibility range = metric == null ? Plausibility.ANYTHING : metric.plausible();
        return converted(reading)
                .filter(ChannelRules::isCountable)
                .filter(value -> isCounter() ? value >= 0 : range.isInRange(value));
    }

    List<Double> levels() {
        return own == null ? List.of() : own.levels();
    }

    Alerting alerting() {
        return metric == null ? Alerting.PLAIN : metric.alerting();
    }

    boolean hasRate() {
        return metric != null && metric.hasRate();
    }

    /** Tells whether it sends a running total instead of increments. */
    boolean isCounter() {
        return own != null && own.isCounter();
    }

    double resolution() {
        return metric == null ? DEFAULT_RESOLUTION : metric.resolution();
    }

    /** Returns how often it sends, µs. */
    long cadence() {
        int seconds =
                own != null ? own.cadenceSeconds() : metric != null ? metric.cadenceSeconds() : DEFAULT_CADENCE_SECONDS;
        return seconds * Micros.SECOND;
    }

    private Optional<Double> converted(Reading reading) {
        if (own != null
                && own.unitFactor() != null
                && Units.canonical(own.unit()).equals(Units.canonical(reading.unit()))) {
            return Optional.of(product(reading.value(), own.unitFactor()));
        }
        return metric == null ? Optional.of(reading.value()) : metric.convert(reading.value(), reading.unit());
    }

    /** The range of a counter is that of its increments: the total itself only must not be negative. */
    private boolean isInRange(double value) {
        return isCountable(value) && (isCounter() ? value >= 0 : plausible.isInRange(value));
    }

    /** Told in a small unit a value may leave what sums can hold; no device measures so much. */
    private static boolean isCountable(double value) {
        return Math.abs(value) <= LARGEST;
    }

    private static double product(double value, double factor) {
        return BigDecimal.valueOf(value).multiply(BigDecimal.valueOf(factor)).doubleValue();
    }

    /** In decimal, so that 1.2 and 0.1 are 1.3. */
    private static double sum(double value, double offset) {
        return offset == 0
                ? value
                : BigDecimal.valueOf(value).add(BigDecimal.valueOf(offset)).doubleValue();
    }
}
