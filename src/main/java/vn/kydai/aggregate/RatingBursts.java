package vn.kydai.aggregate;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import vn.kydai.event.Rating.Level;

/**
 * The ratings of one counter on one day, and which of them lie in a burst: more than five within ten seconds. A rating more
 * can only make a burst of itself and its five neighbours on either side, so each is judged in O(log n), and any order of
 * arrival doubts the same ones. Of a burst only the five ratings at either end can be neighbours of what is not in it: those
 * between are counted and forgotten. So a counter holds some ten ratings for each ten seconds, whatever it is sent.
 */
final class RatingBursts implements Serializable {
    /** Most within {@link #WINDOW} that are believed. */
    private static final int MOST = 5;

    private static final long WINDOW = 10 * Micros.SECOND;

    private final TreeMap<Long, Given> ratings = new TreeMap<>();

    /** What was given at one instant. */
    private static final class Given implements Serializable {
        private final Counts<Level> counts = new Counts<>(Level.class);
        private long number;
        private boolean isDoubted;

        /** Whether a burst goes on from here to the next: what comes between is part of it. */
        private boolean isJoined;
    }

    /**
     * Takes a rating.
     *
     * @param doubt told of each rating that was believed until now, the new one included, and is no longer
     */
    void add(long micros, Level level, ObjLongConsumer<Level> doubt) {
        Given given = ratings.get(micros);
        if (given == null) {
            Map.Entry<Long, Given> before = ratings.lowerEntry(micros);
            boolean isInside = before != null && before.getValue().isJoined;
            if (isInside && isDeep(micros)) {
                doubt.accept(level, 1);
                return;
            }
            given = new Given();
            given.isDoubted = isInside;
            given.isJoined = isInside;
            ratings.put(micros, given);
        }
        given.number++;
        if (given.isDoubted) {
            doubt.accept(level, 1);
        } else {
            given.counts.add(level, 1);
        }
        judge(micros, doubt);
        forget(micros);
    }

    int held() {
        return ratings.size();
    }

    /** Doubts whatever lies in a window of too many together with this instant. */
    private void judge(long micros, ObjLongConsumer<Level> doubt) {
        NavigableMap<Long, Given> near = ratings.subMap(start(micros), true, end(micros), true);
        long[] times = near.keySet().stream().mapToLong(Long::longValue).toArray();
        List<Given> given = List.copyOf(near.values());
        int last = -1;
        long within = 0;
        for (int first = 0; first < times.length && times[first] <= micros; first++) {
            while (last + 1 < times.length && times[last + 1] - times[first] <= WINDOW) {
                last++;
                within += given.get(last).number;
            }
            if (within > MOST && times[last] >= micros) {
                for (int index = first; index <= last; index++) {
                    doubt(given.get(index), doubt);
                    given.get(index).isJoined |= index < last;
                }
            }
            within -= given.get(first).number;
        }
    }

    private static void doubt(Given given, ObjLongConsumer<Level> doubt) {
        if (given.isDoubted) {
            return;
        }
        given.isDoubted = true;
        for (Level level : Level.values()) {
            doubt.accept(level, given.counts.get(level));
        }
    }

    /** Forgets what lies within a burst with five of it on either side, near an instant. */
    private void forget(long micros) {
        for (long time : List.copyOf(
                ratings.subMap(start(micros), true, end(micros), true).keySet())) {
            Map.Entry<Long, Given> before = ratings.lowerEntry(time);
            Given given = ratings.get(time);
            boolean isInside = before != null && before.getValue().isJoined && given != null && given.isJoined;
            if (isInside && isDeep(time)) {
                ratings.remove(time);
            }
        }
    }

    /** Tells whether an instant within a burst has five of its ratings on either side. */
    private boolean isDeep(long micros) {
        long before = 0;
        for (Given given : ratings.headMap(micros, false).descendingMap().values()) {
            before += given.isJoined ? given.number : 0;
            if (before >= MOST || !given.isJoined) {
                break;
            }
        }
        long after = 0;
        for (Given given : ratings.tailMap(micros, false).values()) {
            after += given.number;
            if (after >= MOST || !given.isJoined) {
                break;
            }
        }
        return before >= MOST && after >= MOST;
    }

    /** Returns where the five before an instant begin. */
    private long start(long micros) {
        return reach(ratings.headMap(micros, false).descendingMap(), micros);
    }

    /** Returns where the five after an instant end. */
    private long end(long micros) {
        return reach(ratings.tailMap(micros, false), micros);
    }

    private static long reach(NavigableMap<Long, Given> away, long micros) {
        long reached = micros;
        long passed = 0;
        for (Map.Entry<Long, Given> entry : away.entrySet()) {
            reached = entry.getKey();
            passed += entry.getValue().number;
            if (passed >= MOST) {
                break;
            }
        }
        return reached;
    }
}
