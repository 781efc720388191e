package vn.kydai.outbound;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/** How messages leave by one channel. Confined to one event loop. */
interface Transport {
    /**
     * Sends some messages as one.
     *
     * @return completes when the receiver has taken them; fails with {@link NotDelivered}, in bounded time
     */
    Future<Void> send(List<Delivery> deliveries);

    /** Returns how many of those that wait go as one; from 1. */
    default int share(int waiting) {
        return 1;
    }

    /** Returns when the next may leave; an instant of the past: now. */
    default Instant earliest() {
        return Instant.MIN;
    }

    /** Closes its connections. */
    Future<Void> close();
}
