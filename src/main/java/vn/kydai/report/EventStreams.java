package vn.kydai.report;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import vn.kydai.access.Problem;
import vn.kydai.journal.Journal;
import vn.kydai.meter.Meters;

/** Opens streams of server-sent events, up to a bound. */
final class EventStreams {
    private static final int MAX_STREAMS = 200;
    private static final Map<String, String> RETRY_LATER = Map.of("Retry-After", "30");

    private final Journal journal;
    private final JournalScan scan;
    private final AtomicInteger open = new AtomicInteger();

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
        if (open.incrementAndGet() > MAX_STREAMS) {
            open.decrementAndGet();
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
        });
        stream.start();
    }
}
