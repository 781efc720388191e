package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Kind;
import vn.kydai.event.Place;
import vn.kydai.event.Reading;

/** The registered sources: desks, sensors, gateways. Immutable; always in the order of their ids. */
public final class Sources {
    /** No source at all. */
    public static final Sources NONE = new Sources(Map.of());

    private final SortedMap<String, Source> byId;

    private Sources(Map<String, Source> byId) {
        this.byId = Collections.unmodifiableSortedMap(new TreeMap<>(byId));
    }

    /** What a source is. */
    public enum SourceKind {
        DESK,
        SENSOR,
        GATEWAY;

        /** Finds a kind by its id, {@code desk}, {@code sensor} or {@code gateway}; absent for anything else. */
        public static Optional<SourceKind> ofId(String id) {
            return Stream.of(values()).filter(kind -> kind.id().equals(id)).findFirst();
        }

        /** Returns its id, as configuration and messages have it. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One source.
     *
     * @param behind id of the gateway that may speak for it
     * @param registrations where it belongs, by rising from-date; the first without one holds since ever
     * @param name what the place is called
     * @param station id of the gauging station it stands at
     * @param metrics what it measures, the main one first; empty when the registration does not say
     * @param isRevoked whether it may no longer sign in
     * @param place where it stands on the map, if that is said
     */
    public record Source(
            String id,
            SourceKind kind,
            @Nullable String behind,
            List<Registration> registrations,
            @Nullable String name,
            @Nullable String station,
            List<Metric> metrics,
            boolean isRevoked,
            @Nullable Place place) {
        /** A source of which it is not said where it stands on the map. */
        public Source(
                String id,
                SourceKind kind,
                @Nullable String behind,
                List<Registration> registrations,
                @Nullable String name,
                @Nullable String station,
                List<Metric> metrics,
                boolean isRevoked) {
            this(id, kind, behind, registrations, name, station, metrics, isRevoked, null);
        }

        public Source {
            registrations = List.copyOf(registrations);
            metrics = List.copyOf(metrics);
            if (registrations.isEmpty()) {
                throw new IllegalArgumentException("source " + id + " is registered nowhere");
            }
        }

        /** Returns the area it was registered in at an instant; before its first registration, the first one's. */
        public String areaAt(Instant eventTime) {
            String area = registrations.get(0).area();
            for (Registration registration : registrations) {
                if (registration.from() != null && registration.from().isAfter(eventTime)) {
                    return area;
                }
                area = registration.area();
            }
            return area;
        }

        /** Tells whether it is a siren and nothing else: it speaks when it is asked, and is never missed. */
        public boolean isSiren() {
            return !metrics.isEmpty()
                    && metrics.stream().allMatch(metric -> metric.metric().equals(Reading.SIREN));
        }

        /** Tells whether its registration names a metric as its own. */
        public boolean measures(String id) {
            return metrics.stream().anyMatch(metric -> metric.metric().equals(id));
        }

        /**
         * Tells whether its registration lets it send a kind of event: a desk what desks know, and readings of the metrics
         * it names; sensors and gateways readings alone. A gateway that speaks for a source may say what that one may.
         */
        public boolean maySend(Kind sent) {
            return switch (sent) {
                case DOSSIER, TICKET, RATING, INDICATOR -> kind == SourceKind.DESK;
                case READING -> kind != SourceKind.DESK || !metrics.isEmpty();
                case ALARM, CONFIGURATION -> false;
            };
        }

        /** Tells whether it may send readings of a metric: those its registration names, any when it names none. */
        public boolean mayMeasure(String metric) {
            return metrics.isEmpty() || measures(metric);
        }

        /** Tells whether it was ever registered in an area. */
        public boolean wasEverIn(String area) {
            return registrations.stream()
                    .anyMatch(registration -> registration.area().equals(area));
        }
    }

    /** A source belongs to an area from an instant on. */
    public record Registration(String area, @Nullable Instant from) {}

    /**
     * What a source measures.
     *
     * @param cadenceSeconds how often it normally sends
     * @param levels alert levels in the metric's unit, rising; empty for none
     * @param unitFactor what one {@code unit} of this device is in the metric's unit, where that differs from device to
     *     device: the millimetres of one {@code {tip}}
     * @param isCounter whether it sends a running total that starts at 0 again when the device does
     * @param plausible what its values may be; what is absent there holds as for the metric
     * @param calibrations by rising from-date
     */
    public record Metric(
            String metric,
            String unit,
            int cadenceSeconds,
            List<Double> levels,
            @Nullable Double unitFactor,
            boolean isCounter,
            Plausibility plausible,
            List<Calibration> calibrations) {
        public Metric {
            levels = List.copyOf(levels);
            calibrations = List.copyOf(calibrations);
        }

        /** Returns the same with other alert levels. */
        Metric withLevels(List<Double> other) {
            return new Metric(metric, unit, cadenceSeconds, other, unitFactor, isCounter, plausible, calibrations);
        }

        /** Returns what has to be added to a value of an instant. */
        public double offsetAt(Instant eventTime) {
            double offset = 0;
            for (Calibration calibration : calibrations) {
                if (!calibration.from().isAfter(eventTime)) {
                    offset = calibration.offset();
                }
            }
            return offset;
        }
    }

    /** From an instant on an offset is added to what a device says, in the metric's unit; 0 ends it. */
    public record Calibration(Instant from, double offset) {}

    /** Makes the collection of some sources. */
    public static Sources of(Collection<Source> sources) {
        Map<String, Source> byId = new TreeMap<>();
        sources.forEach(source -> byId.put(source.id(), source));
        return new Sources(byId);
    }

    /**
     * Reads the part {@code sources}, {@code {"sources": [{"id": "wl-sia", "kind": "sensor", "area": "19867", …}]}}. It
     * may be a few changed sources alone, so a {@code behind} or an {@code area} it does not know is no error here.
     */
    public static Sources of(JsonNode part) {
        return of(SourceJson.read(part));
    }

    /** Writes sources as the part {@code sources}, sorted by id. */
    public JsonNode toJson() {
        return SourceJson.write(all());
    }

    /** Returns these sources with others added or replaced by id. */
    public Sources with(Sources changed) {
        Map<String, Source> merged = new TreeMap<>(byId);
        merged.putAll(changed.byId);
        return new Sources(merged);
    }

    /** Finds a source. */
    public Optional<Source> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Returns all sources by rising id. */
    public Collection<Source> all() {
        return byId.values();
    }
}
