package vn.kydai.aggregate.store;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.RollupKey;
import vn.kydai.aggregate.RollupSum;
import vn.kydai.aggregate.Rollups;
import vn.kydai.event.Width;
import vn.kydai.registry.WorkingCalendar;

/**
 * What a row of the table {@code rollup} gains.
 *
 * @param sum what is added
 */
public record RollupRow(String figure, String area, Width width, OffsetDateTime start, RollupSum sum) {
    private static final int SECONDS_OF_MINUTE = 60;

    /** That of the table's primary key: neighbours lie on one page. */
    private static final Comparator<RollupRow> KEY_ORDER = Comparator.comparing(RollupRow::figure)
            .thenComparing(RollupRow::area)
            .thenComparing(row -> row.width().id())
            .thenComparing(RollupRow::start);

    private record Bucket(String figure, String area, Width width, LocalDateTime start) {}

    /** Spreads minutes over the buckets of every width they lie in. */
    public static List<RollupRow> of(Rollups rollups) {
        Map<Bucket, RollupSum> buckets = new HashMap<>();
        rollups.sums().forEach((key, sum) -> {
            LocalDateTime local = local(key);
            for (Width width : Width.values()) {
                if (width != Width.MINUTE || key.minute() >= rollups.firstMinute()) {
                    buckets.computeIfAbsent(
                                    new Bucket(key.figure(), key.area(), width, width.start(local)),
                                    missing -> new RollupSum())
                            .add(sum);
                }
            }
        });
        List<RollupRow> rows = new ArrayList<>(buckets.size());
        buckets.forEach((bucket, sum) -> {
            if (!sum.isNothing()) {
                rows.add(new RollupRow(bucket.figure(), bucket.area(), bucket.width(), instant(bucket.start()), sum));
            }
        });
        rows.sort(KEY_ORDER);
        return rows;
    }

    /** Returns the bins as PostgreSQL writes an array of them, from bin 0 to the last; absent without. */
    @Nullable
    String bins() {
        SortedMap<Integer, Integer> bins = sum.bins();
        if (bins.isEmpty()) {
            return null;
        }
        StringBuilder text = new StringBuilder("{");
        for (int bin = 0; bin <= bins.lastKey(); bin++) {
            text.append(bin == 0 ? "" : ",").append(bins.getOrDefault(bin, 0));
        }
        return text.append('}').toString();
    }

    private static LocalDateTime local(RollupKey key) {
        return LocalDateTime.ofInstant(Instant.ofEpochSecond(key.minute() * SECONDS_OF_MINUTE), WorkingCalendar.ZONE);
    }

    private static OffsetDateTime instant(LocalDateTime local) {
        return local.atZone(WorkingCalendar.ZONE).toInstant().atOffset(ZoneOffset.UTC);
    }
}
