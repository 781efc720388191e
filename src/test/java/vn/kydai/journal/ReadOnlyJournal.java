package vn.kydai.journal;

import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import vn.kydai.event.Configuration;
import vn.kydai.event.Journaled;
import vn.kydai.event.SetAside;

/**
 * A journal for stages that only read: the test puts events into it, with the positions and times it likes, in order.
 * Whatever a reader has no business with fails. Thread-safe.
 */
public class ReadOnlyJournal implements Journal {
    private final List<Journaled> events = new ArrayList<>();

    public synchronized void add(Journaled event) {
        events.add(event);
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
    public SortedMap<Long, SetAside> setAside() {
        return Collections.emptySortedMap();
    }

    @Override
    public synchronized long readable() {
        return events.isEmpty() ? 0 : events.getLast().position();
    }

    @Override
    public Future<Optional<String>> digest(String source, String id) {
        throw onlyRead();
    }

    @Override
    public boolean isWritable() {
        return false;
    }

    @Override
    public Future<Outcome> append(Submission submission) {
        throw onlyRead();
    }

    @Override
    public void received(Receipt receipt) {
        throw onlyRead();
    }

    @Override
    public void refused(Receipt receipt) {
        throw onlyRead();
    }

    @Override
    public Future<Map<Configuration.Part, String>> configurationDigests() {
        throw onlyRead();
    }

    @Override
    public Future<Optional<Configuration>> configuration(Configuration.Part part) {
        throw onlyRead();
    }

    @Override
    public Future<LedgerDay> ledger(LocalDate date) {
        throw onlyRead();
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    private static UnsupportedOperationException onlyRead() {
        return new UnsupportedOperationException("events are only read from this journal");
    }
}
