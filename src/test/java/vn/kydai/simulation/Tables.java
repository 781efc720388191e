package vn.kydai.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.event.Kind;
import vn.kydai.event.codec.DataJson;
import vn.kydai.event.codec.Json;

/** What has committed: the tables of the journal, as its migrations make them. */
final class Tables {
    private static final OffsetDateTime EPOCH = OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    final TreeMap<Long, @Nullable Object[]> journal = new TreeMap<>();
    final TreeMap<Line, long[]> ledger = new TreeMap<>();
    final Map<Identity, Claim> identities = new HashMap<>();
    final List<Letter> letters = new ArrayList<>();
    private final TreeMap<String, @Nullable Object[]> sequences = new TreeMap<>();
    private final TreeMap<Long, LocalDate> days = new TreeMap<>();
    private long position;
    private OffsetDateTime ingestTime = EPOCH;
    private UUID batch = new UUID(0, 0);

    /** A source's counts of one day. */
    record Line(String source, LocalDate day) implements Comparable<Line> {
        @Override
        public int compareTo(Line other) {
            int bySource = source.compareTo(other.source);
            return bySource == 0 ? day.compareTo(other.day) : bySource;
        }
    }

    /** What makes two events one. */
    record Identity(String source, String id) {}

    /** When an identity was taken, and what its event said. */
    record Claim(String digest, OffsetDateTime at) {}

    /** A dead letter. */
    record Letter(String source, String reason) {}

    /** Columns of the ledger after its key, as the writer's statement has them; {@code interrupted} stands behind. */
    enum Count {
        RECEIVED,
        COMMITTED,
        DUPLICATE,
        REJECTED,
        REFUSED,
        GAPS,
        CONFLICT,
        UNIDENTIFIED,
        QOS0,
        INTERRUPTED
    }

    long position() {
        return position;
    }

    static long of(long[] line, Count count) {
        return line[count.ordinal()];
    }

    /** Returns what was received and has no outcome yet. */
    static long inFlight(long[] line) {
        return of(line, Count.RECEIVED)
                - of(line, Count.COMMITTED)
                - of(line, Count.DUPLICATE)
                - of(line, Count.REJECTED)
                - of(line, Count.REFUSED)
                - of(line, Count.INTERRUPTED);
    }

    RowSet<Row> ending() {
        return Rows.one(position, ingestTime, batch);
    }

    void interrupt() {
        ledger.values().forEach(line -> line[Count.INTERRUPTED.ordinal()] += inFlight(line));
    }

    RowSet<Row> sequences() {
        return Rows.of(List.copyOf(sequences.values()));
    }

