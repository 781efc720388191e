package vn.kydai.aggregate;

import java.io.Serializable;
import java.util.TreeMap;

/** Whole numbers by local day. Sums up to a day come from the total, less the few days after it. */
final class DayTable implements Serializable {
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

    private final TreeMap<Integer, Counts<Column>> days = new TreeMap<>();
    private final Counts<Column> all = new Counts<>(Column.class);

    void add(int day, Column column, long amount) {
        all.add(column, amount);
        days.computeIfAbsent(day, key -> new Counts<>(Column.class)).add(column, amount);
    }

    long on(int day, Column column) {
        Counts<Column> counts = days.get(day);
        return counts == null ? 0 : counts.get(column);
    }

    /** Sums a column over every day up to one, inclusive. */
    long upTo(int day, Column column) {
        long later = 0;
        for (Counts<Column> counts : days.tailMap(day, false).values()) {
            later += counts.get(column);
        }
        return all.get(column) - later;
    }
}
