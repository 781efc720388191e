package vn.kydai.event;

import java.time.Instant;
import java.util.SortedMap;

/**
 * Folds journaled events into pictures. Pure: the same events in any order, and the same {@code now}, give the same
 * picture, byte for byte. Not thread-safe: one owner, one thread.
 */
public interface Fold {
    /** Takes one more event; positions may come in any order, each at most once. */
    void apply(Journaled event);

    /**
     * Says which events are never given to it, so that its pictures can tell: those up to their own position count. Replaces
     * what was said before.
     *
     * @param setAside by position; never changes
     */
    void leaveOut(SortedMap<Long, SetAside> setAside);

    /**
     * Shows what the events taken so far mean at an instant. Parts that are unchanged since the last call are the same
     * instances, so that a reader can skip them by reference. Successive calls may go back in time.
     */
    Picture picture(Instant now);
}
