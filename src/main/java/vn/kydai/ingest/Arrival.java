package vn.kydai.ingest;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vn.kydai.journal.Receipt;

/**
 * One message as it came, with what its way in says of it.
 *
 * @param receipt the ledger line it was counted on
 * @param sender id of the device that signed in
 * @param source id of the source the topic names; absent where there is no topic
 * @param kind kind the topic names, not yet checked; absent where there is no topic
 * @param bytes the message
 * @param now when it came
 */
record Arrival(
        Receipt receipt,
        String sender,
        @Nullable String source,
        @Nullable String kind,
        Buffer bytes,
        Instant now) {}
