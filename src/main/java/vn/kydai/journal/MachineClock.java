package vn.kydai.journal;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock of the machine, which may be wrong: {@link Timekeeper} judges it. A clock of any other kind is its owner's
 * word, as in a demonstration or a test.
 */
public interface MachineClock extends InstantSource {
    /** Returns nanoseconds that only run forward, whatever becomes of the time; meaningful only when compared. */
    long nanoTime();

    /** Returns an instant the machine cannot be before: when the program was built. */
    Instant builtAt();

    /** Returns that of the machine the program runs on. */
    static MachineClock system(Instant builtAt) {
        return new MachineClock() {
            @Override
            public Instant instant() {
                return InstantSource.system().instant();
            }

            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public Instant builtAt() {
                return builtAt;
            }
        };
    }
}
