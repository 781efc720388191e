package vn.kydai.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers who signed in lately, so that a device that posts all day does not cost a query per request. Bounded: the
 * one not seen for longest is forgotten. Thread-safe; locks are held for a map access only.
 */
final class RecentSignIns {
    /** A revocation by another process is seen within this. */
    static final Duration FRESH = Duration.ofSeconds(10);

    private static final int MAX_ENTRIES = 20_000;

    private final Map<String, SignedIn> byKey = new BoundedMap<>(MAX_ENTRIES);

    private record SignedIn(Caller caller, Instant freshUntil) {}

    /** Returns the caller if the sign-in was checked a moment ago. */
    synchronized Optional<Caller> fresh(String key, Instant now) {
        SignedIn entry = byKey.get(key);
        return entry == null || !now.isBefore(entry.freshUntil) ? Optional.empty() : Optional.of(entry.caller);
    }

    /** Remembers a good sign-in. */
    synchronized void put(String key, Caller caller, Instant now, @Nullable Instant expiresAt) {
        Instant freshUntil = now.plus(FRESH);
        byKey.put(
                key,
                new SignedIn(caller, expiresAt != null && expiresAt.isBefore(freshUntil) ? expiresAt : freshUntil));
    }

    /** Forgets one that is good no longer. */
    synchronized void forget(String key) {
        byKey.remove(key);
    }

    /** Forgets all: something was revoked here. */
    synchronized void clear() {
        byKey.clear();
    }
}
