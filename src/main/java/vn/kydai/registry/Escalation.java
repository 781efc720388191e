package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When the next person on duty is told of an alarm that nobody acknowledges.
 *
 * @param bySeverity how long after it was raised, for the first person, the second …; by severity, 1 high to 3 low
 */
public record Escalation(Map<Integer, List<Duration>> bySeverity) {
    /** Nobody is told. */
    public static final Escalation NONE = new Escalation(Map.of());

    private static final Map<String, Integer> SEVERITIES = Map.of("high", 1, "medium", 2, "low", 3);
    private static final int MOST_STEPS = 10;
    private static final double MOST_MINUTES = 1_440;
    private static final double SECONDS = 60;

    public Escalation {
        Map<Integer, List<Duration>> copy = new HashMap<>();
        bySeverity.forEach((severity, after) -> copy.put(severity, List.copyOf(after)));
        bySeverity = Map.copyOf(copy);
    }

    /** Returns how long after it was raised each person in turn is told of an alarm of a severity. */
    public List<Duration> after(int severity) {
        return bySeverity.getOrDefault(severity, List.of());
    }

    /** Reads minutes by severity, {@code {"high": [2, 5], "medium": [10]}}; what is left out is as {@code usual}. */
    static Escalation of(JsonNode node, String pointer, Escalation usual) {
        Fields fields = Fields.of(node, pointer, SEVERITIES.keySet().toArray(String[]::new));
        Map<Integer, List<Duration>> bySeverity = new HashMap<>(usual.bySeverity());
        SEVERITIES.forEach((name, severity) -> {
            if (fields.has(name)) {
                bySeverity.put(severity, rising(fields.list(name, Escalation::minutes), fields.pointer(name)));
            }
        });
        return new Escalation(bySeverity);
    }

    private static Duration minutes(JsonNode node, String pointer) {
        double minutes = node.doubleValue();
        if (!node.isNumber() || !(minutes > 0 && minutes <= MOST_MINUTES)) {
            throw new InvalidPart(
                    pointer,
                    "found " + Fields.shown(node) + "; allowed: minutes, more than 0 and at most "
                            + (int) MOST_MINUTES);
        }
        return Duration.ofMillis(Math.round(minutes * SECONDS * 1_000));
    }

    private static List<Duration> rising(List<Duration> after, String pointer) {
        List<Duration> checked = new ArrayList<>();
        for (Duration next : after) {
            if (!checked.isEmpty() && next.compareTo(checked.getLast()) <= 0) {
                throw new InvalidPart(
                        pointer + "/" + checked.size(), "found no more than the minutes before; allowed: rising ones");
            }
            checked.add(next);
        }
        if (checked.size() > MOST_STEPS) {
            throw new InvalidPart(pointer, "found " + checked.size() + " of them; allowed: at most " + MOST_STEPS);
        }
        return checked;
    }
}
