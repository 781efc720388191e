package vn.kydai.journal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Why the server does not believe its clock, and how far that is from the time it keeps instead.
 *
 * @param ahead of the time it keeps; negative when the clock is behind
 */
public record ClockDoubt(Why why, Duration ahead) {
    /** What the clock does not agree with. */
    public enum Why {
        /** It is before the program was built. */
        BEHIND_BUILD("behind_build"),
        /** It is before the newest event of the journal. */
        BEHIND_JOURNAL("behind_journal"),
        /** It is more than a day after the newest event of the journal, as after a long stop. */
        AHEAD_OF_JOURNAL("ahead_of_journal"),
        /** It jumped while the server ran. */
        JUMPED("jumped");

        private final String id;

        Why(String id) {
            this.id = id;
        }

        /** Returns the name in answers and metrics. */
        public String id() {
            return id;
        }
    }

    public ClockDoubt {
        requireNonNull(why, "why is null");
        requireNonNull(ahead, "ahead is null");
    }
}
