package vn.kydai.aggregate;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import vn.kydai.event.FoldBound;

/** How many events went beyond a bound of the folds, by source: somebody should ask that source why. */
final class Excesses implements Serializable {
    private final EnumMap<FoldBound, SortedMap<String, Long>> bySource = new EnumMap<>(FoldBound.class);

    void add(FoldBound bound, String source) {
        bySource.computeIfAbsent(bound, key -> new TreeMap<>()).merge(source, 1L, Long::sum);
    }

    long count(FoldBound bound) {
        SortedMap<String, Long> counts = bySource.get(bound);
        return counts == null
                ? 0
                : counts.values().stream().mapToLong(count -> count).sum();
    }

    /** Returns a copy: events by source, by bound. */
    Map<FoldBound, SortedMap<String, Long>> all() {
        Map<FoldBound, SortedMap<String, Long>> all = new EnumMap<>(FoldBound.class);
        bySource.forEach((bound, counts) -> all.put(bound, new TreeMap<>(counts)));
        return all;
    }
}
