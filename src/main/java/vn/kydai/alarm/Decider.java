package vn.kydai.alarm;

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
import vn.kydai.alarm.Sight.Judgement;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Measure;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.Picture;
import vn.kydai.event.Picture.AlarmState;
import vn.kydai.registry.AlarmRule;
import vn.kydai.registry.AlarmRules;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Roster;

/**
 * Compares what the rules see with the alarms that stand, and says what has to change. Both come in one picture, so a
 * decision rests on one position of the journal. A picture's newest value never goes back in event time, so a late
 * reading raises and clears nothing. Only delays are remembered between pictures; a restart is told where they stood.
 */
final class Decider {
    private @Nullable AlarmRules known;
    private volatile Map<String, Pending> pending = Map.of();

    /** The alarm of a rule about a source, as it stands and as it is seen. */
    private record Case(AlarmRule rule, Sight sight, Picture.@Nullable Alarm standing) {
        int standingLevel() {
            return standing != null && standing.isActive() ? standing.measure().level() : 0;
        }

        int level() {
            return sight.level(rule, standingLevel());
        }

        /** Tells whether a level, milder though it be, is more severe than what stands: a rule that has changed may say so. */
        boolean isWorse(int level) {
            return level > 0
                    && standing != null
                    && sight.steps().get(level - 1).severity()
                            < standing.measure().severity();
        }

        /** Tells whether nothing that is seen may change the level that stands. */
        boolean isHeld() {
            return switch (sight.judgement()) {
                case HELD -> true;
                case RAISING -> level() <= standingLevel();
                case EXPLAINED -> standingLevel() > 0 && level() >= standingLevel();
                case JUDGED, IDLE, SUPPRESSED -> false;
            };
        }

        String id() {
            return Alarm.id(rule.id(), sight.source());
        }
    }

    /** Returns where the delays stand, by alarm; any thread may ask. */
    Map<String, Pending> delays() {
        return pending;
    }

    /**
     * Goes on with delays as they stood at an instant, by the same rules: the time since counts for none of them and ends
     * none, as nothing was judged.
     */
    void resume(Map<String, Pending> delays, Instant at) {
        Map<String, Pending> held = new HashMap<>();
        delays.forEach((id, delay) -> held.put(id, delay.held(at)));
        pending = held;
    }

    /** Returns what has to change by the rules in force, at most one step an alarm. */
    List<Decision> decide(Picture picture, Vitals vitals, AlarmRules rules, Registry registry, Roster roster) {
        forgetChanged(rules);
        Callout callout = new Callout(roster, registry.areas(), picture.at());
        Sights sights = new Sights(picture, vitals, rules, registry);
        Map<String, Pending> still = new HashMap<>();
        Set<String> seen = new HashSet<>();
        List<Decision> decisions = new ArrayList<>();
        for (AlarmRule rule : rules.all()) {
            for (Sight sight : sights.of(rule)) {
                String id = Alarm.id(rule.id(), sight.source());
                Case found = new Case(rule, sight, picture.alarms().get(id));
                seen.add(id);
                setAside(found, picture)
                        .or(() -> judge(found, picture.at(), still))
                        .or(() -> rate(found, picture.at()))
                        .or(() -> callOut(found, callout))
                        .ifPresent(decisions::add);
            }
        }
        pending = still;
        picture.alarms().forEach((id, alarm) -> {
            if (!seen.contains(id)) {
                gone(alarm, picture.at()).ifPresent(decisions::add);
            }
        });
        return decisions;
    }

    /** What is watched no more is clear, and then no longer suppressed either. */
    private static Optional<Decision> gone(Picture.Alarm alarm, Instant now) {
        if (alarm.isActive()) {
            return Optional.of(decision(alarm, Step.CLEARED, "cleared", now));
        }
        return alarm.state() == AlarmState.SUPPRESSED ? Optional.of(released(alarm, now)) : Optional.empty();
    }

    private static Decision released(Picture.Alarm alarm, Instant now) {
        return decision(alarm, Step.RELEASED, "released-" + alarm.position(), now);
    }

    /** What held for a delay held by the rule as it was. */
    private void forgetChanged(AlarmRules rules) {
        AlarmRules before = known;
        known = rules;
        if (before == null || rules.equals(before)) {
            return;
        }
        Map<String, Pending> still = new HashMap<>(pending);
        still.keySet().removeIf(id -> {
            String rule = id.substring(0, id.indexOf(':'));
            return !before.find(rule).equals(rules.find(rule));
        });
        pending = still;
    }

