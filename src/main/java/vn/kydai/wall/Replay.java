package vn.kydai.wall;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.event.Picture;
import vn.kydai.wall.ClientMessage.Subscribe;
import vn.kydai.wall.Frames.ErrorCode;
import vn.kydai.wall.PastFold.Shown;
import vn.kydai.wall.PastMoment.Known;

/**
 * One socket's journey through the past: a snapshot of the moment asked for, then patches as virtual time passes,
 * until it reaches the present. Its seq is its own. On the wall's context.
 */
final class Replay {
    private static final Logger LOGGER = LoggerFactory.getLogger(Replay.class);
    private static final double NANOS = 1e9;

    /** Above every live seq, so that nobody resumes the present with what it holds of the past. */
    private static final long FIRST_SEQ = 1L << 40;

    private final Vertx vertx;
    private final PastFold fold;
    private final Session session;
    private final Subscribe request;
    private final Stage stage;
    private @Nullable ScopeFeed feed;
    private long timer = -1;
    private boolean busy;
    private boolean stopped;

    /** What a replay needs of the live wall. */
    interface Stage {
        InstantSource clock();

        long tickMs();

        /** Tells whether the session may see an area that the newest tree does not know, by the tree of then. */
        boolean isAllowed(Session session, String area, Picture then);

        /** Lets the session follow the present. */
        void goLive(Session session, Subscribe request);
    }

    Replay(Vertx vertx, PastFold fold, Session session, Subscribe request, Stage stage) {
        this.vertx = vertx;
        this.fold = fold;
        this.session = session;
        this.request = request;
        this.stage = stage;
    }

    /** Folds up to the moment asked for, then plays. */
    void start(Instant from) {
        fold.show(new PastMoment(from, Known.THEN), request.scope())
                .onSuccess(shown -> play(from, shown))
                .onFailure(this::fail);
    }

    private void play(Instant from, Shown shown) {
        if (stopped) {
            return;
        }
        if (shown.document().isEmpty() || !stage.isAllowed(session, request.scope(), shown.picture())) {
            session.say(Frames.error(request.rid(), ErrorCode.UNKNOWN_AREA, request.scope() + " is not an area then"));
            session.leave();
            return;
        }
        feed = new ScopeFeed(1, FIRST_SEQ, shown.picture(), shown.document().get());
        Instant startedAt = stage.clock().instant();
        session.follow(feed);
        timer = vertx.setPeriodic(stage.tickMs(), id -> tick(from, startedAt));
    }

    private void tick(Instant from, Instant startedAt) {
        Instant now = stage.clock().instant();
        double virtualSeconds = Duration.between(startedAt, now).toNanos() / NANOS * request.speed();
        Instant virtualNow = from.plusMillis(Math.round(virtualSeconds * 1_000));
        if (!virtualNow.isBefore(now)) {
            session.leave();
            stage.goLive(session, request);
        } else if (!busy) {
            busy = true;
            fold.show(new PastMoment(virtualNow, Known.THEN), request.scope())
                    .onSuccess(this::shown)
                    .onFailure(this::fail);
        }
    }

    private void shown(Shown shown) {
        busy = false;
        ScopeFeed playing = feed;
        if (!stopped && playing != null) {
            shown.document()
                    .flatMap(document -> playing.show(shown.picture(), document))
                    .ifPresent(patch -> session.tick(patch, null));
        }
    }

    private void fail(Throwable failure) {
        if (stopped || failure instanceof CancellationException) {
            return;
        }
        LOGGER.atWarn().setCause(failure).log("a replay stopped");
        session.say(Frames.error(request.rid(), ErrorCode.UNAVAILABLE, "the past cannot be read just now"));
        session.leave();
    }

    /** Ends it; the fold gives its place back. */
    void stop() {
        if (!stopped) {
            stopped = true;
            vertx.cancelTimer(timer);
            fold.close();
        }
    }
}
