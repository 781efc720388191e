package vn.kydai.aggregate;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Tally.Family;
import vn.kydai.aggregate.Tally.Sum;
import vn.kydai.event.Figure;
import vn.kydai.event.Figure.State;
import vn.kydai.registry.Thresholds;
import vn.kydai.registry.Thresholds.Target;

/** The figures of one tally: their formulas, in one place. */
final class FigureTable {
    /** Below this many tickets a percentile is one person, so none is shown. */
    private static final int LEAST_FOR_PERCENTILE = 10;

    private static final int PERCENT = 90;

    private final Tally tally;
    private final String level;
    private final Thresholds thresholds;
    private final TreeMap<String, Figure> figures = new TreeMap<>();

    private FigureTable(Tally tally, String level, Thresholds thresholds) {
        this.tally = tally;
        this.level = level;
        this.thresholds = thresholds;
    }

    /** Makes the figures of an area of a level. */
    static SortedMap<String, Figure> of(Tally tally, String level, Thresholds thresholds) {
        FigureTable table = new FigureTable(tally, level, thresholds);
        table.dossiers();
        table.receivedHere();
        table.tickets();
        table.ratings();
        return Collections.unmodifiableSortedMap(table.figures);
    }

    private void dossiers() {
        count("received", Sum.RECEIVED, Family.DOSSIERS);
        count("carried", Sum.CARRIED, Family.DOSSIERS);
        count("processing", Sum.PROCESSING, Family.DOSSIERS);
        count("overdueNow", Sum.OVERDUE, Family.DOSSIERS);
        count("dueSoon", Sum.DUE_SOON, Family.DOSSIERS);
        count("paused", Sum.PAUSED, Family.DOSSIERS);
        count("done", Sum.DONE, Family.DOSSIERS);
        count("closedOther", Sum.CLOSED_OTHER, Family.DOSSIERS);
        long inTime = tally.get(Sum.EARLY) + tally.get(Sum.ON_TIME);
        long openInTime = tally.get(Sum.PROCESSING) - tally.get(Sum.OVERDUE);
        share("onTimeRate", inTime, tally.get(Sum.DONE), Family.DOSSIERS);
        share("onTimeRate766", inTime + openInTime, tally.get(Sum.DONE) + tally.get(Sum.PROCESSING), Family.DOSSIERS);
        share("onlineShare", tally.get(Sum.ONLINE), tally.get(Sum.RECEIVED), Family.DOSSIERS);
        share("digitisedShare", tally.get(Sum.DIGITISED), tally.get(Sum.RECEIVED), Family.DOSSIERS);
        share("onlinePaymentShare", tally.get(Sum.PAID_ONLINE), tally.get(Sum.WITH_FEE), Family.DOSSIERS);
    }

    private void receivedHere() {
        count("receivedHere", Sum.RECEIVED_HERE, Family.DOSSIERS);
        count("carriedHere", Sum.CARRIED_HERE, Family.DOSSIERS);
        count("processingHere", Sum.PROCESSING_HERE, Family.DOSSIERS);
        count("doneHere", Sum.DONE_HERE, Family.DOSSIERS);
        count("closedOtherHere", Sum.CLOSED_OTHER_HERE, Family.DOSSIERS);
        count("overdueNowHere", Sum.OVERDUE_HERE, Family.DOSSIERS);
    }

    private void tickets() {
        @Nullable Instant asOf = tally.asOf(Family.TICKETS);
        long waits = tally.waits().total();
        count("waiting", Sum.WAITING, Family.TICKETS);
        long oldest = tally.oldestWaiting();
        add("waitOldest", Figure.since(oldest == Micros.NONE ? null : Micros.instant(oldest), asOf));
        add("waitMean", Figure.seconds(mean(tally.get(Sum.WAIT_MICROS), waits), waits, asOf));
        boolean isEnough = waits >= LEAST_FOR_PERCENTILE;
        Double percentile = isEnough ? (Double) (double) tally.waits().percentile(PERCENT) : null;
        add("waitP90", Figure.seconds(percentile, waits, asOf));
        long served = tally.get(Sum.SERVED);
        add("serviceMean", Figure.seconds(mean(tally.get(Sum.SERVICE_MICROS), served), served, asOf));
        count("noShow", Sum.NO_SHOWS, Family.TICKETS);
    }

    private void ratings() {
        count("ratings", Sum.RATINGS, Family.RATINGS);
        share("satisfaction", tally.get(Sum.SATISFIED), tally.get(Sum.RATINGS), Family.RATINGS);
    }

    private void count(String id, Sum sum, Family family) {
        add(id, Figure.count(tally.get(sum), tally.asOf(family)));
    }

    private void share(String id, long numerator, long denominator, Family family) {
        add(id, Figure.share(numerator, denominator, tally.asOf(family)));
    }

    private void add(String id, Figure figure) {
        figures.put(
                id,
                thresholds
                        .target(id, level)
                        .map(target -> against(figure, target))
                        .orElse(figure));
    }

    /** Seconds to the millisecond, as all times are kept. */
    static @Nullable Double mean(long micros, long n) {
        return n == 0 ? null : (Double) (Math.round((double) micros / n / 1_000) / 1_000.0);
    }

    /** A figure without a value meets and misses nothing. */
    private static Figure against(Figure figure, Target target) {
        Double value = figure.value();
        return value == null ? figure : figure.against(target.min(), target.max(), state(value, target));
    }

    private static State state(double value, Target target) {
        Double bad = target.badBeyond();
        if (target.min() != null && value < target.min()) {
            return bad != null && value < bad ? State.BAD : State.WARN;
        }
        if (target.max() != null && value > target.max()) {
            return bad != null && value > bad ? State.BAD : State.WARN;
        }
        return State.NORMAL;
    }
}
