package vn.kydai.aggregate;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.DayTable.Column;
import vn.kydai.aggregate.Moment.Phase;
import vn.kydai.aggregate.Tally.Family;
import vn.kydai.aggregate.Tally.Sum;
import vn.kydai.event.Rating;

/** Everything counted in one area itself. Its tally is worked out again only after a change. */
final class AreaCounters implements Serializable {
    private static final Duration CATCHING_UP = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final String area;
    private final Horizon horizon;

    /** By the deciding area. */
    private final DayTable decided = new DayTable();

    /** Of these, by the receiving area, those that another unit named this one for and it has yet to say anything of. */
    private final TreeMap<String, DayTable> awaited = new TreeMap<>();

    /** By the receiving area. */
    private final DayTable receivedHere = new DayTable();

    private final TreeMap<Integer, QueueDay> queues = new TreeMap<>();
    private final TreeMap<Integer, RatingDay> ratings = new TreeMap<>();
    private final Quarters quarters;
    private final Map<Family, Instant> asOf = new EnumMap<>(Family.class);
    private @Nullable Instant newestIngest;
    private @Nullable Instant lateSince;
    private @Nullable Instant newestLate;
    private long sourcesTotal;
    private long sourcesSilent;

    /** Grow with every change; pictures compare them. */
    private long version;

    private long countsVersion;
    private long quartersVersion;

    private transient @Nullable Tally tally;
    private transient @Nullable Phase tallyPhase;
    private long tallyVersion;

    AreaCounters(String area, Horizon horizon) {
        this.area = area;
        this.horizon = horizon;
        this.quarters = new Quarters(horizon);
    }

    /** Notes that an event concerned this area. */
    void touch(Instant ingestTime) {
        if (newestIngest == null || ingestTime.isAfter(newestIngest)) {
            newestIngest = ingestTime;
            version++;
        }
    }

    /**
     * Notes that an event of it came late. Who was cut off sends what waited in whatever order, and what is known in
     * between was never true; a clock that is always wrong must not hold up judgement for ever.
     */
    void late(Instant ingestTime) {
        boolean goesOn = newestLate != null && ingestTime.isBefore(newestLate.plus(CATCHING_UP));
        lateSince = goesOn ? lateSince : ingestTime;
        newestLate = ingestTime;
        version++;
    }

    /** Returns until when the counts are catching up. */
    @Nullable
    Instant lateUntil() {
        if (newestLate == null || lateSince == null) {
            return null;
        }
        Instant until = newestLate.plus(CATCHING_UP);
        Instant longest = lateSince.plus(LONGEST);
        return until.isAfter(longest) ? longest : until;
    }

    void touch(Family family, Instant ingestTime) {
        Instant known = asOf.get(family);
        if (known == null || ingestTime.isAfter(known)) {
            asOf.put(family, ingestTime);
            countsChanged();
        }
        touch(ingestTime);
    }

    /** Counts a dossier this area decides. */
    void countDecided(Standing standing, int sign) {
        standing.count(decided, sign);
        if (standing.isAwaited()) {
            standing.count(awaited.computeIfAbsent(standing.receivedIn(), key -> new DayTable()), sign);
        }
        quarter(standing.reception(), Quarters.Line.RECEIVED, sign);
        if (standing.end() == Standing.End.DONE) {
            quarter(standing.ended(), Quarters.Line.DONE, sign);
        }
        countsChanged();
    }

    /** Counts a dossier this area received. */
    void countReceivedHere(Standing standing, int sign) {
        standing.count(receivedHere, sign);
        countsChanged();
    }

    /** Counts a rating; tells whether its counter is one of those that are known apart. */
    boolean countRating(String source, Rating rating, long micros) {
        int day = Micros.day(micros);
        if (!horizon.covers(day)) {
            return true;
        }
        countsChanged();
        return ratings.computeIfAbsent(day, key -> new RatingDay()).add(source, rating, micros);
    }

    /** Returns a day's queue, to be changed; its day is inside the horizon. */
    QueueDay queue(int day) {
        countsChanged();
        return queues.computeIfAbsent(day, key -> new QueueDay());
    }

    void quarter(long micros, Quarters.Line line, long amount) {
        if (quarters.add(micros, line, amount)) {
            quartersVersion++;
            version++;
        }
    }

