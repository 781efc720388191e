package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.kydai.config.YamlFile;
import vn.kydai.event.Alarm;
import vn.kydai.registry.AlarmRule.Daily;
import vn.kydai.registry.AlarmRule.Guidance;
import vn.kydai.registry.AlarmRule.Scope;
import vn.kydai.registry.AlarmRule.Step;
import vn.kydai.registry.AlarmRule.Title;
import vn.kydai.registry.AlarmRule.Vital;
import vn.kydai.registry.AlarmRule.Watch;

/** The rules that raise alarms: the part {@code rules}, from {@code alarms.yaml}. Immutable. */
public final class AlarmRules {
    /** Nothing raises an alarm. */
    public static final AlarmRules NONE = new AlarmRules(Map.of(), Set.of());

    /** Quantity of rules that watch for silence. */
    public static final String SILENT = "silent";

    /** Quantity of rules that watch for loss. */
    public static final String LOSS = "loss";

    /** Metric of the air quality index (VN_AQI), which no device sends. */
    public static final String INDEX = "aqi";

    private static final String ESCALATION = "escalation";
    private static final String ENABLED = "enabled";
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final List<String> LEVELS = List.of("province", "district", "commune", "region");
    private static final Map<String, Integer> SEVERITIES = Map.of("high", 1, "medium", 2, "low", 3);
    private static final Map<String, Boolean> DIRECTIONS = Map.of("above", false, "below", true);
    private static final Map<String, Watch> WATCHES =
            Arrays.stream(Watch.values()).collect(Collectors.toUnmodifiableMap(Watch::id, Function.identity()));
    private static final List<String> VITALS =
            Arrays.stream(Vital.values()).map(Vital::id).toList();
    private static final List<String> WINDOWS = List.of("1h", "3h", "6h", "12h", "24h");
    private static final Pattern SOURCE = Pattern.compile("[0-9A-Za-z_.:-]{1,129}");
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    /** One line of at most 80 characters: a row of a wall has no room for more. */
    private static final Pattern NAME = Pattern.compile("(?U)(?=\\S)[^\\p{Cntrl}{}<>]{1,80}(?<=\\S)");

    private static final int MINUTES_A_DAY = 1_440;
    private static final double LARGEST = 1e12;
    private static final int MAX_DELAY_SECONDS = 7 * 86_400;
    private static final String[] TEXTS = {"who", "reason", "consequence", "response"};
    private static final String[] KEYS = {
        "id",
        ENABLED,
        "watch",
        "metric",
        "figure",
        "vital",
        "window",
        "areaLevel",
        "area",
        "source",
        "when",
        "steps",
        "deadband",
        "onDelaySeconds",
        "offDelaySeconds",
        "leastN",
        "officeHours",
        "daily",
        "latching",
        "shelvable",
        ESCALATION,
        "title",
        "who",
        "reason",
        "consequence",
        "response",
        "english"
    };

    /** Last, since it is read by what stands above. */
    private static final AlarmRules OWN = own();

    /** Those of the file, the ones that are taken out among them. */
    private final Map<String, AlarmRule> listed;

    private final Map<String, AlarmRule> byId;

    private AlarmRules(Map<String, AlarmRule> listed, Set<String> disabled) {
        this.listed = Collections.unmodifiableMap(new LinkedHashMap<>(listed));
        Map<String, AlarmRule> enabled = new LinkedHashMap<>(listed);
        enabled.keySet().removeAll(disabled);
        this.byId = Collections.unmodifiableMap(enabled);
    }

    /**
     * Reads the part {@code rules}:
     * {@code {"escalation": {"high": [2, 5]}, "rules": [{"id": "flood-level", "watch": "level", …}]}}.
     */
    public static AlarmRules of(JsonNode part) {
        Fields fields = Fields.of(part, "", ESCALATION, "rules");
        Escalation usual = escalation(fields, Escalation.NONE);
        Set<String> disabled = new HashSet<>();
        Map<String, AlarmRule> listed = fields.distinct(
                "rules",
                "id",
                (node, pointer) -> {
                    AlarmRule rule = rule(node, pointer, usual);
                    if (!isEnabled(Fields.of(node, pointer, KEYS))) {
                        disabled.add(rule.id());
                    }
                    return rule;
                },
                AlarmRule::id);
        return new AlarmRules(listed, disabled);
    }

    private static boolean isEnabled(Fields fields) {
        return !fields.has(ENABLED) || fields.flag(ENABLED);
    }

