package vn.kydai.aggregate;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vn.kydai.event.Excess;
import vn.kydai.event.FoldBound;
import vn.kydai.event.Journaled;

/** What came beyond the bounds of the folds, by the source that sent it: sources are registered, so these are few. */
final class Excesses implements Serializable {
    private final Counts<FoldBound> all = new Counts<>(FoldBound.class);
    private final TreeMap<String, Map<FoldBound, Sent>> bySource = new TreeMap<>();

    /** What one source sent beyond one bound. */
    private record Sent(String area, long events, Instant newest) implements Serializable {}

    void add(FoldBound bound, Journaled journaled) {
        all.add(bound, 1);
        bySource.computeIfAbsent(journaled.event().source(), source -> new EnumMap<>(FoldBound.class))
                .merge(
                        bound,
                        new Sent(journaled.event().area(), 1, journaled.ingestTime()),
                        (known, next) -> new Sent(next.area(), known.events() + 1, next.newest()));
    }

    long get(FoldBound bound) {
        return all.get(bound);
    }

    /** Returns them by source, then bound. */
    List<Excess> shown() {
        List<Excess> shown = new ArrayList<>();
        bySource.forEach((source, bounds) -> bounds.forEach(
                (bound, sent) -> shown.add(new Excess(source, sent.area(), bound, sent.events(), sent.newest()))));
        return List.copyOf(shown);
    }
}
