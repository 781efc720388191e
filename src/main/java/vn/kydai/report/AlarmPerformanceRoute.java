package vn.kydai.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.function.Supplier;
import vn.kydai.access.Caller;
import vn.kydai.access.Callers;
import vn.kydai.access.JsonBody;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;
import vn.kydai.event.codec.Json;
import vn.kydai.registry.Areas;
import vn.kydai.registry.Registry;
import vn.kydai.registry.WorkingCalendar;

/** {@code GET /api/v1/alarms/performance}: the alarms' own figures of a period, from the journal's alarm events alone. */
final class AlarmPerformanceRoute {
    private static final int LONGEST_DAYS = 92;

    /** How long before the period an alarm may have begun that still stands in it. */
    private static final Duration BEFORE = Duration.ofDays(30);

    private static final int MOST_EVENTS = 200_000;

    private final AlarmEvents events;
    private final Supplier<Registry> registry;
    private final InstantSource clock;

    AlarmPerformanceRoute(Pool pool, Supplier<Registry> registry, InstantSource clock) {
        this.events = new AlarmEvents(pool);
        this.registry = registry;
        this.clock = clock;
    }

    private record Asked(Areas areas, String area, Period period, Instant from, Instant to) {}

    void handle(RoutingContext context) {
        Asked asked = asked(context);
        read(context.vertx(), asked)
                .onSuccess(body -> JsonBody.answer(context, body))
                .onFailure(context::fail);
    }

    private Asked asked(RoutingContext context) {
        Caller.Viewer viewer = Callers.viewer(context, Role.READER);
        Areas areas = registry.get().areas();
        Instant now = clock.instant();
        LocalDate today = WorkingCalendar.dateOf(now);
        String area =
                Reach.of(areas, viewer, context.request().getParam("area"), now).area();
        Period period = Period.of(context.request().getParam("period"), today);
        if (period.first().plusDays(LONGEST_DAYS).isBefore(period.last())) {
            throw new Problem(400, "period: found " + period.text() + "; allowed: at most a quarter");
        }
        if (period.first().isAfter(today)) {
            throw new Problem(400, "period: found " + period.text() + "; allowed: one that has begun");
        }
        Instant from = start(period.first());
        Instant end = start(period.last().plusDays(1));
        return new Asked(areas, area, period, from, end.isAfter(now) ? now : end);
    }

    private Future<ObjectNode> read(Vertx vertx, Asked asked) {
        return events.rows(asked.from().minus(BEFORE), asked.to(), null, MOST_EVENTS + 1)
                .compose(rows -> vertx.executeBlocking(() -> body(asked, rows), false));
    }

    /** Works off the event loop: a quarter has 200,000 events to be parsed. */
    private static ObjectNode body(Asked asked, RowSet<Row> rows) {
        if (rows.size() > MOST_EVENTS) {
            throw new Problem(400, "period: found more than " + MOST_EVENTS + " alarm events; allowed: a shorter one");
        }
        AlarmPerformance performance = new AlarmPerformance(asked.from(), asked.to());
        for (Row row : rows) {
            AlarmEvents.Found event = AlarmEvents.found(row);
            Instant at = event.ingestTime();
            performance.add(
                    at, event.alarm(), asked.areas().isWithin(event.area(), asked.area(), WorkingCalendar.dateOf(at)));
        }
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("area", asked.area())
                .put("period", asked.period().text())
                .put("from", Json.time(asked.from()))
                .put("to", Json.time(asked.to()));
        performance.write(body);
        return body;
    }

    private static Instant start(LocalDate date) {
        return date.atStartOfDay(WorkingCalendar.ZONE).toInstant();
    }
}
