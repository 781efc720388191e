package vn.kydai.report;

import static java.util.Map.entry;
import static vn.kydai.event.RollupFigure.ABANDONED;
import static vn.kydai.event.RollupFigure.CALLED;
import static vn.kydai.event.RollupFigure.CLOSED_OTHER;
import static vn.kydai.event.RollupFigure.CLOSED_OTHER_HERE;
import static vn.kydai.event.RollupFigure.DIGITISED;
import static vn.kydai.event.RollupFigure.DONE;
import static vn.kydai.event.RollupFigure.DONE_HERE;
import static vn.kydai.event.RollupFigure.EARLY;
import static vn.kydai.event.RollupFigure.ISSUED;
import static vn.kydai.event.RollupFigure.LATE;
import static vn.kydai.event.RollupFigure.NO_SHOW;
import static vn.kydai.event.RollupFigure.ONLINE;
import static vn.kydai.event.RollupFigure.ON_TIME;
import static vn.kydai.event.RollupFigure.PAID_ONLINE;
import static vn.kydai.event.RollupFigure.RATINGS;
import static vn.kydai.event.RollupFigure.RECEIVED;
import static vn.kydai.event.RollupFigure.RECEIVED_HERE;
import static vn.kydai.event.RollupFigure.SATISFIED;
import static vn.kydai.event.RollupFigure.SERVICE;
import static vn.kydai.event.RollupFigure.WAIT;
import static vn.kydai.event.RollupFigure.WITH_FEE;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import vn.kydai.event.RollupFigure;

/** How a figure over time is made of what the rollups hold. What depends on now, such as what is overdue, is none. */
sealed interface SeriesFigure {
    /** Which rollups it is made of, in the order its formula takes them. */
    List<String> stored();

    /** So many in each bucket; none is 0. */
    record Count(List<String> stored) implements SeriesFigure {}

    /** The last one is the denominator, those before are added up above it. */
    record Share(List<String> stored) implements SeriesFigure {}

    /** Mean seconds. */
    record Mean(List<String> stored) implements SeriesFigure {}

    /** The 90th percentile in seconds, by nearest rank over bins of ten seconds. */
    record Percentile(List<String> stored) implements SeriesFigure {}

    /**
     * What has come in, the first one, and not gone out, the others.
     *
     * @param isAtEnd whether as of the end of a bucket, else of its start
     */
    record Stock(List<String> stored, boolean isAtEnd) implements SeriesFigure {}

    /**
     * The readings of one source, in the metric's unit.
     *
     * @param isSummed whether a bucket's value is their sum, else their mean
     */
    record Readings(List<String> stored, boolean isSummed) implements SeriesFigure {}

    /** What falls as increments. */
    String RAIN = "rain";

    Map<String, SeriesFigure> BY_ID = Collections.unmodifiableMap(new TreeMap<>(Map.ofEntries(
            count(RECEIVED),
            count(DONE),
            count(EARLY),
            count(ON_TIME),
            count(LATE),
            count(CLOSED_OTHER),
            count(RECEIVED_HERE),
            count(DONE_HERE),
            count(CLOSED_OTHER_HERE),
            count(ISSUED),
            count(CALLED),
            count(NO_SHOW),
            count(ABANDONED),
            count(RATINGS),
            entry("onTimeRate", new Share(ids(EARLY, ON_TIME, DONE))),
            entry("onlineShare", new Share(ids(ONLINE, RECEIVED))),
            entry("digitisedShare", new Share(ids(DIGITISED, RECEIVED))),
            entry("onlinePaymentShare", new Share(ids(PAID_ONLINE, WITH_FEE))),
            entry("satisfaction", new Share(ids(SATISFIED, RATINGS))),
            entry("waitMean", new Mean(ids(WAIT))),
            entry("waitP90", new Percentile(ids(WAIT))),
            entry("serviceMean", new Mean(ids(SERVICE))),
            entry("carried", new Stock(ids(RECEIVED, DONE, CLOSED_OTHER), false)),
            entry("processing", new Stock(ids(RECEIVED, DONE, CLOSED_OTHER), true)),
            entry("carriedHere", new Stock(ids(RECEIVED_HERE, DONE_HERE, CLOSED_OTHER_HERE), false)),
            entry("processingHere", new Stock(ids(RECEIVED_HERE, DONE_HERE, CLOSED_OTHER_HERE), true)))));

    /** Finds a figure of areas. */
    static Optional<SeriesFigure> of(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    /** Returns the readings of a metric. */
    static SeriesFigure readings(String metric) {
        return new Readings(List.of(RollupFigure.READING + metric), metric.equals(RAIN));
    }

    /** Returns the ids of all figures of areas. */
    static SortedSet<String> known() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(BY_ID.keySet()));
    }

    private static Map.Entry<String, SeriesFigure> count(RollupFigure figure) {
        return entry(figure.id(), new Count(ids(figure)));
    }

    private static List<String> ids(RollupFigure... figures) {
        return Arrays.stream(figures).map(RollupFigure::id).toList();
    }
}
