package vn.kydai.cli;

import io.vertx.core.Future;
import java.util.List;
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

    /**
     * Stops when the process is told to (Ctrl-C, SIGTERM), or ends: one step after the other, also when one fails. Vert.x
     * must be a step of its own, since the future of a step before it could no longer complete.
     */
    static void stopAtExit(List<Supplier<Future<Void>>> steps) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndFlush(steps), "stop"));
    }

    /** Waits until the process ends. */
    static int untilStopped() throws InterruptedException {
        new CountDownLatch(1).await();
        return 0;
    }

    private static void stopAndFlush(List<Supplier<Future<Void>>> steps) {
        steps.forEach(Running::stop);
        LOGGER.atInfo().log("stopped");
        ILoggerFactory loggers = LoggerFactory.getILoggerFactory();
        if (loggers instanceof ch.qos.logback.classic.LoggerContext context) {
            context.stop();
        }
    }

    private static void stop(Supplier<Future<Void>> step) {
        try {
            step.get().toCompletionStage().toCompletableFuture().get(STOP_S, TimeUnit.SECONDS);
        } catch (Exception e) {
            LOGGER.atError().setCause(e).log("did not stop in order");
        }
    }
}