    RowSet<Row> days() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        days.forEach((first, day) -> rows.add(new Object[] {first, day}));
        return Rows.of(rows);
    }

    void addDay(Tuple day) {
        if (!days.containsValue(day.getLocalDate(1))) {
            days.put(day.getLong(2), day.getLocalDate(1));
        }
    }

    /** Returns which of a batch's identities had been taken before, and by what. */
    RowSet<Row> known(Tuple claimed) {
        String[] sources = claimed.getArrayOfStrings(0);
        String[] ids = claimed.getArrayOfStrings(1);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int n = 0; n < ids.length; n++) {
            Claim claim = identities.get(new Identity(sources[n], ids[n]));
            if (claim != null) {
                rows.add(new Object[] {sources[n], ids[n], claim.digest()});
            }
        }
        return Rows.of(rows);
    }

    void claim(Tuple claimed) {
        String[] sources = claimed.getArrayOfStrings(0);
        String[] ids = claimed.getArrayOfStrings(1);
        String[] digests = claimed.getArrayOfStrings(2);
        for (int n = 0; n < ids.length; n++) {
            identities.putIfAbsent(
                    new Identity(sources[n], ids[n]), new Claim(digests[n], claimed.getOffsetDateTime(4)));
        }
    }

    int forget(Tuple before) {
        int known = identities.size();
        identities.values().removeIf(claim -> claim.at().isBefore(before.getOffsetDateTime(0)));
        return known - identities.size();
    }

    void write(Tuple written) {
        addEvents(written);
        String[] letterSources = written.getArrayOfStrings(14);
        String[] reasons = written.getArrayOfStrings(15);
        for (int n = 0; n < reasons.length; n++) {
            letters.add(new Letter(letterSources[n], reasons[n]));
        }
        String[] counted = written.getArrayOfStrings(19);
        LocalDate[] countedDays = written.getArrayOfLocalDates(20);
        for (int n = 0; n < counted.length; n++) {
            long[] line = ledger.computeIfAbsent(
                    new Line(counted[n], countedDays[n]), none -> new long[Count.values().length]);
            for (int count = 0; count < Count.INTERRUPTED.ordinal(); count++) {
                line[count] += written.getArrayOfLongs(21 + count)[n];
            }
        }
        String[] sequenced = written.getArrayOfStrings(30);
        for (int n = 0; n < sequenced.length; n++) {
            sequences.put(sequenced[n], new Object[] {sequenced[n], numbers(written.getArrayOfStrings(32)[n])});
        }
        position = written.getLong(2);
        ingestTime = written.getOffsetDateTime(3);
        batch = written.getUUID(4);
    }

    /** Reads an array of bigint as PostgreSQL does. */
    private static Long[] numbers(String array) {
        String items = array.substring(1, array.length() - 1);
        return items.isEmpty()
                ? new Long[0]
                : Pattern.compile(",").splitAsStream(items).map(Long::valueOf).toArray(Long[]::new);
    }

    private void addEvents(Tuple written) {
        Long[] positions = written.getArrayOfLongs(5);
        for (int n = 0; n < positions.length; n++) {
            @Nullable
            Object[] before = journal.put(positions[n], new Object[] {
                positions[n],
                written.getOffsetDateTime(1),
                written.getArrayOfStrings(6)[n],
                written.getArrayOfStrings(7)[n],
                written.getArrayOfStrings(8)[n],
                written.getArrayOfStrings(9)[n],
                written.getArrayOfOffsetDateTimes(10)[n],
                written.getArrayOfBooleans(11)[n],
                written.getArrayOfLongs(12)[n],
                written.getArrayOfStrings(13)[n]
            });
            Violation.unless(before == null, "position " + positions[n] + " was written twice");
        }
    }

    /** Reads a page of one day. */
    RowSet<Row> page(Tuple asked) {
        OffsetDateTime from = asked.getOffsetDateTime(3);
        OffsetDateTime to = asked.getOffsetDateTime(4);
        return Rows.of(
                journal
                        .subMap(asked.getLong(1), false, Math.max(asked.getLong(1), asked.getLong(2)), true)
                        .values()
                        .stream()
                        .filter(row ->
                                !((OffsetDateTime) row[1]).isBefore(from) && ((OffsetDateTime) row[1]).isBefore(to))
                        .limit(asked.getInteger(5))
                        .toList());
    }

    RowSet<Row> digest(Tuple asked) {
        Claim claim = identities.get(new Identity(asked.getString(0), asked.getString(1)));
        return claim == null ? Rows.of(List.of()) : Rows.one(claim.digest());
    }

    /** Returns the newest configuration event of a part. */
    RowSet<Row> configuration(String part) {
        for (@Nullable Object[] row : journal.descendingMap().values()) {
            if ("configuration".equals(row[4])) {
                JsonNode data = tree(String.valueOf(row[9]));
                if (data.path("what").asText().equals(part)) {
                    return Rows.one(part, data.path("digest").asText());
                }
            }
        }
        return Rows.of(List.of());
    }

    /** Reads what stands after a position, as anybody can who has the table's columns. */
    List<Journaled> after(long last) {
        return journal.tailMap(last, false).values().stream()
                .map(Tables::journaled)
                .toList();
    }

    private static Journaled journaled(@Nullable Object[] row) {
        Kind kind = Kind.ofId((String) row[4]).orElseThrow();
        Event event = new Event(
                (String) row[3],
                (String) row[2],
                (String) row[5],
                ((OffsetDateTime) row[6]).toInstant(),
                (Boolean) row[7],
                (Long) row[8],
                DataJson.read(kind, tree((String) row[9])));
        return new Journaled((Long) row[0], ((OffsetDateTime) row[1]).toInstant(), event);
    }

    private static JsonNode tree(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Violation("the journal holds no JSON", e);
        }
    }
}
