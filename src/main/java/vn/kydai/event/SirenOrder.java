package vn.kydai.event;

import java.time.Instant;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Picture.Said;

/**
 * An order to sound the sirens of an area (lệnh hú còi), as the journal has it: prepared by one person, confirmed by
 * another, answered by each siren.
 *
 * @param id of the order; a siren knows a repeat by it, and its answer's event id begins with it
 * @param area whose sirens, its whole subtree
 * @param alarm id of the alarm it was prepared for
 * @param prepared by whom, when, and why
 * @param until while prepared, until when it may be confirmed; once confirmed, until when it may be sounded
 * @param confirmed by whom and when; absent until somebody has
 * @param cancelled by whom and when; absent unless somebody has
 * @param answers the newest of each siren, by source
 * @param position of the newest event of it
 */
public record SirenOrder(
        String id,
        String area,
        Signal signal,
        @Nullable String alarm,
        State state,
        Said prepared,
        Instant until,
        @Nullable Said confirmed,
        @Nullable Said cancelled,
        SortedMap<String, Answer> answers,
        long position) {
    /** How it stands. */
    public enum State {
        /** Waits for a second person. */
        PREPARED,
        /** Is told to the sirens; none has said that it sounded. */
        CONFIRMED,
        /** A siren has said that it sounded. */
        SOUNDED,
        /** Was confirmed, and its time is over without a siren that sounded. */
        UNANSWERED,
        CANCELLED,
        /** Nobody confirmed it in time. */
        EXPIRED;

        /** Returns the name in answers: {@code prepared}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Tells whether somebody or a siren is still waited for. */
        public boolean isStanding() {
            return this == PREPARED || this == CONFIRMED;
        }
    }

    /**
     * What a siren answered.
     *
     * @param at event time of its reading
     * @param blasts it has sounded; 0: it did not sound
     */
    public record Answer(Instant at, double blasts) {}

    /** Tells whether a siren that has not answered is to sound it at an instant. */
    public boolean isToBeSounded(Instant now) {
        return (state == State.CONFIRMED || state == State.SOUNDED) && now.isBefore(until);
    }

    /** Tells whether it still binds somebody at an instant: it stands, or its sirens may sound or must hear that it is off. */
    public boolean isBinding(Instant now) {
        return state.isStanding() || (confirmed != null && now.isBefore(until));
    }

    /** Tells whether its sirens must be told at an instant that it no longer holds: it had been confirmed. */
    public boolean isCalledOff(Instant now) {
        return state == State.CANCELLED && confirmed != null && now.isBefore(until);
    }
}
