package vn.kydai.simulate;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the server said of parcels sent; also the sum of many answers.
 *
 * @param acknowledged taken: committed or a duplicate
 * @param committed of those, known to be new; an MQTT acknowledgement does not tell
 * @param duplicate of those, known to be repeats
 * @param refused how many by reason
 */
public record Answer(long acknowledged, long committed, long duplicate, SortedMap<String, Long> refused) {
    /** Nothing said yet. */
    public static final Answer NONE = new Answer(0, 0, 0, Collections.emptySortedMap());

    public Answer {
        refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
    }

    /** Returns the answer to one parcel that was taken. */
    public static Answer taken() {
        return new Answer(1, 0, 0, Collections.emptySortedMap());
    }

    /** Returns the answer to parcels that were all refused for one reason. */
    public static Answer refused(String reason, long count) {
        return new Answer(0, 0, 0, new TreeMap<>(java.util.Map.of(reason, count)));
    }

    /** Returns how many parcels it is about. */
    public long total() {
        return acknowledged
                + refused.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Adds another answer to this one. */
    public Answer plus(Answer other) {
        SortedMap<String, Long> sum = new TreeMap<>(refused);
        other.refused.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        return new Answer(
                acknowledged + other.acknowledged, committed + other.committed, duplicate + other.duplicate, sum);
    }
}
