package vn.kydai.wall;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Problem;
import vn.kydai.event.Journaled;
import vn.kydai.event.Kind;

/**
 * A moment of the past, and whose eyes it is seen with.
 *
 * @param at the moment
 * @param known what counts as known
 * @param position last one that is folded; absent: whatever had been taken in by then
 */
record PastMoment(Instant at, Known known, @Nullable Long position) {
    private static final Pattern POSITION = Pattern.compile("[1-9][0-9]{0,17}");

    /** What an instant may be, for whoever sent something else. */
    static final String ALLOWED = "an RFC 3339 instant such as 2026-11-25T02:12:06.400Z is allowed";

    private static final int LAST_YEAR = 9_999;

    /** The two times of the past. */
    enum Known {
        /** What the operator saw: every event taken in by then. */
        THEN,
        /** What was true: every event known today that had happened by then, read with today's configuration. */
        NOW
    }

    PastMoment {
        requireNonNull(at, "at is null");
        requireNonNull(known, "known is null");
    }

    /** A moment by the clock alone. */
    PastMoment(Instant at, Known known) {
        this(at, known, null);
    }

    /** Returns the moment of exactly what was folded up to a position. */
    PastMoment upTo(long last) {
        return new PastMoment(at, known, last);
    }

    /** Tells whether an event and all that follow it lie after the moment. */
    boolean isOver(Journaled event) {
        if (position != null) {
            return event.position() > position;
        }
        return known == Known.THEN && event.ingestTime().isAfter(at);
    }

    /** Tells whether an event that does not lie after it belongs to it. */
    boolean takes(Journaled event) {
        return known == Known.THEN
                || event.event().kind() == Kind.CONFIGURATION
                || !event.event().eventTime().isAfter(at);
    }

    /** Reads the position asked for; empty when none is. */
    static OptionalLong position(@Nullable String position, @Nullable String known, long readable) {
        if (position == null) {
            return OptionalLong.empty();
        }
        if (known != null) {
            throw new Problem(400, "known: goes with at, not with position");
        }
        if (!POSITION.matcher(position).matches()) {
            throw new Problem(400, "position: the position of a frame is allowed, unchanged");
        }
        long asked = Long.parseLong(position);
        if (asked > readable) {
            throw new Problem(400, "position: lies beyond the journal's end");
        }
        return OptionalLong.of(asked);
    }

    /** Reads the query parameters of a wall; empty asks for the present. */
    static Optional<PastMoment> of(@Nullable String at, @Nullable String known, Instant now) {
        if (known != null && !known.equals("now")) {
            throw new Problem(400, "known: now is allowed");
        }
        if (at == null) {
            if (known != null) {
                throw new Problem(400, "known: goes with at");
            }
            return Optional.empty();
        }
        Instant moment = instant(at).orElseThrow(() -> new Problem(400, "at: " + ALLOWED));
        if (moment.isAfter(now)) {
            throw new Problem(400, "at: lies in the future");
        }
        return Optional.of(new PastMoment(moment, known == null ? Known.THEN : Known.NOW));
    }

    /** Reads an instant; a blank stands for the plus sign that a query string turns into one. */
    static Optional<Instant> instant(String text) {
        try {
            Instant instant = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            int year = instant.atOffset(ZoneOffset.UTC).getYear();
            return year < 1 || year > LAST_YEAR ? Optional.empty() : Optional.of(instant);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
