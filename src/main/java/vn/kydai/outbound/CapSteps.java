package vn.kydai.outbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.kydai.event.Alarm;
import vn.kydai.event.Data;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.event.Kind;
import vn.kydai.event.Picture;
import vn.kydai.event.codec.DataJson;
import vn.kydai.event.codec.Json;

/** The steps of alarms that an alert tells, from the journal's table. */
final class CapSteps {
    /** An alarm that has stood for longer than this was told by messages nobody looks for any more. */
    private static final Duration LOOKED_BACK = Duration.ofDays(31);

    private static final String STEPS = """
            with told as (
                select position, ingest_time, id, area, event_time, data,
                    max(position) filter (where data ->> 'step' = 'raised')
                        over (partition by data ->> 'rule', data ->> 'source') as begun
                from journal
                where kind = 'alarm' and ingest_time >= $1
                    and position <> all (array(select position from set_aside))
                    and (data ->> 'rule', data ->> 'source') in (select * from unnest($2::text[], $3::text[]))
                    and data ->> 'step' in ('raised', 'realarmed', 'changed', 'cleared', 'latched'))
            select position, ingest_time, id, area, event_time, data::text from told
            where position >= coalesce(begun, 0)
            order by position""";

    private final Pool pool;

    CapSteps(Pool pool) {
        this.pool = pool;
    }

    /** Returns the steps of some alarms since each was last raised, by alarm, in order; one without any is left out. */
    Future<Map<String, List<Journaled>>> of(Collection<Picture.Alarm> alarms) {
        if (alarms.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        Instant since = alarms.stream()
                .map(Picture.Alarm::raisedAt)
                .min(Instant::compareTo)
                .orElseThrow();
        return pool.preparedQuery(STEPS)
                .execute(Tuple.of(
                        Outbox.utc(since.minus(LOOKED_BACK)),
                        alarms.stream().map(Picture.Alarm::rule).toArray(String[]::new),
                        alarms.stream().map(Picture.Alarm::source).toArray(String[]::new)))
                .map(rows -> {
                    Map<String, List<Journaled>> steps = new HashMap<>();
                    rows.forEach(row -> {
                        Journaled step = step(row);
                        steps.computeIfAbsent(((Alarm) step.event().data()).id(), id -> new ArrayList<>())
                                .add(step);
                    });
                    return steps;
                });
    }

    private static Journaled step(Row row) {
        Instant at = row.getOffsetDateTime("event_time").toInstant();
        Event event = new Event(
                row.getString("id"), Event.PRODUCT, row.getString("area"), at, false, null, data(row.getString(5)));
        return new Journaled(
                row.getLong("position"), row.getOffsetDateTime("ingest_time").toInstant(), event);
    }

    private static Data data(String json) {
        try {
            return DataJson.read(Kind.ALARM, Json.stored(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the journal holds data that is no JSON", e);
        }
    }
}
