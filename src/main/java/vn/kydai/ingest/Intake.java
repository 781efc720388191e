package vn.kydai.ingest;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import vn.kydai.journal.Journal;
import vn.kydai.journal.Receipt;
import vn.kydai.registry.Registry;
import vn.kydai.registry.WorkingCalendar;

/**
 * What every way in shares. Thread-safe.
 *
 * @param registry the registry as it is now
 * @param admission decides what a message is
 * @param journal takes it
 * @param refresh asks for a newer registry
 * @param metrics counts
 * @param clock tells when a message came
 */
public record Intake(
        Supplier<Registry> registry,
        Admission admission,
        Journal journal,
        RegistryRefresh refresh,
        IngestMetrics metrics,
        InstantSource clock) {
    public Intake {
        requireNonNull(registry, "registry is null");
        requireNonNull(admission, "admission is null");
        requireNonNull(journal, "journal is null");
        requireNonNull(refresh, "refresh is null");
        requireNonNull(metrics, "metrics is null");
        requireNonNull(clock, "clock is null");
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
