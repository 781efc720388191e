package vn.kydai.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.RollupFigure;

/** The queue and the ratings of one row. Adding rows gives exactly what counting them together would. */
final class QueueCounts {
    private static final int MEDIAN = 50;
    private static final int PERCENT = 90;
    private static final double MICROS = 1e6;
    private static final double MILLIS = 1e3;

    private final Map<String, Sum> sums = new HashMap<>();

    /** Of one figure: how many, their durations in µs, and how many fell into each bin of ten seconds. */
    private static final class Sum {
        private long count;
        private BigDecimal micros = BigDecimal.ZERO;
        private final List<Integer> bins = new ArrayList<>();

        void add(QueueTable.Part part) {
            count += part.count();
            micros = micros.add(part.sum());
            for (int bin = 0; bin < part.bins().size(); bin++) {
                if (bin < bins.size()) {
                    bins.set(bin, bins.get(bin) + part.bins().get(bin));
                } else {
                    bins.add(part.bins().get(bin));
                }
            }
        }
    }

    void add(QueueTable.Part part) {
        sums.computeIfAbsent(part.figure(), figure -> new Sum()).add(part);
    }

    /** Writes it; what nothing was measured of is absent. */
    void write(ObjectNode node) {
        node.put("issued", count(RollupFigure.ISSUED))
                .put("called", count(RollupFigure.CALLED))
                .put("noShow", count(RollupFigure.NO_SHOW))
                .put("abandoned", count(RollupFigure.ABANDONED))
                .put("waits", count(RollupFigure.WAIT));
        write(node, "wait", sum(RollupFigure.WAIT));
        node.put("services", count(RollupFigure.SERVICE));
        write(node, "service", sum(RollupFigure.SERVICE));
        node.put("ratings", count(RollupFigure.RATINGS));
        DossierReport.rate(node, "satisfaction", count(RollupFigure.SATISFIED), count(RollupFigure.RATINGS));
    }

    private static void write(ObjectNode node, String name, Sum sum) {
        if (sum.count > 0) {
            node.put(name + "Mean", Math.round(sum.micros.doubleValue() / MICROS / sum.count * MILLIS) / MILLIS);
        }
        put(node, name + "P50", WaitPercentile.of(sum.bins, sum.count, MEDIAN));
        put(node, name + "P90", WaitPercentile.of(sum.bins, sum.count, PERCENT));
        put(node, name + "Longest", WaitPercentile.longest(sum.bins));
    }

    private static void put(ObjectNode node, String name, @Nullable Integer seconds) {
        if (seconds != null) {
            node.put(name, seconds);
        }
    }

    private long count(RollupFigure figure) {
        return sum(figure).count;
    }

    private Sum sum(RollupFigure figure) {
        return sums.getOrDefault(figure.id(), new Sum());
    }
}
