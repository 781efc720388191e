package vn.kydai.journal;

import io.vertx.pgclient.PgException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.event.Reason;
import vn.kydai.event.codec.Json;
import vn.kydai.journal.Intake.Batch;
import vn.kydai.journal.Intake.Pending;
import vn.kydai.journal.Submission.DeadLetter;
import vn.kydai.journal.Submission.Draft;

/** Finds the one value PostgreSQL cannot store by halving its batch, and turns its event into a dead letter. */
final class Poison {
    private static final Logger LOGGER = LoggerFactory.getLogger(Poison.class);

    private Poison() {}

    /** Tells whether there is an event to blame: dead letters and counts can always be stored. */
    static boolean canBeCutOut(Batch batch) {
        return batch.pending().stream().anyMatch(pending -> pending.submission() instanceof Draft);
    }

    /** Returns what to write instead, in order. */
    static List<Batch> cut(Batch batch, Throwable cause, JournalMeters meters) {
        List<Pending> pending = batch.pending();
        if (pending.size() > 1) {
            int half = pending.size() / 2;
            Batch first =
                    new Batch(UUID.randomUUID(), List.copyOf(pending.subList(0, half)), batch.counted(), List.of());
            Batch second = new Batch(
                    UUID.randomUUID(),
                    List.copyOf(pending.subList(half, pending.size())),
                    new Tally(),
                    batch.flushes());
            return List.of(first, second);
        }
        meters.poisoned();
        List<Pending> replaced = new ArrayList<>();
        for (Pending alone : pending) {
            replaced.add(new Pending(deadLetter(alone.submission(), cause), alone.context(), alone.promise()));
        }
        return List.of(new Batch(UUID.randomUUID(), replaced, batch.counted(), batch.flushes()));
    }

    private static Submission deadLetter(Submission submission, Throwable cause) {
        if (!(submission instanceof Draft draft)) {
            return submission;
        }
        String state = cause instanceof PgException refused
                ? refused.getSqlState()
                : cause.getClass().getSimpleName();
        LOGGER.atWarn()
                .addKeyValue("source", draft.receipt().source())
                .addKeyValue("sqlState", state)
                .log("an event that PostgreSQL cannot store becomes a dead letter");
        return new DeadLetter(
                draft.receipt(),
                draft.bytes(),
                Reason.MALFORMED,
                "PostgreSQL cannot store it (" + state + ")",
                Json.text(DeadLetterRow.kept(draft)));
    }
}
