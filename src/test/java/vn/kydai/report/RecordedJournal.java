package vn.kydai.report;

import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vn.kydai.event.Configuration;
import vn.kydai.event.Journaled;
import vn.kydai.journal.Journal;
import vn.kydai.journal.LedgerDay;
import vn.kydai.journal.Outcome;
import vn.kydai.journal.Receipt;
import vn.kydai.journal.Submission;

/** A journal that is only read: positions and counts are whatever the test says. */
final class RecordedJournal implements Journal {
    private final List<Journaled> events = new ArrayList<>();
    private final Map<String, LedgerDay.Line> lines = new TreeMap<>();

    synchronized void add(Journaled journaled) {
        events.add(journaled);
    }

    void count(String source, LedgerDay.Line line) {
        lines.put(source, line);
    }

    @Override
    public synchronized Future<List<Journaled>> read(long after, int limit) {
        int from = 0;
        int to = events.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (events.get(middle).position() > after) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return Future.succeededFuture(List.copyOf(events.subList(from, Math.min(from + limit, events.size()))));
    }

    @Override
    public synchronized long readable() {
        return events.isEmpty() ? 0 : events.get(events.size() - 1).position();
    }

    @Override
    public Future<LedgerDay> ledger(LocalDate date) {
        return Future.succeededFuture(new LedgerDay(date, new TreeMap<>(lines)));
    }

    @Override
    public Future<Outcome> append(Submission submission) {
        return Future.failedFuture(new IllegalStateException("only read"));
    }

    @Override
    public void received(Receipt receipt) {
        throw new IllegalStateException("only read");
    }

    @Override
    public void refused(Receipt receipt) {
        throw new IllegalStateException("only read");
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
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
