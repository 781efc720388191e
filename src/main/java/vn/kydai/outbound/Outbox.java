package vn.kydai.outbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.codec.Json;

/** The tables {@code outbound} and {@code outbound_channel}. */
final class Outbox {
    private static final Duration DELIVERED_KEPT = Duration.ofDays(7);
    private static final Duration GIVEN_UP_KEPT = Duration.ofDays(90);
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private static final String ADD = """
            insert into outbound (channel, key, position, alarm, area, ingest_time, document, places, next_attempt)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $6) on conflict (channel, key) do nothing""";

    private static final String MOVE_ON =
            "update outbound_channel set position = $1 where position < $1 and id = any($2)";

    /** An alarm's later step waits while an earlier one has to wait. */
    private static final String NEXT = """
            select number, key, alarm, ingest_time, document, places, attempts from outbound o
            where channel = $1 and state = 'waiting' and next_attempt <= $2
                and not exists (
                    select from outbound earlier
                    where earlier.channel = o.channel and earlier.state = 'waiting' and earlier.alarm = o.alarm
                        and earlier.position < o.position and earlier.next_attempt > $2)
            order by position limit $3""";

    private static final String DELIVERED = """
            with done as (
                update outbound set state = 'delivered', attempts = attempts + 1, last_attempt = $2, ended_at = $2,
                    error = null
                where number = any($1) and state = 'waiting' returning 1)
            update outbound_channel set last_success = $2, delivered = delivered + (select count(*) from done)
            where id = $3""";

    private static final String FAILED = """
            with failed as (
                update outbound set attempts = attempts + 1, last_attempt = $2, next_attempt = $3, error = $4
                where number = any($1) returning 1)
            update outbound_channel set last_failure = $2, last_error = $4 where id = $5""";

    private static final String GIVE_UP = """
            with old as (
                update outbound set state = 'given_up', ended_at = $3
                where channel = $1 and state = 'waiting' and ingest_time <= $2 returning 1)
            update outbound_channel set given_up = given_up + (select count(*) from old)
            where id = $1 and exists (select from old) returning (select count(*) from old)""";

    private static final String ABANDON = """
            update outbound set state = 'given_up', ended_at = $2, error = 'channel removed'
            where state = 'waiting' and not channel = any($1)""";

    private static final String WAITING =
            "select count(*), min(ingest_time) from outbound where channel = $1 and state = 'waiting'";

    private final Pool pool;

    Outbox(Pool pool) {
        this.pool = pool;
    }

    /** A row to be: what goes out by which channel. */
    record Entry(
            String channel,
            String key,
            long position,
            String alarm,
            String area,
            Instant ingestTime,
            String document,
            Map<String, String> places) {
        Entry {
            places = Map.copyOf(places);
        }
    }

    /** What waits. */
    record Backlog(long messages, @Nullable Instant oldest) {}

    /**
     * Takes note of the channels there are: those that are new begin at {@code newest}, what waits for one that is gone is
     * given up.
     *
     * @return how far each has been fed
     */
    Future<Map<String, Long>> begin(Collection<String> channels, long newest, Instant now) {
        String[] ids = channels.toArray(String[]::new);
        return pool.withTransaction(connection -> run(connection, ABANDON, Tuple.of(ids, utc(now)))
                .compose(abandoned ->
                        run(connection, "delete from outbound_channel where not id = any($1)", Tuple.of((Object) ids)))
                .compose(forgotten -> run(
                        connection,
                        "insert into outbound_channel (id, position) select unnest($1::text[]), $2"
                                + " on conflict (id) do nothing",
                        Tuple.of(ids, newest)))
                .compose(added -> run(connection, "select id, position from outbound_channel", Tuple.tuple()))
                .map(rows -> {
                    Map<String, Long> positions = new TreeMap<>();
                    rows.forEach(row -> positions.put(row.getString(0), row.getLong(1)));
                    return positions;
                }));
    }