    /**
     * Adds the rules about the server itself that hold without being written into the file; one of the file that watches the
     * same goes before. They are told to those who are told of its other vital signs, else where most sources are.
     */
    AlarmRules withOwn() {
        String told = listed.values().stream()
                .filter(rule -> rule.watch() == Watch.VITAL)
                .map(rule -> rule.of().area())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        Map<String, AlarmRule> all = new LinkedHashMap<>(listed);
        Set<String> disabled = new HashSet<>(listed.keySet());
        disabled.removeAll(byId.keySet());
        for (AlarmRule own : OWN.listed.values()) {
            boolean isWatched = listed.containsKey(own.id())
                    || listed.values().stream()
                            .anyMatch(rule -> rule.watch() == own.watch()
                                    && rule.quantity().equals(own.quantity()));
            if (!isWatched) {
                all.put(own.id(), own.told(told));
            }
        }
        return new AlarmRules(all, disabled);
    }

    private static AlarmRules own() {
        String name = "/alarms/own.yaml";
        try (InputStream in = AlarmRules.class.getResourceAsStream(name)) {
            byte[] content = Objects.requireNonNull(in, name).readAllBytes();
            return of(YamlFile.of(name, new String(content, StandardCharsets.UTF_8))
                    .content());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the rules in force, in the order of the file. */
    public Collection<AlarmRule> all() {
        return byId.values();
    }

    /** Finds a rule that is in force. */
    public Optional<AlarmRule> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Tells whether the file has a rule, even if it is taken out. */
    boolean isListed(String id) {
        return listed.containsKey(id);
    }

    /** Refuses a rule that watches a metric the thresholds do not know, or a rate where they give none. */
    void check(Thresholds thresholds) {
        int index = 0;
        for (AlarmRule rule : listed.values()) {
            String pointer = "/rules/" + index + "/metric";
            if (isOfMetric(rule.watch()) && !rule.quantity().equals(INDEX)) {
                Thresholds.Metric metric = thresholds
                        .metric(rule.quantity())
                        .orElseThrow(() -> new InvalidPart(
                                pointer,
                                "found " + rule.quantity() + ", which is no metric; allowed: " + INDEX + ", "
                                        + String.join(", ", thresholds.metricIds())));
                if (rule.watch() == Watch.RATE && !metric.hasRate()) {
                    throw new InvalidPart(
                            pointer,
                            "found " + rule.quantity() + ", which has no rate; allowed: a metric with rate: true");
                }
            }
            index++;
        }
    }

    /** Refuses a rule for an area that is not there. */
    void check(Areas areas) {
        int index = 0;
        for (AlarmRule rule : listed.values()) {
            String area = rule.of().area();
            if (area != null) {
                SourceReferences.checkArea(areas, area, "/rules/" + index + "/area");
            }
            index++;
        }
    }

    private static boolean isOfMetric(Watch watch) {
        return switch (watch) {
            case LEVEL, VALUE, RATE, WINDOW, STUCK -> true;
            case FIGURE, EXPRESSION, SILENT_SENSOR, SILENT_GATEWAY, SILENT_AREA, LOSS, VITAL -> false;
        };
    }

    private static Escalation escalation(Fields fields, Escalation usual) {
        return fields.has(ESCALATION)
                ? Escalation.of(fields.required(ESCALATION), fields.pointer(ESCALATION), usual)
                : usual;
    }

    private static AlarmRule rule(JsonNode node, String pointer, Escalation usual) {
        Fields fields = Fields.of(node, pointer, KEYS);
        Watch watch = fields.oneOf("watch", WATCHES);
        if (watch == Watch.EXPRESSION) {
            refuse(fields, "deadband");
            refuse(fields, "leastN");
        }
        boolean isBelow = fields.has("when") && fields.oneOf("when", DIRECTIONS);
        return new AlarmRule(
                id(fields),
                watch,
                quantity(fields, watch),
                scope(fields, watch),
                isBelow,
                steps(fields, watch, isBelow),
                fields.has("deadband") ? fields.number("deadband", 0, LARGEST) : 0,
                delay(fields, "offDelaySeconds"),
                fields.has("leastN") ? fields.integer("leastN", 1, Integer.MAX_VALUE) : 0,
                fields.flag("officeHours"),
                fields.has("daily") ? daily(fields.required("daily"), fields.pointer("daily")) : null,
                fields.flag("latching"),
                !fields.has("shelvable") || fields.flag("shelvable"),
                escalation(fields, usual),
                fields.has("title") ? title(fields.required("title"), fields.pointer("title")) : null,
                guidance(fields),
                fields.has("english") ? english(fields.required("english"), fields.pointer("english")) : null);
    }

    /** What an expression wants of a value or a sample it says itself. */
    private static void refuse(Fields fields, String key) {
        if (fields.has(key)) {
            throw fields.invalid(
                    key, "no " + key + " with watch: expression; an expression may compare value and n itself");
        }
    }

    private static String id(Fields fields) {
        String id = fields.matching("id", ID);
        if (Alarm.isReserved(id)) {
            throw fields.invalid("id", "another one: this one stands for a hand-over of shifts or an order to sirens");
        }
        return id;
    }

    private static String quantity(Fields fields, Watch watch) {
        return switch (watch) {
            case LEVEL, VALUE, RATE, WINDOW, STUCK -> fields.text("metric");
            case FIGURE, EXPRESSION -> fields.oneOf("figure", Thresholds.FIGURES);
            case SILENT_SENSOR, SILENT_GATEWAY, SILENT_AREA -> SILENT;
            case LOSS -> LOSS;
            case VITAL -> fields.oneOf("vital", VITALS);
        };
    }

    private static Scope scope(Fields fields, Watch watch) {
        return new Scope(
                fields.has("areaLevel") ? fields.oneOf("areaLevel", LEVELS) : null,
                fields.has("area") || watch == Watch.VITAL ? fields.text("area") : null,
                fields.has("source") ? fields.matching("source", SOURCE) : null,
                watch == Watch.WINDOW ? fields.oneOf("window", WINDOWS) : null);
    }

    private static Daily daily(JsonNode node, String pointer) {
        Fields fields = Fields.of(node, pointer, "at", "minutes");
        return new Daily(
                LocalTime.parse(fields.matching("at", TIME)),
                Duration.ofMinutes(fields.integer("minutes", 1, MINUTES_A_DAY)));
    }

    private static List<Step> steps(Fields fields, Watch watch, boolean isBelow) {
        Duration general = delay(fields, "onDelaySeconds");
        List<Step> steps = fields.list("steps", (node, pointer) -> step(node, pointer, watch, general));
        if (steps.isEmpty()) {
            throw fields.invalid("steps", "a list of one step or more, the mildest first");
        }
        if (watch == Watch.EXPRESSION) {
            return numbered(steps);
        }
        for (int index = 1; index < steps.size(); index++) {
            double before = steps.get(index - 1).at();
            double at = steps.get(index).at();
            if (isBelow ? at >= before : at <= before) {
                throw new InvalidPart(
                        fields.pointer("steps") + "/" + index + "/at",
                        "found " + at + " after " + before + "; allowed: the mildest first");
            }
        }
        return steps;
    }

    private static List<Step> numbered(List<Step> steps) {
        List<Step> numbered = new ArrayList<>();
        for (Step step : steps) {
            numbered.add(step.at(numbered.size() + 1));
        }
        return numbered;
    }

    private static Step step(JsonNode node, String pointer, Watch watch, Duration general) {
        boolean isExpression = watch == Watch.EXPRESSION;
        Fields fields = Fields.of(node, pointer, isExpression ? "expression" : "at", "severity", "onDelaySeconds");
        return new Step(
                isExpression ? 0 : fields.number("at", -LARGEST, LARGEST),
                fields.oneOf("severity", SEVERITIES),
                fields.has("onDelaySeconds") ? delay(fields, "onDelaySeconds") : general,
                isExpression ? Expression.of(fields.text("expression"), fields.pointer("expression")) : null);
    }

    private static Duration delay(Fields fields, String key) {
        return fields.has(key) ? Duration.ofSeconds(fields.integer(key, 0, MAX_DELAY_SECONDS)) : Duration.ZERO;
    }

    private static Title title(JsonNode node, String pointer) {
        Fields fields = Fields.of(node, pointer, "vi", "en");
        return new Title(line(fields, "vi"), line(fields, "en"));
    }

    private static String line(Fields fields, String key) {
        String text = fields.text(key);
        if (!NAME.matcher(text).matches()) {
            throw fields.invalid(
                    key, "one line of 1 to 80 characters, no control characters, blanks at its ends, {, }, < or >");
        }
        return text;
    }

    private static @Nullable Guidance english(JsonNode node, String pointer) {
        return guidance(Fields.of(node, pointer, TEXTS));
    }

    /** Without a response it is an event, not an alarm. */
    private static Guidance guidance(Fields fields) {
        List<String> response = fields.list("response", (node, pointer) -> {
            if (!node.isTextual() || node.textValue().isBlank()) {
                throw new InvalidPart(pointer, "found " + Fields.shown(node) + "; allowed: text");
            }
            return node.textValue();
        });
        if (response.isEmpty()) {
            throw fields.invalid(
                    "response", "a list of what to do, one step or more: a rule without a response is no alarm");
        }
        return new Guidance(fields.text("who"), fields.text("reason"), fields.text("consequence"), response);
    }
}
