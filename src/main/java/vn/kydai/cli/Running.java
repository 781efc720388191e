package vn.kydai.cli;

import io.vertx.core.Future;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a command run until the process is told to stop, then stops in order and waits for it; logs are flushed last. */
final class Running {
    private static final Logger LOGGER = LoggerFactory.getLogger(Running.class);
    private static final long STOP_S = 60;

    private Running() {}

    /** Stops with {@code stop} when the process is told to (Ctrl-C, SIGTERM), or ends. */
    static void stopAtExit(Supplier<Future<Void>> stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndFlush(stop), "stop"));
    }

    /** Waits until the process ends. */
    static int untilStopped() throws InterruptedException {
        new CountDownLatch(1).await();
        return 0;
    }

    private static void stopAndFlush(Supplier<Future<Void>> stop) {
        try {
            stop.get().toCompletionStage().toCompletableFuture().get(STOP_S, TimeUnit.SECONDS);
            LOGGER.atInfo().log("stopped");
        } catch (Exception e) {
            LOGGER.atError().setCause(e).log("did not stop in order");
        }
        ILoggerFactory loggers = LoggerFactory.getILoggerFactory();
        if (loggers instanceof ch.qos.logback.classic.LoggerContext context) {
            context.stop();
        }
    }
}
