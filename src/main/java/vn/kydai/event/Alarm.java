package vn.kydai.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step in the life of an alarm: decided by the alarm stage, or done by a person.
 *
 * @param rule id of the rule
 * @param source what it is about: the key of a sensor, the id of a gateway or of an area
 * @param occurrence counts the times it was raised, re-alarms included, from 1; with accepted the position of the hand-over
 * @param step what happened
 * @param measure what was found; with raised, realarmed and changed
 * @param by who did it; absent for what the stage decided
 * @param note why, in the person's words
 * @param until end of the shelf; of an order, until when it may be confirmed (prepared) or sounded (confirmed)
 * @param to who holds it from now on, with handed; whom it was escalated to, with escalated
 * @param from who held it until then, with taken; absent: nobody did
 * @param escalation which step of the escalation it is, from 1; with escalated
 * @param order what is to be sounded; with prepared
 * @param channels by how many channels that person is told, with escalated; absent where it was not noted
 */
public record Alarm(
        String rule,
        String source,
        long occurrence,
        Step step,
        @Nullable Measure measure,
        @Nullable String by,
        @Nullable String note,
        @Nullable Instant until,
        @Nullable String to,
        @Nullable String from,
        @Nullable Integer escalation,
        @Nullable Order order,
        @Nullable Integer channels)
        implements Data {
    /** In place of a rule's id: the hand-over of a shift in an area, which is {@code source}; no rule may be called so. */
    public static final String SHIFT = "shift";

    /** In place of a rule's id: an order to sound sirens, whose id is {@code source}; no rule may be called so. */
    public static final String SIREN = "siren";

    /** What may happen to an alarm. */
    public enum Step {
        /** Its condition became active. */
        RAISED,
        /** Its condition was active and its priority rose. */
        REALARMED,
        /** Its condition stays active at a lower level. */
        CHANGED,
        /** Its condition became clear. */
        CLEARED,
        /** Its condition became clear; it stays until it is reset. */
        LATCHED,
        /** It means nothing for now, by design. */
        SUPPRESSED,
        /** It means something again. */
        RELEASED,
        ACKNOWLEDGED,
        NOTED,
        SHELVED,
        UNSHELVED,
        /** Ended, of a latched one. */
        RESET,
        /** Taken out of service. */
        REMOVED,
        /** Put back in service. */
        RESTORED,
        /** Held by who did this from now on, unless it was no longer held by whom it was taken from. */
        TAKEN,
        /** Held by somebody else from now on, at a change of shifts. */
        HANDED,
        /** A shift that was handed over is taken by whom it was handed to; {@code occurrence} is the hand-over's position. */
        ACCEPTED,
        /** Told to the next person on duty, because nobody has acknowledged it. */
        ESCALATED,
        /** An order that a second person has to confirm. */
        PREPARED,
        /** An order that is to be sounded. */
        CONFIRMED,
        /** An order that is not to be sounded. */
        CANCELLED,
        /** An order whose time is over. */
        EXPIRED;

        /** Returns the name in the journal: {@code raised}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Tells whether it is a step of an order, which no alarm takes. */
        public boolean isOfOrder() {
            return this == PREPARED || this == CONFIRMED || this == CANCELLED || this == EXPIRED;
        }

        /** Finds a step by its name. */
        public static Optional<Step> ofId(String id) {
            return Arrays.stream(values()).filter(step -> step.id().equals(id)).findFirst();
        }
    }

    /**
     * What a decision was made of.
     *
     * @param severity 1 high, 2 medium, 3 low
     * @param level how many steps of the rule are reached, from 1
     * @param quantity the metric or figure that was measured, {@code silent} for silence
     * @param value in {@code unit}
     * @param threshold of the step reached
     * @param unit UCUM code; absent for counts and rates
     */
    public record Measure(
            int severity,
            int level,
            String quantity,
            @Nullable Double value,
            @Nullable Double threshold,
            @Nullable String unit) {
        public Measure {
            requireNonNull(quantity, "quantity is null");
        }

        /** Returns the same with another severity. */
        public Measure rated(int other) {
            return new Measure(other, level, quantity, value, threshold, unit);
        }
    }

    /**
     * What sirens are to sound, in the whole subtree of the event's area.
     *
     * @param alarm id of the alarm it is prepared for
     */
    public record Order(Signal signal, @Nullable String alarm) {
        public Order {
            requireNonNull(signal, "signal is null");
        }
    }

    /** A step of an order (lệnh hú còi) by a person, or by the alarm stage when its time is over. */
    public static Alarm ofOrder(
            String order,
            Step step,
            @Nullable Order content,
            @Nullable String by,
            @Nullable String note,
            @Nullable Instant until) {
        return new Alarm(SIREN, order, 0, step, null, by, note, until, null, null, null, content, null);
    }

    /**
     * Taking an alarm over.
     *
     * @param from user name of who held it; absent: nobody did
     */
    public static Alarm taken(
            String rule, String source, long occurrence, String by, @Nullable String note, @Nullable String from) {
        return new Alarm(rule, source, occurrence, Step.TAKEN, null, by, note, null, null, from, null, null, null);
    }

    /** A step that neither changes hands, escalates nor orders. */
    public Alarm(
            String rule,
            String source,
            long occurrence,
            Step step,
            @Nullable Measure measure,
            @Nullable String by,
            @Nullable String note,
            @Nullable Instant until) {
        this(rule, source, occurrence, step, measure, by, note, until, null, null, null, null, null);
    }

    /**
     * Nobody has acknowledged it: it is the next person on duty's turn.
     *
     * @param number which step of the escalation, from 1
     * @param to user name of that person
     */
    public static Alarm escalated(String rule, String source, long occurrence, int number, String to) {
        return new Alarm(
                rule, source, occurrence, Step.ESCALATED, null, null, null, null, to, null, number, null, null);
    }

    /** Returns the same step of an escalation, with by how many channels that person is told. */
    public Alarm toldBy(int byChannels) {
        return new Alarm(
                rule, source, occurrence, step, measure, by, note, until, to, from, escalation, order, byChannels);
    }

    /**
     * Whoever a shift was handed to has taken it.
     *
     * @param area whose shift
     * @param handed the position of the hand-over
     */
    public static Alarm accepted(String area, long handed, String by) {
        return new Alarm(SHIFT, area, handed, Step.ACCEPTED, null, by, null, null);
    }

    /**
     * A hand-over by one who holds it, at a change of shifts.
     *
     * @param to user name of who holds it from now on
     */
    public static Alarm handed(
            String rule, String source, long occurrence, String by, @Nullable String note, String to) {
        return new Alarm(rule, source, occurrence, Step.HANDED, null, by, note, null, to, null, null, null, null);
    }

    public Alarm {
        requireNonNull(rule, "rule is null");
        requireNonNull(source, "source is null");
        requireNonNull(step, "step is null");
    }

    /** Tells whether a word in place of a rule's id stands for something that is no alarm. */
    public static boolean isReserved(String rule) {
        return rule.equals(SHIFT) || rule.equals(SIREN);
    }

    /** Tells whether it is a step of an alarm, rather than of a hand-over or an order. */
    public boolean isOfRule() {
        return !isReserved(rule);
    }

    /** Returns the alarm's id: one for each rule and what it is about. */
    public String id() {
        return id(rule, source);
    }

    /** Returns the id of the alarm of a rule about something; no rule's id has a colon. */
    public static String id(String rule, String source) {
        return rule + ":" + source;
    }

    @Override
    public Kind kind() {
        return Kind.ALARM;
    }
}
