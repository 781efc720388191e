package vn.kydai.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.function.Supplier;
import vn.kydai.access.Caller;
import vn.kydai.access.Callers;
import vn.kydai.access.JsonBody;
import vn.kydai.access.Role;
import vn.kydai.event.codec.CloudEventJson;
import vn.kydai.event.codec.Json;
import vn.kydai.journal.Journal;
import vn.kydai.registry.Registry;

/** {@code GET /api/v1/events}: the journal in order, a page at a time or as server-sent events. */
final class EventsRoute {
    private final Journal journal;
    private final JournalScan scan;
    private final Supplier<Registry> registry;
    private final InstantSource clock;
    private final EventStreams streams;

    EventsRoute(Journal journal, Supplier<Registry> registry, InstantSource clock, MeterRegistry meters) {
        this.journal = journal;
        this.scan = new JournalScan(journal);
        this.registry = registry;
        this.clock = clock;
        this.streams = new EventStreams(journal, scan, meters);
    }

    void handle(RoutingContext context) {
        Caller.Viewer viewer = Callers.viewer(context, Role.READER);
        Supplier<EventFilter> filter =
                () -> EventFilter.of(context, registry.get().areas(), viewer, clock.instant());
        EventFilter checked = filter.get();
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        if (accept != null && accept.contains("text/event-stream")) {
            String last = context.request().getHeader("Last-Event-ID");
            Cursor after = Cursor.of(last == null ? context.request().getParam("after") : last);
            after.check(journal)
                    .compose(same -> {
                        streams.open(context, after, filter);
                        return Future.succeededFuture();
                    })
                    .onFailure(context::fail);
        } else {
            page(context, checked);
        }
    }

    private void page(RoutingContext context, EventFilter filter) {
        Cursor after = Cursor.of(context.request().getParam("after"));
        int limit = PageLimit.of(context.request().getParam("limit"));
        after.check(journal)
                .compose(same -> scan.after(after, filter, limit))
                .onSuccess(found -> JsonBody.answer(context, page(found)))
                .onFailure(context::fail);
    }

    private static ObjectNode page(JournalScan.Found found) {
        ObjectNode page = Json.MAPPER.createObjectNode();
        ArrayNode events = page.putArray("events");
        found.events().forEach(journaled -> events.add(CloudEventJson.write(journaled)));
        return page.put("next", found.next().text());
    }
}
