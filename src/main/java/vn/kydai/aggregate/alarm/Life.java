package vn.kydai.aggregate.alarm;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Measure;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;

/**
 * One alarm through all its occurrences. Immutable.
 *
 * @param occurrence counts the times it was raised; 0 before the first
 * @param position of the newest event of it
 */
record Life(
        String rule,
        String source,
        String area,
        State state,
        long occurrence,
        Found found,
        Instant raisedAt,
        @Nullable Instant clearedAt,
        @Nullable Word acknowledged,
        @Nullable Word note,
        @Nullable Hidden hidden,
        long position)
        implements Serializable {
    private static final Found NOTHING = new Found(3, 0, "", null, null, null);

    /** What was measured, as it can be saved. */
    record Found(
            int severity,
            int level,
            String quantity,
            @Nullable Double value,
            @Nullable Double threshold,
            @Nullable String unit)
            implements Serializable {
        static Found of(Measure measure) {
            return new Found(
                    measure.severity(),
                    measure.level(),
                    measure.quantity(),
                    measure.value(),
                    measure.threshold(),
                    measure.unit());
        }
    }

    /** Who said what when. */
    record Word(String by, Instant at, @Nullable String text) implements Serializable {
        static Word of(Journaled journaled, Alarm alarm) {
            return new Word(
                    alarm.by() == null ? "" : alarm.by(), journaled.event().eventTime(), alarm.note());
        }

        Picture.Said shown() {
            return new Picture.Said(by, at, text);
        }
    }

    /** Why it is shelved, and how long. */
    record Hidden(String by, String reason, Instant until, int extensions) implements Serializable {}

    /** Begins with the first event of an alarm. */
    static Life begun(Journaled journaled, Alarm alarm) {
        Instant at = journaled.event().eventTime();
        Life unborn = new Life(
                alarm.rule(),
                alarm.source(),
                journaled.event().area(),
                new State.Normal(),
                0,
                NOTHING,
                at,
                at,
                null,
                null,
                null,
                journaled.position());
        return unborn.after(journaled, alarm);
    }

    /** As it is at an instant: a shelf whose time is over is no more. */
    Life at(Instant now) {
        return hidden == null || now.isBefore(hidden.until())
                ? this
                : with(state.unshelve(), position).shelved(null);
    }

    /** Takes its next event. */
    Life after(Journaled journaled, Alarm alarm) {
        boolean isRaise = alarm.step() == Alarm.Step.RAISED || alarm.step() == Alarm.Step.REALARMED;
        boolean isMeant = isRaise ? alarm.occurrence() > occurrence : alarm.occurrence() == occurrence;
        if (!isMeant) {
            return this;
        }
        long at = journaled.position();
        return switch (alarm.step()) {
            case RAISED, REALARMED -> raised(journaled, alarm);
            case CHANGED -> with(state, at).measured(alarm);
            case CLEARED -> cleared(journaled, false);
            case LATCHED -> cleared(journaled, true);
            case SUPPRESSED -> with(state.suppress(), at).shelved(null);
            case RELEASED -> with(state.release(), at);
            case ACKNOWLEDGED -> acknowledged(journaled, alarm);
            case NOTED -> with(state, at).noted(Word.of(journaled, alarm));
            case SHELVED -> with(state.shelve(), at).shelved(shelf(alarm));
            case UNSHELVED -> with(state.unshelve(), at).shelved(null);
            case RESET -> with(state.reset(), at);
            case REMOVED -> with(state.remove(), at).shelved(null).noted(Word.of(journaled, alarm));
            case RESTORED -> with(state.restore(), at);
        };
    }

    private Life raised(Journaled journaled, Alarm alarm) {
        return new Life(
                        rule,
                        source,
                        journaled.event().area(),
                        state.raise(),
                        alarm.occurrence(),
                        found,
                        journaled.event().eventTime(),
                        null,
                        null,
                        note,
                        hidden,
                        journaled.position())
                .measured(alarm);
    }

    private Life cleared(Journaled journaled, boolean isLatching) {
        return new Life(
                rule,
                source,
                area,
                state.clear(isLatching),
                occurrence,
                found,
                raisedAt,
                journaled.event().eventTime(),
                acknowledged,
                note,
                hidden,
                journaled.position());
    }

    /** The first one stays: who comes later sees whose it was. */
    private Life acknowledged(Journaled journaled, Alarm alarm) {
        State next = state.acknowledge();
        return next.equals(state)
                ? this
                : new Life(
                        rule,
                        source,
                        area,
                        next,
                        occurrence,
                        found,
                        raisedAt,
                        clearedAt,
                        Word.of(journaled, alarm),
                        note,
                        hidden,
                        journaled.position());
    }

    private @Nullable Hidden shelf(Alarm alarm) {
        Instant until = alarm.until();
        if (until == null) {
            return hidden;
        }
        int extensions = hidden == null ? 0 : hidden.extensions() + 1;
        return new Hidden(
                alarm.by() == null ? "" : alarm.by(), alarm.note() == null ? "" : alarm.note(), until, extensions);
    }

    /** What comes back from being set aside has to be acknowledged anew. */
    private Life with(State next, long at) {
        boolean isBack = next instanceof State.Unacknowledged && !next.equals(state);
        return new Life(
                rule,
                source,
                area,
                next,
                occurrence,
                found,
                raisedAt,
                clearedAt,
                isBack ? null : acknowledged,
                note,
                hidden,
                at);
    }

    private Life measured(Alarm alarm) {
        return alarm.measure() == null
                ? this
                : new Life(
                        rule,
                        source,
                        area,
                        state,
                        occurrence,
                        Found.of(alarm.measure()),
                        raisedAt,
                        clearedAt,
                        acknowledged,
                        note,
                        hidden,
                        position);
    }

    private Life noted(Word word) {
        return new Life(
                rule,
                source,
                area,
                state,
                occurrence,
                found,
                raisedAt,
                clearedAt,
                acknowledged,
                word,
                hidden,
                position);
    }

    private Life shelved(@Nullable Hidden shelf) {
        return new Life(
                rule, source, area, state, occurrence, found, raisedAt, clearedAt, acknowledged, note, shelf, position);
    }

    Picture.Alarm shown() {
        return new Picture.Alarm(
                rule,
                source,
                area,
                state.shown(),
                state.isActive(),
                occurrence,
                new Measure(
                        found.severity(),
                        found.level(),
                        found.quantity(),
                        found.value(),
                        found.threshold(),
                        found.unit()),
                raisedAt,
                clearedAt,
                acknowledged == null ? null : acknowledged.shown(),
                note == null ? null : note.shown(),
                hidden == null
                        ? null
                        : new Picture.Shelf(hidden.by(), hidden.reason(), hidden.until(), hidden.extensions()),
                position);
    }
}
