package vn.kydai.wall;

import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import vn.kydai.event.Configuration;
import vn.kydai.event.Journaled;
import vn.kydai.journal.Journal;
import vn.kydai.journal.LedgerDay;
import vn.kydai.journal.Outcome;
import vn.kydai.journal.Receipt;
import vn.kydai.journal.Submission;

/** A journal that is only read; the test writes into it with the positions and times it likes. */
final class ListJournal implements Journal {
    private final List<Journaled> events = new CopyOnWriteArrayList<>();
    private volatile Future<Void> gate = Future.succeededFuture();

    void add(Journaled event) {
        events.add(event);
    }

    /** Lets no read end before this has. */
    void holdUntil(Future<Void> opened) {
        gate = opened;
    }

    @Override
    public Future<List<Journaled>> read(long after, int limit) {
        return gate.map(v -> events.stream()
                .filter(event -> event.position() > after)
                .limit(limit)
                .toList());
    }

    @Override
    public long readable() {
        return events.isEmpty() ? 0 : events.getLast().position();
    }

    @Override
    public boolean isWritable() {
        return false;
    }

    @Override
    public Future<Outcome> append(Submission submission) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void received(Receipt receipt) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void refused(Receipt receipt) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Map<Configuration.Part, String>> configurationDigests() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<LedgerDay> ledger(LocalDate date) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
