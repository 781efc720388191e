package vn.kydai.journal;

import io.vertx.core.Future;
import java.time.Instant;

/** Where committed batches go. */
interface Committed {
    /** Takes what the journal holds when the server starts. */
    Future<Void> begin(WriterSession session, Head head);

    /** Takes a batch, before its outcomes are told. */
    void add(Decision decision);

    /** Tells whether a day has no event yet. */
    boolean isNewDay(Instant ingestTime);
}