    /** Returns the ids of the channels that are fed, and of those that something waits for. */
    static Future<Set<String>> channels(Pool pool) {
        String sql = "select id from outbound_channel union select channel from outbound where state = 'waiting'";
        return pool.query(sql).execute().map(rows -> {
            Set<String> ids = new TreeSet<>();
            rows.forEach(row -> ids.add(row.getString(0)));
            return ids;
        });
    }

    /** Adds what has to go out, and moves every channel on, in one transaction. */
    Future<Void> add(List<Entry> entries, Collection<String> channels, long position) {
        List<Tuple> rows = new ArrayList<>();
        for (Entry entry : entries) {
            rows.add(Tuple.from(List.of(
                    entry.channel(),
                    entry.key(),
                    entry.position(),
                    entry.alarm(),
                    entry.area(),
                    utc(entry.ingestTime()),
                    entry.document(),
                    new JsonObject(new TreeMap<>(entry.places())))));
        }
        Tuple move = Tuple.of((Object) position, (Object) channels.toArray(String[]::new));
        return pool.withTransaction(connection -> (rows.isEmpty()
                        ? Future.<RowSet<Row>>succeededFuture()
                        : connection.preparedQuery(ADD).executeBatch(rows))
                .compose(added -> run(connection, MOVE_ON, move))
                .mapEmpty());
    }

    /** Returns what may leave now, the earliest first. */
    Future<List<Delivery>> next(String channel, Instant now, int limit) {
        return pool.preparedQuery(NEXT)
                .execute(Tuple.of(channel, utc(now), limit))
                .map(rows -> {
                    List<Delivery> due = new ArrayList<>();
                    rows.forEach(row -> due.add(delivery(row)));
                    return List.copyOf(due);
                });
    }

    private static Delivery delivery(Row row) {
        return new Delivery(
                row.getLong(0),
                row.getString(1),
                row.getString(2),
                row.getOffsetDateTime(3).toInstant(),
                row.getString(4),
                places(row.getJsonObject(5).encode()),
                row.getInteger(6));
    }

    private static Map<String, String> places(String json) {
        try {
            return Json.MAPPER.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the places of a message are no texts", e);
        }
    }

    Future<Void> delivered(String channel, List<Delivery> deliveries, Instant now) {
        return pool.preparedQuery(DELIVERED)
                .execute(Tuple.of(numbers(deliveries), utc(now), channel))
                .mapEmpty();
    }

    /** Notes a failure; they are not tried again before an instant. */
    Future<Void> failed(String channel, List<Delivery> deliveries, Instant now, Instant again, String error) {
        return pool.preparedQuery(FAILED)
                .execute(Tuple.of(numbers(deliveries), utc(now), utc(again), error, channel))
                .mapEmpty();
    }

    /** Gives up what the journal took at an instant or before; returns how many. */
    Future<Long> giveUp(String channel, Instant until, Instant now) {
        return pool.preparedQuery(GIVE_UP)
                .execute(Tuple.of(channel, utc(until), utc(now)))
                .map(rows -> rows.size() == 0 ? 0L : rows.iterator().next().getLong(0));
    }

    Future<Backlog> backlog(String channel) {
        return pool.preparedQuery(WAITING).execute(Tuple.of(channel)).map(rows -> {
            Row row = rows.iterator().next();
            OffsetDateTime oldest = row.getOffsetDateTime(1);
            return new Backlog(row.getLong(0), oldest == null ? null : oldest.toInstant());
        });
    }

    /** Deletes what ended long ago. */
    Future<Void> clean(Instant now) {
        String sql = "delete from outbound where state = $1 and ended_at < $2";
        return pool.preparedQuery(sql)
                .execute(Tuple.of("delivered", utc(now.minus(DELIVERED_KEPT))))
                .compose(
                        deleted -> pool.preparedQuery(sql).execute(Tuple.of("given_up", utc(now.minus(GIVEN_UP_KEPT)))))
                .mapEmpty();
    }

    private static Long[] numbers(List<Delivery> deliveries) {
        return deliveries.stream().map(Delivery::number).toArray(Long[]::new);
    }

    private static Future<RowSet<Row>> run(SqlConnection connection, String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters);
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
