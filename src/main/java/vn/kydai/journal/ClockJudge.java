package vn.kydai.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.kydai.journal.ClockDoubt.Why;

/**
 * Judges the machine's clock against the journal's newest ingest time, the date of the build, the machine's monotonic
 * time and what the sources say. Pure: both times are arguments. Confined to one thread.
 *
 * <pre>
 *              begin: within a day after the head                 the clock is back, two sources agree with it,
 *            ┌──────────────────────────────► trusted ◄─────────┐ one does for ten minutes and none contradicts,
 *   (new) ───┤                                   │ jumps by     │ or a person said so
 *            └──► in doubt ◄─────────────────────┘ over the skew│
 *              begin: else └─────────────────────────────────────┘
 * </pre>
 *
 * In doubt the time kept goes on from the last that was believed, by the monotonic time: nothing the clock says carries
 * the journal's head anywhere.
 *
 * <p>What ends a doubt by itself. The clock comes back to the time kept (a time service mended it); after a start, where
 * nobody knows how long the server stood still, up to a day after it. Else the sources are asked: those whose newest event
 * agrees with the clock, within the skew, against those whose newest agrees with the time kept. A jump forward of less than
 * a day that nobody contradicts in ten minutes is believed too, as long as such jumps make no day together. Sources can
 * never vouch for a clock that is behind the build: after a power cut those without a battery say the same wrong time.
 */
final class ClockJudge {
    /** How far the clock may be ahead of the journal's newest event without a witness. */
    static final Duration DAY = Duration.ofDays(1);

    /** What the time of a build may differ from the machine's: it is another machine's. */
    private static final Duration BUILD_SLACK = Duration.ofDays(1);

    /** An empty journal is no older than the build; a build is not used for longer. */
    private static final Duration BUILD_LIFE = Duration.ofDays(3_653);

    /** How long a clock must go steadily before it is believed with less than two witnesses. */
    static final Duration STEADY = Duration.ofMinutes(10);

    private static final int WITNESSES = 2;
    private static final int MAX_VOTES = 10_000;

    private final Duration skew;
    private final Instant built;
    private final Votes votes = new Votes();

    private Instant head = Instant.EPOCH;
    private Instant kept = Instant.EPOCH;
    private long keptNs;
    private Instant steady = Instant.EPOCH;
    private long steadyNs;
    private Duration carried = Duration.ZERO;
    private boolean isStart;
    private @Nullable Why why;
    private Duration ahead = Duration.ZERO;

