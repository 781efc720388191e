package vn.kydai.ingest;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Configuration;
import vn.kydai.event.Journaled;
import vn.kydai.event.SetAside;
import vn.kydai.journal.Journal;
import vn.kydai.journal.JournalFull;
import vn.kydai.journal.LedgerDay;
import vn.kydai.journal.Outcome;
import vn.kydai.journal.Receipt;
import vn.kydai.journal.Submission;

/** A journal whose commits a test holds back, refuses or lets fail. Thread-safe. */
final class TestingJournal implements Journal {
    private final List<Submission> taken = new ArrayList<>();
    private final Map<String, String> digests = new HashMap<>();
    private final List<Runnable> held = new ArrayList<>();
    private final Map<String, Counts> counts = new TreeMap<>();
    private boolean isHolding;
    private boolean isWritable = true;
    private int room = Integer.MAX_VALUE;
    private boolean isFailing;

    /** What was counted of one source. */
    static final class Counts {
        long received;
        long refused;
        long ended;
        long qos0;
    }

    synchronized void hold() {
        isHolding = true;
    }

    void release() {
        List<Runnable> now;
        synchronized (this) {
            isHolding = false;
            now = List.copyOf(held);
            held.clear();
        }
        now.forEach(Runnable::run);
    }

    synchronized void room(int events) {
        room = events;
    }

    synchronized void fail(boolean failing) {
        isFailing = failing;
    }

    synchronized void writable(boolean writable) {
        isWritable = writable;
    }

    /** Waits until so many have been decided. */
    synchronized List<Submission> awaitTaken(int wanted) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (taken.size() < wanted && System.nanoTime() < deadlineNs) {
            wait(100);
        }
        return List.copyOf(taken);
    }

    synchronized List<Submission> taken() {
        return List.copyOf(taken);
    }

    synchronized List<Submission.Draft> drafts() {
        return taken.stream()
                .filter(Submission.Draft.class::isInstance)
                .map(Submission.Draft.class::cast)
                .toList();
    }

    synchronized List<Submission.DeadLetter> letters() {
        return taken.stream()
                .filter(Submission.DeadLetter.class::isInstance)
                .map(Submission.DeadLetter.class::cast)
                .toList();
    }

    synchronized Counts counts(String source) {
        return counts.computeIfAbsent(source, key -> new Counts());
    }

    synchronized long received() {
        return counts.values().stream().mapToLong(each -> each.received).sum();
    }

    synchronized long accounted() {
        return counts.values().stream()
                .mapToLong(each -> each.refused + each.ended)
                .sum();
    }

    @Override
    public Future<Outcome> append(Submission submission) {
        Context context = Vertx.currentContext();
        Promise<Outcome> promise = Promise.promise();
        Runnable completion;
        synchronized (this) {
            if (room <= 0) {
                return Future.failedFuture(new JournalFull("queue"));
            }
            room--;
            completion = isFailing
                    ? () -> promise.fail(new IllegalStateException("cannot be stored"))
                    : () -> promise.complete(decide(submission));
            if (isHolding) {
                held.add(() -> on(context, completion));
                return promise.future();
            }
        }
        on(context, completion);
        return promise.future();
    }

    private static void on(@Nullable Context context, Runnable completion) {
        if (context == null) {
            completion.run();
        } else {
            context.runOnContext(ignored -> completion.run());
        }
    }

    private synchronized Outcome decide(Submission submission) {
        taken.add(submission);
        notifyAll();
        counts(submission.receipt().source()).ended++;
        return switch (submission) {
            case Submission.DeadLetter letter -> new Outcome.Rejected(letter.reason(), letter.detail());
            case Submission.Draft draft -> {
                String first = digests.putIfAbsent(
                        draft.source() + " " + draft.id(), draft.content().digest());
                yield first == null
                        ? new Outcome.Committed(digests.size())
                        : new Outcome.Duplicate(!first.equals(draft.content().digest()));
            }
        };
    }

    @Override
    public synchronized void received(Receipt receipt) {
        counts(receipt.source()).received++;
        counts(receipt.source()).qos0 += receipt.isQos0() ? 1 : 0;
    }

    @Override
    public synchronized void refused(Receipt receipt) {
        counts(receipt.source()).refused++;
    }

    @Override
    public Future<List<Journaled>> read(long after, int limit) {
        return Future.succeededFuture(List.of());
    }

    @Override
    public synchronized Future<Optional<String>> digest(String source, String id) {
        return Future.succeededFuture(Optional.ofNullable(digests.get(source + " " + id)));
    }

    @Override
    public SortedMap<Long, SetAside> setAside() {
        return Collections.emptySortedMap();
    }

    @Override
    public long readable() {
        return 0;
    }

    @Override
    public synchronized boolean isWritable() {
        return isWritable;
    }

    @Override
    public Future<Map<Configuration.Part, String>> configurationDigests() {
        return Future.succeededFuture(Map.of());
    }

    @Override
    public Future<Optional<Configuration>> configuration(Configuration.Part part) {
        return Future.succeededFuture(Optional.empty());
    }

    @Override
    public Future<LedgerDay> ledger(LocalDate date) {
        return Future.succeededFuture(new LedgerDay(date, new TreeMap<>()));
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
