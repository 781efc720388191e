package vn.kydai.report;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import vn.kydai.access.Caller;
import vn.kydai.access.Callers;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;
import vn.kydai.journal.Journal;
import vn.kydai.meter.Meters;

/** Opens streams of server-sent events, up to a bound. */
final class EventStreams {
    private static final int MAX_STREAMS = 200;

    /** Nobody has more than a quarter. */
    private static final int MAX_STREAMS_OF_ONE = MAX_STREAMS / 4;

    private static final Map<String, String> RETRY_LATER = Map.of("Retry-After", "30");

    private final Journal journal;
    private final JournalScan scan;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<String, Integer> byCaller = new ConcurrentHashMap<>();

    EventStreams(Journal journal, JournalScan scan, MeterRegistry registry) {
        this.journal = journal;
        this.scan = scan;
        Meters meters = new Meters(registry, "report");
        meters.gauge("streams", "streams", "streams of server-sent events open", open::get);
        meters.gauge("limit.streams", "streams", "bound of the streams", () -> MAX_STREAMS);
    }

    /**
     * Answers with a stream that starts after a cursor.
     *
     * @param filter asked again for each batch, so that a change of the area tree reaches a stream that lives for days
     */
    void open(RoutingContext context, Cursor after, Supplier<EventFilter> filter) {
        Caller.Viewer viewer = Callers.viewer(context, Role.READER);
        String caller = viewer.role().id() + " " + viewer.scope() + " " + viewer.name();
        if (byCaller.merge(caller, 1, Integer::sum) > MAX_STREAMS_OF_ONE) {
            left(caller);
            throw new Problem(
                    429, "too many event streams of one caller (at most " + MAX_STREAMS_OF_ONE + ")", RETRY_LATER);
        }
        if (open.incrementAndGet() > MAX_STREAMS) {
            open.decrementAndGet();
            left(caller);
            throw new Problem(503, "too many event streams (at most " + MAX_STREAMS + ")", RETRY_LATER);
        }
        context.response()
                .setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                // A compressor would hold events back until its block is full.
                .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
                .putHeader("X-Accel-Buffering", "no");
        EventStream stream = new EventStream(context, journal, scan, filter, after);
        context.addEndHandler(gone -> {
            stream.stop();
            open.decrementAndGet();
            left(caller);
        });
        stream.start();
    }

    private void left(String caller) {
        byCaller.computeIfPresent(caller, (key, count) -> count == 1 ? null : count - 1);
    }
}
