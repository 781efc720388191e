package vn.kydai.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets a log line through once per source and minute. Confined to one thread; remembers a bounded number of sources. */
final class OncePerMinute {
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int MAX_SOURCES = 10_000;

    private final Map<String, Instant> last = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MAX_SOURCES;
        }
    };

    boolean allows(String source, Instant now) {
        Instant before = last.get(source);
        if (before != null && now.isBefore(before.plus(PAUSE))) {
            return false;
        }
        last.remove(source);
        last.put(source, now);
        return true;
    }
}
