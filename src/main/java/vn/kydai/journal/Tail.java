package vn.kydai.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Journaled;

/**
 * The newest events, so that readers that keep up never touch the database. Bounded in events and in bytes; the oldest
 * leave first. Thread-safe: one writer, many readers.
 */
final class Tail {
    private final @Nullable Journaled[] ring;
    private final int[] weights;
    private final long maxBytes;
    private int first;
    private int size;
    private long bytes;

    /** Everything after this position is here. */
    private long floor;

    private long head;

    Tail(int maxEvents, long maxBytes, long head) {
        this.ring = new @Nullable Journaled[maxEvents];
        this.weights = new int[maxEvents];
        this.maxBytes = maxBytes;
        this.floor = head;
        this.head = head;
    }

    /** Takes a committed batch. */
    synchronized void add(Decision decision) {
        for (int n = 0; n < decision.journaled().size(); n++) {
            add(decision.journaled().get(n), decision.committed().get(n).bytes());
        }
    }

    private void add(Journaled event, int weight) {
        while (size == ring.length || (size > 0 && bytes + weight > maxBytes)) {
            evict();
        }
        int slot = (first + size) % ring.length;
        ring[slot] = event;
        weights[slot] = weight;
        bytes += weight;
        size++;
        head = event.position();
    }

    private void evict() {
        floor = at(0).position();
        ring[first] = null;
        bytes -= weights[first];
        first = (first + 1) % ring.length;
        size--;
    }

    /** Returns what follows a position, or nothing at all when some of it has left. */
    synchronized Optional<List<Journaled>> read(long after, int limit) {
        if (after < floor) {
            return Optional.empty();
        }
        int from = after >= head ? size : firstAfter(after);
        int to = Math.min(size, from + limit);
        List<Journaled> found = new ArrayList<>(to - from);
        for (int n = from; n < to; n++) {
            found.add(at(n));
        }
        return Optional.of(List.copyOf(found));
    }

    private int firstAfter(long after) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(middle).position() > after) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private Journaled at(int n) {
        Journaled event = ring[(first + n) % ring.length];
        if (event == null) {
            throw new IllegalStateException("the ring has a hole");
        }
        return event;
    }
}
