package vn.kydai.alarm;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Figures;
import vn.kydai.event.Alarm;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Data;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;
import vn.kydai.event.Reading;
import vn.kydai.event.SampleDossier;
import vn.kydai.event.Ticket;
import vn.kydai.event.codec.Json;
import vn.kydai.registry.AlarmRules;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Roster;
import vn.kydai.registry.WorkingCalendar;

/** Two communes with sensors behind a gateway and a desk: real folds, real deciding, a journal in a list. */
final class Site {
    static final String AREAS = """
            {"areas": [
              {"id": "477", "name": "Quảng Điền", "level": "region", "members": ["19867", "19870"]},
              {"id": "19867", "name": "Sịa", "level": "commune"},
              {"id": "19870", "name": "Quảng Thái", "level": "commune"}]}
            """;

    /** The levels of the station, with a delay before the water is believed to fall. */
    static final String FLOOD = """
            'id': 'flood', 'watch': 'level', 'metric': 'water_level', 'deadband': 0.05, 'offDelaySeconds': 600,
            'steps': [{'at': 1, 'severity': 'medium'}, {'at': 2, 'severity': 'high'}, {'at': 3, 'severity': 'high'}]""";

    /** High water that has to hold for five minutes. */
    static final String DELAYED = """
            'id': 'high', 'watch': 'value', 'metric': 'water_level', 'onDelaySeconds': 300,
            'steps': [{'at': 2, 'severity': 'low'}]""";

    static final String SOURCES = """
            {"sources": [
              {"id": "desk-1", "kind": "desk", "area": "19867"},
              {"id": "gw-1", "kind": "gateway", "area": "19870"},
              {"id": "wl-1", "kind": "sensor", "area": "19867", "behind": "gw-1", "metrics": [
                {"metric": "water_level", "unit": "m", "cadenceSeconds": 600, "levels": [1.5, 3, 4.5]}]},
              {"id": "wl-2", "kind": "sensor", "area": "19870", "behind": "gw-1", "metrics": [
                {"metric": "water_level", "unit": "m", "cadenceSeconds": 600, "levels": [1.5, 3, 4.5]}]}]}
            """;

    static final String THRESHOLDS = """
            {"metrics": {"water_level":
               {"unit": "m", "min": -5, "max": 20, "resolution": 0.001, "cadenceSeconds": 600, "rate": true,
                "alertWhenSuspect": true},
              "rain":
               {"unit": "mm", "min": 0, "max": 400, "resolution": 0.1, "cadenceSeconds": 600},
              "salinity": {"unit": "g/L", "min": 0, "max": 45, "maxStep": 1, "resolution": 0.01, "cadenceSeconds": 600}},
             "targets": []}
            """;

    private static final String CALENDAR = """
            {"workingWeekdays": ["MON", "TUE", "WED", "THU", "FRI"],
             "hours": [{"months": [1,2,3,4,5,6,7,8,9,10,11,12], "sessions": ["07:30-11:30", "13:00-17:00"]}],
             "daysOff": []}
            """;

    static final Registry REGISTRY = Registry.NONE
            .with(new Configuration(Part.AREAS, "", AREAS))
            .with(new Configuration(Part.SOURCES, "", SOURCES))
            .with(new Configuration(Part.THRESHOLDS, "", THRESHOLDS));

    private static final String TEXTS = """
            "who": "trực ban", "reason": "r", "consequence": "c", "response": ["đi xem"]""";

    private final Figures figures = new Figures();
    private final List<Journaled> journal = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private Decider decider = new Decider();
    private AlarmRules rules;
    private Vitals vitals = Vitals.UNKNOWN;
    private Roster roster = Roster.NONE;
    private Registry registry = REGISTRY;
    private Instant now;

    /** Begins at a local time, with rules as JSON without their texts. */
    Site(String local, String... rules) {
        this(local, List.of(), rules);
    }

    /** Begins with further water levels in the second commune. */
    Site(String local, List<String> gauges, String... rules) {
        now = LocalDateTime.parse(local).atZone(WorkingCalendar.ZONE).toInstant();
        this.rules = rules(rules);
        append("c-1", "-", new Configuration(Part.AREAS, "", AREAS));
        append("c-2", "-", new Configuration(Part.SOURCES, "", SOURCES));
        if (!gauges.isEmpty()) {
            append("c-g", "-", new Configuration(Part.SOURCES, "", gauges(gauges)));
        }
        append("c-3", "-", new Configuration(Part.THRESHOLDS, "", THRESHOLDS));
        append("c-4", "-", new Configuration(Part.CALENDAR, "", CALENDAR));
    }

    private static String gauges(List<String> ids) {
        return ids.stream().map(id -> """
                        {"id": "%s", "kind": "sensor", "area": "19870", "metrics": [
                          {"metric": "water_level", "unit": "m", "cadenceSeconds": 600, "levels": [1.5, 3, 4.5]}]}""".formatted(id)).collect(Collectors.joining(",", "{\"sources\": [", "]}"));
    }

