package vn.kydai.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that was set to another time, and may run faster. */
final class SimulatedClock implements InstantSource {
    private final InstantSource real;
    private final Instant realStart;
    private final Instant start;
    private final int speed;

    /** Sets the clock to {@code start} now. */
    SimulatedClock(InstantSource real, Instant start, int speed) {
        this.real = real;
        this.realStart = real.instant();
        this.start = start;
        this.speed = speed;
    }

    @Override
    public Instant instant() {
        return start.plus(Duration.between(realStart, real.instant()).multipliedBy(speed));
    }
}