    private Optional<Decision> setAside(Case found, Picture picture) {
        Picture.Alarm standing = found.standing();
        if (standing == null) {
            return Optional.empty();
        }
        Judgement judgement = found.sight().judgement();
        boolean isSuppressed = judgement == Judgement.SUPPRESSED || judgement == Judgement.EXPLAINED;
        boolean isShown = standing.isActive() && !standing.state().isSetAside();
        if (isSuppressed && isShown) {
            return Optional.of(decision(standing, Step.SUPPRESSED, "suppressed-" + standing.position(), picture.at()));
        }
        if (!isSuppressed && standing.state() == AlarmState.SUPPRESSED) {
            return Optional.of(released(standing, picture.at()));
        }
        return Optional.empty();
    }

    private Optional<Decision> judge(Case found, Instant now, Map<String, Pending> still) {
        Pending before = pending.get(found.id());
        if (found.isHeld()) {
            if (before != null) {
                still.put(found.id(), before.held(now));
            }
            return Optional.empty();
        }
        int level = found.level();
        if (level == found.standingLevel()) {
            return Optional.empty();
        }
        Pending holding = (before == null ? Pending.NONE : before).then(found.standingLevel(), level, now);
        still.put(found.id(), holding);
        boolean isAsked = found.sight().judgement() == Judgement.JUDGED;
        Optional<Integer> reached = level > found.standingLevel()
                ? holding.risen(found.sight().steps(), now)
                : holding.fallen(isAsked ? found.rule().offDelay() : Duration.ZERO, now);
        return reached.map(step -> step(found, step, now));
    }

    /** How severe a level is says its rule, whatever is measured: one that has changed holds for what stands too. */
    private static Optional<Decision> rate(Case found, Instant now) {
        Picture.Alarm standing = found.standing();
        int level = found.standingLevel();
        if (standing == null || level == 0 || level > found.sight().steps().size()) {
            return Optional.empty();
        }
        Measure measure = standing.measure();
        int severity = found.sight().steps().get(level - 1).severity();
        if (severity == measure.severity()) {
            return Optional.empty();
        }
        boolean isWorse = found.isWorse(level);
        Alarm alarm = new Alarm(
                standing.rule(),
                standing.source(),
                isWorse ? standing.occurrence() + 1 : standing.occurrence(),
                isWorse ? Step.REALARMED : Step.CHANGED,
                measure.rated(severity),
                null,
                null,
                null);
        // Within an occurrence a level's severity only becomes milder, so each is changed to once.
        String transition = isWorse ? alarm.step().id() : alarm.step().id() + "-" + level + "-" + severity;
        return Optional.of(
                new Decision(eventId(alarm, transition), found.sight().area(), now, alarm));
    }

    private static Optional<Decision> callOut(Case found, Callout callout) {
        Picture.Alarm standing = found.standing();
        return standing == null
                ? Optional.empty()
                : callout.next(standing, found.rule().escalation())
                        .map(alarm -> new Decision(
                                eventId(alarm, alarm.step().id() + "-" + alarm.escalation()),
                                standing.area(),
                                callout.now(),
                                alarm));
    }

    private static Decision step(Case found, int level, Instant now) {
        Picture.Alarm standing = found.standing();
        long occurrence = standing == null ? 0 : standing.occurrence();
        int before = found.standingLevel();
        if (before == 0) {
            return decision(found, Step.RAISED, occurrence + 1, level, now);
        }
        if (level > before || found.isWorse(level)) {
            return decision(found, Step.REALARMED, occurrence + 1, level, now);
        }
        if (level > 0) {
            return decision(found, Step.CHANGED, occurrence, level, now);
        }
        return decision(found, found.rule().isLatching() ? Step.LATCHED : Step.CLEARED, occurrence, 0, now);
    }

    private static Decision decision(Case found, Step step, long occurrence, int level, Instant now) {
        Sight sight = found.sight();
        Measure measure = level == 0 ? null : sight.measure(found.rule(), level);
        Alarm alarm = new Alarm(found.rule().id(), sight.source(), occurrence, step, measure, null, null, null);
        // Within an occurrence the level only falls, so each level is changed to once.
        String transition = step == Step.CHANGED ? step.id() + "-" + level : step.id();
        return new Decision(eventId(alarm, transition), sight.area(), now, alarm);
    }

    private static Decision decision(Picture.Alarm standing, Step step, String transition, Instant now) {
        Alarm alarm =
                new Alarm(standing.rule(), standing.source(), standing.occurrence(), step, null, null, null, null);
        return new Decision(eventId(alarm, transition), standing.area(), now, alarm);
    }

    private static String eventId(Alarm alarm, String transition) {
        return alarm.id() + "/" + alarm.occurrence() + "/" + transition;
    }
}