    /** What each source's newest event agreed with; the source not heard for longest is forgotten. */
    private static final class Votes extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1;
        private int agreeing;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            if (size() <= MAX_VOTES) {
                return false;
            }
            agreeing -= eldest.getValue() ? 1 : 0;
            return true;
        }

        void withdraw(String source) {
            Boolean before = remove(source);
            agreeing -= before != null && before ? 1 : 0;
        }

        void cast(String source, boolean isForClock) {
            agreeing += isForClock ? 1 : 0;
            put(source, isForClock);
        }

        void forgetAll() {
            clear();
            agreeing = 0;
        }

        int agreeing() {
            return agreeing;
        }

        int contradicting() {
            return size() - agreeing;
        }
    }

    /**
     * Believes nothing yet.
     *
     * @param skew what the clock may differ from the time kept
     * @param built when the program was built
     */
    ClockJudge(Duration skew, Instant built) {
        this.skew = skew;
        this.built = built;
    }

    /**
     * Begins where the journal ends.
     *
     * @param newest ingest time of the journal, {@link Instant#EPOCH} for an empty one
     * @param now what the clock says
     * @param nowNs the monotonic time
     */
    void begin(Instant newest, Instant now, long nowNs) {
        head = newest;
        boolean isEmpty = newest.equals(Instant.EPOCH);
        Instant from = isEmpty ? built : newest;
        Instant until = isEmpty ? built.plus(BUILD_LIFE) : newest.plus(DAY);
        Instant least = isEmpty ? built.minus(BUILD_SLACK) : newest.minus(skew);
        if (isBehindBuild(now) || now.isBefore(least) || now.isAfter(until)) {
            isStart = true;
            doubt(from.isBefore(built) && isBehindBuild(now) ? built : from, nowNs, now);
            look(now, nowNs);
        } else {
            trust(now, nowNs);
        }
    }

    /** Notes how far the journal goes. */
    void committed(Instant ingestTime) {
        head = ingestTime;
    }

    /** Looks at the clock: once a second, and whenever it seems to have jumped. */
    void look(Instant now, long nowNs) {
        Instant line = line(nowNs);
        ahead = Duration.between(line, now);
        if (why == null) {
            if (isClose(now, line)) {
                kept = now;
                keptNs = nowNs;
                return;
            }
            isStart = false;
            doubt(line, nowNs, now);
        }
        if (!isClose(now, steady.plusNanos(nowNs - steadyNs))) {
            steady = now;
            steadyNs = nowNs;
            votes.forgetAll();
        }
        why = why(now, line);
        if (isMended(now, line)) {
            trust(now, nowNs);
        } else {
            believeIfVouchedFor(now, nowNs, line);
        }
    }

    /** Hears when an event of a source happened, while in doubt. */
    void hear(String source, Instant eventTime, Instant now, long nowNs) {
        if (why == null) {
            return;
        }
        Instant line = line(nowNs);
        boolean isForClock = isClose(eventTime, now);
        boolean isForLine = isClose(eventTime, line);
        votes.withdraw(source);
        if (isForClock || isForLine) {
            Duration toClock = Duration.between(eventTime, now).abs();
            Duration toLine = Duration.between(eventTime, line).abs();
            votes.cast(source, toClock.compareTo(toLine) < 0);
        }
        look(now, nowNs);
    }

    /**
     * Hears a person say that the clock is right.
     *
     * @param said what the clock showed when they said so; of no meaning unless it shows about the same now
     */
    void confirm(Instant said, Instant now, long nowNs) {
        if (isClose(said, now)) {
            carried = Duration.ZERO;
            trust(now, nowNs);
        }
    }

    /** Returns the time it keeps. */
    Instant line(long nowNs) {
        return kept.plusNanos(nowNs - keptNs);
    }

    /** Returns why the clock is not believed; empty while it is. */
    Optional<ClockDoubt> doubt() {
        return Optional.ofNullable(why).map(reason -> new ClockDoubt(reason, ahead));
    }

    private void doubt(Instant from, long nowNs, Instant now) {
        kept = from;
        keptNs = nowNs;
        steady = now;
        steadyNs = nowNs;
        votes.forgetAll();
        why = why(now, from);
    }

    private Why why(Instant now, Instant line) {
        if (isBehindBuild(now)) {
            return Why.BEHIND_BUILD;
        }
        if (!isStart) {
            return Why.JUMPED;
        }
        return now.isBefore(line) ? Why.BEHIND_JOURNAL : Why.AHEAD_OF_JOURNAL;
    }

    private boolean isMended(Instant now, Instant line) {
        return !isBehindBuild(now)
                && (isClose(now, line) || (isStart && now.isAfter(line) && !now.isAfter(line.plus(DAY))));
    }

    private void believeIfVouchedFor(Instant now, long nowNs, Instant line) {
        if (isBehindBuild(now)) {
            return;
        }
        int agreeing = votes.agreeing();
        int contradicting = votes.contradicting();
        boolean isSteady = nowNs - steadyNs >= STEADY.toNanos();
        boolean isVouchedFor =
                (agreeing >= WITNESSES && agreeing > contradicting) || (isSteady && agreeing > 0 && contradicting == 0);
        if (isVouchedFor) {
            carried = Duration.ZERO;
            trust(now, nowNs);
            return;
        }
        Duration sum = carried.plus(ahead);
        boolean isSmall = now.isAfter(line) && sum.compareTo(DAY) <= 0;
        if (isSteady && contradicting == 0 && !isStart && isSmall && !now.isBefore(head)) {
            carried = sum;
            trust(now, nowNs);
        }
    }

    private void trust(Instant now, long nowNs) {
        kept = now;
        keptNs = nowNs;
        ahead = Duration.ZERO;
        votes.forgetAll();
        why = null;
    }

    private boolean isBehindBuild(Instant now) {
        return now.isBefore(built.minus(BUILD_SLACK));
    }

    private boolean isClose(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(skew) <= 0;
    }
}
