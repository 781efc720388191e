package vn.kydai.ingest;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a newer registry when a source is not known yet: it may have been registered a moment ago. However many ask,
 * it is read at most once a second; those who ask in between wait for the next reading. Thread-safe.
 */
public final class RegistryRefresh {
    private static final long PAUSE_MS = 1_000;

    private final Vertx vertx;
    private final Supplier<Future<Void>> reading;
    private @Nullable Promise<Void> next;
    private boolean isPausing;

    /**
     * Creates it.
     *
     * @param reading reads the registry anew; a failure leaves the old one
     */
    public RegistryRefresh(Vertx vertx, Supplier<Future<Void>> reading) {
        this.vertx = vertx;
        this.reading = reading;
    }

    /** Completes, on the caller's context, when a reading that began after this call has ended. Never fails. */
    Future<Void> ask() {
        Context context = vertx.getOrCreateContext();
        Promise<Void> mine = Promise.promise();
        Promise<Void> shared;
        boolean isFirst;
        synchronized (this) {
            isFirst = next == null;
            shared = next == null ? Promise.promise() : next;
            next = shared;
        }
        shared.future().onComplete(ended -> context.runOnContext(ignored -> mine.complete()));
        if (isFirst) {
            readWhenAllowed();
        }
        return mine.future();
    }

    private void readWhenAllowed() {
        Promise<Void> asked;
        synchronized (this) {
            if (isPausing || next == null) {
                return;
            }
            asked = next;
            next = null;
            isPausing = true;
        }
        vertx.setTimer(PAUSE_MS, timer -> {
            synchronized (this) {
                isPausing = false;
            }
            readWhenAllowed();
        });
        reading.get().onComplete(ended -> asked.tryComplete());
    }
}
