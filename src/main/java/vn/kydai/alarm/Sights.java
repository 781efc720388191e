package vn.kydai.alarm;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.kydai.alarm.Sight.Found;
import vn.kydai.alarm.Sight.Judgement;
import vn.kydai.alarm.Vitals.Loss;
import vn.kydai.event.Figure;
import vn.kydai.event.Picture;
import vn.kydai.event.Picture.SensorState;
import vn.kydai.event.Reading.Quality;
import vn.kydai.registry.AlarmRule;
import vn.kydai.registry.AlarmRule.Step;
import vn.kydai.registry.AlarmRule.Watch;
import vn.kydai.registry.AlarmRules;
import vn.kydai.registry.Expression;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources;
import vn.kydai.registry.WorkingCalendar;

/** What the rules see of one picture, and of the server itself. Pure. */
final class Sights {
    private static final String INDEX_SUFFIX = ":" + AlarmRules.INDEX;
    private static final double MILLIS = 1_000;
    private static final double HOUR_MILLIS = 3_600_000;
    private static final double PERCENT = 100;

    /**
     * What expressions say.
     *
     * @param steps how many are reached; absent where the value says so
     * @param judgement {@link Judgement#RAISING} where a worse one could not be judged
     */
    private record Reached(@Nullable Integer steps, Judgement judgement) {
        static final Reached BY_VALUE = new Reached(null, Judgement.JUDGED);
    }

    private final Picture picture;
    private final Vitals vitals;
    private final Registry registry;

    /** How many devices behind each gateway have sent and send no more. */
    private final Map<String, Integer> silentBehind = new HashMap<>();

    /** Those that a rule, as it is limited, sees down now. */
    private final Set<String> downGateways = new HashSet<>();

    /**
     * Looks at a picture.
     *
     * @param registry tells which device stands behind which gateway, and which metric is alarmed on when suspect
     */
    Sights(Picture picture, Vitals vitals, AlarmRules rules, Registry registry) {
        this.picture = picture;
        this.vitals = vitals;
        this.registry = registry;
        picture.sensors().forEach((key, sensor) -> {
            String gateway = gatewayOf(sensor.source());
            if (gateway != null && isDevice(key, sensor)) {
                silentBehind.merge(gateway, sensor.state() == SensorState.SILENT ? 1 : 0, Integer::sum);
            }
        });
        for (AlarmRule rule : rules.all()) {
            if (rule.watch() == Watch.SILENT_GATEWAY) {
                of(rule).stream()
                        .filter(sight -> sight.judgement() == Judgement.JUDGED && sight.level(rule, 0) > 0)
                        .forEach(sight -> downGateways.add(sight.source()));
            }
        }
    }

    /** Returns everything a rule watches. */
    List<Sight> of(AlarmRule rule) {
        List<Sight> sights = switch (rule.watch()) {
            case LEVEL, VALUE, RATE, WINDOW, STUCK -> sensors(rule);
            case FIGURE, EXPRESSION -> figures(rule);
            case SILENT_SENSOR -> heard(silentSensors(rule));
            case SILENT_GATEWAY -> heard(silentGateways(rule));
            case SILENT_AREA -> heard(silentAreas(rule));
            case LOSS -> losses(rule);
            case VITAL -> {
                String named = rule.of().area();
                yield new VitalSights(picture, vitals, registry).of(rule, named == null ? null : current(named));
            }
        };
        Set<String> within = rule.of().area() == null
                ? Set.of()
                : picture.subtree(current(rule.of().area()));
        return sights.stream()
                .filter(sight ->
                        rule.of().source() == null || rule.of().source().equals(sight.source()))
                .filter(sight -> within.isEmpty() || within.contains(sight.area()))
                .map(sight -> inTime(rule, sight))
                .toList();
    }

    private Sight inTime(AlarmRule rule, Sight sight) {
        Picture.Area known = picture.areas().get(sight.area());
        if (rule.isOfficeHours() && known != null && !known.openNow()) {
            return judged(sight, Judgement.SUPPRESSED);
        }
        boolean isIdle = rule.daily() != null
                && !rule.daily()
                        .holdsAt(picture.at().atZone(WorkingCalendar.ZONE).toLocalTime());
        return isIdle ? judged(sight, Judgement.IDLE) : sight;
    }

    private static Sight judged(Sight sight, Judgement judgement) {
        return new Sight(sight.source(), sight.area(), sight.steps(), sight.found(), judgement);
    }

