package vn.kydai.report;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import vn.kydai.event.Journaled;
import vn.kydai.journal.Journal;

/** Reads on in the journal and keeps what a filter takes. The work of one call is bounded, however little it keeps. */
final class JournalScan {
    private static final int CHUNK_EVENTS = 1_000;
    private static final int MAX_CHUNKS = 20;

    private final Journal journal;

    JournalScan(Journal journal) {
        this.journal = journal;
    }

    /**
     * What was found.
     *
     * @param next how far it was looked at: go on after it
     * @param isAtEnd whether nothing newer was readable
     */
    record Found(List<Journaled> events, Cursor next, boolean isAtEnd) {}

    /** Looks for at most {@code limit} events after a place. */
    Future<Found> after(Cursor after, EventFilter filter, int limit) {
        return more(after, new ArrayList<>(), new Bounds(filter, limit, MAX_CHUNKS));
    }

    private record Bounds(EventFilter filter, int limit, int chunksLeft) {
        Bounds less() {
            return new Bounds(filter, limit, chunksLeft - 1);
        }
    }

    private Future<Found> more(Cursor after, List<Journaled> kept, Bounds bounds) {
        return journal.readFor(after.position(), CHUNK_EVENTS).compose(chunk -> {
            for (Journaled journaled : chunk) {
                if (bounds.filter.takes(journaled.event())) {
                    kept.add(journaled);
                    if (kept.size() == bounds.limit) {
                        return found(kept, after.after(journaled));
                    }
                }
            }
            Cursor last = chunk.isEmpty() ? after : after.after(chunk.getLast());
            boolean isDone = chunk.isEmpty() || bounds.chunksLeft == 1 || last.position() >= journal.readable();
            return isDone ? found(kept, last) : more(last, kept, bounds.less());
        });
    }

    private Future<Found> found(List<Journaled> kept, Cursor next) {
        return Future.succeededFuture(new Found(List.copyOf(kept), next, next.position() >= journal.readable()));
    }
}
