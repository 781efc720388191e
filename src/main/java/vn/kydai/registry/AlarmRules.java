package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.kydai.registry.AlarmRule.Guidance;
import vn.kydai.registry.AlarmRule.Step;
import vn.kydai.registry.AlarmRule.Watch;

/** The rules that raise alarms: the part {@code rules}, from {@code alarms.yaml}. Immutable. */
public final class AlarmRules {
    /** Nothing raises an alarm. */
    public static final AlarmRules NONE = new AlarmRules(Map.of());

    /** Quantity of rules that watch for silence. */
    public static final String SILENT = "silent";

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final List<String> LEVELS = List.of("province", "district", "commune", "region");
    private static final Map<String, Integer> SEVERITIES = Map.of("high", 1, "medium", 2, "low", 3);
    private static final Map<String, Boolean> DIRECTIONS = Map.of("above", false, "below", true);
    private static final Map<String, Watch> WATCHES =
            Arrays.stream(Watch.values()).collect(Collectors.toUnmodifiableMap(Watch::id, Function.identity()));
    private static final double LARGEST = 1e12;
    private static final int MAX_DELAY_SECONDS = 7 * 86_400;
    private static final String[] TEXTS = {"who", "reason", "consequence", "response"};
    private static final String[] KEYS = {
        "id",
        "watch",
        "metric",
        "figure",
        "areaLevel",
        "when",
        "steps",
        "deadband",
        "onDelaySeconds",
        "offDelaySeconds",
        "leastN",
        "officeHours",
        "latching",
        "shelvable",
        "who",
        "reason",
        "consequence",
        "response",
        "english"
    };

    private final Map<String, AlarmRule> byId;

    private AlarmRules(Map<String, AlarmRule> byId) {
        this.byId = new LinkedHashMap<>(byId);
    }

    /** Reads the part {@code rules}: {@code {"rules": [{"id": "flood-level", "watch": "level", …}]}}. */
    public static AlarmRules of(JsonNode part) {
        Fields fields = Fields.of(part, "", "rules");
        return new AlarmRules(fields.distinct("rules", "id", AlarmRules::rule, AlarmRule::id));
    }

    /** Returns the rules in the order of the file. */
    public Collection<AlarmRule> all() {
        return byId.values();
    }

    /** Finds a rule. */
    public Optional<AlarmRule> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Refuses a rule that watches a metric the thresholds do not know. */
    void check(Thresholds thresholds) {
        int index = 0;
        for (AlarmRule rule : byId.values()) {
            boolean isMetric = switch (rule.watch()) {
                case LEVEL, VALUE, RATE -> true;
                case FIGURE, SILENT_SENSOR, SILENT_GATEWAY, SILENT_AREA -> false;
            };
            if (isMetric && thresholds.metric(rule.quantity()).isEmpty()) {
                throw new InvalidPart(
                        "/rules/" + index + "/metric",
                        "found " + rule.quantity() + ", which is no metric; allowed: "
                                + String.join(", ", thresholds.metricIds()));
            }
            index++;
        }
    }

    private static AlarmRule rule(JsonNode node, String pointer) {
        Fields fields = Fields.of(node, pointer, KEYS);
        Watch watch = fields.oneOf("watch", WATCHES);
        boolean isBelow = fields.has("when") && fields.oneOf("when", DIRECTIONS);
        return new AlarmRule(
                fields.matching("id", ID),
                watch,
                quantity(fields, watch),
                fields.has("areaLevel") ? fields.oneOf("areaLevel", LEVELS) : null,
                isBelow,
                steps(fields, isBelow),
                fields.has("deadband") ? fields.number("deadband", 0, LARGEST) : 0,
                delay(fields, "onDelaySeconds"),
                delay(fields, "offDelaySeconds"),
                fields.has("leastN") ? fields.integer("leastN", 1, Integer.MAX_VALUE) : 0,
                fields.flag("officeHours"),
                fields.flag("latching"),
                !fields.has("shelvable") || fields.flag("shelvable"),
                guidance(fields),
                fields.has("english") ? english(fields.required("english"), fields.pointer("english")) : null);
    }

    private static String quantity(Fields fields, Watch watch) {
        return switch (watch) {
            case LEVEL, VALUE, RATE -> fields.text("metric");
            case FIGURE -> fields.oneOf("figure", Thresholds.FIGURES);
            case SILENT_SENSOR, SILENT_GATEWAY, SILENT_AREA -> SILENT;
        };
    }

    private static List<Step> steps(Fields fields, boolean isBelow) {
        List<Step> steps = fields.list("steps", AlarmRules::step);
        if (steps.isEmpty()) {
            throw fields.invalid("steps", "a list of one step or more, the mildest first");
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

    private static Step step(JsonNode node, String pointer) {
        Fields fields = Fields.of(node, pointer, "at", "severity");
        return new Step(fields.number("at", -LARGEST, LARGEST), fields.oneOf("severity", SEVERITIES));
    }

    private static Duration delay(Fields fields, String key) {
        return fields.has(key) ? Duration.ofSeconds(fields.integer(key, 0, MAX_DELAY_SECONDS)) : Duration.ZERO;
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
