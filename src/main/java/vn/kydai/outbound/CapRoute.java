package vn.kydai.outbound;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.access.Caller.Viewer;
import vn.kydai.access.Callers;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.event.Kind;
import vn.kydai.event.Picture;
import vn.kydai.event.codec.DataJson;
import vn.kydai.event.codec.Json;
import vn.kydai.outbound.CapMessage.Sent;

/** {@code GET /api/v1/alarms/{alarm}.cap}: an alarm's newest message of the Common Alerting Protocol. */
final class CapRoute {
    private static final Logger LOGGER = LoggerFactory.getLogger(CapRoute.class);

    /** An alarm's message names the sender, which has no blank and no comma (CAP 1.2, 3.2.1). */
    private static final String SENDER = "kydai";

    /** An event of an alarm may be told a little after it was decided. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private static final String STEPS = """
            select position, ingest_time, id, area, event_time, data::text from journal
            where kind = 'alarm' and ingest_time >= $1 and data ->> 'rule' = $2 and data ->> 'source' = $3
                and (data ->> 'occurrence')::bigint = $4
                and data ->> 'step' in ('raised', 'realarmed', 'changed', 'cleared', 'latched')
            order by position""";

    private final OutboundParts parts;
    private final Supplier<@Nullable Picture> newest;

    CapRoute(OutboundParts parts, Supplier<@Nullable Picture> newest) {
        this.parts = parts;
        this.newest = newest;
    }

    void mount(Router router) {
        router.get("/api/v1/alarms/:alarm.cap").handler(this::show);
    }

    private void show(RoutingContext context) {
        Viewer viewer = Callers.viewer(context, Role.READER);
        String id = requireNonNull(context.pathParam("alarm"), "the path has it");
        Picture picture = newest.get();
        if (picture == null) {
            throw new Problem(503, "there is no picture yet", Map.of("Retry-After", "1"));
        }
        Picture.Alarm alarm = picture.alarms().get(id);
        if (alarm == null) {
            throw new Problem(404, "there is no alarm " + id);
        }
        if (!picture.subtree(viewer.scope()).contains(alarm.area())) {
            throw new Problem(403, "this token may see " + viewer.scope() + ", not " + alarm.area());
        }
        parts.pool()
                .preparedQuery(STEPS)
                .execute(Tuple.of(
                        Outbox.utc(alarm.raisedAt().minus(MARGIN)), alarm.rule(), alarm.source(), alarm.occurrence()))
                .map(rows -> message(steps(rows), alarm, picture))
                .onSuccess(message -> answer(context, message))
                .onFailure(cause -> context.fail(
                        cause instanceof Problem
                                ? cause
                                : new Problem(503, "the journal cannot be read now", Map.of("Retry-After", "1"))));
    }

    private static List<Journaled> steps(RowSet<Row> rows) {
        List<Journaled> steps = new ArrayList<>();
        for (Row row : rows) {
            Instant at = row.getOffsetDateTime("event_time").toInstant();
            Event event = new Event(
                    row.getString("id"), "kydai", row.getString("area"), at, false, null, data(row.getString(5)));
            steps.add(new Journaled(
                    row.getLong("position"),
                    row.getOffsetDateTime("ingest_time").toInstant(),
                    event));
        }
        return steps;
    }

    private static vn.kydai.event.Data data(String json) {
        try {
            return DataJson.read(Kind.ALARM, Json.MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the journal holds data that is no JSON", e);
        }
    }

    private CapMessage message(List<Journaled> steps, Picture.Alarm alarm, Picture picture) {
        if (steps.isEmpty()) {
            throw new Problem(404, "the journal no longer holds how this alarm was raised");
        }
        List<Sent> sent = new ArrayList<>();
        Notice notice = null;
        for (Journaled step : steps) {
            Alarm said = (Alarm) step.event().data();
            boolean isEnd = said.step() == Step.CLEARED || said.step() == Step.LATCHED;
            sent.add(new Sent(said.id() + "/" + step.position(), step.event().eventTime(), isEnd));
            notice = Notice.of(
                    step,
                    said,
                    picture,
                    alarm,
                    parts.rules().get().find(said.rule()).orElse(null));
        }
        Picture.Area area = picture.areas().get(alarm.area());
        return new CapMessage(
                SENDER, sent, requireNonNull(notice, "there is a step"), area == null ? alarm.area() : area.code());
    }

    private static void answer(RoutingContext context, CapMessage message) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/cap+xml")
                .end(message.xml())
                .onFailure(cause -> LOGGER.atDebug().log("gone before the answer"));
    }
}
