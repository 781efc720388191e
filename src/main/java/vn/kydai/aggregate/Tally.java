package vn.kydai.aggregate;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an area's figures are made of at one moment: whole numbers, so that a parent's is the sum of its leaves'. */
final class Tally {
    /** Numbers that add up over areas. The second family counts by the receiving area. */
    enum Sum {
        RECEIVED,
        CARRIED,
        PROCESSING,
        DONE,
        CLOSED_OTHER,
        EARLY,
        ON_TIME,
        OVERDUE,
        DUE_SOON,
        PAUSED,
        ONLINE,
        DIGITISED,
        WITH_FEE,
        PAID_ONLINE,
        RECEIVED_HERE,
        CARRIED_HERE,
        PROCESSING_HERE,
        DONE_HERE,
        CLOSED_OTHER_HERE,
        OVERDUE_HERE,
        WAITING,
        WAIT_MICROS,
        SERVICE_MICROS,
        SERVED,
        NO_SHOWS,
        RATINGS,
        SATISFIED
    }

    /** What a figure's freshness goes by. */
    enum Family {
        DOSSIERS,
        TICKETS,
        RATINGS
    }

    private final long[] sums = new long[Sum.values().length];
    private final @Nullable Instant[] asOf = new @Nullable Instant[Family.values().length];
    private final WaitBins waits = new WaitBins();
    private long oldestWaiting = Micros.NONE;

    /** Adds up the tallies of a subtree's leaves. */
    static Tally of(List<Tally> leaves) {
        Tally total = new Tally();
        leaves.forEach(total::add);
        return total;
    }

    void add(Sum sum, long amount) {
        sums[sum.ordinal()] += amount;
    }

    long get(Sum sum) {
        return sums[sum.ordinal()];
    }

    void waits(WaitBins more) {
        if (more.total() > 0) {
            waits.add(more);
        }
    }

    WaitBins waits() {
        return waits;
    }

    void waitingSince(long micros) {
        if (oldestWaiting == Micros.NONE || micros < oldestWaiting) {
            oldestWaiting = micros;
        }
    }

    /** Returns when the oldest ticket still waiting was issued, µs, or {@link Micros#NONE}. */
    long oldestWaiting() {
        return oldestWaiting;
    }

    void asOf(Family family, @Nullable Instant ingestTime) {
        Instant known = asOf[family.ordinal()];
        if (ingestTime != null && (known == null || ingestTime.isAfter(known))) {
            asOf[family.ordinal()] = ingestTime;
        }
    }

    @Nullable Instant asOf(Family family) {
        return asOf[family.ordinal()];
    }

    private void add(Tally other) {
        for (int index = 0; index < sums.length; index++) {
            sums[index] += other.sums[index];
        }
        waits(other.waits);
        if (other.oldestWaiting != Micros.NONE) {
            waitingSince(other.oldestWaiting);
        }
        for (Family family : Family.values()) {
            asOf(family, other.asOf(family));
        }
    }
}
