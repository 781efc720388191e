package vn.kydai.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Counts failures by key (a remote address) in windows of a minute. Bounded: the key not seen for longest is forgotten.
 * Thread-safe.
 */
public final class FailureLimit {
    private static final int MAX_KEYS = 10_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int perMinute;
    private final Map<String, Window> windows = new BoundedMap<>(MAX_KEYS);

    private record Window(Instant until, int failures) {}

    /** Allows so many failures a minute and key. */
    public FailureLimit(int perMinute) {
        this.perMinute = perMinute;
    }

    /** Counts one failure; tells whether it was still within the limit. */
    public synchronized boolean count(String key, Instant now) {
        Window window = windows.get(key);
        Window counted = window == null || !now.isBefore(window.until)
                ? new Window(now.plus(WINDOW), 1)
                : new Window(window.until, Math.min(window.failures, perMinute) + 1);
        windows.put(key, counted);
        return counted.failures <= perMinute;
    }
}
