package vn.kydai.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Alarm;
import vn.kydai.event.Kind;
import vn.kydai.event.codec.DataJson;
import vn.kydai.event.codec.Json;

/** Reads the journal's alarm events, whose index is by ingest time. */
final class AlarmEvents {
    private static final String NEWEST = """
            select * from (
                select position, ingest_time, event_time, area, data::text from journal
                where kind = 'alarm' and ingest_time >= $1 and ingest_time < $2
                    and position <> all (array(select position from set_aside))
                    and ($3::text is null or (data ->> 'rule') || ':' || (data ->> 'source') = $3)
                order by position desc limit $4) newest
            order by position""";

    private final Pool pool;

    AlarmEvents(Pool pool) {
        this.pool = pool;
    }

    /** One step of an alarm, as the journal has it. */
    record Found(Instant ingestTime, Instant eventTime, String area, Alarm alarm) {}

    /**
     * Reads the newest events of a time, in journal order.
     *
     * @param to exclusive
     * @param id of the one alarm that is wanted
     * @return each for {@link #found}
     */
    Future<RowSet<Row>> rows(Instant from, Instant to, @Nullable String id, int most) {
        return pool.preparedQuery(NEWEST).execute(Tuple.of(time(from), time(to), id, most));
    }

    /** Reads the same, parsed at once: for as many as one page shows. */
    Future<List<Found>> newest(Instant from, Instant to, @Nullable String id, int most) {
        return rows(from, to, id, most)
                .map(rows -> rows.stream().map(AlarmEvents::found).toList());
    }

    /** Parses one of what was read. */
    static Found found(Row row) {
        return new Found(
                row.getOffsetDateTime(1).toInstant(), row.getOffsetDateTime(2).toInstant(), row.getString(3), (Alarm)
                        DataJson.read(Kind.ALARM, tree(row.getString(4))));
    }

    private static JsonNode tree(String json) {
        try {
            return Json.stored(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("the journal holds an alarm event that is no JSON", e);
        }
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
