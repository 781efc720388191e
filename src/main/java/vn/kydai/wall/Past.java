package vn.kydai.wall;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import vn.kydai.access.Caller;
import vn.kydai.access.Role;
import vn.kydai.event.Fold;
import vn.kydai.journal.Journal;

/**
 * The bound on folds of the past: each holds a fold of the whole journal in memory. Nobody has more than half of them, nor
 * have all walls together, which are public (but two); and whoever finds no place takes that of a replay begun half an hour ago or
 * more, a person also that of a wall. On the wall's context.
 */
final class Past {
    /** How long a replay may keep its place from others. */
    private static final Duration IDLE = Duration.ofMinutes(30);

    private final Vertx vertx;
    private final Journal journal;
    private final Supplier<Fold> folds;
    private final int maxReplays;
    private final WallMetrics metrics;

    /** However few there are: who compares two moments needs two. */
    private static final int LEAST = 2;

    private final List<Held> open = new ArrayList<>();

    /** A fold somebody has. */
    private record Held(Caller.Viewer viewer, PastFold fold, Instant since, Runnable giveWay) {
        boolean isOf(Caller.Viewer other) {
            return viewer.role() == other.role()
                    && viewer.name().equals(other.name())
                    && viewer.scope().equals(other.scope());
        }
    }

    Past(Vertx vertx, Journal journal, Supplier<Fold> folds, int maxReplays, WallMetrics metrics) {
        this.vertx = vertx;
        this.journal = journal;
        this.folds = folds;
        this.maxReplays = maxReplays;
        this.metrics = metrics;
    }

    /**
     * Returns a fresh fold to be closed by the caller, or nothing when as many as may be are open.
     *
     * @param giveWay runs when it has to be closed for somebody else
     */
    Optional<PastFold> open(Caller.Viewer viewer, Instant now, Runnable giveWay) {
        int share = Math.max(LEAST, maxReplays / 2);
        boolean isWall = viewer.role() == Role.WALL;
        long own = open.stream().filter(held -> held.isOf(viewer)).count();
        long walls = open.stream().filter(Past::isWall).count();
        boolean isWithin = own < share && (!isWall || walls < share);
        if (isWithin && metrics.replays.get() >= maxReplays) {
            open.stream()
                    .filter(held -> (!isWall && isWall(held))
                            || !now.isBefore(held.since().plus(IDLE)))
                    .findFirst()
                    .ifPresent(held -> held.giveWay().run());
        }
        if (!isWithin || metrics.replays.get() >= maxReplays) {
            metrics.refused.increment();
            return Optional.empty();
        }
        metrics.replays.incrementAndGet();
        PastFold fold = new PastFold(vertx, journal, folds, metrics.replays::decrementAndGet);
        Held held = new Held(viewer, fold, now, giveWay);
        open.add(held);
        fold.onClosed(() -> open.remove(held));
        return Optional.of(fold);
    }

    private static boolean isWall(Held held) {
        return held.viewer().role() == Role.WALL;
    }
}
