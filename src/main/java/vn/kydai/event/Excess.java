package vn.kydai.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What one source sent beyond a bound of the folds: kept in the journal, and not counted in full.
 *
 * @param area of the newest of them
 * @param events how many
 * @param newest ingest time of the newest
 */
public record Excess(String source, String area, FoldBound bound, long events, Instant newest) {
    public Excess {
        requireNonNull(source, "source is null");
        requireNonNull(area, "area is null");
        requireNonNull(bound, "bound is null");
        requireNonNull(newest, "newest is null");
    }
}
