package vn.kydai.ingest;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import vn.kydai.config.Settings;
import vn.kydai.journal.JournalFull;

/**
 * What each sender has under way, over all its connections and requests: events and bytes that wait for their commit,
 * and requests. No sender may hold more than its share of what all of them have, so that whatever one does, the others
 * find room. Thread-safe; holds an entry only for who has something under way.
 */
public final class Shares {
    private static final String SHARE = "ingest.sharePercent";
    private static final int PERCENT = 100;

    private final int maxEvents;
    private final long maxBytes;
    private final int maxRequests;
    private final ConcurrentMap<String, Held> held = new ConcurrentHashMap<>();

    private record Held(int events, long bytes, int requests) {
        static final Held NOTHING = new Held(0, 0, 0);

        Held plus(int moreEvents, long moreBytes, int moreRequests) {
            return new Held(events + moreEvents, bytes + moreBytes, requests + moreRequests);
        }
    }

    /** Takes the shares from the bounds they are shares of. */
    public Shares(Settings.Ingest ingest, Settings.Journal journal) {
        this.maxEvents = (int) of(journal.queueEvents(), ingest.sharePercent());
        this.maxBytes = of(journal.queueBytes(), ingest.sharePercent());
        this.maxRequests = (int) of(ingest.http().maxRequests(), ingest.sharePercent());
    }

    private static long of(long bound, int percent) {
        return Math.max(1, bound * percent / PERCENT);
    }

    /** Tells whether it was the sender's share that had no room, and not the journal's queue. */
    static boolean isShare(JournalFull full) {
        return SHARE.equals(full.getMessage());
    }

    static JournalFull full() {
        return new JournalFull(SHARE);
    }

    /** Takes room for an event; false when the sender's share has none. One event alone always has room. */
    boolean take(String sender, int bytes) {
        AtomicBoolean isTaken = new AtomicBoolean();
        held.compute(sender, (id, known) -> {
            Held now = known == null ? Held.NOTHING : known;
            boolean hasRoom = now.events == 0 || (now.events < maxEvents && now.bytes + bytes <= maxBytes);
            isTaken.setPlain(hasRoom);
            return hasRoom ? now.plus(1, bytes, 0) : known;
        });
        return isTaken.getPlain();
    }

    /** Gives an event's room back. */
    void give(String sender, int bytes) {
        held.computeIfPresent(sender, (id, now) -> orNothing(now.plus(-1, -bytes, 0)));
    }

    /** Takes a place for a request; false when the sender has as many waiting as it may. */
    boolean enter(String sender) {
        AtomicBoolean isEntered = new AtomicBoolean();
        held.compute(sender, (id, known) -> {
            Held now = known == null ? Held.NOTHING : known;
            boolean hasRoom = now.requests < maxRequests;
            isEntered.setPlain(hasRoom);
            return hasRoom ? now.plus(0, 0, 1) : known;
        });
        return isEntered.getPlain();
    }

    /** Gives a request's place back. */
    void leave(String sender) {
        held.computeIfPresent(sender, (id, now) -> orNothing(now.plus(0, 0, -1)));
    }

    private static @Nullable Held orNothing(Held now) {
        return now.equals(Held.NOTHING) ? null : now;
    }
}
