package vn.kydai.wall;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import vn.kydai.access.Caller;
import vn.kydai.access.Role;
import vn.kydai.event.Fold;
import vn.kydai.journal.Journal;

/**
 * The bound on folds of the past: each holds a fold of the whole journal in memory. Nobody has more than half of them, nor
 * have all walls together, which are public (but two); whoever finds no place takes that of a replay begun half an hour ago or
 * more, a person also that of a wall; and no replay lasts longer than half an hour. On the wall's context.
 */
final class Past {
    /** How long a fold may keep its place. */
    static final Duration LONGEST = Duration.ofMinutes(30);

    private final Vertx vertx;
    private final Journal journal;
    private final Supplier<Fold> folds;
    private final int maxReplays;
    private final WallMetrics metrics;

    /** However few there are: who compares two moments needs two. */
    private static final int LEAST = 2;

    private final List<Held> open = new ArrayList<>();

    /** Why a fold ends before whoever has it ends it. */
    enum Why {
        /** Somebody else who comes first needs the place. */
        DISPLACED,
        /** It has lasted as long as any may. */
        OVER
    }

    /** A fold somebody has. */
    private record Held(Caller.Viewer viewer, Instant since, Consumer<Why> giveWay) {
        boolean isOver(Instant now) {
            return !now.isBefore(since.plus(LONGEST));
        }

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
     * @param giveWay closes it, told why
     */
    Optional<PastFold> open(Caller.Viewer viewer, Instant now, Consumer<Why> giveWay) {
        int share = Math.max(LEAST, maxReplays / 2);
        boolean isWall = viewer.role() == Role.WALL;
        long own = open.stream().filter(held -> held.isOf(viewer)).count();
        long walls = open.stream().filter(Past::isWall).count();
        boolean isWithin = own < share && (!isWall || walls < share);
        if (isWithin && metrics.replays.get() >= maxReplays) {
            open.stream()
                    .filter(held -> held.isOver(now) || (!isWall && isWall(held)))
                    .findFirst()
                    .ifPresent(held -> held.giveWay().accept(Why.DISPLACED));
        }
        if (!isWithin || metrics.replays.get() >= maxReplays) {
            metrics.refused.increment();
            return Optional.empty();
        }
        metrics.replays.incrementAndGet();
        PastFold fold = new PastFold(vertx, journal, folds, metrics.replays::decrementAndGet);
        Held held = new Held(viewer, now, giveWay);
        open.add(held);
        fold.onClosed(() -> open.remove(held));
        return Optional.of(fold);
    }

    /** Ends those that have lasted long enough. */
    void endLongest(Instant now) {
        List.copyOf(open).stream()
                .filter(held -> held.isOver(now))
                .forEach(held -> held.giveWay().accept(Why.OVER));
    }

    private static boolean isWall(Held held) {
        return held.viewer().role() == Role.WALL;
    }
}
