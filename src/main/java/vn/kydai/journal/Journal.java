package vn.kydai.journal;

import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import vn.kydai.event.Configuration;
import vn.kydai.event.Journaled;
import vn.kydai.event.SetAside;

/**
 * The only truth. One writer, one batch in flight; whatever is appended is decided (committed, duplicate, rejected) in
 * order of arrival; where more waits than a batch takes, in the order of each source, with the sources in turn. Every method may be called from any thread; futures complete on the caller's context.
 */
public interface Journal {
    /**
     * Appends an event, or records a rejection, and completes after the COMMIT. While the database is gone it waits; it
     * fails only when the journal closes.
     *
     * @return failed at once with {@link JournalFull} when the queue's bound is hit: the caller must call
     *     {@link #refused} and tell the peer
     */
    Future<Outcome> append(Submission submission);

    /** Counts a message the moment its bytes became one. Every receipt must end in one append or one refusal. */
    void received(Receipt receipt);

    /** Counts a message that ended at a bound. */
    void refused(Receipt receipt);

    /**
     * Reads on in journal order.
     *
     * @param after exclusive; 0 is the beginning
     * @param limit at most 1,000
     * @return empty only when nothing newer is readable; a page may end early, where a day does, and lacks rows that cannot
     *     be read, which are set aside. Fails while the database is away and the page is no longer in memory
     */
    Future<List<Journaled>> read(long after, int limit);

    /** Reads the same for somebody who asked: however many ask, and whatever, the product's own reading does not wait. */
    default Future<List<Journaled>> readFor(long after, int limit) {
        return read(after, limit);
    }

    /**
     * Returns the digest of what an event said, if it is in the journal and within its window of deduplication. Fails
     * while the database is away.
     *
     * @param id of the event, its source's own
     */
    Future<Optional<String>> digest(String source, String id);

    /**
     * Returns the events that no fold takes, by position, as of the journal's end: what is said to be set aside and not
     * taken back, and what could not be read and is about to be. The same map as long as nothing changes.
     */
    SortedMap<Long, SetAside> setAside();

    /** Returns those events of a page that folds take. */
    default List<Journaled> taken(List<Journaled> page) {
        SortedMap<Long, SetAside> aside = setAside();
        return aside.isEmpty()
                ? page
                : page.stream()
                        .filter(journaled -> !aside.containsKey(journaled.position()))
                        .toList();
    }

    /** Returns the last position that can be read. */
    long readable();

    /** Tells whether the database answers. */
    boolean isWritable();

    /** Returns the digest of the newest {@code configuration} event of each part that has one. */
    Future<Map<Configuration.Part, String>> configurationDigests();

    /** Returns the newest {@code configuration} event of a part; absent where there is none. Fails while the database is away. */
    Future<Optional<Configuration>> configuration(Configuration.Part part);

    /** Reads the ledger of one local day, after writing what has been counted so far. Fails while it cannot write. */
    Future<LedgerDay> ledger(LocalDate date);

    /** Writes what is queued, then stops. */
    Future<Void> close();
}