    void setSources(long total, long silent) {
        if (total != sourcesTotal || silent != sourcesSilent) {
            sourcesTotal = total;
            sourcesSilent = silent;
            version++;
        }
    }

    void prune() {
        queues.headMap(horizon.firstDay(), false).clear();
        ratings.headMap(horizon.firstDay(), false).clear();
        quarters.prune();
        quartersVersion++;
        countsChanged();
    }

    Tally tally(Phase phase) {
        if (tally == null || tallyVersion != countsVersion || !phase.equals(tallyPhase)) {
            tally = counted(phase);
            tallyPhase = phase;
            tallyVersion = countsVersion;
        }
        return tally;
    }

    Map<Quarters.Line, long[]> quarters(int day) {
        return quarters.on(day);
    }

    /** Returns what differs after every change of a day's quarters. */
    long quartersVersion(int day) {
        return quarters.version(day);
    }

    long version() {
        return version;
    }

    long countsVersion() {
        return countsVersion;
    }

    long quartersVersion() {
        return quartersVersion;
    }

    @Nullable
    Instant newestIngest() {
        return newestIngest;
    }

    long sourcesTotal() {
        return sourcesTotal;
    }

    long sourcesSilent() {
        return sourcesSilent;
    }

    private void countsChanged() {
        countsVersion++;
        version++;
    }

    private Tally counted(Phase phase) {
        int today = phase.day();
        Tally counted = new Tally();
        countDecided(decided, phase, counted::add);
        awaited.forEach((from, days) -> countDecided(days, phase, (sum, count) -> counted.await(from, sum, count)));
        countReceivedHere(counted, today);
        QueueDay queue = queues.get(today);
        if (queue != null) {
            queue.into(counted, phase.isQueueOpen(area), phase.minute());
        }
        RatingDay rated = ratings.get(today);
        if (rated != null) {
            rated.into(counted);
        }
        asOf.forEach(counted::asOf);
        return counted;
    }

    private static void countDecided(DayTable days, Phase phase, ObjLongConsumer<Sum> into) {
        int today = phase.day();
        long overdue = days.upTo(today, Column.OVERDUE_FROM);
        into.accept(Sum.RECEIVED, days.on(today, Column.RECEIVED));
        into.accept(Sum.CARRIED, open(days, today - 1));
        into.accept(Sum.PROCESSING, open(days, today));
        into.accept(Sum.DONE, days.on(today, Column.DONE));
        into.accept(Sum.CLOSED_OTHER, days.on(today, Column.CLOSED));
        into.accept(Sum.EARLY, days.on(today, Column.EARLY));
        into.accept(Sum.ON_TIME, days.on(today, Column.ON_TIME));
        into.accept(Sum.OVERDUE, overdue);
        into.accept(Sum.DUE_SOON, days.upTo(phase.nextWorkingDay(), Column.RUNNING_DUE) - overdue);
        into.accept(Sum.PAUSED, days.upTo(today, Column.PAUSED));
        into.accept(Sum.ONLINE, days.on(today, Column.ONLINE));
        into.accept(Sum.DIGITISED, days.on(today, Column.DIGITISED));
        into.accept(Sum.WITH_FEE, days.on(today, Column.WITH_FEE));
        into.accept(Sum.PAID_ONLINE, days.on(today, Column.PAID_ONLINE));
    }

    private void countReceivedHere(Tally counted, int today) {
        counted.add(Sum.RECEIVED_HERE, receivedHere.on(today, Column.RECEIVED));
        counted.add(Sum.CARRIED_HERE, open(receivedHere, today - 1));
        counted.add(Sum.PROCESSING_HERE, open(receivedHere, today));
        counted.add(Sum.DONE_HERE, receivedHere.on(today, Column.DONE));
        counted.add(Sum.CLOSED_OTHER_HERE, receivedHere.on(today, Column.CLOSED));
        counted.add(Sum.OVERDUE_HERE, receivedHere.upTo(today, Column.OVERDUE_FROM));
    }

    /** Received and not ended at the end of a day: so carried + received = done + closed otherwise + processing. */
    private static long open(DayTable days, int day) {
        return days.upTo(day, Column.RECEIVED) - days.upTo(day, Column.DONE) - days.upTo(day, Column.CLOSED);
    }
}
