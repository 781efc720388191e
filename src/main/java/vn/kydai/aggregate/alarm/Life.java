package vn.kydai.aggregate.alarm;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Measure;
import vn.kydai.event.AlarmMarks;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;

/**
 * One alarm through all its occurrences. Immutable.
 *
 * @param position of the newest event of it
 */
record Life(Subject subject, State state, Occurrence occurrence, Remarks remarks, long position)
        implements Serializable {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration CHATTERING = Duration.ofMinutes(10);
    private static final String SILENT = "silent";

    /** What it is about, and the area that had it when it was raised last. */
    record Subject(String rule, String source, String area) implements Serializable {}

    /**
     * One time its condition was active.
     *
     * @param number counts the times it was raised; 0 before the first
     * @param clearedAt absent while the condition holds
     * @param holder who has taken it over; nobody, once it was normal
     * @param escalation how far up it was told
     * @param pace of the times it was raised
     * @param worst how bad it was
     */
    record Occurrence(
            long number,
            Found found,
            Instant raisedAt,
            @Nullable Instant clearedAt,
            @Nullable Word acknowledged,
            @Nullable Word holder,
            Escalation escalation,
            Pace pace,
            Worst worst)
            implements Serializable {
        Occurrence measured(Alarm alarm) {
            Found measured = alarm.measure() == null ? found : Found.of(alarm.measure());
            return new Occurrence(number, measured, raisedAt, clearedAt, acknowledged, holder, escalation, pace, worst);
        }

        Occurrence cleared(Instant at) {
            return new Occurrence(number, found, raisedAt, at, acknowledged, holder, escalation, pace, worst);
        }

        Occurrence acknowledged(@Nullable Word word) {
            return new Occurrence(number, found, raisedAt, clearedAt, word, holder, escalation, pace, worst);
        }

        Occurrence held(@Nullable Word word) {
            return new Occurrence(number, found, raisedAt, clearedAt, acknowledged, word, escalation, pace, worst);
        }

        Occurrence escalated(Escalation next) {
            return new Occurrence(number, found, raisedAt, clearedAt, acknowledged, holder, next, pace, worst);
        }

        boolean isFleeting() {
            boolean wasSeen = acknowledged != null
                    && clearedAt != null
                    && !acknowledged.at().isAfter(clearedAt);
            return number > 0 && clearedAt != null && !wasSeen && !clearedAt.isAfter(raisedAt.plus(MINUTE));
        }
    }

    /**
     * How far up an occurrence was told.
     *
     * @param since since when somebody is awaited; absent while nobody is
     * @param level how many persons were told; never told twice, so it only rises
     * @param told these, one after the other
     */
    record Escalation(@Nullable Instant since, int level, List<Word> told) implements Serializable {
        static final Escalation NONE = new Escalation(null, 0, List.of());

        Escalation {
            told = List.copyOf(told);
        }

        Escalation since(@Nullable Instant begin) {
            return new Escalation(begin, level, told);
        }

        Escalation told(Journaled journaled, Alarm alarm) {
            int reached = alarm.escalation() == null ? level : Math.max(level, alarm.escalation());
            List<Word> all = new ArrayList<>(told);
            all.add(Word.ofNext(journaled, alarm));
            return new Escalation(since, reached, all);
        }

        Picture.Escalation shown() {
            return new Picture.Escalation(
                    since, level, told.stream().map(Word::shown).toList());
        }
    }

    /**
     * How fast an alarm comes again.
     *
     * @param newest when it was raised last
     * @param before when it was the time before
     * @param chattered when it last came the third time within a minute
     */
    record Pace(
            @Nullable Instant newest,
            @Nullable Instant before,
            @Nullable Instant chattered) implements Serializable {
        static final Pace NONE = new Pace(null, null, null);

        Pace raised(Instant at) {
            boolean isThird = before != null && !before.isBefore(at.minus(MINUTE));
            return new Pace(at, newest, isThird ? at : chattered);
        }

        boolean isChattering(Instant now) {
            return chattered != null && now.isBefore(chattered.plus(CHATTERING));
        }
    }

    /** What people have said of it, which outlives an occurrence. */
    record Remarks(@Nullable Word note, @Nullable Hidden hidden) implements Serializable {
        static final Remarks NONE = new Remarks(null, null);

        Remarks noted(Word word) {
            return new Remarks(word, hidden);
        }

        Remarks shelved(@Nullable Hidden shelf) {
            return new Remarks(note, shelf);
        }
    }

    /** What was measured, as it can be saved. */
    record Found(
            int severity,
            int level,
            String quantity,
            @Nullable Double value,
            @Nullable Double threshold,
            @Nullable String unit)
            implements Serializable {
        static final Found NOTHING = new Found(3, 0, "", null, null, null);

        static Found of(Measure measure) {
            return new Found(
                    measure.severity(),
                    measure.level(),
                    measure.quantity(),
                    measure.value(),
                    measure.threshold(),
                    measure.unit());
        }

        Measure shown() {
            return new Measure(severity, level, quantity, value, threshold, unit);
        }
    }

    /** Who said what when. */
    record Word(String by, Instant at, @Nullable String text) implements Serializable {
        static Word of(Journaled journaled, Alarm alarm) {
            return new Word(
                    alarm.by() == null ? "" : alarm.by(), journaled.event().eventTime(), alarm.note());
        }

        /** Who has it after a change of hands. */
        static Word ofNext(Journaled journaled, Alarm alarm) {
            Word doer = of(journaled, alarm);
            return new Word(alarm.to() == null ? doer.by : alarm.to(), doer.at, doer.text);
        }

        Picture.Said shown() {
            return new Picture.Said(by, at, text);
        }
    }

    /** Why it is shelved, and how long. */
    record Hidden(String by, String reason, Instant until, int extensions) implements Serializable {
        Picture.Shelf shown() {
            return new Picture.Shelf(by, reason, until, extensions);
        }
    }

    /** Begins with the first event of an alarm. */
    static Life begun(Journaled journaled, Alarm alarm) {
        Instant at = journaled.event().eventTime();
        Life unborn = new Life(
                new Subject(alarm.rule(), alarm.source(), journaled.event().area()),
                new State.Normal(),
                new Occurrence(0, Found.NOTHING, at, at, null, null, Escalation.NONE, Pace.NONE, Worst.NONE),
                Remarks.NONE,
                journaled.position());
        return unborn.after(journaled, alarm);
    }

    /** As it is at an instant: a shelf whose time is over is no more. */
    Life at(Instant now) {
        Hidden hidden = remarks.hidden();
        return hidden == null || now.isBefore(hidden.until())
                ? this
                : moved(state.unshelve(), position)
                        .with(remarks.shelved(null))
                        .awaiting(state, hidden.until())
                        .letGo();
    }

    /** What is normal is held by nobody. */
    private Life letGo() {
        return state instanceof State.Normal && occurrence.holder() != null ? with(occurrence.held(null)) : this;
    }

    /** Who comes anew to what nobody has acknowledged is awaited from then on. */
    private Life awaiting(State before, Instant at) {
        boolean isAwaited = state instanceof State.Unacknowledged;
        return isAwaited && state.equals(before)
                ? this
                : with(occurrence.escalated(occurrence.escalation().since(isAwaited ? at : null)));
    }

    /** Takes its next event. */
    Life after(Journaled journaled, Alarm alarm) {
        boolean isRaise = alarm.step() == Alarm.Step.RAISED || alarm.step() == Alarm.Step.REALARMED;
        boolean isMeant =
                isRaise ? alarm.occurrence() > occurrence.number() : alarm.occurrence() == occurrence.number();
        return isMeant
                ? stepped(journaled, alarm)
                        .awaiting(
                                isRaise ? new State.Normal() : state,
                                journaled.event().eventTime())
                        .letGo()
                : this;
    }

    private Life stepped(Journaled journaled, Alarm alarm) {
        long at = journaled.position();
        Instant time = journaled.event().eventTime();
        return switch (alarm.step()) {
            case RAISED, REALARMED -> raised(journaled, alarm);
            case CHANGED -> moved(state, at).with(occurrence.measured(alarm));
            case CLEARED -> moved(state.clear(false), at).with(occurrence.cleared(time));
            case LATCHED -> moved(state.clear(true), at).with(occurrence.cleared(time));
            case SUPPRESSED -> moved(state.suppress(), at).with(remarks.shelved(null));
            case RELEASED -> moved(state.release(), at);
            case ACKNOWLEDGED -> acknowledged(journaled, alarm);
            case NOTED -> moved(state, at).with(remarks.noted(Word.of(journaled, alarm)));
            case SHELVED -> shelved(journaled, alarm);
            case UNSHELVED -> moved(state.unshelve(), at).with(remarks.shelved(null));
            case RESET -> moved(state.reset(), at);
            case REMOVED -> moved(state.remove(), at).with(remarks.shelved(null).noted(Word.of(journaled, alarm)));
            case RESTORED -> moved(state.restore(), at);
            case TAKEN -> taken(journaled, alarm);
            case HANDED -> moved(state, at).with(occurrence.held(Word.ofNext(journaled, alarm)));
            case ESCALATED ->
                moved(state, at)
                        .with(occurrence.escalated(occurrence.escalation().told(journaled, alarm)));
            case ACCEPTED, PREPARED, CONFIRMED, CANCELLED, EXPIRED -> this;
        };
    }

    private Life raised(Journaled journaled, Alarm alarm) {
        Instant time = journaled.event().eventTime();
        Found found = occurrence.measured(alarm).found();
        return new Life(
                new Subject(subject.rule(), subject.source(), journaled.event().area()),
                state.raise(),
                new Occurrence(
                        alarm.occurrence(),
                        found,
                        time,
                        null,
                        null,
                        occurrence.holder(),
                        Escalation.NONE,
                        occurrence.pace().raised(time),
                        occurrence.worst().raised(alarm.occurrence(), found.severity(), state.isActive())),
                remarks,
                journaled.position());
    }

    /** The first one stays: who comes later sees whose it was. */
    private Life acknowledged(Journaled journaled, Alarm alarm) {
        State next = state.acknowledge();
        return next.equals(state)
                ? this
                : moved(next, journaled.position()).with(occurrence.acknowledged(Word.of(journaled, alarm)));
    }

    /** Of two who take it at once the first one has it: the other one took it from somebody who had it no more. */
    private Life taken(Journaled journaled, Alarm alarm) {
        String holder = occurrence.holder() == null ? null : occurrence.holder().by();
        boolean isFromHolder = Objects.equals(holder, alarm.from()) || Objects.equals(holder, alarm.by());
        return isFromHolder
                ? moved(state, journaled.position())
                        .with(occurrence
                                .held(Word.ofNext(journaled, alarm))
                                .escalated(occurrence.escalation().since(null)))
                : this;
    }

    /** Of two who extend it at once for the last time the first one does. */
    private Life shelved(Journaled journaled, Alarm alarm) {
        Hidden hidden = remarks.hidden();
        return hidden != null && hidden.extensions() >= Picture.Shelf.MAX_EXTENSIONS
                ? this
                : moved(state.shelve(), journaled.position()).with(remarks.shelved(shelf(alarm)));
    }

    private @Nullable Hidden shelf(Alarm alarm) {
        Hidden hidden = remarks.hidden();
        Instant until = alarm.until();
        if (until == null) {
            return hidden;
        }
        int extensions = hidden == null ? 0 : hidden.extensions() + 1;
        return new Hidden(
                alarm.by() == null ? "" : alarm.by(), alarm.note() == null ? "" : alarm.note(), until, extensions);
    }

    /** What comes back from being set aside has to be acknowledged anew. */
    private Life moved(State next, long at) {
        boolean isBack = next instanceof State.Unacknowledged && !next.equals(state);
        return new Life(subject, next, isBack ? occurrence.acknowledged(null) : occurrence, remarks, at);
    }

    private Life with(Occurrence next) {
        return new Life(subject, state, next, remarks, position);
    }

    private Life with(Remarks next) {
        return new Life(subject, state, occurrence, next, position);
    }

    /** Tells whether it was raised since it was as it was. */
    boolean isRaisedSince(Life before) {
        return occurrence.number() > before.occurrence.number();
    }

    private String cause(Places places) {
        String quantity = occurrence.found().quantity();
        Optional<String> gateway = quantity.equals(SILENT) ? places.gatewayOf(subject.source()) : Optional.empty();
        boolean isMeasured = !quantity.equals(SILENT) && occurrence.found().unit() != null;
        return gateway.map(id -> "gateway:" + id).orElse(isMeasured ? "metric:" + quantity : "rule:" + subject.rule());
    }

    Picture.Alarm shown(Places places) {
        Word acknowledged = occurrence.acknowledged();
        Word note = remarks.note();
        Hidden hidden = remarks.hidden();
        Word holder = occurrence.holder();
        return new Picture.Alarm(
                subject.rule(),
                subject.source(),
                places.areaOf(subject.source(), subject.area()),
                state.shown(),
                state.isActive(),
                occurrence.number(),
                occurrence.found().shown(),
                occurrence.raisedAt(),
                occurrence.clearedAt(),
                acknowledged == null ? null : acknowledged.shown(),
                note == null ? null : note.shown(),
                hidden == null ? null : hidden.shown(),
                holder == null ? null : holder.shown(),
                occurrence.escalation().shown(),
                new AlarmMarks(
                        cause(places),
                        occurrence.pace().isChattering(places.now()),
                        occurrence.isFleeting(),
                        occurrence.worst().severities()),
                places.termsOf(subject.rule()),
                position);
    }
}
