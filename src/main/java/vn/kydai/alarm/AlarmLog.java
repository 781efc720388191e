package vn.kydai.alarm;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import vn.kydai.access.Problem;
import vn.kydai.event.Alarm;
import vn.kydai.event.codec.DataJson;
import vn.kydai.event.codec.Digest;
import vn.kydai.event.codec.Json;
import vn.kydai.journal.Journal;
import vn.kydai.journal.JournalFull;
import vn.kydai.journal.Outcome;
import vn.kydai.journal.Receipt;
import vn.kydai.journal.Submission;
import vn.kydai.registry.WorkingCalendar;

/** Appends {@code alarm} events to the journal, as the product's own. */
final class AlarmLog {
    private final Journal journal;

    AlarmLog(Journal journal) {
        this.journal = journal;
    }

    /**
     * Where an event is.
     *
     * @param position from which on a picture shows it
     * @param isRepeat whether it had been appended before
     */
    record Entry(long position, boolean isRepeat) {}

    /**
     * Appends an event.
     *
     * @return the position from which on a picture shows it, also when it had been appended before; fails as
     *     {@link #enter} does
     */
    Future<Long> append(String id, String area, Instant at, Alarm alarm, String said) {
        return enter(id, area, at, alarm, said).map(Entry::position);
    }

    /**
     * Appends an event, and tells whether it is new.
     *
     * @param area of the alarm
     * @param said what a repeat of the id must say too, to be a repeat and no conflict
     * @return fails with a {@link Problem} 409 on a conflict and 503 when the journal's queue is full
     */
    Future<Entry> enter(String id, String area, Instant at, Alarm alarm, String said) {
        Receipt receipt = new Receipt(Receipt.SELF, WorkingCalendar.dateOf(at), false);
        String json = Json.text(DataJson.write(alarm, null));
        Submission.Content content = new Submission.Content(alarm, null, json, digest(said));
        Submission.Draft draft = new Submission.Draft(
                receipt, json.length(), Receipt.SELF, id, true, area, at.truncatedTo(ChronoUnit.MILLIS), content);
        return journal.append(draft)
                .compose(this::entry)
                .recover(failure -> Future.failedFuture(failure instanceof JournalFull ? full(receipt) : failure));
    }

    /** Tells whether an event that said this is in the journal already. */
    Future<Boolean> has(String id, String said) {
        return journal.digest(Receipt.SELF, id)
                .map(found -> found.filter(digest(said)::equals).isPresent());
    }

    private static String digest(String said) {
        return Digest.of(said.getBytes(StandardCharsets.UTF_8));
    }

    private Future<Entry> entry(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Committed committed -> Future.succeededFuture(new Entry(committed.position(), false));
            case Outcome.Duplicate duplicate
            when duplicate.isConflict() ->
                Future.failedFuture(new Problem(409, "this Idempotency-Key was used for something else"));
            case Outcome.Duplicate duplicate -> Future.succeededFuture(new Entry(journal.readable(), true));
            case Outcome.Rejected rejected ->
                Future.failedFuture(new IllegalStateException("an alarm event was rejected: " + rejected.detail()));
        };
    }

    private Problem full(Receipt receipt) {
        journal.refused(receipt);
        return new Problem(503, "the journal's queue is full; try again later", Map.of("Retry-After", "1"));
    }
}
