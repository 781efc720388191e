package vn.kydai.alarm;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.registry.AlarmRule.Step;

/**
 * Since when a condition has been worse, or milder, than its alarm says. Each level has an instant of its own, since a
 * condition may skip some. Time in which nothing can be judged counts for none of them. Immutable.
 *
 * @param worse by level above the one that stands: since when it has been reached
 * @param milder by level below the one that stands: since when nothing worse has been reached
 * @param heldSince since when nothing can be judged; absent while something can
 */
record Pending(
        SortedMap<Integer, Instant> worse,
        SortedMap<Integer, Instant> milder,
        @Nullable Instant heldSince) {
    static final Pending NONE = new Pending(Collections.emptySortedMap(), Collections.emptySortedMap(), null);

    /** A level is judged while another one stands. */
    Pending then(int standing, int level, Instant now) {
        Duration held = heldSince == null ? Duration.ZERO : Duration.between(heldSince, now);
        return new Pending(
                since(worse, held, standing + 1, level, now), since(milder, held, level, standing - 1, now), null);
    }

    private static SortedMap<Integer, Instant> since(
            SortedMap<Integer, Instant> before, Duration held, int from, int to, Instant now) {
        SortedMap<Integer, Instant> since = new TreeMap<>();
        for (int level = from; level <= to; level++) {
            Instant known = before.get(level);
            since.put(level, known == null ? now : known.plus(held));
        }
        return since;
    }

    /** Nothing can be judged. */
    Pending held(Instant now) {
        return heldSince == null ? new Pending(worse, milder, now) : this;
    }

    /** Returns the worst level that has held for the delay of its own step. */
    Optional<Integer> risen(List<Step> steps, Instant now) {
        Integer risen = null;
        for (Map.Entry<Integer, Instant> entry : worse.entrySet()) {
            Duration delay = steps.get(entry.getKey() - 1).onDelay();
            risen = entry.getValue().plus(delay).isAfter(now) ? risen : entry.getKey();
        }
        return Optional.ofNullable(risen);
    }

    /** Returns the mildest level above which nothing has been for a time. */
    Optional<Integer> fallen(Duration delay, Instant now) {
        return milder.entrySet().stream()
                .filter(entry -> !entry.getValue().plus(delay).isAfter(now))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
