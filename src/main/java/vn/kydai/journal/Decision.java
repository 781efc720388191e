package vn.kydai.journal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.journal.Submission.DeadLetter;
import vn.kydai.journal.Submission.Draft;
import vn.kydai.journal.Tally.Count;

/**
 * What becomes of one batch, in order of arrival: everything its transaction writes, and every outcome, true once that
 * has committed. Deciding is pure, so that the journals differ only in where they keep things.
 */
final class Decision {
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Journaled> journaled = new ArrayList<>();
    private final List<Draft> committed = new ArrayList<>();
    private final List<DeadLetterRow> deadLetters = new ArrayList<>();
    private final Map<String, Sequence> sequences = new HashMap<>();
    private final Map<Identity, String> fresh = new HashMap<>();
    private final Tally tally = new Tally();
    private final Known known;
    private final Instant ingestTime;
    private long position;

    /**
     * What was known before the batch.
     *
     * @param digests of the identities in the batch that had been committed before it
     * @param sequences by source
     */
    record Known(Head head, Map<Identity, String> digests, Map<String, Sequence> sequences) {}

    private Decision(Known known, Instant ingestTime) {
        this.known = known;
        this.ingestTime = ingestTime;
        this.position = known.head().position();
    }

    /** Decides every submission; {@code counted} is what was received and refused meanwhile. */
    static Decision of(Known known, Instant ingestTime, List<Submission> submissions, Tally counted) {
        Decision decision = new Decision(known, ingestTime);
        decision.tally.addAll(counted);
        for (Submission submission : submissions) {
            decision.outcomes.add(
                    switch (submission) {
                        case DeadLetter letter -> decision.reject(letter);
                        case Draft draft -> decision.admit(draft);
                    });
        }
        return decision;
    }

    private Outcome reject(DeadLetter letter) {
        deadLetters.add(DeadLetterRow.of(letter));
        tally.add(letter.receipt(), Count.REJECTED);
        return new Outcome.Rejected(letter.reason(), letter.detail());
    }

    private Outcome admit(Draft draft) {
        Identity identity = Identity.of(draft);
        String before = known.digests().getOrDefault(identity, fresh.get(identity));
        if (before != null) {
            return repeat(draft, before);
        }
        fresh.put(identity, draft.content().digest());
        return commit(draft);
    }

    private Outcome repeat(Draft draft, String firstDigest) {
        boolean isConflict = !firstDigest.equals(draft.content().digest());
        tally.add(draft.receipt(), Count.DUPLICATE);
        if (isConflict) {
            tally.add(draft.receipt(), Count.CONFLICT);
            deadLetters.add(DeadLetterRow.conflict(draft, firstDigest));
        }
        return new Outcome.Duplicate(isConflict);
    }

    private Outcome commit(Draft draft) {
        position++;
        journaled.add(new Journaled(position, ingestTime, event(draft)));
        committed.add(draft);
        tally.add(draft.receipt(), Count.COMMITTED);
        if (!draft.isIdentified()) {
            tally.add(draft.receipt(), Count.UNIDENTIFIED);
        }
        Long seq = draft.content().seq();
        if (seq != null) {
            count(draft.source(), seq, draft.receipt().day());
        }
        return new Outcome.Committed(position);
    }

    private Event event(Draft draft) {
        Instant eventTime = draft.eventTime();
        return new Event(
                draft.id(),
                draft.source(),
                draft.area(),
                eventTime == null ? ingestTime : eventTime.truncatedTo(ChronoUnit.MILLIS),
                eventTime == null,
                draft.content().seq(),
                draft.content().data());
    }

    private void count(String source, long seq, LocalDate day) {
        @Nullable
        Sequence before = sequences.getOrDefault(source, known.sequences().get(source));
        Sequence.Step step = Sequence.step(before, seq, day);
        sequences.put(source, step.next());
        if (step.gaps() != 0) {
            tally.add(new Tally.Key(source, step.day()), Count.GAPS, step.gaps());
        }
    }

    /** Returns one outcome per submission, in their order. */
    List<Outcome> outcomes() {
        return outcomes;
    }

    List<Journaled> journaled() {
        return journaled;
    }

    /** Returns what each journaled event was made of, in the same order. */
    List<Draft> committed() {
        return committed;
    }

    List<DeadLetterRow> deadLetters() {
        return deadLetters;
    }

    /** Returns the counters that moved. */
    Map<String, Sequence> sequences() {
        return sequences;
    }

    Tally tally() {
        return tally;
    }

    /** Returns where the journal ends after the batch. */
    Head head() {
        return new Head(position, ingestTime);
    }
}
