package vn.kydai.journal;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds to ledger lines, by source and day. Not thread-safe. */
final class Tally {
    private final Map<Key, EnumMap<Count, Long>> lines = new HashMap<>();

    /** A ledger line. */
    record Key(String source, LocalDate day) {}

    /** What a line counts, besides what only a restart can tell (interrupted); the ids are the table's columns. */
    enum Count {
        RECEIVED,
        COMMITTED,
        DUPLICATE,
        REJECTED,
        REFUSED,
        GAPS,
        CONFLICT,
        UNIDENTIFIED,
        QOS0
    }

    /** Adds one; the product's own events are not counted. */
    void add(Receipt receipt, Count count) {
        if (!receipt.source().equals(Receipt.SELF)) {
            add(new Key(receipt.source(), receipt.day()), count, 1);
        }
    }

    void add(Key key, Count count, long amount) {
        lines.computeIfAbsent(key, none -> new EnumMap<>(Count.class)).merge(count, amount, Long::sum);
    }

    void addAll(Tally other) {
        other.lines.forEach((key, counts) -> counts.forEach((count, amount) -> add(key, count, amount)));
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Returns the keys in a fixed order. */
    Key[] keys() {
        return lines.keySet().toArray(Key[]::new);
    }

    long of(Key key, Count count) {
        EnumMap<Count, Long> counts = lines.get(key);
        return counts == null ? 0 : counts.getOrDefault(count, 0L);
    }

    /** Returns the lines of one day, as if nothing had been interrupted. */
    SortedMap<String, LedgerDay.Line> day(LocalDate day) {
        SortedMap<String, LedgerDay.Line> found = new TreeMap<>();
        for (Key key : lines.keySet()) {
            if (key.day().equals(day)) {
                found.put(key.source(), line(key));
            }
        }
        return found;
    }

    private LedgerDay.Line line(Key key) {
        long ended =
                of(key, Count.COMMITTED) + of(key, Count.DUPLICATE) + of(key, Count.REJECTED) + of(key, Count.REFUSED);
        return new LedgerDay.Line(
                of(key, Count.RECEIVED),
                of(key, Count.COMMITTED),
                of(key, Count.DUPLICATE),
                of(key, Count.REJECTED),
                of(key, Count.REFUSED),
                0,
                of(key, Count.RECEIVED) - ended,
                of(key, Count.GAPS),
                of(key, Count.CONFLICT),
                of(key, Count.UNIDENTIFIED),
                of(key, Count.QOS0));
    }
}
