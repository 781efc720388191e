package vn.kydai.aggregate.alarm;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How bad an alarm was at worst since it was last clear, as of each of its newest occurrences: within one it only gets milder.
 * Of several, since who tells of its steps may come to one when it has been raised again.
 *
 * @param severities by occurrence
 */
record Worst(SortedMap<Long, Integer> severities) implements Serializable {
    private static final int MOST = 10;
    static final Worst NONE = new Worst(new TreeMap<>());

    Worst {
        severities = Collections.unmodifiableSortedMap(new TreeMap<>(severities));
    }

    Worst raised(long occurrence, int severity, boolean wasActive) {
        TreeMap<Long, Integer> next = new TreeMap<>(severities);
        boolean hasRisen = wasActive && !next.isEmpty();
        next.put(occurrence, hasRisen ? Math.min(severity, next.lastEntry().getValue()) : severity);
        if (next.size() > MOST) {
            next.pollFirstEntry();
        }
        return new Worst(next);
    }
}
