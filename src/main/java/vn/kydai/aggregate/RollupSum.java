package vn.kydai.aggregate;

import java.math.BigInteger;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a bucket gains: whole numbers with a sign, so that a correction takes back exactly what was counted, and any order
 * gives the same sums. The least and the greatest cannot be taken back; only readings have them, which never change. A sum
 * never wraps: what a long does not hold is carried.
 */
public final class RollupSum {
    private long count;
    private long sum;

    /** What {@link #sum} could not hold. */
    private BigInteger carried = BigInteger.ZERO;

    private @Nullable Long least;
    private @Nullable Long greatest;
    private @Nullable TreeMap<Integer, Integer> bins;

    /** Returns how many. */
    public long count() {
        return count;
    }

    /** Returns their sum: µs of durations, millionths of the metric's unit of readings, 0 of what is only counted. */
    public BigInteger sum() {
        return carried.signum() == 0 ? BigInteger.valueOf(sum) : carried.add(BigInteger.valueOf(sum));
    }

    /** Returns the least reading. */
    public @Nullable Long least() {
        return least;
    }

    /** Returns the greatest reading. */
    public @Nullable Long greatest() {
        return greatest;
    }

    /** Returns how many fell into each bin of ten seconds, of durations; bin i covers (10(i−1), 10i] seconds. */
    public SortedMap<Integer, Integer> bins() {
        TreeMap<Integer, Integer> known = bins;
        return known == null ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(known);
    }

    /** Tells whether adding it changes nothing. */
    public boolean isNothing() {
        return count == 0 && sum().signum() == 0 && least == null && bins().isEmpty();
    }

    /** Adds another one. */
    public void add(RollupSum other) {
        count += other.count;
        addSum(other.sum);
        carried = carried.add(other.carried);
        if (other.least != null && other.greatest != null) {
            extend(other.least, other.greatest);
        }
        other.bins().forEach(this::addBin);
    }

    void count(long amount) {
        count += amount;
    }

    void duration(long micros, int sign) {
        count += sign;
        addSum(sign * micros);
        addBin(WaitBins.bin(micros), sign);
    }

    void reading(long millionths) {
        count++;
        addSum(millionths);
        extend(millionths, millionths);
    }

    private void addSum(long amount) {
        long next = sum + amount;
        boolean isWrapped = ((sum ^ next) & (amount ^ next)) < 0;
        if (isWrapped) {
            carried = carried.add(BigInteger.valueOf(sum));
        }
        sum = isWrapped ? amount : next;
    }

    private void extend(long least, long greatest) {
        this.least = this.least == null ? least : Math.min(this.least, least);
        this.greatest = this.greatest == null ? greatest : Math.max(this.greatest, greatest);
    }

    private void addBin(int bin, int amount) {
        TreeMap<Integer, Integer> known = bins;
        if (known == null) {
            known = new TreeMap<>();
            bins = known;
        }
        if (known.merge(bin, amount, Integer::sum) == 0) {
            known.remove(bin);
        }
    }
}
