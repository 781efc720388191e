package vn.kydai.journal;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import vn.kydai.event.SetAside;
import vn.kydai.event.codec.SetAsideJson;

/** What the writer reads, and settles, when a server starts. */
final class Beginning {
    private Beginning() {}

    /**
     * Settles what an earlier server had received and not ended when it died. Its session is gone, so no outcome can
     * follow.
     */
    static Future<Void> interrupt(WriterSession session) {
        return session.execute("""
                update ledger set interrupted = received - committed - duplicate - rejected - refused
                where received <> committed + duplicate + rejected + refused + interrupted""").mapEmpty();
    }

    static Future<Map<String, Sequence>> sequences(WriterSession session) {
        return session.execute("select source, spans from source_seq").map(rows -> {
            Map<String, Sequence> found = new HashMap<>();
            rows.forEach(row -> found.put(row.getString(0), Sequence.of(row.getArrayOfLongs(1))));
            return found;
        });
    }

    /** Returns the days by the position of their first event. */
    static Future<NavigableMap<Long, java.time.LocalDate>> days(WriterSession session) {
        return session.execute("select first_position, day from journal_day where partition = 0")
                .map(rows -> {
                    NavigableMap<Long, java.time.LocalDate> found = new ConcurrentSkipListMap<>();
                    rows.forEach(row -> found.put(row.getLong(0), row.getLocalDate(1)));
                    return found;
                });
    }

    /** Returns what the journal says is set aside. */
    static Future<SortedMap<Long, SetAside>> setAside(WriterSession session) {
        return session.execute("select position, content::text, said_at from set_aside")
                .map(rows -> {
                    SortedMap<Long, SetAside> asides = new TreeMap<>();
                    rows.forEach(row -> asides.put(
                            row.getLong(0),
                            SetAsideJson.read(
                                    row.getLong(0),
                                    row.getString(1),
                                    row.getOffsetDateTime(2).toInstant())));
                    return asides;
                });
    }
}
