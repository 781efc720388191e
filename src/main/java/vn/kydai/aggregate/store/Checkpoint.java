package vn.kydai.aggregate.store;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.SortedMap;

/**
 * What is written at once.
 *
 * @param before position of the checkpoint it follows, 0 for none: then it replaces whatever there is
 * @param position last position it holds
 * @param isComplete whether the state is as of this position; without, the journal will be folded from its beginning
 * @param pieces of the state that changed, by name; empty bytes: the piece is gone
 * @param rows to be added to the rollups
 * @param firstMinute epoch minute; buckets of one minute that begin before are dropped
 */
public record Checkpoint(
        long before,
        long position,
        boolean isComplete,
        SortedMap<String, byte[]> pieces,
        List<RollupRow> rows,
        long firstMinute) {
    public Checkpoint {
        requireNonNull(pieces, "pieces is null");
        rows = List.copyOf(rows);
    }
}
