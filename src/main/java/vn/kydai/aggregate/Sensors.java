package vn.kydai.aggregate;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Event;
import vn.kydai.event.Picture.Sensor;
import vn.kydai.event.Reading;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.Sources.SourceKind;

/**
 * Every metric of every device, registered or heard, and what is worked out from several. A siren's answers are counted like
 * readings, but are no sensor's values and are not shown as such.
 */
final class Sensors implements Serializable {
    private final Map<String, SortedMap<String, Channel>> devices = new HashMap<>();
    private final RollupDeltas rollups;
    private final Listening listening;
    private transient Map<String, AirStation> airStations = new HashMap<>();
    private transient Registry registry = Registry.NONE;

    /** What is shown, by sensor key; absent when it has to be worked out again. */
    private transient @Nullable SortedMap<String, Instrument> byKey;

    private transient SortedMap<String, Sensor> shown = Collections.emptySortedMap();

    /** An alert level that a device's newest value has just reached or left. */
    record Crossing(int level, double value, String unit) {}

    Sensors(RollupDeltas rollups, Listening listening) {
        this.rollups = rollups;
        this.listening = listening;
    }

    /** Takes a reading; returns a crossing if it is one. */
    @Nullable
    Crossing apply(Event event, Reading reading) {
        Channel channel = channel(event.source(), reading.metric(), reading.unit());
        Integer before = channel.level(registry);
        boolean isNews = channel.take(Stamp.of(event), event.area(), reading, registry);
        Integer level = channel.level(registry);
        Double value = channel.value(registry);
        if (!isNews || level == null || value == null || Objects.equals(before, level)) {
            return null;
        }
        boolean isFirstCalm = before == null && level == 0;
        return isFirstCalm ? null : new Crossing(level, value, channel.unit());
    }

    void setRegistry(Registry changed) {
        registry = changed;
        byKey = null;
        reread();
        for (Source source : changed.sources().all()) {
            if (source.kind() == SourceKind.SENSOR) {
                for (Sources.Metric metric : source.metrics()) {
                    channel(source.id(), metric.metric(), metric.unit()).reread();
                }
            }
        }
    }

    /** What is shown must be worked out again. */
    void reread() {
        devices.values().forEach(channels -> channels.values().forEach(Channel::reread));
    }

    /** Shows every sensor at an instant; the same map as long as none changes. */
    SortedMap<String, Sensor> shown(Instant now) {
        SortedMap<String, Instrument> keyed = byKey;
        if (keyed == null) {
            keyed = keyed();
            byKey = keyed;
            SortedMap<String, Sensor> kept = new TreeMap<>(shown);
            kept.keySet().retainAll(keyed.keySet());
            shown = Same.or(shown, Collections.unmodifiableSortedMap(kept));
        }
        SortedMap<String, Sensor> next = null;
        for (Map.Entry<String, Instrument> entry : keyed.entrySet()) {
            Sensor known = shown.get(entry.getKey());
            Sensor sensor = entry.getValue().sensor(now, registry);
            if (!Same.instance(known, sensor)) {
                next = next == null ? new TreeMap<>(shown) : next;
                put(next, entry.getKey(), sensor);
            }
        }
        if (next != null) {
            shown = Collections.unmodifiableSortedMap(next);
        }
        return shown;
    }

    private static void put(SortedMap<String, Sensor> sensors, String key, @Nullable Sensor sensor) {
        if (sensor == null) {
            sensors.remove(key);
        } else {
            sensors.put(key, sensor);
        }
    }

    private Channel channel(String source, String metric, String unit) {
        SortedMap<String, Channel> channels = devices.get(source);
        Channel known = channels == null ? null : channels.get(metric);
        return known == null ? add(source, metric, unit) : known;
    }

    private Channel add(String source, String metric, String unit) {
        byKey = null;
        return devices.computeIfAbsent(source, key -> new TreeMap<>())
                .computeIfAbsent(metric, key -> new Channel(source, metric, unit, registry, rollups, listening));
    }

    private SortedMap<String, Instrument> keyed() {
        SortedMap<String, Instrument> keyed = new TreeMap<>();
        devices.forEach((source, channels) -> {
            boolean isRevoked =
                    registry.sources().find(source).map(Source::isRevoked).orElse(false);
            if (!isRevoked) {
                String main = mainMetric(source, channels);
                channels.forEach((metric, channel) -> {
                    if (!metric.equals(Reading.SIREN)) {
                        keyed.put(metric.equals(main) ? source : source + ":" + metric, channel);
                    }
                });
                if (AirStation.isOf(channels)) {
                    keyed.put(
                            source + ":" + AirStation.METRIC,
                            airStations.computeIfAbsent(source, key -> new AirStation(key, channels, listening)));
                }
            }
        });
        return keyed;
    }

    /** The first one registered, else the alphabetically first one heard. */
    private String mainMetric(String source, SortedMap<String, Channel> channels) {
        List<Sources.Metric> metrics =
                registry.sources().find(source).map(Source::metrics).orElse(List.of());
        return Stream.concat(metrics.stream().map(Sources.Metric::metric), channels.keySet().stream())
                .filter(metric -> !metric.equals(Reading.SIREN))
                .findFirst()
                .orElse(Reading.SIREN);
    }

    /** Forgets nothing but what it had shown; the registry is given anew. */
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        registry = Registry.NONE;
        airStations = new HashMap<>();
        shown = Collections.emptySortedMap();
    }
}
