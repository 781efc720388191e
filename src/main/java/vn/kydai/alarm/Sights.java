package vn.kydai.alarm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.kydai.alarm.Sight.Judgement;
import vn.kydai.event.Figure;
import vn.kydai.event.Picture;
import vn.kydai.event.Picture.SensorState;
import vn.kydai.event.Reading.Quality;
import vn.kydai.registry.AlarmRule;
import vn.kydai.registry.AlarmRule.Step;
import vn.kydai.registry.AlarmRule.Watch;
import vn.kydai.registry.AlarmRules;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources;

/** What the rules see of one picture. Pure. */
final class Sights {
    private static final double MILLIS = 1_000;

    private final Picture picture;
    private final Registry registry;

    /** How many devices behind each gateway have sent and send no more. */
    private final Map<String, Integer> silentBehind = new HashMap<>();

    private final Set<String> downGateways = new HashSet<>();

    /**
     * Looks at a picture.
     *
     * @param registry tells which device stands behind which gateway, and which metric is alarmed on when suspect
     */
    Sights(Picture picture, AlarmRules rules, Registry registry) {
        this.picture = picture;
        this.registry = registry;
        picture.sensors().forEach((key, sensor) -> {
            String gateway = gatewayOf(sensor.source());
            if (gateway != null && isDevice(key, sensor)) {
                silentBehind.merge(gateway, sensor.state() == SensorState.SILENT ? 1 : 0, Integer::sum);
            }
        });
        for (AlarmRule rule : rules.all()) {
            if (rule.watch() == Watch.SILENT_GATEWAY) {
                double enough = rule.steps().get(0).at();
                silentBehind.forEach((gateway, silent) -> {
                    if (silent >= enough) {
                        downGateways.add(gateway);
                    }
                });
            }
        }
    }

    /** Returns everything a rule watches. */
    List<Sight> of(AlarmRule rule) {
        return switch (rule.watch()) {
            case LEVEL, VALUE, RATE -> sensors(rule);
            case FIGURE -> figures(rule);
            case SILENT_SENSOR -> silentSensors(rule);
            case SILENT_GATEWAY -> silentGateways(rule);
            case SILENT_AREA -> silentAreas(rule);
        };
    }

    private List<Sight> sensors(AlarmRule rule) {
        List<Sight> sights = new ArrayList<>();
        picture.sensors().forEach((key, sensor) -> {
            List<Step> steps = sensor.metric().equals(rule.quantity()) ? steps(rule, sensor) : List.of();
            if (!steps.isEmpty()) {
                Double value = rule.watch() == Watch.RATE ? sensor.ratePerHour() : sensor.value();
                boolean isKnown = sensor.state() == SensorState.GOOD || sensor.state() == SensorState.STALE;
                Judgement judgement =
                        value == null || !isKnown || isDoubted(sensor) ? Judgement.HELD : Judgement.JUDGED;
                sights.add(new Sight(
                        key, sensor.area(), steps, value, sensor.unit(), inOffice(rule, sensor.area(), judgement)));
            }
        });
        return sights;
    }

    /** A suspect value neither raises an alarm nor clears one, but where a false alarm is better than none. */
    private boolean isDoubted(Picture.Sensor sensor) {
        return sensor.findings().quality() == Quality.SUSPECT
                && !registry.thresholds()
                        .metric(sensor.metric())
                        .map(metric -> metric.alerting().countsSuspect())
                        .orElse(false);
    }

    /** A step of a rule on levels is the number of one of the sensor's own. */
    private static List<Step> steps(AlarmRule rule, Picture.Sensor sensor) {
        if (rule.watch() != Watch.LEVEL) {
            return rule.steps();
        }
        List<Step> steps = new ArrayList<>();
        for (Step step : rule.steps()) {
            Double at = sensor.thresholds().get((int) step.at());
            if (at != null) {
                steps.add(new Step(at, step.severity()));
            }
        }
        return steps;
    }

    private List<Sight> figures(AlarmRule rule) {
        List<Sight> sights = new ArrayList<>();
        for (Picture.Area area : watched(rule)) {
            Figure figure = area.figures().get(rule.quantity());
            if (figure != null) {
                sights.add(new Sight(
                        area.id(),
                        area.id(),
                        rule.steps(),
                        value(figure, rule.leastN()),
                        figure.since() == null ? figure.unit() : "s",
                        inOffice(rule, area.id(), Judgement.JUDGED)));
            }
        }
        return sights;
    }

    /** A figure of too few says nothing; one measured by an instant is as old as that. */
    private @Nullable Double value(Figure figure, long leastN) {
        Long n = figure.n() == null ? figure.denominator() : figure.n();
        if (n != null && n < leastN) {
            return null;
        }
        return figure.since() == null
                ? figure.value()
                : (Double) (Duration.between(figure.since(), picture.at()).toMillis() / MILLIS);
    }

    private List<Sight> silentSensors(AlarmRule rule) {
        List<Sight> sights = new ArrayList<>();
        picture.sensors().forEach((key, sensor) -> {
            if (isDevice(key, sensor)) {
                String gateway = gatewayOf(sensor.source());
                boolean isExplained = gateway != null && downGateways.contains(gateway);
                Judgement judgement = isExplained ? Judgement.SUPPRESSED : Judgement.JUDGED;
                double silent = sensor.state() == SensorState.SILENT ? 1 : 0;
                sights.add(new Sight(
                        key, sensor.area(), rule.steps(), silent, null, inOffice(rule, sensor.area(), judgement)));
            }
        });
        return sights;
    }

    private List<Sight> silentGateways(AlarmRule rule) {
        List<Sight> sights = new ArrayList<>();
        silentBehind.forEach((gateway, silent) -> registry.sources()
                .find(gateway)
                .map(source -> source.areaAt(picture.at()))
                .ifPresent(area -> sights.add(new Sight(
                        gateway,
                        area,
                        rule.steps(),
                        silent.doubleValue(),
                        null,
                        inOffice(rule, area, Judgement.JUDGED)))));
        return sights;
    }

    private List<Sight> silentAreas(AlarmRule rule) {
        List<Sight> sights = new ArrayList<>();
        for (Picture.Area area : watched(rule)) {
            if (area.sourcesTotal() > 0) {
                double share = (double) area.sourcesSilent() / area.sourcesTotal();
                sights.add(new Sight(
                        area.id(), area.id(), rule.steps(), share, null, inOffice(rule, area.id(), Judgement.JUDGED)));
            }
        }
        return sights;
    }

    private List<Picture.Area> watched(AlarmRule rule) {
        return picture.areas().values().stream()
                .filter(area -> rule.areaLevel() == null || rule.areaLevel().equals(area.level()))
                .toList();
    }

    private Judgement inOffice(AlarmRule rule, String area, Judgement judgement) {
        Picture.Area known = picture.areas().get(area);
        boolean isClosed = rule.isOfficeHours() && known != null && !known.openNow();
        return isClosed ? Judgement.SUPPRESSED : judgement;
    }

    /** A device stands for all its metrics; one that never sent is not there yet. */
    private static boolean isDevice(String key, Picture.Sensor sensor) {
        return key.equals(sensor.source()) && sensor.at() != null;
    }

    private @Nullable String gatewayOf(String source) {
        return registry.sources().find(source).map(Sources.Source::behind).orElse(null);
    }
}
