package vn.kydai.aggregate;

import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** One local day's tickets, and the counters that each area's calls of that day name. */
final class TicketDay {
    /** Real desks have under twenty; each is a figure of its own in every width of the rollups. The first told of stay. */
    static final int MAX_COUNTERS = 64;

    private static final String COUNTERS = "counters";

    private final String name;
    private final Shelf<Key, TicketTimes> tickets;
    private final HashMap<String, HashSet<String>> counters = new HashMap<>();
    private boolean areCountersChanged;

    /** A ticket's number is unique at its source on one local date. */
    record Key(String area, String source, String ticket) implements Serializable {}

    /**
     * Makes an empty one.
     *
     * @param name its pieces' names begin with it
     */
    TicketDay(String name) {
        this.name = name;
        tickets = new Shelf<>(name, key -> new TicketTimes());
    }

    TicketTimes ticket(Key key) {
        return tickets.part(key);
    }

    /** Takes note of a counter that a call names; tells whether it is one of those that are counted apart. */
    boolean takeCounter(String area, String counter) {
        Set<String> known = counters.computeIfAbsent(area, key -> new HashSet<>());
        if (known.contains(counter)) {
            return true;
        }
        if (known.size() == MAX_COUNTERS) {
            return false;
        }
        areCountersChanged = true;
        return known.add(counter);
    }

    void drain(Map<String, byte[]> pieces) {
        tickets.drain(pieces);
        if (areCountersChanged) {
            pieces.put(name + COUNTERS, SavedState.write(counters));
            areCountersChanged = false;
        }
    }

    void drainGone(Map<String, byte[]> pieces) {
        tickets.drainGone(pieces);
        pieces.put(name + COUNTERS, SavedState.GONE);
    }

    void restore(String piece, byte[] saved) {
        if (!piece.equals(name + COUNTERS)) {
            tickets.restore(piece, saved);
            return;
        }
        ((Map<?, ?>) SavedState.read(saved)).forEach((area, names) -> {
            HashSet<String> known = counters.computeIfAbsent((String) area, key -> new HashSet<>());
            ((Set<?>) names).forEach(counter -> known.add((String) counter));
        });
    }
}
