package vn.kydai.ingest;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import vn.kydai.journal.Journal;
import vn.kydai.journal.JournalFull;
import vn.kydai.journal.Outcome;
import vn.kydai.journal.Receipt;
import vn.kydai.journal.Submission;
import vn.kydai.journal.Timekeeper;
import vn.kydai.registry.Registry;
import vn.kydai.registry.WorkingCalendar;

/**
 * What every way in shares. Thread-safe.
 *
 * @param registry the registry as it is now
 * @param admission decides what a message is
 * @param journal takes it
 * @param shares what each sender has under way
 * @param refresh asks for a newer registry
 * @param metrics counts
 * @param clock tells when a message came
 * @param room where messages wait while the clock is in doubt
 */
public record Intake(
        Supplier<Registry> registry,
        Admission admission,
        Journal journal,
        Shares shares,
        RegistryRefresh refresh,
        IngestMetrics metrics,
        InstantSource clock,
        ClockRoom room) {
    /** Lets messages wait while {@code time}'s clock is in doubt. */
    public Intake(
            Supplier<Registry> registry,
            Admission admission,
            Journal journal,
            Shares shares,
            RegistryRefresh refresh,
            IngestMetrics metrics,
            Timekeeper time) {
        this(registry, admission, journal, shares, refresh, metrics, time, new ClockRoom(time));
        metrics.watch(room);
    }

    /** Takes a clock for right. */
    public Intake(
            Supplier<Registry> registry,
            Admission admission,
            Journal journal,
            Shares shares,
            RegistryRefresh refresh,
            IngestMetrics metrics,
            InstantSource clock) {
        this(registry, admission, journal, shares, refresh, metrics, Timekeeper.believing(clock));
    }

    public Intake {
        requireNonNull(registry, "registry is null");
        requireNonNull(admission, "admission is null");
        requireNonNull(journal, "journal is null");
        requireNonNull(shares, "shares is null");
        requireNonNull(refresh, "refresh is null");
        requireNonNull(metrics, "metrics is null");
        requireNonNull(clock, "clock is null");
        requireNonNull(room, "room is null");
    }

    /**
     * Appends what a sender sent, if its share of the journal's queue has room.
     *
     * @return failed at once with {@link JournalFull} when the sender's share or the queue is full: see {@link
     *     Shares#isShare}
     */
    Future<Outcome> append(String sender, Submission submission) {
        if (!shares.take(sender, submission.bytes())) {
            return Future.failedFuture(Shares.full());
        }
        return journal.append(submission).onComplete(ended -> shares.give(sender, submission.bytes()));
    }

    /** Returns who may write under which name. */
    Senders senders() {
        return new Senders(registry);
    }

    /** Returns the ledger line of a message: the source it names if that is the sender's own, else the sender. */
    Receipt receipt(String sender, String source, Instant now, boolean isQos0) {
        String account = senders().ownedBy(sender, source).isPresent() ? source : sender;
        return new Receipt(account, WorkingCalendar.dateOf(now), isQos0);
    }
}
