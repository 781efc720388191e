package vn.kydai.journal;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import vn.kydai.config.Settings;
import vn.kydai.journal.Tally.Count;

/**
 * Where submissions wait for the writer. Two bounds, in events and in bytes; past one, an append fails at once. Counts
 * what was received and refused, to be written with the next batch: whatever a batch holds was counted no later than it.
 * Thread-safe.
 */
final class Intake {
    private final int maxEvents;
    private final long maxBytes;
    private final Runnable wake;
    private final ArrayDeque<Pending> queue = new ArrayDeque<>();
    private Tally counted = new Tally();
    private List<Promise<Void>> flushes = new ArrayList<>();
    private long bytes;
    private boolean isClosed;

    /** A submission and where to tell its outcome. */
    record Pending(Submission submission, Context context, Promise<Outcome> promise) {}

    /**
     * What one transaction writes.
     *
     * @param id kept with the head, to tell afterwards whether it committed
     * @param counted received and refused until it was taken
     * @param flushes completed after it has committed
     */
    record Batch(UUID id, List<Pending> pending, Tally counted, List<Promise<Void>> flushes) {
        List<Submission> submissions() {
            return pending.stream().map(Pending::submission).toList();
        }
    }

    /** Takes the bounds and what to call, on any thread, when there is something to write. */
    Intake(Settings.Journal settings, Runnable wake) {
        this.maxEvents = settings.queueEvents();
        this.maxBytes = settings.queueBytes();
        this.wake = wake;
    }

    Future<Outcome> append(Submission submission, Context context) {
        Promise<Outcome> promise = Promise.promise();
        synchronized (this) {
            if (isClosed) {
                return Future.failedFuture(new IllegalStateException("the journal is closed"));
            }
            if (queue.size() >= maxEvents) {
                return Future.failedFuture(new JournalFull("journal.queueEvents"));
            }
            if (bytes + submission.bytes() > maxBytes) {
                return Future.failedFuture(new JournalFull("journal.queueBytes"));
            }
            bytes += submission.bytes();
            queue.add(new Pending(submission, context, promise));
        }
        wake.run();
        return promise.future();
    }

    synchronized void received(Receipt receipt) {
        counted.add(receipt, Count.RECEIVED);
        if (receipt.isQos0()) {
            counted.add(receipt, Count.QOS0);
        }
    }

    synchronized void refused(Receipt receipt) {
        counted.add(receipt, Count.REFUSED);
    }

    /** Completes once all that had been counted before has committed. */
    Future<Void> flush() {
        Promise<Void> promise = Promise.promise();
        synchronized (this) {
            if (isClosed) {
                return Future.failedFuture(new IllegalStateException("the journal is closed"));
            }
            flushes.add(promise);
        }
        wake.run();
        return promise.future();
    }

    /** Returns the next batch; without submissions only when somebody waits for a flush, or counts are due. */
    synchronized Optional<Batch> take(int most, boolean areCountsDue) {
        boolean isWorthIt = !queue.isEmpty() || !flushes.isEmpty() || (areCountsDue && !counted.isEmpty());
        if (!isWorthIt) {
            return Optional.empty();
        }
        List<Pending> pending = new ArrayList<>(Math.min(most, queue.size()));
        while (pending.size() < most && !queue.isEmpty()) {
            Pending next = queue.remove();
            bytes -= next.submission().bytes();
            pending.add(next);
        }
        Batch batch = new Batch(UUID.randomUUID(), pending, counted, flushes);
        counted = new Tally();
        flushes = new ArrayList<>();
        return Optional.of(batch);
    }

    /** Refuses what comes from now on. */
    synchronized void close() {
        isClosed = true;
    }

    synchronized int events() {
        return queue.size();
    }

    synchronized long bytes() {
        return bytes;
    }
}
