package vn.kydai.aggregate;

import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import vn.kydai.event.Configuration;
import vn.kydai.event.Journaled;
import vn.kydai.journal.Journal;
import vn.kydai.journal.LedgerDay;
import vn.kydai.journal.Outcome;
import vn.kydai.journal.Receipt;
import vn.kydai.journal.Submission;

/** A journal to read from, whose reads can be made to fail. */
final class TestingJournal implements Journal {
    private final List<Journaled> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger readsToFail = new AtomicInteger();

    TestingJournal(List<Journaled> events) {
        this.events.addAll(events);
    }

    void add(Journaled event) {
        events.add(event);
    }

    void failNextReads(int reads) {
        readsToFail.set(reads);
    }

    @Override
    public Future<List<Journaled>> read(long after, int limit) {
        if (readsToFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return Future.failedFuture("the database is gone");
        }
        return Future.succeededFuture(events.stream()
                .filter(event -> event.position() > after)
                .limit(limit)
                .toList());
    }

    @Override
    public long readable() {
        return events.isEmpty() ? 0 : events.get(events.size() - 1).position();
    }

    @Override
    public Future<Outcome> append(Submission submission) {
        throw new UnsupportedOperationException("only read from here");
    }

    @Override
    public void received(Receipt receipt) {
        throw new UnsupportedOperationException("only read from here");
    }

    @Override
    public void refused(Receipt receipt) {
        throw new UnsupportedOperationException("only read from here");
    }

    @Override
    public boolean isWritable() {
        return false;
    }

    @Override
    public Future<Map<Configuration.Part, String>> configurationDigests() {
        return Future.succeededFuture(Map.of());
    }

    @Override
    public Future<LedgerDay> ledger(LocalDate date) {
        throw new UnsupportedOperationException("only read from here");
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
