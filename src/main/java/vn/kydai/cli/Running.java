package vn.kydai.cli;

import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a command run until the process is told to stop, then stops in order and waits for it; logs are flushed last. */
final class Running {
    private static final Logger LOGGER = LoggerFactory.getLogger(Running.class);
    private static final long STOP_S = 60;

    private final AtomicBoolean isRunning = new AtomicBoolean();

    private Running() {}

    /**
     * Stops when the process is told to (Ctrl-C, SIGTERM), or ends: one step after the other, also when one fails. Vert.x
     * must be a step of its own, since the future of a step before it could no longer complete.
     */
    static Running stopAtExit(List<Supplier<Future<Void>>> steps) {
        Running running = new Running();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> running.stopAndFlush(steps), "stop"));
        return running;
    }

    /** Ends the process with exit code 1 when its virtual machine is no longer sound, and only tells of what else was not expected. */
    static void endOnError(Throwable cause) {
        LOGGER.atError().setCause(cause).log("not expected");
        boolean isOutOfOrder = cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError);
        if (isOutOfOrder || cause instanceof LinkageError) {
            flush();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void flush() {
        ILoggerFactory loggers = LoggerFactory.getILoggerFactory();
        if (loggers instanceof ch.qos.logback.classic.LoggerContext context) {
            context.stop();
        }
    }

    /** Waits until the process is told to end. */
    int untilStopped() throws InterruptedException {
        isRunning.set(true);
        new CountDownLatch(1).await();
        return 0;
    }

    private void stopAndFlush(List<Supplier<Future<Void>>> steps) {
        long failed = steps.stream().filter(step -> !hasStopped(step)).count();
        LOGGER.atInfo().log("stopped");
        flush();
        if (isRunning.get()) {
            // Told to stop and stopped in order is no failure, though Java would answer a signal with 128 + its number.
            Runtime.getRuntime().halt(failed == 0 ? 0 : 1);
        }
    }

    private static boolean hasStopped(Supplier<Future<Void>> step) {
        try {
            step.get().toCompletionStage().toCompletableFuture().get(STOP_S, TimeUnit.SECONDS);
            return true;
        } catch (Exception e) {
            LOGGER.atError().setCause(e).log("did not stop in order");
            return false;
        }
    }
}
