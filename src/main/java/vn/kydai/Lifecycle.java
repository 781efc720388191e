package vn.kydai;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started, to be stopped in reverse. One part that fails to stop does not keep the others running. */
final class Lifecycle {
    private static final Logger LOGGER = LoggerFactory.getLogger(Lifecycle.class);

    private final Deque<Part> started = new ArrayDeque<>();
    private boolean isStopping;

    private record Part(String name, Supplier<Future<?>> stop) {}

    /** Notes how to stop what has just been started. */
    synchronized void started(String name, Supplier<Future<?>> stop) {
        started.push(new Part(name, stop));
    }

    /** Stops everything in reverse, each part waiting for the one before; fails with the first failure, at the end. */
    Future<Void> stop() {
        synchronized (this) {
            if (isStopping) {
                return Future.succeededFuture();
            }
            isStopping = true;
        }
        return stopNext(Future.succeededFuture());
    }

    private Future<Void> stopNext(Future<Void> verdict) {
        Part part;
        synchronized (this) {
            part = started.poll();
        }
        if (part == null) {
            return verdict;
        }
        return stopped(part).transform(result -> {
            if (result.failed()) {
                LOGGER.atError()
                        .addKeyValue("part", part.name)
                        .setCause(result.cause())
                        .log("could not stop");
            }
            return stopNext(verdict.succeeded() && result.failed() ? Future.failedFuture(result.cause()) : verdict);
        });
    }

    private static Future<Void> stopped(Part part) {
        try {
            return part.stop.get().mapEmpty();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
