package vn.kydai.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A clock that was set to another time, stands until it is told to run, and may run faster: what a server needs to start,
 * and to take what happened before, would be hours of silence at six hundred times the speed.
 */
final class SimulatedClock implements InstantSource {
    private final InstantSource real;
    private final Instant start;
    private final int speed;
    private volatile @Nullable Instant realStart;

    /** Sets the clock to {@code start}, where it stands. */
    SimulatedClock(InstantSource real, Instant start, int speed) {
        this.real = real;
        this.start = start;
        this.speed = speed;
    }

    /** Lets it run from now on. */
    void run() {
        realStart = real.instant();
    }

    @Override
    public Instant instant() {
        Instant since = realStart;
        return since == null
                ? start
                : start.plus(Duration.between(since, real.instant()).multipliedBy(speed));
    }
}
