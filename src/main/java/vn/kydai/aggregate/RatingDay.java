package vn.kydai.aggregate;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Tally.Sum;
import vn.kydai.event.Rating;
import vn.kydai.event.Rating.Level;

/**
 * The ratings of one area on one local day. More than five within ten seconds from one counter are somebody playing with
 * the tablet: they are counted apart, each of them.
 */
final class RatingDay implements Serializable {
    private static final int MOST = 5;
    private static final long BURST = 10 * Micros.SECOND;

    private final Map<Counter, NavigableMap<Long, Counts<Level>>> byCounter = new HashMap<>();

    /** Where a rating was given; a source that names no counter is one. */
    private record Counter(String source, @Nullable String counter) implements Serializable {}

    void add(String source, Rating rating, long micros) {
        byCounter
                .computeIfAbsent(new Counter(source, rating.counter()), key -> new TreeMap<>())
                .computeIfAbsent(micros, key -> new Counts<>(Level.class))
                .add(rating.level(), 1);
    }

    /** Writes it into a tally. */
    void into(Tally tally) {
        byCounter.values().forEach(ratings -> into(tally, ratings));
    }

    private static void into(Tally tally, NavigableMap<Long, Counts<Level>> ratings) {
        long suspectUpTo = Long.MIN_VALUE;
        for (Map.Entry<Long, Counts<Level>> entry : ratings.entrySet()) {
            long at = entry.getKey();
            NavigableMap<Long, Counts<Level>> near = ratings.subMap(at, true, at + BURST, true);
            if (near.values().stream().mapToLong(RatingDay::count).sum() > MOST) {
                suspectUpTo = near.lastKey();
            }
            Counts<Level> counts = entry.getValue();
            if (at <= suspectUpTo) {
                tally.add(Sum.SUSPECT_RATINGS, count(counts));
            } else {
                tally.add(Sum.VERY_SATISFIED, counts.get(Level.VERY_SATISFIED));
                tally.add(Sum.SATISFIED, counts.get(Level.SATISFIED));
                tally.add(Sum.DISSATISFIED, counts.get(Level.DISSATISFIED));
            }
        }
    }

    private static long count(Counts<Level> counts) {
        return counts.get(Level.VERY_SATISFIED) + counts.get(Level.SATISFIED) + counts.get(Level.DISSATISFIED);
    }
}
