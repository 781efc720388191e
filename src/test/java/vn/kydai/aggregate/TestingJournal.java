package vn.kydai.aggregate;

import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import vn.kydai.event.Journaled;
import vn.kydai.journal.ReadOnlyJournal;

/** A journal whose reads can be made to fail. */
final class TestingJournal extends ReadOnlyJournal {
    private final AtomicInteger readsToFail = new AtomicInteger();

    TestingJournal(List<Journaled> events) {
        events.forEach(this::add);
    }

    void failNextReads(int reads) {
        readsToFail.set(reads);
    }

    @Override
    public Future<List<Journaled>> read(long after, int limit) {
        if (readsToFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return Future.failedFuture("the database is gone");
        }
        return super.read(after, limit);
    }
}
