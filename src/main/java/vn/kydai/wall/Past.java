package vn.kydai.wall;

import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Supplier;
import vn.kydai.event.Fold;
import vn.kydai.journal.Journal;

/** The bound on folds of the past: each holds a fold of the whole journal in memory. On the wall's context. */
final class Past {
    private final Vertx vertx;
    private final Journal journal;
    private final Supplier<Fold> folds;
    private final int maxReplays;
    private final WallMetrics metrics;

    Past(Vertx vertx, Journal journal, Supplier<Fold> folds, int maxReplays, WallMetrics metrics) {
        this.vertx = vertx;
        this.journal = journal;
        this.folds = folds;
        this.maxReplays = maxReplays;
        this.metrics = metrics;
    }

    /** Returns a fresh fold to be closed by the caller, or nothing when as many as may be are open. */
    Optional<PastFold> open() {
        if (metrics.replays.get() >= maxReplays) {
            metrics.refused.increment();
            return Optional.empty();
        }
        metrics.replays.incrementAndGet();
        return Optional.of(new PastFold(vertx, journal, folds.get(), metrics.replays::decrementAndGet));
    }
}
