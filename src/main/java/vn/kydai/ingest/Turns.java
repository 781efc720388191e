package vn.kydai.ingest;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Work that is too long for an event loop: the reading and checking of large batches. Each sender has one piece under way at
 * a time and the senders take turns, so that one that posts nothing but large batches keeps no other's waiting. What waits is
 * bounded by the requests and bodies there may be. Thread-safe.
 */
final class Turns {
    private static final int IDLE_SECONDS = 10;

    private final Executor threads;

    /** What waits, by senders that have something under way. */
    private final Map<String, Queue<Runnable>> waiting = new HashMap<>();

    /** Works on half of the machine's cores, so that the loops keep theirs. */
    Turns() {
        this(threads(Math.max(1, Runtime.getRuntime().availableProcessors() / 2)));
    }

    Turns(Executor threads) {
        this.threads = threads;
    }

    private static Executor threads(int count) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                count,
                count,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("kydai-batches-", 0).daemon().factory());
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Does a piece of work when it is the sender's turn; the future ends where this was called, if that is an event loop. */
    <T> Future<T> run(String sender, Supplier<T> work) {
        Context context = Vertx.currentContext();
        Promise<T> done = Promise.promise();
        Runnable piece = () -> {
            Future<T> result = attempt(work);
            next(sender);
            if (context == null) {
                result.onComplete(done);
            } else {
                context.runOnContext(back -> result.onComplete(done));
            }
        };
        synchronized (waiting) {
            Queue<Runnable> own = waiting.get(sender);
            if (own != null) {
                own.add(piece);
                return done.future();
            }
            waiting.put(sender, new ArrayDeque<>());
        }
        threads.execute(piece);
        return done.future();
    }

    private static <T> Future<T> attempt(Supplier<T> work) {
        try {
            return Future.succeededFuture(work.get());
        } catch (RuntimeException | Error e) {
            return Future.failedFuture(e);
        }
    }

    private void next(String sender) {
        Runnable following;
        synchronized (waiting) {
            Queue<Runnable> own = waiting.get(sender);
            following = own == null ? null : own.poll();
            if (following == null) {
                waiting.remove(sender);
                return;
            }
        }
        threads.execute(following);
    }
}
