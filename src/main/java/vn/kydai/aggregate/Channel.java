package vn.kydai.aggregate;

import java.io.Serializable;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Picture.Sensor;
import vn.kydai.event.Picture.SensorState;
import vn.kydai.event.Reading;
import vn.kydai.event.Reading.Quality;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources;
import vn.kydai.registry.Sources.Registration;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.Thresholds;

/** One metric of one device: what it said last, its last half day, and what that looks like on the wall. */
final class Channel implements Serializable {
    /** What falls as increments; its value is the sum of an hour. */
    private static final String RAIN = "rain";

    private static final String WATER_LEVEL = "water_level";
    private static final double DEFAULT_RESOLUTION = 0.001;
    private static final int DEFAULT_CADENCE_SECONDS = 600;
    private static final long GRACE = 60 * Micros.SECOND;
    private static final int SILENT_AFTER_CADENCES = 3;

    private final String source;
    private final String metric;
    private final Buckets buckets;
    private final @Nullable RainHour rain;
    private final RollupDeltas rollups;

    /** Area of the newest reading's event, for a source without a registration. */
    private @Nullable String eventArea;

    private String unit;
    private @Nullable Stamp newest;
    private boolean isNewestBad;
    private @Nullable Value newestGood;

    /** What the registry last asked says of this metric: every reading asks twice. */
    private transient Sources.@Nullable Metric registered;

    private transient @Nullable Registry registeredIn;

    private transient @Nullable Sensor shown;
    private transient boolean isShownCurrent;
    private transient long shownFrom;
    private transient long shownUntil;

    Channel(String source, String metric, String unit, Registry registry, RollupDeltas rollups) {
        Optional<Thresholds.Metric> known = registry.thresholds().metric(metric);
        double resolution = known.map(Thresholds.Metric::resolution).orElse(DEFAULT_RESOLUTION);
        this.source = source;
        this.rollups = rollups;
        this.metric = metric;
        this.unit = known.map(Thresholds.Metric::unit).orElse(unit);
        this.buckets = new Buckets(metric.equals(RAIN), resolution);
        this.rain = metric.equals(RAIN) ? new RainHour(resolution) : null;
    }

    String metric() {
        return metric;
    }

    /** Takes a reading; tells whether it is the newest one and its value is good. */
    boolean take(Stamp stamp, String area, Reading reading, Registry registry) {
        Optional<Double> value = goodValue(reading, registry);
        boolean isNewest = newest == null || stamp.isAfter(newest);
        isShownCurrent = false;
        if (isNewest) {
            newest = stamp;
            eventArea = area;
            isNewestBad = value.isEmpty();
        }
        value.ifPresent(number -> keep(new Value(stamp, number)));
        return isNewest && !isNewestBad;
    }

    /** Its registration or its metric may have changed. */
    void reread() {
        isShownCurrent = false;
    }

    /** Returns how many alert levels its value has reached; absent without levels or value. */
    @Nullable
    Integer level(Registry registry) {
        List<Double> levels = levels(registry);
        Double value = value();
        if (levels.isEmpty() || value == null) {
            return null;
        }
        int reached = 0;
        for (double level : levels) {
            reached += level <= value ? 1 : 0;
        }
        return reached;
    }

    /** Returns its value in the metric's unit; of rain the sum of the hour up to its newest reading. */
    @Nullable
    Double value() {
        if (newestGood == null) {
            return null;
        }
        return rain == null ? (Double) newestGood.value() : (Double) rain.sum();
    }

    String unit() {
        return unit;
    }

    /** Shows it at an instant; the same instance as long as nothing changes. */
    Sensor sensor(Instant now, Registry registry) {
        long micros = Micros.of(now);
        Sensor known = shown;
        boolean isInTime = micros >= shownFrom && micros < shownUntil;
        if (known != null && isShownCurrent && isInTime) {
            return known;
        }
        Source registered = registry.sources().find(source).orElse(null);
        Sensor next = Same.or(known, sensor(now, registry, registered));
        shown = next;
        isShownCurrent = true;
        shownFrom = micros;
        shownUntil = Math.min(
                buckets.nextDrop(micros),
                Math.min(nextState(micros, registry), registered == null ? Long.MAX_VALUE : nextMove(now, registered)));
        return next;
    }

