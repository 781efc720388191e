package vn.kydai.ingest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Problem;
import vn.kydai.event.codec.Json;
import vn.kydai.journal.JournalFull;
import vn.kydai.journal.Outcome;
import vn.kydai.journal.Receipt;
import vn.kydai.journal.Submission;

/** The events of one request, from the first receipt to the answer. Confined to the request's event loop. */
final class HttpBatch {
    /**
     * How many events are taken at a stretch: the loop's other connections must not wait for a large batch, and what comes
     * to the writer in crumbs is committed in crumbs, each of which costs a commit.
     */
    private static final int SLICE = 1_000;

    /** What is checked on the loop itself: going to a worker and back costs more. */
    private static final int FEW = 20;

    private final Intake intake;
    private final String sender;
    private final List<HttpEvent> events;
    private final List<Future<Outcome>> outcomes;
    private final ArrayNode conflicts = Json.MAPPER.createArrayNode();
    private boolean isFull;
    private boolean isClockInDoubt;
    private boolean isShare;

    HttpBatch(Intake intake, String sender, List<HttpEvent> events) {
        this.intake = intake;
        this.sender = sender;
        this.events = events;
        this.outcomes = new ArrayList<>(events.size());
    }

    /** An event that has been checked; absent submission: only a clock that is believed could tell what it is. */
    private record Checked(Receipt receipt, @Nullable Submission submission) {}

    /** Counts, admits and appends all events, in their order; completes when each is on its way or refused. */
    Future<Void> append(Context loop, Turns workers) {
        if (events.size() <= FEW) {
            events.forEach(event -> append(check(event)));
            return Future.succeededFuture();
        }
        return workers.run(sender, () -> events.stream().map(this::check).toList())
                .compose(checked -> {
                    Promise<Void> done = Promise.promise();
                    append(loop, checked, 0, done);
                    return done.future();
                });
    }

    private void append(Context loop, List<Checked> checked, int from, Promise<Void> done) {
        int to = Math.min(from + SLICE, checked.size());
        checked.subList(from, to).forEach(this::append);
        if (to == checked.size()) {
            done.complete();
        } else {
            loop.runOnContext(next -> append(loop, checked, to, done));
        }
    }

    /** Decides what an event is; on any thread. */
    private Checked check(HttpEvent event) {
        Instant now = intake.clock().instant();
        String claimed = event.claimed();
        Receipt receipt = intake.receipt(sender, claimed == null ? sender : claimed, now, false);
        Arrival arrival = new Arrival(receipt, sender, null, null, event.bytes(), now);
        try {
            return new Checked(receipt, intake.admission().admit(arrival, event.decoding()));
        } catch (AwaitsClock waits) {
            return new Checked(receipt, null);
        }
    }

    private void append(Checked event) {
        Receipt receipt = event.receipt();
        Submission submission = event.submission();
        intake.journal().received(receipt);
        intake.metrics().received(IngestMetrics.Way.HTTP);
        isClockInDoubt |= submission == null && !isFull;
        if (isFull || isClockInDoubt || submission == null) {
            refuse(receipt);
            return;
        }
        Future<Outcome> outcome = intake.append(sender, submission);
        if (outcome.failed() && outcome.cause() instanceof JournalFull full) {
            isFull = true;
            isShare = Shares.isShare(full);
            refuse(receipt);
        } else {
            outcomes.add(outcome.onSuccess(ended -> ended(submission, ended)));
        }
    }

    private void ended(Submission submission, Outcome outcome) {
        String kind = submission instanceof Submission.Draft draft
                ? draft.content().data().kind().id()
                : "";
        intake.metrics().ended(IngestMetrics.Way.HTTP, kind, outcome);
    }

    private void refuse(Receipt receipt) {
        intake.journal().refused(receipt);
        String otherwise = isShare ? "share" : "journal_full";
        intake.metrics().refused(IngestMetrics.Way.HTTP, "", isClockInDoubt ? "clock" : otherwise);
    }

    /**
     * Returns the answer once all that was appended has ended.
     *
     * @return failed with a {@link Problem} when something was refused, not stored, or not committed in time
     */
    Future<ObjectNode> answer(Duration wait) {
        return Future.join(outcomes)
                .timeout(wait.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(unanswered(failure)))
                .map(all -> {
                    if (isClockInDoubt) {
                        throw new Problem(
                                503,
                                "clock_untrusted",
                                "the server does not believe its clock, so it cannot tell whether this is of"
                                        + " the future; send all again later",
                                EventRoutes.RETRY_SOON);
                    }
                    if (isShare) {
                        throw new Problem(
                                429,
                                "this source has as many events waiting as it may (ingest.sharePercent); send all"
                                        + " again later, what has been committed is recognised",
                                EventRoutes.RETRY_SOON);
                    }
                    if (isFull) {
                        throw new Problem(
                                503, "the journal's queue is full; send all again later", EventRoutes.RETRY_SOON);
                    }
                    return summary();
                });
    }

    private static Problem unanswered(Throwable failure) {
        return new Problem(
                503,
                failure instanceof TimeoutException
                        ? "no commit yet; send all again, what has been committed is recognised"
                        : "not all events could be stored; send all again",
                EventRoutes.RETRY_SOON);
    }

    private ObjectNode summary() {
        int committed = 0;
        int duplicate = 0;
        ObjectNode answer = Json.MAPPER.createObjectNode();
        ArrayNode rejected = answer.putArray("rejected");
        for (int index = 0; index < outcomes.size(); index++) {
            switch (outcomes.get(index).result()) {
                case Outcome.Committed one -> committed++;
                case Outcome.Duplicate one -> {
                    duplicate++;
                    if (one.isConflict()) {
                        conflicts
                                .addObject()
                                .put("index", index)
                                .put(
                                        "detail",
                                        "says something else under an id that is in the journal; the first stays");
                    }
                }
                case Outcome.Rejected one ->
                    rejected.addObject()
                            .put("index", index)
                            .put("reason", one.reason().id())
                            .put("detail", one.detail());
            }
        }
        if (!conflicts.isEmpty()) {
            answer.set("conflicts", conflicts);
        }
        return answer.put("committed", committed).put("duplicate", duplicate);
    }
}
