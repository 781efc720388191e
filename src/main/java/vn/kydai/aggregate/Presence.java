package vn.kydai.aggregate;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.kydai.event.Event;
import vn.kydai.event.Picture.Sensor;
import vn.kydai.event.Picture.SensorState;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.Sources.SourceKind;

/**
 * Which registered sources are heard. Gateways speak for others and are not counted themselves, nor are sirens, which speak
 * when they are asked.
 */
final class Presence implements Serializable {
    /** A desk is missed only when it has been silent this long in opening hours, while the server listened. */
    private static final long DESK_PATIENCE = 30 * Micros.MINUTE;

    private final AreaCountersById areas;
    private final Listening listening;
    private final Map<String, Long> lastHeard = new HashMap<>();
    private transient List<Source> counted = List.of();
    private transient Registry registry = Registry.NONE;
    private Map<String, long[]> written = Map.of();

    Presence(AreaCountersById areas, Listening listening) {
        this.areas = areas;
        this.listening = listening;
    }

    void heard(Event event) {
        lastHeard.merge(event.source(), Micros.of(event.eventTime()), Math::max);
    }

    void setRegistry(Registry changed) {
        registry = changed;
        List<Source> next = new ArrayList<>();
        for (Source source : changed.sources().all()) {
            if (!source.isRevoked() && source.kind() != SourceKind.GATEWAY && !source.isSiren()) {
                next.add(source);
            }
        }
        counted = next;
    }

    /** Writes into each area how many sources it has and how many of them are silent. */
    void write(Moment moment, Map<String, Sensor> sensors) {
        Map<String, long[]> next = new HashMap<>();
        long since = listening.before(moment.micros(), DESK_PATIENCE);
        for (Source source : counted) {
            String area = registry.areaOf(source, moment.now());
            long[] counts = next.computeIfAbsent(area, key -> new long[2]);
            counts[0]++;
            counts[1] += isSilent(source, area, moment, since, sensors) ? 1 : 0;
        }
        written.keySet().stream()
                .filter(area -> !next.containsKey(area))
                .forEach(area -> areas.get(area).setSources(0, 0));
        next.forEach((area, counts) -> areas.get(area).setSources(counts[0], counts[1]));
        written = next;
    }

    /** Tells whether a source is silent; a desk is when it has said nothing since an instant and could have. */
    private boolean isSilent(Source source, String area, Moment moment, long since, Map<String, Sensor> sensors) {
        if (source.kind() != SourceKind.DESK) {
            Sensor main = sensors.get(source.id());
            return main == null || main.state() == SensorState.SILENT;
        }
        Long heard = lastHeard.get(source.id());
        boolean wasOpen = since == moment.micros() - DESK_PATIENCE
                ? moment.wasOpenBefore(area)
                : registry.calendar().opening(area, Micros.instant(since)).isOpen();
        return moment.opening(area).isOpen() && wasOpen && (heard == null || heard < since);
    }

    /** The sources are given anew. */
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        counted = List.of();
        registry = Registry.NONE;
    }
}
