package vn.kydai.wall;

import io.vertx.core.Future;
import java.util.List;
import vn.kydai.event.Journaled;
import vn.kydai.journal.ReadOnlyJournal;

/** A journal whose reads a test holds back. */
final class ListJournal extends ReadOnlyJournal {
    private volatile Future<Void> gate = Future.succeededFuture();

    /** Lets no read end before this has. */
    void holdUntil(Future<Void> opened) {
        gate = opened;
    }

    @Override
    public Future<List<Journaled>> read(long after, int limit) {
        return gate.compose(v -> super.read(after, limit));
    }
}
