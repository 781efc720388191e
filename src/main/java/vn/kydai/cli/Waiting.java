package vn.kydai.cli;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;

/** Lets a command wait for what it has started. */
final class Waiting {
    private Waiting() {}

    /** Returns a future's result, or throws what it failed with. */
    static <T> T on(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
