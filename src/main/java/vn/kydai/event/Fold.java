package vn.kydai.event;

import java.time.Instant;

/**
 * Folds journaled events into pictures. Pure: the same events in any order, and the same {@code now}, give the same
 * picture, byte for byte. Not thread-safe: one owner, one thread.
 */
public interface Fold {
    /** Takes one more event; positions may come in any order, each at most once. */
    void apply(Journaled event);

    /**
     * Shows what the events taken so far mean at an instant. Parts that are unchanged since the last call are the same
     * instances, so that a reader can skip them by reference. Successive calls may go back in time.
     */
    Picture picture(Instant now);
}
