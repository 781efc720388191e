package vn.kydai.report;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.access.Callers;
import vn.kydai.access.Peer;
import vn.kydai.access.Problem;
import vn.kydai.event.Journaled;
import vn.kydai.event.codec.CloudEventJson;
import vn.kydai.event.codec.Json;
import vn.kydai.journal.Journal;

/**
 * One reader's stream (WHATWG server-sent events). It pulls: the next batch is read only when the reader has taken the
 * last one, so a slow reader costs one batch of memory. Belongs to the event loop of its connection.
 */
final class EventStream {
    private static final Logger LOGGER = LoggerFactory.getLogger(EventStream.class);
    private static final int BATCH_EVENTS = 200;
    private static final int LOOK_EVERY_MS = 200;

    /** Well within the time proxies close a silent connection, and within which a revocation must be seen. */
    private static final int BEATS_EVERY_MS = 15_000;

    /** What a reader has to take what is unsent before its connection is cut. */
    private static final int CUT_AFTER_MS = 5_000;

    private final RoutingContext context;
    private final HttpServerResponse response;
    private final Vertx vertx;
    private final Journal journal;
    private final JournalScan scan;
    private final Supplier<EventFilter> filter;
    private Cursor after;
    private boolean isReading;
    private boolean isStopped;
    private long lookTimer;
    private long beatTimer;

    EventStream(RoutingContext context, Journal journal, JournalScan scan, Supplier<EventFilter> filter, Cursor after) {
        this.context = context;
        this.response = context.response();
        this.vertx = context.vertx();
        this.journal = journal;
        this.scan = scan;
        this.filter = filter;
        this.after = after;
    }

    void start() {
        write("retry: 3000\n\n");
        response.drainHandler(drained -> pull());
        lookTimer = vertx.setPeriodic(LOOK_EVERY_MS, tick -> pull());
        beatTimer = vertx.setPeriodic(BEATS_EVERY_MS, tick -> beat());
        pull();
    }

    void stop() {
        isStopped = true;
        vertx.cancelTimer(lookTimer);
        vertx.cancelTimer(beatTimer);
    }

    private void pull() {
        if (isStopped || isReading || response.writeQueueFull() || after.position() >= journal.readable()) {
            return;
        }
        EventFilter current;
        try {
            current = filter.get();
        } catch (Problem outOfReach) {
            // The area is gone from the tree, or from the reader's scope.
            end();
            return;
        }
        isReading = true;
        scan.after(after, current, BATCH_EVENTS).onComplete(done -> {
            isReading = false;
            if (isStopped) {
                return;
            }
            if (done.failed()) {
                LOGGER.atDebug().setCause(done.cause()).log("event stream ends: the journal cannot be read");
                end();
                return;
            }
            done.result().events().forEach(this::send);
            after = done.result().next();
            // Others on this event loop come first: a long past would otherwise be sent in one go.
            vertx.runOnContext(next -> pull());
        });
    }

    private void send(Journaled journaled) {
        write("id: " + after.after(journaled).text() + "\ndata: " + Json.text(CloudEventJson.write(journaled))
                + "\n\n");
    }

    /** Says that the stream lives and how far it has looked, and ends it when the reader may no longer read. */
    private void beat() {
        if (!response.writeQueueFull()) {
            write(":\nid: " + after.text() + "\n\n");
        }
        Callers.isStillSignedIn(context)
                .onSuccess(isSignedIn -> {
                    if (!isSignedIn) {
                        end();
                    }
                })
                .onFailure(cause -> LOGGER.atDebug().setCause(cause).log("sign-in could not be checked again"));
    }

    private void end() {
        stop();
        if (!response.ended() && !response.closed()) {
            response.end().onFailure(cause -> LOGGER.atDebug().log("reader gone"));
            context.request().connection().close();
            Peer peer = Peer.of(context.request().connection());
            vertx.setTimer(CUT_AFTER_MS, late -> peer.cut());
        }
    }

    private void write(String text) {
        response.write(text).onFailure(cause -> LOGGER.atDebug().log("reader gone"));
    }
}
