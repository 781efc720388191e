package vn.kydai.journal;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.journal.Submission.Draft;
import vn.kydai.journal.Tally.Count;

/**
 * One batch in two round trips: BEGIN and the claim of its identities; then, decided, everything else and COMMIT. A
 * statement that fails makes PostgreSQL answer the COMMIT behind it with a rollback, so the batch has committed only when
 * every one of them succeeded.
 */
final class BatchTransaction {
    private final WriterSession session;
    private final Instant ingestTime;

    BatchTransaction(WriterSession session, Instant ingestTime) {
        this.session = session;
        this.ingestTime = ingestTime;
    }

    /** Begins, and returns the digests of the identities that had been committed before. */
    Future<Map<Identity, String>> claim(List<Submission> submissions) {
        List<Future<?>> steps = new ArrayList<>();
        steps.add(session.execute("begin"));
        List<Draft> firsts = List.copyOf(Identity.firsts(submissions).values());
        Future<Map<Identity, String>> known = firsts.isEmpty()
                ? Future.succeededFuture(Map.of())
                : session.execute(
                                Sql.CLAIM,
                                Tuple.of(
                                        strings(firsts, Draft::source),
                                        strings(firsts, Draft::id),
                                        strings(firsts, draft -> draft.content().digest()),
                                        strings(firsts, Draft::area),
                                        time(ingestTime)))
                        .map(BatchTransaction::digests);
        steps.add(known);
        return settled(steps).compose(all -> known);
    }

    private static Map<Identity, String> digests(RowSet<Row> rows) {
        Map<Identity, String> digests = new HashMap<>();
        rows.forEach(row -> digests.put(new Identity(row.getString(0), row.getString(1)), row.getString(2)));
        return digests;
    }

    /** Writes what was decided, and commits. */
    Future<Void> commit(Decision decision, UUID batch, boolean isNewDay) {
        List<Future<?>> steps = new ArrayList<>();
        if (isNewDay && !decision.journaled().isEmpty()) {
            long first = decision.journaled().get(0).position();
            steps.add(session.execute(Sql.DAY, Tuple.of(WriterSession.PARTITION, IngestDay.of(ingestTime), first)));
        }
        Tuple written = head(decision.head(), batch);
        addJournal(written, decision);
        addDeadLetters(written, decision.deadLetters());
        addLedger(written, decision.tally());
        addSequences(written, decision.sequences());
        steps.add(session.execute(Sql.WRITE, written));
        steps.add(session.execute("commit"));
        return settled(steps);
    }

    /** Waits for all of them, and fails with the first in order that failed: the others only follow from it. */
    private static Future<Void> settled(List<Future<?>> steps) {
        return Future.join(steps)
                .<Void>transform(all -> steps.stream()
                        .filter(Future::failed)
                        .findFirst()
                        .map(failed -> Future.<Void>failedFuture(failed.cause()))
                        .orElseGet(Future::succeededFuture));
    }

    private Tuple head(Head head, UUID batch) {
        return Tuple.tuple(new ArrayList<>())
                .addShort(WriterSession.PARTITION)
                .addOffsetDateTime(time(ingestTime))
                .addLong(head.position())
                .addOffsetDateTime(time(head.ingestTime()))
                .addUUID(batch);
    }

    private static void addJournal(Tuple written, Decision decision) {
        List<Journaled> journaled = decision.journaled();
        List<Event> events = journaled.stream().map(Journaled::event).toList();
        written.addArrayOfLong(array(journaled, Journaled::position, new Long[0]))
                .addArrayOfString(strings(events, Event::source))
                .addArrayOfString(strings(events, Event::id))
                .addArrayOfString(strings(events, event -> event.kind().id()))
                .addArrayOfString(strings(events, Event::area))
                .addArrayOfOffsetDateTime(array(events, event -> time(event.eventTime()), new OffsetDateTime[0]))
                .addArrayOfBoolean(array(events, Event::timeAssumed, new Boolean[0]))
                .addArrayOfLong(array(events, Event::seq, new Long[0]))
                .addArrayOfString(
                        strings(decision.committed(), draft -> draft.content().json()));
    }

    private static void addDeadLetters(Tuple written, List<DeadLetterRow> letters) {
        written.addArrayOfString(strings(letters, DeadLetterRow::source))
                .addArrayOfString(strings(letters, DeadLetterRow::reason))
                .addArrayOfString(strings(letters, DeadLetterRow::detail))
                .addArrayOfString(strings(letters, DeadLetterRow::kept))
                .addArrayOfInteger(array(letters, DeadLetterRow::bytes, new Integer[0]));
    }

    private static void addLedger(Tuple written, Tally tally) {
        List<Tally.Key> keys = List.of(tally.keys());
        written.addArrayOfString(strings(keys, Tally.Key::source))
                .addArrayOfLocalDate(array(keys, Tally.Key::day, new LocalDate[0]));
        for (Count count : Count.values()) {
            written.addArrayOfLong(array(keys, key -> tally.of(key, count), new Long[0]));
        }
    }

    private static void addSequences(Tuple written, Map<String, Sequence> sequences) {
        List<String> sources = List.copyOf(sequences.keySet());
        List<Sequence> values = List.copyOf(sequences.values());
        written.addArrayOfString(sources.toArray(new String[0]))
                .addArrayOfLong(array(values, Sequence::last, new Long[0]))
                .addArrayOfString(strings(values, Sequence::text));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static <T> String[] strings(List<T> items, Function<T, String> part) {
        return array(items, part, new String[0]);
    }

    private static <T, P> P[] array(List<T> items, Function<T, ? extends @Nullable P> part, P[] type) {
        P[] parts = Arrays.copyOf(type, items.size());
        for (int n = 0; n < parts.length; n++) {
            parts[n] = part.apply(items.get(n));
        }
        return parts;
    }
}
