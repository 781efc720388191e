package vn.kydai.journal;

import java.time.Duration;
import java.time.Instant;

/** A machine whose time goes on, or jumps, only when a test says so. Thread-safe. */
public final class TestingMachine implements MachineClock {
    private final Instant builtAt;
    private Instant now;
    private long nowNs = 1_000;

    /** Begins at an instant, with a program built at another. */
    public TestingMachine(Instant now, Instant builtAt) {
        this.now = now;
        this.builtAt = builtAt;
    }

    /** Lets time go by: the clock and the monotonic time. */
    public synchronized void pass(Duration time) {
        now = now.plus(time);
        nowNs += time.toNanos();
    }

    /** Sets the clock, in no time. */
    public synchronized void set(Instant time) {
        now = time;
    }

    /** Moves the clock, in no time. */
    public synchronized void jump(Duration by) {
        now = now.plus(by);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized long nanoTime() {
        return nowNs;
    }

    @Override
    public Instant builtAt() {
        return builtAt;
    }
}
