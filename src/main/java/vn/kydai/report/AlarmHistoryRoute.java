package vn.kydai.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Caller;
import vn.kydai.access.Callers;
import vn.kydai.access.JsonBody;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;
import vn.kydai.event.codec.DataJson;
import vn.kydai.event.codec.Json;
import vn.kydai.event.codec.Rfc3339;
import vn.kydai.registry.Areas;
import vn.kydai.registry.Registry;
import vn.kydai.registry.WorkingCalendar;

/** {@code GET /api/v1/alarms/history}: who or what did what to alarms, and when, from the journal's alarm events. */
final class AlarmHistoryRoute {
    private static final int MOST_STEPS = 10_000;
    private static final Duration LONGEST = Duration.ofDays(92);

    /** What is shown of a time without a start: a day of all alarms, a month of one. */
    private static final Duration DAY = Duration.ofDays(1);

    private static final Duration MONTH = Duration.ofDays(30);

    private final AlarmEvents events;
    private final Supplier<Registry> registry;
    private final InstantSource clock;

    AlarmHistoryRoute(Pool pool, Supplier<Registry> registry, InstantSource clock) {
        this.events = new AlarmEvents(pool);
        this.registry = registry;
        this.clock = clock;
    }

    private record Asked(Areas areas, String area, @Nullable String alarm, Instant from, Instant to) {}

    void handle(RoutingContext context) {
        Asked asked = asked(context);
        events.newest(asked.from(), asked.to(), asked.alarm(), MOST_STEPS)
                .map(found -> body(asked, found))
                .onSuccess(body -> JsonBody.answer(context, body))
                .onFailure(context::fail);
    }

    private Asked asked(RoutingContext context) {
        Caller.Viewer viewer = Callers.viewer(context, Role.READER);
        Areas areas = registry.get().areas();
        Instant now = clock.instant();
        String area =
                Reach.of(areas, viewer, context.request().getParam("area"), now).area();
        String alarm = context.request().getParam("alarm");
        Instant to = time("to", context.request().getParam("to"), now);
        Instant from = time("from", context.request().getParam("from"), to.minus(alarm == null ? DAY : MONTH));
        if (!from.isBefore(to)) {
            throw new Problem(400, "from: found a time that is not before to; allowed: an earlier one");
        }
        if (from.plus(LONGEST).isBefore(to)) {
            throw new Problem(400, "from: found more than " + LONGEST.toDays() + " days before to; allowed: fewer");
        }
        return new Asked(areas, area, alarm, from, to);
    }

    private static Instant time(String parameter, @Nullable String text, Instant otherwise) {
        try {
            return text == null ? otherwise : Rfc3339.parse(text);
        } catch (DateTimeException e) {
            throw new Problem(400, parameter + ": found " + SeriesQuery.shown(text) + "; allowed: an RFC 3339 time");
        }
    }

    private static ObjectNode body(Asked asked, List<AlarmEvents.Found> found) {
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("area", asked.area())
                .put("from", Json.time(asked.from()))
                .put("to", Json.time(asked.to()))
                .put("complete", found.size() < MOST_STEPS);
        ArrayNode steps = body.putArray("steps");
        for (AlarmEvents.Found event : found) {
            if (asked.areas().isWithin(event.area(), asked.area(), WorkingCalendar.dateOf(event.ingestTime()))) {
                ObjectNode step = DataJson.write(event.alarm(), null);
                steps.add(step.put("alarm", event.alarm().id())
                        .put("area", event.area())
                        .put("at", Json.time(event.eventTime())));
            }
        }
        return body;
    }
}