    static AlarmRules rules(String... rules) {
        List<String> whole = new ArrayList<>();
        for (String rule : rules) {
            whole.add("{" + rule.replace('\'', '"') + "," + TEXTS + "}");
        }
        return AlarmRules.of(json("{\"rules\": [" + String.join(",", whole) + "]}"));
    }

    static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Starts the deciding anew, as a server that was killed does. */
    void restart(String... rules) {
        decider = new Decider();
        change(rules);
    }

    /** The server stops for a time and goes on where it was: what is not over yet is told at once, the end when it listens. */
    void stopFor(Duration time) {
        Instant until = now;
        String delays = Delays.write(decider.delays());
        now = now.plus(time);
        listening("{'until': '" + until + "'}");
        decider = new Decider();
        decider.resume(Delays.read(delays), until);
        listening("{'until': '" + until + "', 'from': '" + now + "'}");
    }

    /** Tells of a gap in which nobody was heard. */
    void listening(String gap) {
        append("gap-" + journal.size(), "-", new Configuration(Part.LISTENING, "", gap.replace('\'', '"')));
    }

    /** Puts other rules in force. */
    void change(String... next) {
        rules = rules(next);
    }

    /** Puts people on duty, as {@code roster.yaml} has them. */
    void onDuty(String duties) {
        roster = Roster.of(json(duties.replace('\'', '"')));
    }

    /** Takes a changed part of the configuration. */
    void configure(Part part, String content) {
        Configuration changed = new Configuration(part, "", content.replace('\'', '"'));
        append("changed-" + journal.size(), "-", changed);
        registry = registry.with(changed);
    }

    /** Says how the server feels. */
    void feel(Vitals sign) {
        vitals = sign;
    }

    Instant now() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    void reading(String source, double value) {
        reading(source, value, now);
    }

    void reading(String source, double value, Instant at) {
        reading(source, value, at, null);
    }

    void reading(String source, double value, Instant at, Reading.@Nullable Quality quality) {
        String area = source.equals("wl-1") ? "19867" : "19870";
        tell(source, area, at, new Reading("water_level", value, "m", quality));
    }

    /** The second commune's gauge doubts its own value. */
    void doubted(double value) {
        reading("wl-2", value, now, Reading.Quality.SUSPECT);
    }

    /** Tells of a further metric of wl-1. */
    void further(String metric, double value, String unit) {
        tell("wl-1", "19867", now, new Reading(metric, value, unit, null));
    }

    /** A further metric of wl-1 cannot be measured. */
    void bad(String metric, String unit) {
        tell("wl-1", "19867", now, new Reading(metric, 0, unit, Reading.Quality.BAD));
    }

    void ticket(String number, Ticket.Step step) {
        ticket(number, step, now);
    }

    void ticket(String number, Ticket.Step step, Instant at) {
        tell("desk-1", "19867", at, new Ticket(number, step, null, null));
    }

    /** A dossier is received and is overdue at once. */
    void overdue(String code) {
        tell(
                "desk-1",
                "19867",
                now,
                SampleDossier.of(code, "1.004873", 4)
                        .received(now.minus(Duration.ofDays(3)))
                        .due(now.minus(Duration.ofDays(2)))
                        .told());
    }

    void tell(String source, String area, Instant at, Data data) {
        add(new Event("e" + journal.size(), source, area, at, false, null, data));
    }

    /** Appends one of the product's own, once by its id. */
    void append(String id, String area, Data data) {
        if (ids.add(id)) {
            add(new Event(id, "kydai", area, now, false, null, data));
        }
    }

    private void add(Event event) {
        Journaled journaled = new Journaled(journal.size() + 1L, now, event);
        journal.add(journaled);
        figures.apply(journaled);
    }

    Picture picture() {
        return figures.picture(now);
    }

    /** What would be decided on now. */
    List<Decision> decisions() {
        return decider.decide(picture(), vitals, rules, registry, roster);
    }

    /** Decides and appends until nothing more is to be decided; returns the steps as {@code rule:source occurrence step}. */
    List<String> settle() {
        List<String> steps = new ArrayList<>();
        for (List<Decision> decisions = decisions(); !decisions.isEmpty(); decisions = decisions()) {
            for (Decision decision : decisions) {
                Alarm alarm = decision.alarm();
                steps.add(alarm.id() + " " + alarm.occurrence() + " "
                        + alarm.step().id());
                append(decision.eventId(), decision.area(), alarm);
            }
        }
        return steps;
    }

    /** Lets time pass, then settles. */
    List<String> after(Duration time) {
        pass(time);
        return settle();
    }

    void act(String id, Alarm.Step step, @Nullable Instant until) {
        Picture.Alarm alarm = alarm(id);
        append(
                "act-" + journal.size(),
                alarm.area(),
                new Alarm(alarm.rule(), alarm.source(), alarm.occurrence(), step, null, "An", "why", until));
    }

    Picture.Alarm alarm(String id) {
        return requireNonNull(picture().alarms().get(id), id);
    }

    List<Journaled> journal() {
        return journal;
    }
}
