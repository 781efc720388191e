package vn.kydai.journal;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import vn.kydai.event.Configuration;
import vn.kydai.event.JournalHead;
import vn.kydai.event.Journaled;
import vn.kydai.event.SetAside;
import vn.kydai.journal.Submission.Draft;
import vn.kydai.journal.Tally.Count;

/** A journal that lives as long as its process, for tests and replays: decides as the other does, at once. */
public final class InMemoryJournal implements Journal {
    private final InstantSource clock;
    private final Consumer<JournalHead> heads;
    private final List<Journaled> events = new ArrayList<>();
    private final Map<Identity, String> digests = new HashMap<>();
    private final Map<String, Sequence> sequences = new HashMap<>();
    private final Map<Configuration.Part, Configuration> configurations = new EnumMap<>(Configuration.Part.class);
    private final SetAsides asides = new SetAsides();
    private final Tally ledger = new Tally();
    private Head head = Head.NONE;
    private boolean isClosed;

    /** Takes the clock of ingest times and whom to tell each new head. */
    public InMemoryJournal(InstantSource clock, Consumer<JournalHead> heads) {
        this.clock = clock;
        this.heads = heads;
    }

    @Override
    public Future<Outcome> append(Submission submission) {
        Decision decision;
        synchronized (this) {
            if (isClosed) {
                return Future.failedFuture(new IllegalStateException("the journal is closed"));
            }
            Decision.Known known = new Decision.Known(head, digests, sequences);
            decision = Decision.of(known, head.ingestTime(clock.instant()), List.of(submission), new Tally());
            keep(submission, decision);
        }
        if (!decision.journaled().isEmpty()) {
            heads.accept(new JournalHead(0, decision.head().position()));
        }
        return Future.succeededFuture(decision.outcomes().get(0));
    }

    private void keep(Submission submission, Decision decision) {
        head = decision.head();
        events.addAll(decision.journaled());
        sequences.putAll(decision.sequences());
        ledger.addAll(decision.tally());
        if (submission instanceof Draft draft) {
            digests.putIfAbsent(Identity.of(draft), draft.content().digest());
        }
        for (Journaled journaled : decision.journaled()) {
            asides.add(journaled);
            if (journaled.event().data() instanceof Configuration configuration) {
                configurations.put(configuration.what(), configuration);
            }
        }
    }

    @Override
    public synchronized void received(Receipt receipt) {
        ledger.add(receipt, Count.RECEIVED);
        if (receipt.isQos0()) {
            ledger.add(receipt, Count.QOS0);
        }
    }

    @Override
    public synchronized void refused(Receipt receipt) {
        ledger.add(receipt, Count.REFUSED);
    }

    @Override
    public synchronized Future<List<Journaled>> read(long after, int limit) {
        int from = (int) Math.min(Math.max(after, 0), events.size());
        int to = Math.min(events.size(), from + Math.min(limit, 1_000));
        return Future.succeededFuture(List.copyOf(events.subList(from, to)));
    }

    @Override
    public synchronized Future<Optional<String>> digest(String source, String id) {
        return Future.succeededFuture(Optional.ofNullable(digests.get(new Identity(source, id))));
    }

    @Override
    public SortedMap<Long, SetAside> setAside() {
        return asides.now();
    }

    @Override
    public synchronized long readable() {
        return head.position();
    }

    @Override
    public synchronized boolean isWritable() {
        return !isClosed;
    }

    @Override
    public synchronized Future<Map<Configuration.Part, String>> configurationDigests() {
        Map<Configuration.Part, String> digests = new EnumMap<>(Configuration.Part.class);
        configurations.forEach((part, configuration) -> digests.put(part, configuration.digest()));
        return Future.succeededFuture(Map.copyOf(digests));
    }

    @Override
    public synchronized Future<Optional<Configuration>> configuration(Configuration.Part part) {
        return Future.succeededFuture(Optional.ofNullable(configurations.get(part)));
    }

    @Override
    public synchronized Future<LedgerDay> ledger(LocalDate date) {
        return Future.succeededFuture(new LedgerDay(date, ledger.day(date)));
    }

    @Override
    public synchronized Future<Void> close() {
        isClosed = true;
        return Future.succeededFuture();
    }
}
