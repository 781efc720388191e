package vn.kydai.wall;

import io.netty.buffer.ByteBufUtil;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.access.Peer;

/**
 * The sending side of one socket. Bounded by bytes it counts itself: Vert.x calls a socket full only once messages by
 * number wait behind a full channel, however large they are. Called on the wall's context.
 */
final class Outlet {
    /** Unsent bytes past which ticks are skipped: some seconds of patches. One message may go over it. */
    static final int MAX_PENDING_BYTES = 65_536;

    /** What a peer that reads again has to take the close frame before the connection is cut. */
    private static final long CLOSE_GRACE_MS = 5_000;

    private static final long NO_TIMER = -1;
    private static final Logger LOGGER = LoggerFactory.getLogger(Outlet.class);

    private final Vertx vertx;
    private final Context wall;
    private final ServerWebSocket socket;
    private final Peer peer;
    private final WallMetrics metrics;
    private final long stallMs;
    private final AtomicLong pendingBytes = new AtomicLong();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private Runnable drained = () -> {};
    private long timer = NO_TIMER;
    private boolean closing;

    /**
     * Creates it.
     *
     * @param peer whom the socket is to
     * @param stallMs how long a socket may stay full
     */
    Outlet(Vertx vertx, Context wall, ServerWebSocket socket, Peer peer, WallMetrics metrics, long stallMs) {
        this.vertx = vertx;
        this.wall = wall;
        this.socket = socket;
        this.peer = peer;
        this.metrics = metrics;
        this.stallMs = stallMs;
        socket.setWriteQueueMaxSize(MAX_PENDING_BYTES);
    }

    /** Says what to do when there is room again. */
    void onDrained(Runnable action) {
        drained = action;
    }

    /** Tells whether nothing more should be sent now; being told so starts the clock of a stall. */
    boolean isFull() {
        if (closing) {
            return true;
        }
        if (pendingBytes.get() <= MAX_PENDING_BYTES) {
            return false;
        }
        wanted.set(true);
        if (hasRoom() && wanted.compareAndSet(true, false)) {
            return false;
        }
        if (timer == NO_TIMER) {
            timer = vertx.setTimer(stallMs, id -> close(CloseCode.STALLED));
        }
        return true;
    }

    private boolean hasRoom() {
        return pendingBytes.get() <= MAX_PENDING_BYTES / 2;
    }

    /** Sends a text whatever waits; the caller has asked {@link #isFull} before. */
    void send(String text) {
        int bytes = ByteBufUtil.utf8Bytes(text);
        pendingBytes.addAndGet(bytes);
        metrics.sentBytes.increment(bytes);
        socket.writeTextMessage(text).onComplete(done -> flushed(bytes));
    }

    /** Runs on the socket's context. */
    private void flushed(int bytes) {
        pendingBytes.addAndGet(-bytes);
        if (hasRoom() && wanted.compareAndSet(true, false)) {
            wall.runOnContext(v -> {
                cancelTimer();
                if (!closing) {
                    drained.run();
                }
            });
        }
    }

    boolean isClosing() {
        return closing;
    }

    /** Ends the socket with a code; if the peer does not take part, without it. */
    void close(CloseCode code) {
        if (closing) {
            return;
        }
        closing = true;
        cancelTimer();
        metrics.closed(code);
        // The close frame waits behind what is unsent, and Vert.x would wait for it for ever.
        timer = vertx.setTimer(CLOSE_GRACE_MS, id -> peer.cut());
        socket.close(code.code())
                .onFailure(failure -> LOGGER.atDebug().setCause(failure).log("a socket was gone before its close"));
    }

    /** Takes note that the connection is gone. */
    void gone() {
        closing = true;
        cancelTimer();
    }

    private void cancelTimer() {
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
            timer = NO_TIMER;
        }
    }
}
