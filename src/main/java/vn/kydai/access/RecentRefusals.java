package vn.kydai.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Remembers what was refused lately, so that a device that tries again and again with a wrong token costs a query in ten
 * seconds and not one each time. What was never refused is not kept waiting by it; what becomes good meanwhile is let in
 * within {@link #FRESH}. Bounded: the refusal not met for longest is forgotten, and looked up anew. Thread-safe; locks are
 * held for a map access only.
 */
final class RecentRefusals {
    /** How long a refusal stands without being looked up. */
    static final Duration FRESH = Duration.ofSeconds(10);

    static final int MAX_ENTRIES = 10_000;

    private final Map<String, Instant> byKey = new BoundedMap<>(MAX_ENTRIES);

    /** Tells whether the same was refused a moment ago; a clock that was set back makes no moment longer. */
    synchronized boolean isFresh(String key, Instant now) {
        Instant refused = byKey.get(key);
        return refused != null && !now.isBefore(refused) && now.isBefore(refused.plus(FRESH));
    }

    /** Remembers a refusal. */
    synchronized void put(String key, Instant now) {
        byKey.put(key, now);
    }

    /** Forgets one that is good now. */
    synchronized void forget(String key) {
        byKey.remove(key);
    }
}
