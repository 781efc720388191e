package vn.kydai.aggregate;

import java.io.Serializable;

/**
 * Durations in fixed bins: bin i covers (10(i−1), 10i] seconds up to 2 h, the last one whatever is longer. Merging is
 * addition, so a percentile does not depend on the order of events or on the tree.
 */
final class WaitBins implements Serializable {
    private static final int BIN_SECONDS = 10;
    private static final int BINS = 2 * 3_600 / BIN_SECONDS;
    private static final long BIN_MICROS = BIN_SECONDS * Micros.SECOND;

    private final int[] counts = new int[BINS + 2];
    private int total;

    /** Returns the bin of a duration, µs. */
    static int bin(long micros) {
        return (int) Math.min(Math.ceilDiv(micros, BIN_MICROS), BINS + 1);
    }

    void add(long micros, int amount) {
        addToBin(bin(micros), amount);
    }

    void addToBin(int bin, int amount) {
        counts[bin] += amount;
        total += amount;
    }

    void add(WaitBins other) {
        for (int bin = 0; bin < counts.length; bin++) {
            counts[bin] += other.counts[bin];
        }
        total += other.total;
    }

    int total() {
        return total;
    }

    /** Returns the nearest-rank percentile as its bin's upper edge, in seconds; what exceeds 2 h reads 2 h. */
    int percentile(int percent) {
        long rank = Math.max(1, ((long) total * percent + 99) / 100);
        long seen = 0;
        for (int bin = 0; bin < counts.length; bin++) {
            seen += counts[bin];
            if (seen >= rank) {
                return Math.min(bin, BINS) * BIN_SECONDS;
            }
        }
        return BINS * BIN_SECONDS;
    }
}
