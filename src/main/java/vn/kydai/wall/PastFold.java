package vn.kydai.wall;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.access.Problem;
import vn.kydai.config.Build;
import vn.kydai.event.Fold;
import vn.kydai.event.Journaled;
import vn.kydai.event.Kind;
import vn.kydai.event.Picture;
import vn.kydai.event.SetAside;
import vn.kydai.journal.Journal;

/**
 * A fold of its own, brought to moments of the past. Reads the journal page by page and folds each page on a worker
 * thread. One request at a time; on the wall's context.
 */
final class PastFold {
    private static final int PAGE = 1_000;

    /** The live folds set aside the same events; more than that is no event's fault. */
    private static final int MOST_LEFT_OUT = 1_000;

    private static final Logger LOGGER = LoggerFactory.getLogger(PastFold.class);

    private final Vertx vertx;
    private final Journal journal;
    private final Supplier<Fold> folds;
    private final TreeMap<Long, SetAside> leftOut = new TreeMap<>();
    private Fold fold;
    private final WallDocument documents = new WallDocument();
    private final Runnable released;

    /** Read, but not folded: events after the last moment asked for. */
    private List<Journaled> ahead = List.of();

    private long lastRead;

    /** Whether all events so far said what the centre is made of. */
    private boolean isBeginning = true;

    /** When the journal took its first event. */
    private @Nullable Instant beganAt;

    private Runnable onClosed = () -> {};
    private boolean busy;
    private boolean closed;

    /** A picture and an area's document in it, empty when its tree does not know the area. */
    record Shown(Picture picture, Optional<ObjectNode> document) {}

    /**
     * Begins with a fresh fold.
     *
     * @param released runs once, when it is closed and no thread works on it any more
     */
    PastFold(Vertx vertx, Journal journal, Supplier<Fold> folds, Runnable released) {
        this.vertx = vertx;
        this.journal = journal;
        this.folds = folds;
        this.released = released;
        leftOut.putAll(journal.setAside());
        fold = fresh();
    }

    private Fold fresh() {
        Fold next = folds.get();
        next.leaveOut(Collections.unmodifiableSortedMap(new TreeMap<>(leftOut)));
        return next;
    }

    /**
     * Folds up to a moment and shows an area as of then. May be called again with a later moment that is known
     * {@link PastMoment.Known#THEN}; fails with {@link CancellationException} when closed meanwhile.
     */
    Future<Shown> show(PastMoment moment, String area) {
        Promise<Void> folded = Promise.promise();
        busy = true;
        readOn(moment, folded);
        return folded.future()
                .compose(v -> vertx.executeBlocking(() -> shown(moment, area), false))
                .map(shown -> requireNonNull(shown))
                .onComplete((shown, failure) -> {
                    busy = false;
                    if (closed) {
                        released.run();
                    }
                });
    }

    private Shown shown(PastMoment moment, String area) {
        Picture picture = fold.picture(moment.at());
        return new Shown(picture, documents.of(picture, area));
    }

    private void readOn(PastMoment moment, Promise<Void> folded) {
        if (closed) {
            folded.fail(new CancellationException("closed"));
            return;
        }
        Future<List<Journaled>> page =
                ahead.isEmpty() ? journal.readFor(lastRead, PAGE) : Future.succeededFuture(ahead);
        page.onComplete((events, failure) -> {
            if (failure != null) {
                LOGGER.atWarn().setCause(failure).log("the journal could not be read for a fold of the past");
                folded.fail(new Problem(503, "the journal cannot be read just now", Map.of("Retry-After", "5")));
            } else if (closed) {
                folded.fail(new CancellationException("closed"));
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
            if (failure instanceof Unfoldable unfoldable) {
                beginAnew(unfoldable, moment, folded);
                return;
            }
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

    /** What was folded is half done: it is thrown away, and the event left out as the live folds leave it out. */
    private void beginAnew(Unfoldable event, PastMoment moment, Promise<Void> folded) {
        LOGGER.atWarn()
                .setCause(event.getCause())
                .addKeyValue("position", event.aside.position())
                .log("an event cannot be folded into the past: it is left out");
        if (leftOut.size() - journal.setAside().size() >= MOST_LEFT_OUT) {
            folded.fail(event.getCause());
            return;
        }
        leftOut.putAll(journal.setAside());
        leftOut.put(event.aside.position(), event.aside);
        fold = fresh();
        lastRead = 0;
        isBeginning = true;
        ahead = List.of();
        readOn(moment, folded);
    }

    /** Returns the events that lie after the moment, for a later one. */
    private List<Journaled> fold(List<Journaled> events, PastMoment moment) {
        for (int next = 0; next < events.size(); next++) {
            Journaled event = events.get(next);
            isBeginning &= event.event().kind() == Kind.CONFIGURATION;
            if (moment.isOver(event) && !isBeforeAll(event, moment)) {
                return events.subList(next, events.size());
            }
            if (moment.takes(event) && !leftOut.containsKey(event.position())) {
                fold(event);
            }
        }
        return List.of();
    }

    /**
     * Before the journal began there was no tree, and nobody to ask for a wall; the first one it knows stands for it, with
     * nothing counted yet.
     */
    private boolean isBeforeAll(Journaled event, PastMoment moment) {
        if (beganAt == null) {
            beganAt = event.ingestTime();
        }
        return isBeginning && moment.position() == null && beganAt.isAfter(moment.at());
    }

    private void fold(Journaled event) {
        try {
            fold.apply(event);
        } catch (RuntimeException | StackOverflowError e) {
            throw new Unfoldable(SetAside.unfoldable(event, e, event.ingestTime(), Build.name()), e);
        }
    }

    /** An event that the fold threw on. */
    private static final class Unfoldable extends RuntimeException {
        private final transient SetAside aside;

        Unfoldable(SetAside aside, Throwable cause) {
            super(cause);
            this.aside = aside;
        }
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
