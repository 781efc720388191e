package vn.kydai.registry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When somebody must do something, and what. One alarm for each thing it watches; its steps are one alarm whose severity
 * changes.
 *
 * @param id names it: {@code flood-level}; part of alarms' ids
 * @param watch what it looks at
 * @param quantity id of the metric or figure; {@code silent} where it watches for silence
 * @param areaLevel areas whose figures it watches: {@code commune}; absent: all
 * @param isBelow whether a value at or below a step reaches it, instead of at or above
 * @param steps from the mildest to the worst
 * @param deadband how far the value must come back from a step to leave it, in the quantity's unit
 * @param onDelay how long a worse step must hold before the alarm is raised
 * @param offDelay how long a milder one must hold before it changes or clears
 * @param leastN smallest sample a figure must have to be judged
 * @param isOfficeHours whether it means something only while the area's desks are open
 * @param isLatching whether it stays, once clear, until an operator resets it
 * @param isShelvable whether it may be shelved
 * @param guidance why, and what to do, in Vietnamese
 * @param english the same in English, if somebody has written it
 */
public record AlarmRule(
        String id,
        Watch watch,
        String quantity,
        @Nullable String areaLevel,
        boolean isBelow,
        List<Step> steps,
        double deadband,
        Duration onDelay,
        Duration offDelay,
        long leastN,
        boolean isOfficeHours,
        boolean isLatching,
        boolean isShelvable,
        Guidance guidance,
        @Nullable Guidance english) {
    /** What a rule may look at. */
    public enum Watch {
        /** The alert levels of each sensor of a metric. */
        LEVEL("level"),
        /** The value of each sensor of a metric. */
        VALUE("value"),
        /** Its change in an hour. */
        RATE("rate"),
        /** A figure of each area. */
        FIGURE("figure"),
        /** Sensors that have sent and send no more. */
        SILENT_SENSOR("silentSensor"),
        /** How many devices behind a gateway are silent. */
        SILENT_GATEWAY("silentGateway"),
        /** The share of an area's sources that is silent. */
        SILENT_AREA("silentArea");

        private final String id;

        Watch(String id) {
            this.id = id;
        }

        /** Returns the name in the file. */
        public String id() {
            return id;
        }
    }

    /**
     * One step of severity.
     *
     * @param at the value that reaches it; for {@link Watch#LEVEL} the number of the alert level
     * @param severity 1 high, 2 medium, 3 low
     */
    public record Step(double at, int severity) {}

    /**
     * What the operator reads.
     *
     * @param who must act
     * @param reason why this is abnormal
     * @param consequence what happens if nobody acts
     * @param response what to do, step by step
     */
    public record Guidance(String who, String reason, String consequence, List<String> response) {
        public Guidance {
            requireNonNull(who, "who is null");
            requireNonNull(reason, "reason is null");
            requireNonNull(consequence, "consequence is null");
            response = List.copyOf(response);
        }
    }

    public AlarmRule {
        requireNonNull(id, "id is null");
        requireNonNull(watch, "watch is null");
        requireNonNull(quantity, "quantity is null");
        requireNonNull(onDelay, "onDelay is null");
        requireNonNull(offDelay, "offDelay is null");
        requireNonNull(guidance, "guidance is null");
        steps = List.copyOf(steps);
    }
}
