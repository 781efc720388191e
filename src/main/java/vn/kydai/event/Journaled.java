package vn.kydai.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An event with its place in the journal.
 *
 * @param position strictly increasing per partition, from 1; not gap-free
 * @param ingestTime when the journal took it, to the millisecond; never decreases with the position
 * @param event the event
 */
public record Journaled(long position, Instant ingestTime, Event event) {
    public Journaled {
        requireNonNull(ingestTime, "ingestTime is null");
        requireNonNull(event, "event is null");
    }
}
