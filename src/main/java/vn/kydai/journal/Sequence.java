package vn.kydai.journal;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How far a source's own counter has come. A jump forward leaves a gap; a number that arrives late fills one, as long as
 * something is missing of the gaps counted on the newest day with a gap. What cannot be a loss is a restart of the
 * counter: 0 or 1 after more, far back, or absurdly far ahead.
 *
 * @param last highest number since the counter's last restart
 * @param missing numbers still missing of the gaps counted on {@code day}
 * @param day the ledger day that shows them
 */
record Sequence(long last, long missing, LocalDate day) {
    /** Further back than this is no late arrival. */
    static final long MAX_LATE = 10_000;

    /** Further ahead than this is no loss. */
    static final long MAX_GAP = 1_000_000;

    /**
     * What one number means.
     *
     * @param next the counter afterwards
     * @param day the ledger day to change
     * @param gaps what to add to its gaps, may be negative
     */
    record Step(Sequence next, LocalDate day, long gaps) {}

    /** Takes a committed event's number; a negative one is no counter and changes nothing. */
    static Step step(@Nullable Sequence before, long seq, LocalDate day) {
        if (before == null) {
            return new Step(new Sequence(Math.max(seq, 0), 0, day), day, 0);
        }
        return seq < 0 ? new Step(before, day, 0) : before.take(seq, day);
    }

    private Step take(long seq, LocalDate today) {
        long ahead = seq - last;
        if (isRestart(seq)) {
            return new Step(new Sequence(seq, 0, today), today, 0);
        }
        if (ahead > 1) {
            long before = day.equals(today) ? missing : 0;
            return new Step(new Sequence(seq, before + ahead - 1, today), today, ahead - 1);
        }
        if (ahead == 1) {
            return new Step(new Sequence(seq, missing, day), today, 0);
        }
        if (ahead < 0 && missing > 0) {
            return new Step(new Sequence(last, missing - 1, day), day, -1);
        }
        return new Step(this, today, 0);
    }

    private boolean isRestart(long seq) {
        return (seq <= 1 && last > 1) || seq < last - MAX_LATE || seq - last > MAX_GAP;
    }
}
