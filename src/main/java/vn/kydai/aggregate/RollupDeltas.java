package vn.kydai.aggregate;

import java.io.Serializable;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Data;
import vn.kydai.event.Dossier;
import vn.kydai.event.Journaled;
import vn.kydai.event.Rating;
import vn.kydai.event.Reading;
import vn.kydai.event.RollupFigure;
import vn.kydai.event.Ticket;

/**
 * What the rollups gain since they were last written. What came later than is allowed changes no bucket, apart from
 * dossiers: half a dossier counted would break the balance.
 */
final class RollupDeltas implements Serializable {
    private static final int NOT_KEPT = -1;
    private static final double MILLION = 1e6;
    private static final long MINUTES_KEPT = 48 * 60;

    private final int latenessDays;
    private transient @Nullable Map<RollupKey, RollupSum> pending;
    private int newestIngestDay = Integer.MIN_VALUE;
    private long newestMicros = Micros.NONE;
    private boolean isAdmitted = true;
    private long late;

    private RollupDeltas(int latenessDays) {
        this.latenessDays = latenessDays;
    }

    /** Keeps nothing, for folds whose rollups nobody writes. */
    static RollupDeltas none() {
        return new RollupDeltas(NOT_KEPT);
    }

    /**
     * Keeps what is given.
     *
     * @param latenessDays most local days from event to ingest
     */
    static RollupDeltas within(int latenessDays) {
        return new RollupDeltas(latenessDays);
    }

    /** Says which event is being folded; returns whether it comes later than is allowed. */
    boolean begin(Journaled journaled) {
        if (latenessDays == NOT_KEPT) {
            return false;
        }
        int ingestDay = Micros.day(journaled.ingestTime());
        newestIngestDay = Math.max(newestIngestDay, ingestDay);
        if (isCounted(journaled.event().data())) {
            newestMicros = Math.max(newestMicros, Micros.of(journaled.event().eventTime()));
        }
        boolean isLate = ingestDay - Micros.day(journaled.event().eventTime()) > latenessDays;
        late += isLate ? 1 : 0;
        isAdmitted = !isLate || journaled.event().data() instanceof Dossier;
        return isLate;
    }

    /** Tells whether such events are in rollups: none of the others is about how old a minute may be. */
    static boolean isCounted(Data data) {
        return data instanceof Dossier || data instanceof Ticket || data instanceof Rating || data instanceof Reading;
    }

    /**
     * Says that an event of that time will come, so that buckets of a minute it would drop again need not be kept before.
     */
    void expect(Instant eventTime) {
        newestMicros = Math.max(newestMicros, Micros.of(eventTime));
    }

    /** Returns how many events came later than is allowed. */
    long late() {
        return late;
    }

    /** Tells whether an event of a local day may still change a bucket. */
    boolean covers(int day) {
        return latenessDays != NOT_KEPT && (long) newestIngestDay - day <= latenessDays;
    }

    void count(RollupFigure figure, String area, long micros, long amount) {
        if (isKept()) {
            sum(figure.id(), area, micros).count(amount);
        }
    }

    void duration(RollupFigure figure, String area, long micros, long durationMicros, int sign) {
        if (isKept()) {
            sum(figure.id(), area, micros).duration(durationMicros, sign);
        }
    }

    void atCounter(String counter, String area, long micros, long amount) {
        if (isKept()) {
            sum(RollupFigure.COUNTER + counter, area, micros).count(amount);
        }
    }

    /** Adds a good value of a metric, in its unit. */
    void reading(String metric, String source, long micros, double value) {
        if (isKept()) {
            sum(RollupFigure.READING + metric, source, micros).reading(Math.round(value * MILLION));
        }
    }

    /** Returns how many buckets have gathered. */
    int pending() {
        Map<RollupKey, RollupSum> known = pending;
        return known == null ? 0 : known.size();
    }

    /** Hands over what has gathered, and begins anew. */
    Rollups drain() {
        Map<RollupKey, RollupSum> drained = pending == null ? Map.of() : pending;
        pending = null;
        long newestMinute = newestMicros == Micros.NONE ? 0 : Math.floorDiv(newestMicros, Micros.MINUTE);
        return new Rollups(drained, newestMinute - MINUTES_KEPT);
    }

    private boolean isKept() {
        return latenessDays != NOT_KEPT && isAdmitted;
    }

    private RollupSum sum(String figure, String area, long micros) {
        Map<RollupKey, RollupSum> known = pending;
        if (known == null) {
            known = new HashMap<>();
            pending = known;
        }
        RollupKey key = new RollupKey(figure, area, Math.floorDiv(micros, Micros.MINUTE));
        return known.computeIfAbsent(key, missing -> new RollupSum());
    }
}
