package vn.kydai.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.TotalsTold;

/** How series work out what fell from one running total to the next: what is held against the journal. */
@FunctionalInterface
public interface FallenTotals {
    /**
     * Returns what fell by each bucket, in millionths of the metric's unit.
     *
     * @param mostPerHour the greatest plausible increment within an hour, in the metric's unit; absent = any
     * @param told by rising time
     */
    List<Long> fallen(@Nullable Double mostPerHour, List<TotalsTold> told);
}
