package vn.kydai.registry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When somebody must do something, and what. One alarm for each thing it watches; its steps are one alarm whose severity
 * changes.
 *
 * @param id names it: {@code flood-level}; part of alarms' ids
 * @param watch what it looks at
 * @param quantity id of the metric, figure or vital sign; {@code silent} where it watches for silence, {@code loss} for loss
 * @param of what it holds for
 * @param isBelow whether a value at or below a step reaches it, instead of at or above
 * @param steps from the mildest to the worst
 * @param deadband how far the value must come back from a step to leave it, in the quantity's unit
 * @param offDelay how long a milder one must hold before it changes or clears
 * @param leastN smallest sample a figure must have to be judged
 * @param isOfficeHours whether it means something only while the area's desks are open
 * @param daily the part of each day in which it is judged; absent: always
 * @param isLatching whether it stays, once clear, until an operator resets it
 * @param isShelvable whether it may be shelved
 * @param escalation when the next person is told while nobody acknowledges it
 * @param title what people call it; absent where the pages' own words do
 * @param guidance why, and what to do, in Vietnamese
 * @param english the same in English, if somebody has written it
 */
public record AlarmRule(
        String id,
        Watch watch,
        String quantity,
        Scope of,
        boolean isBelow,
        List<Step> steps,
        double deadband,
        Duration offDelay,
        long leastN,
        boolean isOfficeHours,
        @Nullable Daily daily,
        boolean isLatching,
        boolean isShelvable,
        Escalation escalation,
        @Nullable Title title,
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
        /** What came down in so many hours: a window of each sensor of a metric. */
        WINDOW("window"),
        /** For how many hours each sensor of a metric has sent the same value. */
        STUCK("stuck"),
        /** A figure of each area. */
        FIGURE("figure"),
        /** Figures of each area put together: each step has an expression of its own. */
        EXPRESSION("expression"),
        /** Sensors that have sent and send no more. */
        SILENT_SENSOR("silentSensor"),
        /** How many devices behind a gateway are silent. */
        SILENT_GATEWAY("silentGateway"),
        /** The share of an area's sources that is silent. */
        SILENT_AREA("silentArea"),
        /** The percentage of an area's events that were rejected or left out of a sequence in the last ten minutes. */
        LOSS("loss"),
        /** A vital sign of the server itself. */
        VITAL("vital");

        private final String id;

        Watch(String id) {
            this.id = id;
        }

        /** Returns the name in the file. */
        public String id() {
            return id;
        }
    }

    /** What the server knows of its own health. */
    public enum Vital {
        /** Seconds what was committed is not on the walls yet. */
        JOURNAL_LAG("journalLag"),
        /** Percentage of the data directory's disk that is free. */
        DISK_FREE("diskFree"),
        /** Events refused at a bound in the last ten minutes. */
        REFUSED("refused"),
        /** Problems of the configuration's files as they are now. */
        CONFIGURATION("configuration"),
        /** Events of the journal that no figure counts, since they cannot be read or folded. */
        SET_ASIDE("setAside"),
        /** Seconds the machine's clock is from the time the server keeps, at least 1 while it is not believed. */
        CLOCK("clock");

        private final String id;

        Vital(String id) {
            this.id = id;
        }

        /** Returns the name in the file. */
        public String id() {
            return id;
        }

        /** Finds one by its name in the file. */
        public static Vital of(String id) {
            return Arrays.stream(values())
                    .filter(vital -> vital.id.equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(id));
        }
    }

    /**
     * One step of severity.
     *
     * @param at the value that reaches it; for {@link Watch#LEVEL} the number of the alert level, for
     *     {@link Watch#EXPRESSION} that of the step
     * @param severity 1 high, 2 medium, 3 low
     * @param onDelay how long it must hold before the alarm is raised to it
     * @param expression of {@link Watch#EXPRESSION}, else absent
     */
    public record Step(
            double at,
            int severity,
            Duration onDelay,
            @Nullable Expression expression) {
        public Step {
            requireNonNull(onDelay, "onDelay is null");
        }

        /** Returns the same step at another value. */
        public Step at(double value) {
            return new Step(value, severity, onDelay, expression);
        }
    }

    /**
     * What a rule holds for; what is absent restricts nothing.
     *
     * @param areaLevel areas whose figures it watches: {@code commune}
     * @param area whose subtree it watches; for {@link Watch#VITAL} the area whose operators are told,
     *     absent: the smallest one that has most sources
     * @param source the one source or sensor key it watches
     * @param window of {@link Watch#WINDOW}: {@code 12h}
     */
    public record Scope(
            @Nullable String areaLevel,
            @Nullable String area,
            @Nullable String source,
            @Nullable String window) {}

    /**
     * When each day something is judged, in local time.
     *
     * @param length at most a day, over midnight if need be; outside of it no step is reached, so that nothing stands all
     *     day for what is looked at once
     */
    public record Daily(LocalTime at, Duration length) {
        /** Tells whether a time of the day is within. */
        public boolean holdsAt(LocalTime time) {
            Duration since = Duration.between(at, time);
            Duration passed = since.isNegative() ? since.plusDays(1) : since;
            return passed.compareTo(length) < 0;
        }
    }

    /** What people call it, on pages and in messages, in both languages. */
    public record Title(String vi, String en) {
        public Title {
            requireNonNull(vi, "vi is null");
            requireNonNull(en, "en is null");
        }
    }

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

    /** Returns the same, told in another area. */
    AlarmRule told(@Nullable String area) {
        return new AlarmRule(
                id,
                watch,
                quantity,
                new Scope(of.areaLevel(), area, of.source(), of.window()),
                isBelow,
                steps,
                deadband,
                offDelay,
                leastN,
                isOfficeHours,
                daily,
                isLatching,
                isShelvable,
                escalation,
                title,
                guidance,
                english);
    }

    public AlarmRule {
        requireNonNull(id, "id is null");
        requireNonNull(watch, "watch is null");
        requireNonNull(quantity, "quantity is null");
        requireNonNull(of, "of is null");
        requireNonNull(offDelay, "offDelay is null");
        requireNonNull(escalation, "escalation is null");
        requireNonNull(guidance, "guidance is null");
        steps = List.copyOf(steps);
    }
}
