package vn.kydai.wall;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Caller;
import vn.kydai.wall.Frames.ErrorCode;

/**
 * One socket: whose it is, which document it follows and what it last got. Keeps a reference to that document, not
 * the ticks it missed, so that a slow socket costs no more than a fast one. On the wall's context.
 */
final class Session {
    /** Messages a client may send between two heartbeats. */
    private static final int MAX_MESSAGES = 32;

    /** Control frames a client may send between two heartbeats; each is answered. */
    private static final int MAX_PINGS = 256;

    private static final int MAX_OFFENCES = 2;

    private final Caller.Viewer viewer;
    private final Supplier<Future<Boolean>> recheck;
    private final Outlet outlet;
    private final WallMetrics metrics;
    private final AtomicInteger pings = new AtomicInteger();
    private @Nullable ScopeFeed feed;
    private @Nullable ObjectNode sent;
    private @Nullable Replay replay;

    /** Ingest time of the newest event of the first tick not sent yet. */
    private @Nullable Instant unsent;

    private long seq;
    private int messages;
    private int offences;
    private int beats;

    Session(Caller.Viewer viewer, Supplier<Future<Boolean>> recheck, Outlet outlet, WallMetrics metrics) {
        this.viewer = viewer;
        this.recheck = recheck;
        this.outlet = outlet;
        this.metrics = metrics;
        outlet.onDrained(this::catchUp);
    }

    Caller.Viewer viewer() {
        return viewer;
    }

    Outlet outlet() {
        return outlet;
    }

    Future<Boolean> isStillSignedIn() {
        return recheck.get();
    }

    /** Counts a control frame; from the socket's context. */
    void pinged() {
        pings.incrementAndGet();
    }

    /** Counts a message; false once there are too many. */
    boolean mayTalk() {
        return ++messages <= MAX_MESSAGES;
    }

    /** Says what was wrong with a message, and ends the socket when it happens again. */
    void offend(@Nullable String rid, String detail) {
        say(Frames.error(rid, ErrorCode.MALFORMED, detail));
        if (++offences >= MAX_OFFENCES) {
            outlet.close(CloseCode.MALFORMED);
        }
    }

    /** Sends an answer; a client that does not read gets none. */
    void say(String text) {
        if (!outlet.isFull()) {
            outlet.send(text);
        }
    }

    /** Follows a document, from a snapshot on. */
    void follow(ScopeFeed next) {
        feed = next;
        sent = null;
        unsent = null;
        catchUp();
    }

    /** Follows a document after the ticks it missed; a heartbeat tells it that there are no more. */
    void resume(ScopeFeed next, List<ScopeFeed.Patch> missed, String heartbeat) {
        if (outlet.isFull()) {
            follow(next);
            return;
        }
        feed = next;
        missed.forEach(patch -> outlet.send(patch.text()));
        arrivedAt(next);
        outlet.send(heartbeat);
        metrics.resumed.increment();
    }

    /** Plays the past instead; the replay brings its own feed. */
    void play(Replay next) {
        replay = next;
    }

    /** Stops following whatever it follows. */
    void leave() {
        feed = null;
        sent = null;
        unsent = null;
        seq = 0;
        if (replay != null) {
            replay.stop();
            replay = null;
        }
    }

    /**
     * Takes the feed's newest tick, or skips it.
     *
     * @param ingested when the newest event the tick shows was ingested; null when it shows no new one
     */
    void tick(ScopeFeed.Patch patch, @Nullable Instant ingested) {
        if (unsent == null) {
            unsent = ingested;
        }
        if (outlet.isFull()) {
            if (!outlet.isClosing()) {
                metrics.skipped.increment();
            }
        } else if (feed != null && sent != null && seq == patch.prev()) {
            outlet.send(patch.text());
            arrivedAt(feed);
        } else {
            catchUp();
        }
    }

    private void catchUp() {
        ScopeFeed followed = feed;
        if (followed == null || outlet.isFull()) {
            return;
        }
        if (sent == null) {
            outlet.send(followed.snapshot());
            metrics.snapshots.increment();
        } else if (seq != followed.seq()) {
            outlet.send(followed.merged(seq, sent));
            metrics.merged.increment();
        }
        arrivedAt(followed);
    }

    private void arrivedAt(ScopeFeed followed) {
        sent = followed.document();
        seq = followed.seq();
        if (unsent != null) {
            metrics.shown(unsent);
            unsent = null;
        }
    }

    /**
     * Sends a heartbeat if there is room for one.
     *
     * @param text the heartbeat of a seq
     * @return how many there have been
     */
    int beat(LongFunction<String> text) {
        messages = 0;
        if (pings.getAndSet(0) > MAX_PINGS) {
            outlet.close(CloseCode.MALFORMED);
        }
        catchUp();
        if (!outlet.isFull()) {
            outlet.send(text.apply(seq));
        }
        return ++beats;
    }
}
