package vn.kydai.aggregate;

import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import vn.kydai.aggregate.store.RollupRow;
import vn.kydai.config.Settings;
import vn.kydai.event.Journaled;
import vn.kydai.event.Width;

/** Rollups as text, to be compared: what was taken back entirely is not there. */
final class RollupTexts {
    private RollupTexts() {}

    record Bucket(String figure, String area, Width width, OffsetDateTime start) implements Comparable<Bucket> {
        private static final Comparator<Bucket> ORDER = Comparator.comparing(Bucket::figure)
                .thenComparing(Bucket::area)
                .thenComparing(Bucket::width)
                .thenComparing(Bucket::start);

        @Override
        public int compareTo(Bucket other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return figure + " " + area + " " + width.id() + " " + start.toInstant();
        }
    }

    /** Folds events in one go. */
    static SortedMap<String, String> of(List<Journaled> events) {
        Figures figures = Figures.keepingRollups(Settings.DEFAULTS.aggregate());
        events.forEach(figures::apply);
        return of(figures.drainRollups());
    }

    static SortedMap<String, String> of(Rollups drained) {
        Map<Bucket, RollupSum> buckets = new TreeMap<>();
        RollupRow.of(drained).forEach(row -> add(buckets, row));
        return texts(buckets);
    }

    static void add(Map<Bucket, RollupSum> buckets, RollupRow row) {
        buckets.computeIfAbsent(
                        new Bucket(row.figure(), row.area(), row.width(), row.start()), missing -> new RollupSum())
                .add(row.sum());
    }

    /** Without minutes: how many of them are kept depends on when they were written. */
    static SortedMap<String, String> texts(Map<Bucket, RollupSum> buckets) {
        SortedMap<String, String> texts = new TreeMap<>();
        buckets.forEach((bucket, sum) -> {
            if (!sum.isNothing() && bucket.width() != Width.MINUTE) {
                texts.put(bucket.toString(), text(sum));
            }
        });
        return texts;
    }

    static String text(RollupSum sum) {
        return sum.count() + " " + sum.sum() + " " + sum.least() + " " + sum.greatest() + " " + sum.bins();
    }
}
