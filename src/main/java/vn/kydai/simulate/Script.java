package vn.kydai.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import vn.kydai.config.YamlFile;
import vn.kydai.event.codec.Json;
import vn.kydai.registry.Sources;
import vn.kydai.registry.Sources.Metric;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.WorkingCalendar;

/** What some sensors measured in an event that really happened, and the sensors that only it needs. Pure once read. */
final class Script {
    /** Nothing but what the demo invents. */
    static final Script NONE = new Script();

    private static final double STEPS_A_METRE = 100;
    /** Tips of the bucket in a millimetre. */
    private static final double TIPS_A_MM = 5;

    private final Map<String, NavigableMap<Instant, Double>> levels = new HashMap<>();
    private final Map<String, List<Fall>> rain = new HashMap<>();
    private final Map<String, String> leaders = new HashMap<>();
    private final Map<String, List<Double>> alerts = new HashMap<>();
    private Sources sources = Sources.NONE;

    private Script() {}

    /** A sum of rain over a span of time. */
    private record Fall(Instant from, Instant to, double mm) {
        double until(Instant at) {
            double passed = Duration.between(from, at).toSeconds();
            double all = Duration.between(from, to).toSeconds();
            return mm * Math.clamp(passed / all, 0, 1);
        }
    }

    /** Reads a script of the class path; {@code known} are the sources the demo has anyway. */
    static Script read(String name, Sources known) {
        try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream(name), name)) {
            return of(
                    YamlFile.of(name, new String(in.readAllBytes(), StandardCharsets.UTF_8))
                            .content(),
                    known);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Script of(JsonNode content, Sources known) {
        Script script = new Script();
        content.path("levels").properties().forEach(gauge -> {
            NavigableMap<Instant, Double> points = new TreeMap<>();
            gauge.getValue()
                    .forEach(point ->
                            points.put(instant(point, "at"), point.path("value").doubleValue()));
            script.levels.put(gauge.getKey(), points);
        });
        content.path("rain").properties().forEach(gauge -> {
            List<Fall> falls = new ArrayList<>();
            gauge.getValue()
                    .forEach(fall -> falls.add(new Fall(
                            instant(fall, "from"),
                            instant(fall, "to"),
                            fall.path("mm").doubleValue())));
            script.rain.put(gauge.getKey(), falls);
        });
        content.path("follow")
                .properties()
                .forEach(gauge ->
                        script.leaders.put(gauge.getKey(), gauge.getValue().asText()));
        ObjectNode own = Json.MAPPER.createObjectNode();
        own.set("sources", content.path("sources"));
        script.sources = Sources.of(own);
        known.with(script.sources).all().forEach(source -> script.alerts.put(source.id(), alert(source)));
        return script;
    }

    /** Returns the sensors that only this script needs. */
    Sources sources() {
        return sources;
    }

    /** Tells whether it says what a sensor measures. */
    boolean isAbout(String source) {
        return levels.containsKey(source) || leaders.containsKey(source) || rain.containsKey(source);
    }

    /** Returns what a sensor measures at an instant; empty where the script says nothing. */
    Optional<Double> value(String source, Metric metric, Instant at) {
        if (metric.metric().equals("rain") && rain.containsKey(source)) {
            return Optional.of(rain(source, metric, at));
        }
        if (!metric.metric().equals("water_level")) {
            return Optional.empty();
        }
        String leader = leaders.getOrDefault(source, source);
        return level(leader, at)
                .map(level -> leader.equals(source)
                        ? level
                        : alike(level, alerts.getOrDefault(leader, List.of()), metric.levels()))
                .map(level -> Math.round(level * STEPS_A_METRE) / STEPS_A_METRE);
    }

    private Optional<Double> level(String source, Instant at) {
        NavigableMap<Instant, Double> points = levels.getOrDefault(source, new TreeMap<>());
        Map.Entry<Instant, Double> before = points.floorEntry(at);
        Map.Entry<Instant, Double> after = points.ceilingEntry(at);
        if (before == null || after == null) {
            return Optional.empty();
        }
        double whole = Duration.between(before.getKey(), after.getKey()).toSeconds();
        double part = whole == 0 ? 0 : Duration.between(before.getKey(), at).toSeconds() / whole;
        return Optional.of(before.getValue() + part * (after.getValue() - before.getValue()));
    }

    /** Moves a level from one gauge's alert levels to another's, as far between two of them, or beyond the last. */
    private static double alike(double level, List<Double> from, List<Double> to) {
        double lowFrom = 0;
        double lowTo = 0;
        int last = Math.min(from.size(), to.size()) - 1;
        for (int index = 0; index <= last; index++) {
            if (level <= from.get(index) || index == last) {
                double share = (level - lowFrom) / (from.get(index) - lowFrom);
                return lowTo + share * (to.get(index) - lowTo);
            }
            lowFrom = from.get(index);
            lowTo = to.get(index);
        }
        return level;
    }

    /** Rain since the reading before, in whole tips of the bucket whose sum is that of the script. */
    private double rain(String source, Metric metric, Instant at) {
        double tips = 0;
        for (Fall fall : rain.getOrDefault(source, List.of())) {
            Instant before = at.minusSeconds(metric.cadenceSeconds());
            tips += Math.floor(fall.until(at) * TIPS_A_MM + 1e-6) - Math.floor(fall.until(before) * TIPS_A_MM + 1e-6);
        }
        return tips / TIPS_A_MM;
    }

    private static List<Double> alert(Source source) {
        return source.metrics().stream()
                .filter(metric -> metric.metric().equals("water_level"))
                .findFirst()
                .map(Metric::levels)
                .orElse(List.of());
    }

    private static Instant instant(JsonNode node, String field) {
        return LocalDateTime.parse(node.path(field).asText())
                .atZone(WorkingCalendar.ZONE)
                .toInstant();
    }
}
