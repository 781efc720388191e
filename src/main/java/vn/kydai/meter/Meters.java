package vn.kydai.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Registers the meters of one stage. Every series is there, at 0, before anything happens: a rate sees the first step,
 * and an alert on a name that does not exist cannot be mistaken for peace.
 *
 * <p>Units are those of Prometheus (seconds, bytes) or what is counted (events); they end the name as Prometheus shows
 * it. Empty: the value has none.
 */
public final class Meters {
    /** Bounds of every timer's buckets, ms: from one COMMIT of a small batch to a peer that has long given up. */
    private static final long[] TIMER_BOUNDS_MS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000};

    private static final Duration[] TIMER_BOUNDS =
            LongStream.of(TIMER_BOUNDS_MS).mapToObj(Duration::ofMillis).toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final String prefix;

    /**
     * Begins a stage's.
     *
     * @param stage second part of every name: {@code journal} gives {@code kydai_journal_…}
     */
    public Meters(MeterRegistry registry, String stage) {
        this.registry = registry;
        this.prefix = "kydai." + stage + ".";
    }

    /** Registers a counter without labels. */
    public Counter counter(String name, String unit, String description) {
        return counters(name, unit, description).of();
    }

    /** Registers a counter for each combination of label values. */
    public Counters counters(String name, String unit, String description, Label... labels) {
        Map<List<String>, Counter> byValues = new HashMap<>();
        for (List<Tag> tags : combinations(labels)) {
            byValues.put(
                    tags.stream().map(Tag::getValue).toList(),
                    Counter.builder(prefix + name)
                            .description(description)
                            .baseUnit(unitOrNull(unit))
                            .tags(tags)
                            .register(registry));
        }
        return new Counters(byValues);
    }

    /** Registers a counter that something keeps itself; it counts as long as that is held elsewhere. */
    public <T> void counter(String name, String unit, String description, T keeper, ToDoubleFunction<T> count) {
        FunctionCounter.builder(prefix + name, keeper, count)
                .description(description)
                .baseUnit(unitOrNull(unit))
                .register(registry);
    }

    /** Registers one series, with a label, of a counter that something keeps itself. */
    public <T> void counter(
            String name,
            String unit,
            String description,
            T keeper,
            ToDoubleFunction<T> count,
            String label,
            String of) {
        FunctionCounter.builder(prefix + name, keeper, count)
                .description(description)
                .baseUnit(unitOrNull(unit))
                .tag(label, of)
                .register(registry);
    }

    /** Registers a gauge, asked at each scrape: it must not block. */
    public void gauge(String name, String unit, String description, DoubleSupplier value) {
        gauge(name, unit, description, value, List.of());
    }

    /** Registers one series of a gauge with a label. */
    public void gauge(String name, String unit, String description, DoubleSupplier value, String label, String of) {
        gauge(name, unit, description, value, List.of(Tag.of(label, of)));
    }

    private void gauge(String name, String unit, String description, DoubleSupplier value, List<Tag> tags) {
        Gauge.builder(prefix + name, value, DoubleSupplier::getAsDouble)
                .description(description)
                .baseUnit(unitOrNull(unit))
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /** Registers a histogram of durations without labels. */
    public Timer timer(String name, String description) {
        return timer(name, description, List.of());
    }

    /** Registers a histogram of durations for one value of a label. */
    public Timer timer(String name, String description, String label, String of) {
        return timer(name, description, List.of(Tag.of(label, of)));
    }

    private Timer timer(String name, String description, List<Tag> tags) {
        return Timer.builder(prefix + name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(TIMER_BOUNDS)
                .register(registry);
    }

    /** Registers a histogram of sizes with the upper bounds of its buckets. */
    public DistributionSummary sizes(String name, String unit, String description, double... bounds) {
        return DistributionSummary.builder(prefix + name)
                .description(description)
                .baseUnit(unitOrNull(unit))
                .serviceLevelObjectives(bounds)
                .register(registry);
    }

    private static @Nullable String unitOrNull(String unit) {
        return unit.isEmpty() ? null : unit;
    }

    private static List<List<Tag>> combinations(Label... labels) {
        List<List<Tag>> found = List.of(List.of());
        for (Label label : labels) {
            List<List<Tag>> longer = new ArrayList<>();
            for (List<Tag> tags : found) {
                for (String value : label.values()) {
                    List<Tag> more = new ArrayList<>(tags);
                    more.add(Tag.of(label.name(), value));
                    longer.add(more);
                }
            }
            found = longer;
        }
        return found;
    }
}
