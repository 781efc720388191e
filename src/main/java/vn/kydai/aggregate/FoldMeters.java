package vn.kydai.aggregate;

import java.util.EnumSet;
import vn.kydai.event.FoldBound;
import vn.kydai.journal.Journal;
import vn.kydai.meter.Meters;

/** What can be measured of the folds as they are. */
final class FoldMeters {
    private FoldMeters() {}

    static void measure(Meters meters, AggregateVerticle folds, Journal journal) {
        meters.gauge(
                "lag",
                "positions",
                "how far the folds are behind what can be read",
                () -> Math.max(0, journal.readable() - folds.position()));
        meters.gauge(
                "aside",
                "events",
                "events of the journal that no fold takes, since they cannot be read or folded",
                () -> journal.setAside().size());
        meters.counter(
                "unexpected",
                "transitions",
                "steps of dossiers that the national order of statuses does not know",
                folds,
                verticle -> verticle.figures().unexpectedTransitions());
        meters.counter(
                "late",
                "events",
                "events that came later than the allowed lateness: kept, but in no rollup, dossiers apart",
                folds,
                verticle -> verticle.figures().lateEvents());
        // What comes late has a counter of its own, and is nobody's flood.
        for (FoldBound bound : EnumSet.complementOf(EnumSet.of(FoldBound.LATENESS))) {
            meters.counter(
                    "excess",
                    "events",
                    "events that went beyond a bound of the folds: kept, but not counted in full",
                    folds,
                    verticle -> verticle.figures().excess(bound),
                    "bound",
                    bound.id());
        }
        meters.gauge(
                "foreign",
                "steps",
                "steps of dossiers that are left out, since their sources have no say in what they tell of",
                () -> folds.figures().leftOutSteps());
        meters.gauge(
                "mismatched",
                "dossiers",
                "dossiers whose source states another due date than procedure and calendar give",
                () -> folds.figures().dueMismatches());
    }
}
