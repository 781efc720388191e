package vn.kydai.aggregate;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Tally.Sum;
import vn.kydai.event.Rating;
import vn.kydai.event.Rating.Level;

/**
 * The ratings of one area on one local day. More than five within ten seconds from one counter are somebody playing with
 * the tablet: they are counted apart, each of them. So is what comes from more counters of one source than a desk has.
 */
final class RatingDay implements Serializable {
    /** Real desks have under twenty; a runaway source must not eat the memory. */
    static final int MAX_COUNTERS = 64;

    private final Map<String, Map<String, RatingBursts>> bySource = new HashMap<>();
    private final Counts<Level> believed = new Counts<>(Level.class);
    private long suspect;

    /** Takes a rating; tells whether its counter is one of those that are known apart. */
    boolean add(String source, Rating rating, long micros) {
        Map<String, RatingBursts> counters = bySource.computeIfAbsent(source, key -> HashMap.newHashMap(1));
        String counter = nameOf(rating.counter());
        RatingBursts bursts = counters.get(counter);
        if (bursts == null && counters.size() == MAX_COUNTERS) {
            suspect++;
            return false;
        }
        if (bursts == null) {
            bursts = new RatingBursts();
            counters.put(counter, bursts);
        }
        believed.add(rating.level(), 1);
        bursts.add(micros, rating.level(), this::doubt);
        return true;
    }

    /** Writes it into a tally. */
    void into(Tally tally) {
        tally.add(Sum.SUSPECT_RATINGS, suspect);
        tally.add(Sum.VERY_SATISFIED, believed.get(Level.VERY_SATISFIED));
        tally.add(Sum.SATISFIED, believed.get(Level.SATISFIED));
        tally.add(Sum.DISSATISFIED, believed.get(Level.DISSATISFIED));
    }

    private void doubt(Level level, long count) {
        believed.add(level, -count);
        suspect += count;
    }

    /** A source that names no counter is one; no name is empty. */
    private static String nameOf(@Nullable String counter) {
        return counter == null ? "" : counter;
    }
}
