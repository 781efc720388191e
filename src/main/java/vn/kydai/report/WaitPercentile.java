package vn.kydai.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Percentiles of durations that were counted in bins of ten seconds. */
final class WaitPercentile {
    /** Below this many a percentile is one person, so none is shown. */
    private static final int LEAST = 10;

    private static final int HUNDRED = 100;
    private static final int BIN_SECONDS = 10;

    /** What exceeds two hours reads two hours. */
    private static final int LAST_BIN = 720;

    private WaitPercentile() {}

    /** Returns the nearest rank in seconds, as the upper edge of its bin; absent when they are too few. */
    static @Nullable Integer of(List<Integer> bins, long total, int percent) {
        if (total < LEAST) {
            return null;
        }
        long rank = (total * percent + HUNDRED - 1) / HUNDRED;
        long seen = 0;
        for (int bin = 0; bin < bins.size(); bin++) {
            seen += bins.get(bin);
            if (seen >= rank) {
                return upperEdge(bin);
            }
        }
        return upperEdge(LAST_BIN);
    }

    /** Returns the longest one in seconds, as the upper edge of its bin; absent when there is none. */
    static @Nullable Integer longest(List<Integer> bins) {
        for (int bin = bins.size() - 1; bin >= 0; bin--) {
            if (bins.get(bin) > 0) {
                return upperEdge(bin);
            }
        }
        return null;
    }

    private static int upperEdge(int bin) {
        return Math.min(bin, LAST_BIN) * BIN_SECONDS;
    }
}