    private List<Sight> sensors(AlarmRule rule) {
        List<Sight> sights = new ArrayList<>();
        picture.sensors().forEach((key, sensor) -> {
            List<Step> steps = sensor.metric().equals(rule.quantity()) ? steps(rule, sensor) : List.of();
            if (!steps.isEmpty()) {
                Found found = found(rule, sensor);
                sights.add(new Sight(key, sensor.area(), steps, found, judgement(rule, sensor, found)));
            }
        });
        if (rule.quantity().equals(AlarmRules.INDEX)) {
            sights.addAll(withoutIndex(rule));
        }
        return sights;
    }

    /** An air station shows no index while it has none: that says nothing of the air. */
    private List<Sight> withoutIndex(AlarmRule rule) {
        return picture.alarms().values().stream()
                .filter(alarm -> alarm.rule().equals(rule.id()) && alarm.isActive())
                .filter(alarm -> !picture.sensors().containsKey(alarm.source()) && isStation(alarm.source()))
                .map(alarm ->
                        new Sight(alarm.source(), alarm.area(), rule.steps(), Found.of(null, null), Judgement.HELD))
                .toList();
    }

    private boolean isStation(String key) {
        return key.endsWith(INDEX_SUFFIX)
                && registry.sources()
                        .find(key.substring(0, key.length() - INDEX_SUFFIX.length()))
                        .filter(source -> !source.isRevoked())
                        .isPresent();
    }

    private static Found found(AlarmRule rule, Picture.Sensor sensor) {
        return switch (rule.watch()) {
            case RATE -> Found.of(sensor.ratePerHour(), sensor.unit() + "/h");
            case WINDOW -> Found.of(sensor.findings().windows().get(rule.of().window()), sensor.unit());
            case STUCK -> Found.of(hoursUnchanged(sensor), "h");
            default -> Found.of(sensor.value(), sensor.unit());
        };
    }

    /** While values go on coming, the same one for long is an instrument that hangs. */
    private static @Nullable Double hoursUnchanged(Picture.Sensor sensor) {
        Instant since = sensor.findings().unchangedSince();
        if (sensor.at() == null) {
            return null;
        }
        return since == null ? 0.0 : Duration.between(since, sensor.at()).toMillis() / HOUR_MILLIS;
    }

