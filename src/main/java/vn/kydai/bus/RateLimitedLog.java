package vn.kydai.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Decides which repeats of a warning are worth a line: the first of each key, then one a minute that says how many were
 * left out. Bounded: the key not seen for longest is forgotten. Thread-safe.
 *
 * <pre>{@code
 * limit.pass(source, now).ifPresent(leftOut ->
 *         LOGGER.atWarn().addKeyValue("source", source).addKeyValue("leftOut", leftOut).log("foreign topic"));
 * }</pre>
 */
public final class RateLimitedLog {
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int MAX_KEYS = 10_000;
    private static final float LOAD_FACTOR = 0.75f;

    private final Map<String, Line> lines = new LinkedHashMap<>(16, LOAD_FACTOR, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Line> eldest) {
            return size() > MAX_KEYS;
        }
    };

    private record Line(Instant next, long leftOut) {}

    /** Returns how many were left out since the last line of this key, or empty when this one is to be left out. */
    public synchronized OptionalLong pass(String key, Instant now) {
        Line line = lines.get(key);
        if (line != null && now.isBefore(line.next)) {
            lines.put(key, new Line(line.next, line.leftOut + 1));
            return OptionalLong.empty();
        }
        lines.put(key, new Line(now.plus(INTERVAL), 0));
        return OptionalLong.of(line == null ? 0 : line.leftOut);
    }
}
