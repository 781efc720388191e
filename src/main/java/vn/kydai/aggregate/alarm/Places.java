package vn.kydai.aggregate.alarm;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import vn.kydai.event.AlarmTerms;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources.SourceKind;
import vn.kydai.registry.WorkingCalendar;

/** Where what alarms are about stands at an instant, by what the configuration events until then say. */
public record Places(Registry registry, Instant now, LocalDate date, Map<String, AlarmTerms> terms) {
    /** Looks at an instant, which is the picture's own. */
    public static Places at(Registry registry, Instant now) {
        return at(registry, now, Map.of());
    }

    /**
     * Looks at an instant, which is the picture's own.
     *
     * @param terms what screens must know of the rules of that moment, by id
     */
    public static Places at(Registry registry, Instant now, Map<String, AlarmTerms> terms) {
        return new Places(registry, now, WorkingCalendar.dateOf(now), terms);
    }

    AlarmTerms termsOf(String rule) {
        return terms.getOrDefault(rule, AlarmTerms.NONE);
    }

    /** Returns the gateway a sensor stands behind, or the one it is itself. */
    Optional<String> gatewayOf(String key) {
        String id = device(key);
        return registry.sources()
                .find(id)
                .flatMap(source ->
                        source.kind() == SourceKind.GATEWAY ? Optional.of(id) : Optional.ofNullable(source.behind()));
    }

    /**
     * Returns the area an alarm belongs to: of a device the one it stands in, so that who sees it sees its alarm; of anything
     * else the one it was raised in. Whatever unit took an area over stands for it.
     *
     * @param source what the alarm is about: key of a sensor, id of a gateway or an area
     * @param raisedIn the area it was raised in
     */
    String areaOf(String source, String raisedIn) {
        boolean isOfArea = source.equals(raisedIn);
        return isOfArea
                ? current(raisedIn)
                : registry.sources()
                        .find(device(source))
                        .map(device -> current(device.areaAt(now)))
                        .orElseGet(() -> current(raisedIn));
    }

    /** Returns the unit that stands in the place of an area. */
    String current(String area) {
        return registry.areas().current(area, date);
    }

    private static String device(String key) {
        int colon = key.indexOf(':');
        return colon < 0 ? key : key.substring(0, colon);
    }
}