    /** A suspect value neither raises an alarm nor clears one; it raises one where a false alarm is better than none. */
    private Judgement judgement(AlarmRule rule, Picture.Sensor sensor, Found found) {
        boolean isKnown = sensor.state() == SensorState.GOOD || sensor.state() == SensorState.STALE;
        if (found.value() == null || !isKnown) {
            return Judgement.HELD;
        }
        if (rule.watch() == Watch.STUCK || sensor.findings().quality() != Quality.SUSPECT) {
            return Judgement.JUDGED;
        }
        boolean countsSuspect = registry.thresholds()
                .metric(sensor.metric())
                .map(metric -> metric.alerting().countsSuspect())
                .orElse(false);
        return countsSuspect ? Judgement.RAISING : Judgement.HELD;
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
                steps.add(step.at(at));
            }
        }
        return steps;
    }

    private List<Sight> figures(AlarmRule rule) {
        List<Sight> sights = new ArrayList<>();
        for (Picture.Area area : watched(rule)) {
            Figure figure = area.judged().get(rule.quantity());
            if (figure != null) {
                Reached reached = rule.watch() == Watch.EXPRESSION ? reached(rule, area) : Reached.BY_VALUE;
                Found found = new Found(
                        value(figure, rule.leastN()), figure.since() == null ? figure.unit() : "s", reached.steps());
                boolean isLate = area.lateUntil() != null && picture.at().isBefore(area.lateUntil());
                Judgement judgement = isLate ? Judgement.HELD : reached.judgement();
                sights.add(new Sight(area.id(), area.id(), rule.steps(), found, judgement));
            }
        }
        return sights;
    }

    /** A figure of too few says nothing; one measured by an instant is as old as that. */
    private @Nullable Double value(Figure figure, long leastN) {
        Long n = figure.n() == null ? figure.denominator() : figure.n();
        return n != null && n < leastN ? null : value(figure);
    }

    private @Nullable Double value(Figure figure) {
        return figure.since() == null
                ? figure.value()
                : (Double) (Duration.between(figure.since(), picture.at()).toMillis() / MILLIS);
    }

    /** The worst step whose expression holds. */
    private Reached reached(AlarmRule rule, Picture.Area area) {
        Map<String, Double> values = new HashMap<>();
        area.judged().forEach((id, figure) -> {
            put(values, id + ".value", value(figure));
            put(values, id + ".numerator", figure.numerator());
            put(values, id + ".denominator", figure.denominator());
            put(values, id + ".n", figure.n());
        });
        Judgement judgement = Judgement.JUDGED;
        boolean isJudged = false;
        for (int index = rule.steps().size() - 1; index >= 0; index--) {
            Expression expression =
                    requireNonNull(rule.steps().get(index).expression(), "an expression has one a step");
            Optional<Boolean> holds = expression.holds(values);
            if (holds.isEmpty()) {
                judgement = Judgement.RAISING;
            } else if (holds.get()) {
                return new Reached(index + 1, judgement);
            } else {
                isJudged = true;
            }
        }
        return new Reached(0, isJudged ? judgement : Judgement.HELD);
    }

    private static void put(Map<String, Double> values, String name, @Nullable Number value) {
        if (value != null) {
            values.put(name, value.doubleValue());
        }
    }

    private List<Sight> silentSensors(AlarmRule rule) {
        List<Sight> sights = new ArrayList<>();
        picture.sensors().forEach((key, sensor) -> {
            if (isDevice(key, sensor)) {
                String gateway = gatewayOf(sensor.source());
                boolean isExplained = gateway != null && downGateways.contains(gateway);
                double silent = sensor.state() == SensorState.SILENT ? 1 : 0;
                sights.add(new Sight(
                        key,
                        sensor.area(),
                        rule.steps(),
                        Found.of(silent, null),
                        isExplained ? Judgement.EXPLAINED : Judgement.JUDGED));
            }
        });
        return sights;
    }

    /** While nobody can be heard, and until the picture knows of that, silence says nothing of whoever is silent. */
    private List<Sight> heard(List<Sight> sights) {
        return picture.position() >= vitals.heardFrom()
                ? sights
                : sights.stream().map(sight -> judged(sight, Judgement.HELD)).toList();
    }

    private List<Sight> silentGateways(AlarmRule rule) {
        List<Sight> sights = new ArrayList<>();
        silentBehind.forEach((gateway, silent) -> registry.sources()
                .find(gateway)
                .map(source -> registry.areaOf(source, picture.at()))
                .ifPresent(area -> sights.add(judged(gateway, area, rule, silent.doubleValue(), null))));
        return sights;
    }

    private List<Sight> silentAreas(AlarmRule rule) {
        List<Sight> sights = new ArrayList<>();
        for (Picture.Area area : watched(rule)) {
            if (area.sourcesTotal() > 0) {
                double share = (double) area.sourcesSilent() / area.sourcesTotal();
                sights.add(judged(area.id(), area.id(), rule, share, null));
            }
        }
        return sights;
    }

    private List<Sight> losses(AlarmRule rule) {
        Map<String, Loss> known = vitals.bySource();
        Judgement judgement = known == null ? Judgement.HELD : Judgement.JUDGED;
        Map<String, Loss> byLeaf = new HashMap<>();
        Map<String, Loss> bySource = known == null ? Map.of() : known;
        bySource.forEach((id, loss) -> registry.sources()
                .find(id)
                .ifPresent(source -> byLeaf.merge(registry.areaOf(source, picture.at()), loss, Loss::plus)));
        List<Sight> sights = new ArrayList<>();
        for (Picture.Area area : watched(rule)) {
            Loss loss = area.leaves().stream()
                    .map(leaf -> byLeaf.getOrDefault(leaf, Loss.NONE))
                    .reduce(Loss.NONE, Loss::plus);
            boolean isEnough = loss.sent() > 0 && loss.sent() >= rule.leastN();
            Double percent = isEnough ? (Double) (PERCENT * loss.lost() / loss.sent()) : null;
            sights.add(judged(judged(area.id(), area.id(), rule, percent, "%"), judgement));
        }
        return sights;
    }

    /** Whatever unit took over the area a rule names stands for it. */
    private String current(String area) {
        return registry.areas().current(area, WorkingCalendar.dateOf(picture.at()));
    }

    private static Sight judged(
            String source, String area, AlarmRule rule, @Nullable Double value, @Nullable String unit) {
        return new Sight(source, area, rule.steps(), Found.of(value, unit), Judgement.JUDGED);
    }

    private List<Picture.Area> watched(AlarmRule rule) {
        String level = rule.of().areaLevel();
        return picture.areas().values().stream()
                .filter(area -> level == null || level.equals(area.level()))
                .toList();
    }

    /** A device stands for all its metrics; one that never sent is not there yet. */
    private static boolean isDevice(String key, Picture.Sensor sensor) {
        return key.equals(sensor.source()) && sensor.at() != null;
    }

    private @Nullable String gatewayOf(String source) {
        return registry.sources().find(source).map(Sources.Source::behind).orElse(null);
    }
}