    /** A reading not heard of for three cadences and a minute is lost, good or bad. */
    private SensorState state(long nowMicros, Registry registry) {
        if (newest == null) {
            return SensorState.SILENT;
        }
        long age = nowMicros - newest.micros();
        if (age > silentAfter(registry)) {
            return SensorState.SILENT;
        }
        if (isNewestBad) {
            return SensorState.BAD;
        }
        return age > staleAfter(registry) ? SensorState.STALE : SensorState.GOOD;
    }

    private void keep(Value value) {
        if (newestGood == null || value.stamp().isAfter(newestGood.stamp())) {
            newestGood = value;
        }
        long newestMicros = newestGood.stamp().micros();
        buckets.add(value, newestMicros);
        rollups.reading(metric, source, value.stamp().micros(), value.value());
        if (rain != null) {
            rain.add(value, newestMicros);
        }
    }

    /** The value in the metric's unit; absent if the device or the plausible range calls it bad. */
    private Optional<Double> goodValue(Reading reading, Registry registry) {
        if (reading.quality() == Quality.BAD || !Double.isFinite(reading.value())) {
            return Optional.empty();
        }
        Thresholds.Metric known = registry.thresholds().metric(metric).orElse(null);
        if (known == null) {
            return Optional.of(reading.value());
        }
        unit = known.unit();
        return known.convert(reading.value(), reading.unit())
                .filter(value -> known.min() == null || value >= known.min())
                .filter(value -> known.max() == null || value <= known.max());
    }

    private Sensor sensor(Instant now, Registry registry, @Nullable Source registered) {
        SortedMap<Integer, Double> thresholds = new TreeMap<>();
        List<Double> levels = levels(registry);
        for (int index = 0; index < levels.size(); index++) {
            thresholds.put(index + 1, levels.get(index));
        }
        Value good = newestGood;
        return new Sensor(
                source,
                registered != null ? registered.areaAt(now) : eventArea == null ? "" : eventArea,
                registered == null ? null : registered.station(),
                registered == null ? null : registered.name(),
                metric,
                unit,
                value(),
                good == null ? null : Micros.instant(good.stamp().micros()),
                state(Micros.of(now), registry),
                level(registry),
                Collections.unmodifiableSortedMap(thresholds),
                ratePerHour(),
                Same.or(shown == null ? null : shown.history(), buckets.shown(Micros.of(now))));
    }

    /** Change since about an hour before: of a value at least one hour, at most two hours older. */
    private @Nullable Double ratePerHour() {
        Value good = newestGood;
        if (good == null || !metric.equals(WATER_LEVEL)) {
            return null;
        }
        long at = good.stamp().micros();
        Value before = buckets.lastBetween(at - 120 * Micros.MINUTE, at - 60 * Micros.MINUTE);
        if (before == null) {
            return null;
        }
        double hours = (at - before.stamp().micros()) / (60.0 * Micros.MINUTE);
        return Math.round((good.value() - before.value()) / hours * 1_000) / 1_000.0;
    }

    private List<Double> levels(Registry registry) {
        return registered(registry).map(Sources.Metric::levels).orElse(List.of());
    }

    private long cadence(Registry registry) {
        int seconds = registered(registry)
                .map(Sources.Metric::cadenceSeconds)
                .or(() -> registry.thresholds().metric(metric).map(Thresholds.Metric::cadenceSeconds))
                .orElse(DEFAULT_CADENCE_SECONDS);
        return seconds * Micros.SECOND;
    }

    private Optional<Sources.Metric> registered(Registry registry) {
        if (!Same.instance(registry, registeredIn)) {
            registeredIn = registry;
            registered = registry.sources()
                    .find(source)
                    .flatMap(known -> known.metrics().stream()
                            .filter(candidate -> candidate.metric().equals(metric))
                            .findFirst())
                    .orElse(null);
        }
        return Optional.ofNullable(registered);
    }

    private long staleAfter(Registry registry) {
        return cadence(registry) + GRACE;
    }

    private long silentAfter(Registry registry) {
        return SILENT_AFTER_CADENCES * cadence(registry) + GRACE;
    }

    private long nextState(long nowMicros, Registry registry) {
        if (newest == null) {
            return Long.MAX_VALUE;
        }
        long stale = newest.micros() + staleAfter(registry) + 1;
        long silent = newest.micros() + silentAfter(registry) + 1;
        return nowMicros < stale ? stale : nowMicros < silent ? silent : Long.MAX_VALUE;
    }

    private static long nextMove(Instant now, Source registered) {
        for (Registration registration : registered.registrations()) {
            if (registration.from() != null && registration.from().isAfter(now)) {
                return Micros.of(registration.from());
            }
        }
        return Long.MAX_VALUE;
    }
}
