package vn.kydai.outbound;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Caller.Viewer;
import vn.kydai.access.Callers;
import vn.kydai.access.JsonBody;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;
import vn.kydai.event.Picture;
import vn.kydai.event.codec.Json;
import vn.kydai.registry.OutboundChannel;

/** {@code GET /api/v1/outbound}: how each way out fares, and the newest of what was given up in the caller's scope. */
final class OutboundRoute {
    private static final int MOST_SHOWN = 100;

    private static final String CHANNELS = """
            select c.id, c.delivered, c.given_up, c.last_success, c.last_failure, c.last_error,
                w.waiting, w.oldest, w.attempts
            from outbound_channel c
            cross join lateral (
                select count(*) as waiting, min(ingest_time) as oldest, coalesce(max(attempts), 0) as attempts
                from outbound where channel = c.id and state = 'waiting') w
            order by c.id""";

    private static final String GIVEN_UP = """
            select channel, key, alarm, area, ingest_time, attempts, error, ended_at from outbound
            where state = 'given_up' and area = any($1) order by ended_at desc, number desc limit $2""";

    private final OutboundParts parts;
    private final Supplier<@Nullable Picture> newest;

    OutboundRoute(OutboundParts parts, Supplier<@Nullable Picture> newest) {
        this.parts = parts;
        this.newest = newest;
    }

    void mount(Router router) {
        router.get("/api/v1/outbound").handler(this::show);
    }

    private void show(RoutingContext context) {
        Viewer viewer = Callers.viewer(context, Role.OPERATOR);
        String[] areas = scope(viewer).toArray(String[]::new);
        Future<RowSet<Row>> channels = parts.pool().preparedQuery(CHANNELS).execute();
        Future<RowSet<Row>> givenUp = parts.pool().preparedQuery(GIVEN_UP).execute(Tuple.of(areas, MOST_SHOWN));
        Future.all(channels, givenUp)
                .onSuccess(both -> JsonBody.answer(context, body(channels.result(), givenUp.result())))
                .onFailure(cause ->
                        context.fail(new Problem(503, "the outbox cannot be read now", Map.of("Retry-After", "1"))));
    }

    private Set<String> scope(Viewer viewer) {
        Picture picture = newest.get();
        return picture == null ? Set.of(viewer.scope()) : picture.subtree(viewer.scope());
    }

    private ObjectNode body(RowSet<Row> channels, RowSet<Row> givenUp) {
        Map<String, String> kinds = parts.channels().get().all().stream()
                .collect(Collectors.toMap(
                        OutboundChannel::id, channel -> channel.target().kind()));
        ObjectNode body =
                Json.MAPPER.createObjectNode().put("at", Json.time(parts.clock().instant()));
        ObjectNode byId = body.putObject("channels");
        for (Row row : channels) {
            ObjectNode channel = byId.putObject(row.getString("id"))
                    .put("kind", kinds.getOrDefault(row.getString("id"), ""))
                    .put("waiting", row.getLong("waiting"))
                    .put("attempts", row.getInteger("attempts"))
                    .put("delivered", row.getLong("delivered"))
                    .put("givenUp", row.getLong("given_up"));
            time(channel, "oldest", row.getOffsetDateTime("oldest"));
            time(channel, "lastSuccess", row.getOffsetDateTime("last_success"));
            time(channel, "lastFailure", row.getOffsetDateTime("last_failure"));
            text(channel, "lastError", row.getString("last_error"));
        }
        ArrayNode list = body.putArray("givenUp");
        for (Row row : givenUp) {
            ObjectNode message = list.addObject()
                    .put("channel", row.getString("channel"))
                    .put("key", row.getString("key"))
                    .put("alarm", row.getString("alarm"))
                    .put("area", row.getString("area"))
                    .put("attempts", row.getInteger("attempts"));
            time(message, "ingestTime", row.getOffsetDateTime("ingest_time"));
            time(message, "endedAt", row.getOffsetDateTime("ended_at"));
            text(message, "error", row.getString("error"));
        }
        return body;
    }

    private static void time(ObjectNode node, String name, @Nullable OffsetDateTime at) {
        if (at != null) {
            node.put(name, Json.time(at.toInstant()));
        }
    }

    private static void text(ObjectNode node, String name, @Nullable String text) {
        if (text != null) {
            node.put(name, text);
        }
    }
}
