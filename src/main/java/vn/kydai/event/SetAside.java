package vn.kydai.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;

/**
 * An event of the journal that no fold takes, since it cannot be read or folded. It is said in the journal, as a {@code
 * configuration} event of our own, so that every fold, replay and verification leaves out the same.
 *
 * @param position of the event
 * @param cause why
 * @param detail what went wrong, for whoever mends it
 * @param source of the event, as far as it can be read; else empty
 * @param area of the event, as far as it can be read; else empty: it may have belonged to any
 * @param kind of the event, as it stands in the journal; else empty
 * @param at when it was set aside
 * @param build that could not take it
 */
public record SetAside(
        long position, Cause cause, String detail, String source, String area, String kind, Instant at, String build) {
    private static final int MAX_DETAIL = 300;

    /** Why an event is set aside. */
    public enum Cause {
        /** Its row cannot be read. */
        UNREADABLE,
        /** A fold threw on it. */
        UNFOLDABLE;

        /** Returns its name in JSON. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public SetAside {
        requireNonNull(cause, "cause is null");
        requireNonNull(source, "source is null");
        requireNonNull(area, "area is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(at, "at is null");
        requireNonNull(build, "build is null");
        detail = printable(detail);
    }

    /** Returns an event that was read, but not folded. */
    public static SetAside unfoldable(Journaled journaled, Throwable thrown, Instant at, String build) {
        Event event = journaled.event();
        return new SetAside(
                journaled.position(),
                Cause.UNFOLDABLE,
                thrown.toString(),
                event.source(),
                event.area(),
                event.kind().id(),
                at,
                build);
    }

    /** The words of an exception may hold what no database takes. */
    private static String printable(String words) {
        StringBuilder kept = new StringBuilder();
        words.codePoints()
                .limit(MAX_DETAIL)
                .map(point ->
                        Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE ? '?' : point)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
