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
import java.util.function.Predicate;
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

/**
 * {@code GET /api/v1/outbound}: how each way out fares, and the newest of what was given up in the caller's scope. Whoever sees
 * the whole tree sees every channel; others those that their area's alarms may go by, and of these what became of their own
 * area's messages.
 */
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

    /** The same of the messages of some areas alone, as far back as they are kept. */
    private static final String CHANNELS_OF_AREAS = """
            select c.id, count(*) filter (where o.state = 'delivered') as delivered,
                count(*) filter (where o.state = 'given_up') as given_up,
                max(o.ended_at) filter (where o.state = 'delivered') as last_success,
                null::timestamptz as last_failure,
                (array_agg(o.error order by o.number desc) filter (where o.error is not null))[1] as last_error,
                count(*) filter (where o.state = 'waiting') as waiting,
                min(o.ingest_time) filter (where o.state = 'waiting') as oldest,
                coalesce(max(o.attempts) filter (where o.state = 'waiting'), 0) as attempts
            from outbound_channel c left join outbound o on o.channel = c.id and o.area = any($1)
            group by c.id order by c.id""";

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
        Set<String> scope = scope(viewer);
        String[] areas = scope.toArray(String[]::new);
        boolean isWhole = isWhole(viewer);
        Future<RowSet<Row>> channels = isWhole
                ? parts.pool().preparedQuery(CHANNELS).execute()
                : parts.pool().preparedQuery(CHANNELS_OF_AREAS).execute(Tuple.of((Object) areas));
        Future<RowSet<Row>> givenUp = parts.pool().preparedQuery(GIVEN_UP).execute(Tuple.of(areas, MOST_SHOWN));
        Future.all(channels, givenUp)
                .onSuccess(both -> JsonBody.answer(
                        context, body(channels.result(), id -> isWhole || isOf(id, viewer, scope), givenUp.result())))
                .onFailure(cause ->
                        context.fail(new Problem(503, "the outbox cannot be read now", Map.of("Retry-After", "1"))));
    }

    private Set<String> scope(Viewer viewer) {
        Picture picture = newest.get();
        return picture == null ? Set.of(viewer.scope()) : picture.subtree(viewer.scope());
    }

    /** Tells whether nothing lies above a viewer's scope. */
    private boolean isWhole(Viewer viewer) {
        Picture picture = newest.get();
        return picture != null
                && picture.areas().containsKey(viewer.scope())
                && picture.areas().values().stream()
                        .noneMatch(area -> area.children().contains(viewer.scope()));
    }

    /** Tells whether alarms of the scope may go by a channel: it tells those of all areas, of one above, or of one within. */
    private boolean isOf(String channel, Viewer viewer, Set<String> scope) {
        Picture picture = newest.get();
        return parts.channels().get().all().stream()
                .filter(known -> known.id().equals(channel))
                .map(known -> known.filter().area())
                .anyMatch(area -> area == null
                        || scope.contains(area)
                        || (picture != null && picture.subtree(area).contains(viewer.scope())));
    }

    private ObjectNode body(RowSet<Row> channels, Predicate<String> isShown, RowSet<Row> givenUp) {
        Map<String, String> kinds = parts.channels().get().all().stream()
                .collect(Collectors.toMap(
                        OutboundChannel::id, channel -> channel.target().kind()));
        ObjectNode body =
                Json.MAPPER.createObjectNode().put("at", Json.time(parts.clock().instant()));
        ObjectNode byId = body.putObject("channels");
        for (Row row : channels) {
            if (!isShown.test(row.getString("id"))) {
                continue;
            }
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
