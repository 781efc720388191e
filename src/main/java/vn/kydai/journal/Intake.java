package vn.kydai.journal;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import vn.kydai.config.Settings;
import vn.kydai.journal.Tally.Count;

/**
 * Where submissions wait for the writer. Two bounds, in events and in bytes; past one, an append fails at once. Where
 * more wait than one batch takes, the sources take turns: each source's submissions stay in their order, and one that
 * floods is behind itself and not before the others. What a batch takes it holds in order of arrival. Counts
 * what was received and refused, to be written with the next batch: whatever a batch holds was counted no later than it.
 * Thread-safe.
 */
final class Intake {
    private final int maxEvents;
    private final long maxBytes;
    private final Runnable wake;
    private final Map<String, Lane> lanes = new HashMap<>();
    private final ArrayDeque<Lane> turns = new ArrayDeque<>();
    private Tally counted = new Tally();
    private List<Promise<Void>> flushes = new ArrayList<>();
    private int events;
    private long bytes;
    private long arrivals;
    private boolean isClosed;

    /** What waits of one source. */
    private record Lane(String source, ArrayDeque<Arrived> waiting) {}

    /** A submission, numbered as it came. */
    private record Arrived(long number, Pending pending) {}

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
        /** Returns one that only moves the head's time, and shows that a COMMIT can be made. */
        static Batch empty() {
            return new Batch(UUID.randomUUID(), List.of(), new Tally(), List.of());
        }

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
            if (events >= maxEvents) {
                return Future.failedFuture(new JournalFull("journal.queueEvents"));
            }
            if (bytes + submission.bytes() > maxBytes) {
                return Future.failedFuture(new JournalFull("journal.queueBytes"));
            }
            bytes += submission.bytes();
            events++;
            lane(submission.receipt().source())
                    .waiting()
                    .add(new Arrived(arrivals++, new Pending(submission, context, promise)));
        }
        wake.run();
        return promise.future();
    }

    private Lane lane(String source) {
        return lanes.computeIfAbsent(source, begun -> {
            Lane lane = new Lane(begun, new ArrayDeque<>());
            turns.add(lane);
            return lane;
        });
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
        boolean isWorthIt = events > 0 || !flushes.isEmpty() || (areCountsDue && !counted.isEmpty());
        if (!isWorthIt) {
            return Optional.empty();
        }
        List<Arrived> taken = new ArrayList<>(Math.min(most, events));
        while (taken.size() < most && events > 0) {
            Arrived next = next();
            bytes -= next.pending().submission().bytes();
            taken.add(next);
        }
        taken.sort(Comparator.comparingLong(Arrived::number));
        List<Pending> pending = taken.stream().map(Arrived::pending).toList();
        Batch batch = new Batch(UUID.randomUUID(), pending, counted, flushes);
        counted = new Tally();
        flushes = new ArrayList<>();
        return Optional.of(batch);
    }

    /** Takes the oldest of the source whose turn it is. */
    private Arrived next() {
        Lane lane = turns.remove();
        Arrived next = lane.waiting().remove();
        events--;
        if (lane.waiting().isEmpty()) {
            lanes.remove(lane.source());
        } else {
            turns.add(lane);
        }
        return next;
    }

    /** Refuses what comes from now on. */
    synchronized void close() {
        isClosed = true;
    }

    synchronized int events() {
        return events;
    }

    synchronized long bytes() {
        return bytes;
    }
}
