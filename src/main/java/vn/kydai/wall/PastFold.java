package vn.kydai.wall;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.access.Problem;
import vn.kydai.event.Fold;
import vn.kydai.event.Journaled;
import vn.kydai.event.Kind;
import vn.kydai.event.Picture;
import vn.kydai.journal.Journal;
import vn.kydai.wall.PastMoment.Known;

/**
 * A fold of its own, brought to moments of the past. Reads the journal page by page and folds each page on a worker
 * thread. One request at a time; on the wall's context.
 */
final class PastFold {
    private static final int PAGE = 1_000;
    private static final Logger LOGGER = LoggerFactory.getLogger(PastFold.class);

    private final Vertx vertx;
    private final Journal journal;
    private final Fold fold;
    private final WallDocument documents = new WallDocument();
    private final Runnable released;

    /** Read, but not folded: events after the last moment asked for. */
    private List<Journaled> ahead = List.of();

    private long lastRead;
    private Runnable onClosed = () -> {};
    private boolean busy;
    private boolean closed;

    /** A picture and an area's document in it, empty when its tree does not know the area. */
    record Shown(Picture picture, Optional<ObjectNode> document) {}

    /**
     * Takes over a fresh fold.
     *
     * @param released runs once, when it is closed and no thread works on it any more
     */
    PastFold(Vertx vertx, Journal journal, Fold fold, Runnable released) {
        this.vertx = vertx;
        this.journal = journal;
        this.fold = fold;
        this.released = released;
    }

    /**
     * Folds up to a moment and shows an area as of then. May be called again with a later moment that is known
     * {@link Known#THEN}; fails with {@link CancellationException} when closed meanwhile.
     */
    Future<Shown> show(PastMoment moment, String area) {
        Promise<Void> folded = Promise.promise();
        busy = true;
        readOn(moment, folded);
        return folded.future()
                .compose(v -> vertx.executeBlocking(() -> shown(moment.at(), area), false))
                .map(shown -> requireNonNull(shown))
                .onComplete((shown, failure) -> {
                    busy = false;
                    if (closed) {
                        released.run();
                    }
                });
    }

    private Shown shown(Instant at, String area) {
        Picture picture = fold.picture(at);
        return new Shown(picture, documents.of(picture, area));
    }

    private void readOn(PastMoment moment, Promise<Void> folded) {
        if (closed) {
            folded.fail(new CancellationException("closed"));
            return;
        }
        Future<List<Journaled>> page = ahead.isEmpty() ? journal.read(lastRead, PAGE) : Future.succeededFuture(ahead);
        page.onComplete((events, failure) -> {
            if (failure != null) {
                LOGGER.atWarn().setCause(failure).log("the journal could not be read for a fold of the past");
                folded.fail(new Problem(503, "the journal cannot be read just now", Map.of("Retry-After", "5")));
            } else if (events.isEmpty()) {
                folded.complete();
            } else {
                foldPage(events, moment, folded);
            }
        });
    }

    private void foldPage(List<Journaled> events, PastMoment moment, Promise<Void> folded) {
        lastRead = events.getLast().position();
        vertx.executeBlocking(() -> fold(events, moment), false).onComplete((left, failure) -> {
            if (failure != null) {
                folded.fail(failure);
                return;
            }
            ahead = left;
            if (left.isEmpty()) {
                readOn(moment, folded);
            } else {
                folded.complete();
            }
        });
    }

    /** Returns the events that lie after the moment, for a later one. */
    private List<Journaled> fold(List<Journaled> events, PastMoment moment) {
        switch (moment.known()) {
            case THEN -> {
                for (int next = 0; next < events.size(); next++) {
                    if (events.get(next).ingestTime().isAfter(moment.at())) {
                        return events.subList(next, events.size());
                    }
                    fold.apply(events.get(next));
                }
            }
            case NOW ->
                events.stream()
                        .filter(known -> isConfiguration(known)
                                || !known.event().eventTime().isAfter(moment.at()))
                        .forEach(fold::apply);
        }
        return List.of();
    }

    private static boolean isConfiguration(Journaled journaled) {
        return journaled.event().kind() == Kind.CONFIGURATION;
    }

    /** Says what to do when it is closed. */
    void onClosed(Runnable action) {
        onClosed = action;
    }

    /** Gives up what it is doing and its place among the open folds. */
    void close() {
        if (!closed) {
            closed = true;
            onClosed.run();
            if (!busy) {
                released.run();
            }
        }
    }
}
