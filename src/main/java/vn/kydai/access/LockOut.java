package vn.kydai.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * After some failures nobody may try for a while, twice as long with each further one. Failures are forgotten a day after
 * the last one. Bounded: the key not seen for longest is forgotten. Thread-safe.
 */
final class LockOut {
    /** How long failures count. */
    static final Duration MEMORY = Duration.ofHours(24);

    /** The longest lock: an attacker must not keep a person out for ever. */
    static final Duration LONGEST = Duration.ofMinutes(15);

    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final int DOUBLINGS = 5;
    private static final int MAX_KEYS = 10_000;

    private final int free;
    private final Map<String, Failures> byKey = new BoundedMap<>(MAX_KEYS);

    private record Failures(int count, Instant last, Instant lockedUntil) {}

    /** Locks from the failure on that is the {@code free}-th. */
    LockOut(int free) {
        this.free = free;
    }

    /** Returns how long is locked after so many failures. */
    static Duration after(int failures, int free) {
        if (failures < free) {
            return Duration.ZERO;
        }
        Duration lock = FIRST.multipliedBy(1L << Math.min(failures - free, DOUBLINGS));
        return lock.compareTo(LONGEST) > 0 ? LONGEST : lock;
    }

    /**
     * Takes one attempt: counted as a failure until {@link #forgive} says otherwise, so that many at once are not free.
     *
     * @return until when nobody may try, if so
     */
    synchronized Optional<Instant> attempt(String key, Instant now) {
        Failures known = byKey.get(key);
        if (known != null && now.isBefore(known.lockedUntil)) {
            return Optional.of(known.lockedUntil);
        }
        int count = known == null || known.last.plus(MEMORY).isBefore(now) ? 1 : known.count + 1;
        byKey.put(key, new Failures(count, now, now.plus(after(count, free))));
        return Optional.empty();
    }

    /** Returns until when nobody may try, if so, and counts nothing. */
    synchronized Optional<Instant> until(String key, Instant now) {
        Failures known = byKey.get(key);
        return known != null && now.isBefore(known.lockedUntil) ? Optional.of(known.lockedUntil) : Optional.empty();
    }

    /** Forgets the failures of a key: a good password came from it. */
    synchronized void forgive(String key) {
        byKey.remove(key);
    }
}
