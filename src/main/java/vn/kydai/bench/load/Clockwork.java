package vn.kydai.bench.load;

import io.vertx.core.Context;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** A thread that tells an event loop when something is due: its own timers are only good to the millisecond. */
final class Clockwork {
    private final Schedule schedule;
    private final Context context;
    private final Runnable whenDue;
    private final AtomicBoolean isTold = new AtomicBoolean();

    Clockwork(Schedule schedule, Context context, Runnable whenDue) {
        this.schedule = schedule;
        this.context = context;
        this.whenDue = whenDue;
    }

    /** Runs until the schedule's end. */
    void start() {
        Thread.ofPlatform().daemon().name("clockwork").start(this::run);
    }

    private void run() {
        long number = 0;
        for (long due = schedule.dueNanos(0); due - schedule.endNanos() < 0; due = schedule.dueNanos(++number)) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (isTold.compareAndSet(false, true)) {
                context.runOnContext(v -> {
                    isTold.set(false);
                    whenDue.run();
                });
            }
        }
    }
}
