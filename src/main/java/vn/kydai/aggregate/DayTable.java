package vn.kydai.aggregate;

import java.io.Serializable;
import java.util.List;
import java.util.TreeMap;

/**
 * Whole numbers by local day. A sum up to a day is that of the spans before it and of the days before it within its span, so
 * it takes the same steps whatever days dossiers name: over the fifty years that a due date may lie ahead, or behind. A day on
 * which nothing is left is forgotten.
 */
final class DayTable implements Serializable {
    private static final int BITS = 6;

    /** What is counted, and under which day. */
    enum Column {
        /** Under the reception's day, as are the shares that follow. */
        RECEIVED,
        ONLINE,
        DIGITISED,
        WITH_FEE,
        PAID_ONLINE,
        /** Under the day processing ended. */
        DONE,
        CLOSED,
        EARLY,
        ON_TIME,
        LATE,
        /** Standing still now, under the reception's day. */
        PAUSED,
        /** Running now, under the due day. */
        RUNNING_DUE,
        /** Running now, under the first day it counts as overdue. */
        OVERDUE_FROM
    }

    /** Of days, and of spans of 64 and of 4,096 days: each by its number since 1970. */
    private final List<TreeMap<Integer, Counts<Column>>> levels =
            List.of(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

    void add(int day, Column column, long amount) {
        for (int level = 0; level < levels.size(); level++) {
            TreeMap<Integer, Counts<Column>> spans = levels.get(level);
            int span = day >> (level * BITS);
            Counts<Column> counts = spans.computeIfAbsent(span, key -> new Counts<>(Column.class));
            counts.add(column, amount);
            if (counts.get(column) == 0 && counts.isNothing()) {
                spans.remove(span);
            }
        }
    }

    long on(int day, Column column) {
        Counts<Column> counts = levels.getFirst().get(day);
        return counts == null ? 0 : counts.get(column);
    }

    /** Sums a column over every day up to one, inclusive. */
    long upTo(int day, Column column) {
        long sum = 0;
        int end = day + 1;
        for (int level = 0; level < levels.size(); level++) {
            boolean isTop = level == levels.size() - 1;
            int first = isTop ? Integer.MIN_VALUE : (end >> BITS) << BITS;
            for (Counts<Column> counts : levels.get(level).subMap(first, end).values()) {
                sum += counts.get(column);
            }
            end >>= BITS;
        }
        return sum;
    }

    /** Returns how many days and spans are kept. */
    int size() {
        return levels.stream().mapToInt(TreeMap::size).sum();
    }
}
