package vn.kydai.ingest;

import java.util.HashMap;
import java.util.Map;

/**
 * The bytes of all bodies held at once, from their reading to the answer, and each sender's share of them. Thread-safe.
 */
final class Bodies {
    private static final int PERCENT = 100;

    private final long max;
    private final long maxOfOne;
    private final Map<String, Long> bySender = new HashMap<>();
    private long held;

    Bodies(long max, int sharePercent) {
        this.max = max;
        this.maxOfOne = Math.max(1, max * sharePercent / PERCENT);
    }

    /** Takes room; false when there is none. A sender's only body always fits its share. */
    synchronized boolean take(String sender, long bytes, boolean isOnly) {
        long own = bySender.getOrDefault(sender, 0L);
        if (held + bytes > max || (!isOnly && own + bytes > maxOfOne)) {
            return false;
        }
        held += bytes;
        bySender.put(sender, own + bytes);
        return true;
    }

    /** Gives room back. */
    synchronized void give(String sender, long bytes) {
        held -= bytes;
        bySender.computeIfPresent(sender, (id, own) -> own <= bytes ? null : own - bytes);
    }

    /** Returns what a sender holds. */
    synchronized long of(String sender) {
        return bySender.getOrDefault(sender, 0L);
    }

    /** Returns what all hold. */
    synchronized long held() {
        return held;
    }

    /** One request's part. Confined to its event loop. */
    final class Part {
        private final String sender;
        private long bytes;
        private boolean isGiven;

        Part(String sender) {
            this.sender = sender;
        }

        /** Takes room for a body of so many bytes in all; false when there is none. */
        boolean growTo(long wanted) {
            long more = wanted - bytes;
            if (more <= 0) {
                return true;
            }
            if (isGiven || !take(sender, more, of(sender) == bytes)) {
                return false;
            }
            bytes = wanted;
            return true;
        }

        /** Gives all of it back, once. */
        void give() {
            if (!isGiven) {
                isGiven = true;
                Bodies.this.give(sender, bytes);
            }
        }
    }
}
