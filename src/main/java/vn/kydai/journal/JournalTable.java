package vn.kydai.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import vn.kydai.event.Configuration;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.event.Kind;
import vn.kydai.event.codec.DataJson;
import vn.kydai.event.codec.Json;

/** Reads the journal's tables. A page lies in one day, so that reading it touches one partition, not 400. */
final class JournalTable {
    private static final String PAGE = """
            select position, ingest_time, source, id, kind, area, event_time, time_assumed, seq, data::text
            from journal
            where partition = $1 and position > $2 and position <= $3 and ingest_time >= $4 and ingest_time < $5
            order by position limit $6""";

    private static final String LEDGER = """
            select source, received, committed, duplicate, rejected, refused, interrupted,
                received - committed - duplicate - rejected - refused - interrupted,
                gaps, conflict, unidentified, qos0
            from ledger where day = $1""";

    private static final String DIGESTS = """
            select data ->> 'what', data ->> 'digest' from journal
            where kind = 'configuration' and data ->> 'what' = $1 order by position desc limit 1""";

    private static final String CONFIGURATION = """
            select data ->> 'digest', (data -> 'content')::text from journal
            where kind = 'configuration' and data ->> 'what' = $1 order by position desc limit 1""";

    private static final String DIGEST = "select digest from event_identity where source = $1 and id = $2";

    private final Pool pool;
    private final Consumer<Unreadable> unreadable;

    /** A row that cannot be read, with what of it can be. */
    record Unreadable(long position, String source, String area, String kind, Throwable cause) {}

    /** What a query gave: how far it went, and those of its rows that can be read. */
    private record Page(long last, List<Journaled> events) {}

    /**
     * Reads with a pool.
     *
     * @param unreadable told each time a row cannot be read: it is left out
     */
    JournalTable(Pool pool, Consumer<Unreadable> unreadable) {
        this.pool = pool;
        this.unreadable = unreadable;
    }

    /** Reads on in the day of the position that follows, or the first later day that has an event. */
    Future<List<Journaled>> read(NavigableMap<Long, LocalDate> days, long after, long readable, int limit) {
        Entry<Long, LocalDate> day = days.floorEntry(after + 1);
        if (day == null) {
            day = days.firstEntry();
        }
        if (day == null || after >= readable) {
            return Future.succeededFuture(List.of());
        }
        Long nextDay = days.higherKey(day.getKey());
        return page(day.getValue(), after, readable, limit).compose(page -> {
            if (!page.events().isEmpty()) {
                return Future.succeededFuture(page.events());
            }
            boolean isNothingReadable = page.last() > after;
            if (isNothingReadable) {
                return read(days, page.last(), readable, limit);
            }
            return nextDay == null
                    ? Future.succeededFuture(List.of())
                    : read(days, Math.max(after, nextDay - 1), readable, limit);
        });
    }

    private Future<Page> page(LocalDate day, long after, long readable, int limit) {
        Tuple parameters = Tuple.of(
                WriterSession.PARTITION,
                after,
                readable,
                IngestDay.start(day),
                IngestDay.start(day.plusDays(1)),
                limit);
        return pool.preparedQuery(PAGE).execute(parameters).map(rows -> {
            List<Journaled> events = new ArrayList<>(rows.size());
            long last = after;
            for (Row row : rows) {
                last = row.getLong(0);
                try {
                    events.add(journaled(row));
                } catch (RuntimeException | StackOverflowError e) {
                    unreadable.accept(new Unreadable(last, row.getString(2), row.getString(5), row.getString(4), e));
                }
            }
            return new Page(last, List.copyOf(events));
        });
    }

    private static Journaled journaled(Row row) {
        long position = row.getLong(0);
        Kind kind = Kind.ofId(row.getString(4))
                .orElseThrow(() -> new IllegalStateException("position " + position + " has an unknown kind"));
        Event event = new Event(
                row.getString(3),
                row.getString(2),
                row.getString(5),
                row.getOffsetDateTime(6).toInstant(),
                row.getBoolean(7),
                row.getLong(8),
                read(kind, row.getString(9)));
        return new Journaled(position, row.getOffsetDateTime(1).toInstant(), event);
    }

    private static vn.kydai.event.Data read(Kind kind, String data) {
        try {
            return DataJson.read(kind, Json.stored(data));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the journal holds data that is no JSON", e);
        }
    }

    Future<LedgerDay> ledger(LocalDate day) {
        return pool.preparedQuery(LEDGER).execute(Tuple.of(day)).map(rows -> {
            SortedMap<String, LedgerDay.Line> sources = new TreeMap<>();
            rows.forEach(row -> sources.put(row.getString(0), line(row)));
            return new LedgerDay(day, sources);
        });
    }

    private static LedgerDay.Line line(Row row) {
        return new LedgerDay.Line(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11));
    }

    Future<Optional<String>> digest(String source, String id) {
        return pool.preparedQuery(DIGEST).execute(Tuple.of(source, id)).map(rows -> {
            Optional<String> found = Optional.empty();
            for (Row row : rows) {
                found = Optional.of(row.getString(0));
            }
            return found;
        });
    }

    Future<Map<Configuration.Part, String>> configurationDigests() {
        Map<Configuration.Part, String> digests = new EnumMap<>(Configuration.Part.class);
        Future<Void> all = Future.succeededFuture();
        for (Configuration.Part part : Configuration.Part.values()) {
            all = all.compose(before -> pool.preparedQuery(DIGESTS)
                    .execute(Tuple.of(part.id()))
                    .onSuccess(rows -> rows.forEach(row -> digests.put(part, row.getString(1))))
                    .mapEmpty());
        }
        return all.map(read -> Map.copyOf(digests));
    }

    Future<Optional<Configuration>> configuration(Configuration.Part part) {
        return pool.preparedQuery(CONFIGURATION).execute(Tuple.of(part.id())).map(rows -> {
            Optional<Configuration> found = Optional.empty();
            for (Row row : rows) {
                found = Optional.of(new Configuration(part, row.getString(0), row.getString(1)));
            }
            return found;
        });
    }
}
