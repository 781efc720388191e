package vn.kydai.aggregate;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Quarters.Line;
import vn.kydai.aggregate.Tally.Bins;
import vn.kydai.aggregate.Tally.Family;
import vn.kydai.aggregate.Tally.Sum;
import vn.kydai.event.Figure;
import vn.kydai.event.Figure.Comparison;
import vn.kydai.event.Figure.State;
import vn.kydai.registry.Areas;
import vn.kydai.registry.Thresholds;
import vn.kydai.registry.Thresholds.Target;

/** The figures of one tally: their formulas, in one place. */
final class FigureTable {
    /** Below this many tickets a percentile is one person, so none is shown. */
    private static final int LEAST_FOR_PERCENTILE = 10;

    /** Below this many ratings a share is one visitor's mood: only the counts are shown. */
    private static final int LEAST_FOR_SHARE = 10;

    private static final int PERCENT = 90;

    private final Tally tally;
    private final Areas.Area area;
    private final Thresholds thresholds;
    private final TreeMap<String, Figure> figures = new TreeMap<>();

    private final Compared compared;

    /** What figures are compared with, and up to which quarter of an hour of the day. */
    record Compared(EarlierDays earlier, int quarter) {}

    private FigureTable(Tally tally, Areas.Area area, Thresholds thresholds, Compared compared) {
        this.tally = tally;
        this.area = area;
        this.thresholds = thresholds;
        this.compared = compared;
    }

    /** Makes the figures of an area. */
    static SortedMap<String, Figure> of(Tally tally, Areas.Area area, Thresholds thresholds, Compared compared) {
        FigureTable table = new FigureTable(tally, area, thresholds, compared);
        table.dossiers();
        table.receivedHere();
        table.tickets();
        table.ratings();
        table.compare();
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
        long waits = tally.total(Bins.WAITS);
        long recent = tally.total(Bins.RECENT_WAITS);
        count("waiting", Sum.WAITING, Family.TICKETS);
        long oldest = tally.oldestWaiting();
        add("waitOldest", Figure.since(oldest == Micros.NONE ? null : Micros.instant(oldest), asOf));
        add("waitMean", Figure.seconds(mean(tally.get(Sum.WAIT_MICROS), waits), waits, asOf));
        add("waitMeanHour", Figure.seconds(mean(tally.get(Sum.RECENT_WAIT_MICROS), recent), recent, asOf));
        percentile("waitP90", Bins.RECENT_WAITS);
        percentile("waitP90Day", Bins.WAITS);
        long served = tally.get(Sum.SERVED);
        add("serviceMean", Figure.seconds(mean(tally.get(Sum.SERVICE_MICROS), served), served, asOf));
        percentile("serviceP90", Bins.SERVICES);
        count("issued", Sum.ISSUED, Family.TICKETS);
        count("served", Sum.SERVED, Family.TICKETS);
        count("noShow", Sum.NO_SHOWS, Family.TICKETS);
        share("noShowRate", tally.get(Sum.NO_SHOWS), tally.get(Sum.CALLED), Family.TICKETS);
        count("abandoned", Sum.ABANDONED, Family.TICKETS);
        count("expired", Sum.EXPIRED, Family.TICKETS);
        long left = tally.get(Sum.ABANDONED) + tally.get(Sum.EXPIRED);
        share("abandonedRate", left, tally.get(Sum.ISSUED), Family.TICKETS);
    }

    private void ratings() {
        long satisfied = tally.get(Sum.VERY_SATISFIED) + tally.get(Sum.SATISFIED);
        long all = satisfied + tally.get(Sum.DISSATISFIED);
        add("ratings", Figure.count(all, tally.asOf(Family.RATINGS)));
        count("ratingsVerySatisfied", Sum.VERY_SATISFIED, Family.RATINGS);
        count("ratingsSatisfied", Sum.SATISFIED, Family.RATINGS);
        count("ratingsDissatisfied", Sum.DISSATISFIED, Family.RATINGS);
        count("ratingsSuspect", Sum.SUSPECT_RATINGS, Family.RATINGS);
        add("satisfaction", Figure.share(satisfied, all, LEAST_FOR_SHARE, tally.asOf(Family.RATINGS)));
    }

    private void percentile(String id, Bins bins) {
        Double seconds = tally.percentile(bins, PERCENT, LEAST_FOR_PERCENTILE);
        add(id, Figure.seconds(seconds, tally.total(bins), tally.asOf(Family.TICKETS)));
    }

    private void compare() {
        EarlierDays earlier = compared.earlier();
        compare("received", earlier.counted(Line.RECEIVED, compared.quarter()));
        compare("done", earlier.counted(Line.DONE, compared.quarter()));
        compare("waitMean", earlier.waited(compared.quarter()));
    }

    private void compare(String id, @Nullable Comparison others) {
        if (others != null) {
            figures.computeIfPresent(id, (key, figure) -> figure.comparedWith(others));
        }
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
                        .target(id, area.id(), area.level())
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
