package vn.kydai.aggregate;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
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
        EXPIRED,
        ISSUED,
        CALLED,
        ABANDONED,
        NO_SHOWS,
        WAIT_MICROS,
        RECENT_WAIT_MICROS,
        SERVICE_MICROS,
        SERVED,
        VERY_SATISFIED,
        SATISFIED,
        DISSATISFIED,
        SUSPECT_RATINGS
    }

    /** Durations that add up over areas. */
    enum Bins {
        WAITS,
        /** Of the last hour. */
        RECENT_WAITS,
        SERVICES
    }

    /** What a figure's freshness goes by. */
    enum Family {
        DOSSIERS,
        TICKETS,
        RATINGS
    }

    private final Counts<Sum> sums = new Counts<>(Sum.class);
    private final Map<Family, Instant> asOf = new EnumMap<>(Family.class);
    private final Map<Bins, WaitBins> bins = new EnumMap<>(Bins.class);
    private long oldestWaiting = Micros.NONE;

    /** What of it is of dossiers that a unit was named for by another one, by that one, and has yet to say anything of. */
    private final SortedMap<String, Counts<Sum>> awaited = new TreeMap<>();

    /** Adds up the tallies of a subtree's leaves. */
    static Tally of(List<Tally> leaves) {
        Tally total = new Tally();
        leaves.forEach(total::add);
        return total;
    }

    void add(Sum sum, long amount) {
        sums.add(sum, amount);
    }

    /** Notes how much of what was added is awaited, of dossiers that another area received. */
    void await(String receivedIn, Sum sum, long amount) {
        if (amount != 0) {
            awaited.computeIfAbsent(receivedIn, key -> new Counts<>(Sum.class)).add(sum, amount);
        }
    }

    /** Returns the same without what is awaited of dossiers from elsewhere; itself where nothing is. */
    Tally without(Predicate<String> isElsewhere) {
        if (awaited.keySet().stream().noneMatch(isElsewhere)) {
            return this;
        }
        Tally own = Tally.of(List.of(this));
        awaited.forEach((receivedIn, counts) -> {
            if (isElsewhere.test(receivedIn)) {
                own.sums.subtract(counts);
            }
        });
        return own;
    }

    long get(Sum sum) {
        return sums.get(sum);
    }

    void add(Counts<Sum> more) {
        sums.add(more);
    }

    void bins(Bins what, WaitBins more) {
        if (more.total() > 0) {
            bins.computeIfAbsent(what, key -> new WaitBins()).add(more);
        }
    }

    /** Returns how many durations there are. */
    long total(Bins what) {
        WaitBins known = bins.get(what);
        return known == null ? 0 : known.total();
    }

    /** Returns a percentile, in seconds; absent below a number of durations. */
    @Nullable
    Double percentile(Bins what, int percent, int least) {
        WaitBins known = bins.get(what);
        return known == null || known.total() < least ? null : (Double) (double) known.percentile(percent);
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

    void asOf(Family family, Instant ingestTime) {
        asOf.merge(family, ingestTime, (known, next) -> next.isAfter(known) ? next : known);
    }

    @Nullable
    Instant asOf(Family family) {
        return asOf.get(family);
    }

    private void add(Tally other) {
        sums.add(other.sums);
        other.bins.forEach(this::bins);
        if (other.oldestWaiting != Micros.NONE) {
            waitingSince(other.oldestWaiting);
        }
        other.asOf.forEach(this::asOf);
        other.awaited.forEach(
                (receivedIn, counts) -> awaited.computeIfAbsent(receivedIn, key -> new Counts<>(Sum.class))
                        .add(counts));
    }
}
