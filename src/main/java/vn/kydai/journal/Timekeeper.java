package vn.kydai.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The time everything behind the database goes by: the clock's while it is believed, else the time that went on from the
 * last that was, so that nothing is refused, ended or thrown away by a clock that is wrong. Thread-safe.
 */
public final class Timekeeper implements InstantSource {
    /** Longer than this between two looks at the monotonic time, and what the clock said in between is not used. */
    private static final long ATOMIC_NS = 50_000_000;

    private final InstantSource clock;
    private final @Nullable MachineClock machine;
    private final @Nullable ClockJudge judge;
    private final Duration skew;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile State state = new State(Instant.EPOCH, 0, null, false);

    /** What holds until the next look. */
    private record State(
            Instant kept, long keptNs, @Nullable ClockDoubt doubt, boolean isBegun) {
        Instant line(long nowNs) {
            return kept.plusNanos(nowNs - keptNs);
        }
    }

    /**
     * The time, and whether the clock is believed, at once.
     *
     * @param now the time kept
     */
    public record Reading(Instant now, boolean isTrusted) {}

    private Timekeeper(InstantSource clock, @Nullable MachineClock machine, @Nullable ClockJudge judge, Duration skew) {
        this.clock = clock;
        this.machine = machine;
        this.judge = judge;
        this.skew = skew;
    }

    /** Takes a clock for right, whatever it does; one that is judged stays so. */
    public static Timekeeper believing(InstantSource clock) {
        return clock instanceof Timekeeper judged ? judged : new Timekeeper(clock, null, null, Duration.ZERO);
    }

    /**
     * Judges a machine's clock, once {@link #begin} has told where the journal ends; takes any other for right.
     *
     * @param skew {@code ingest.clockSkewSeconds}
     */
    public static Timekeeper of(InstantSource clock, Duration skew) {
        return clock instanceof MachineClock machine
                ? new Timekeeper(clock, machine, new ClockJudge(skew, machine.builtAt()), skew)
                : believing(clock);
    }

    /** Begins to judge. */
    public void begin(Instant newestIngestTime) {
        change((judging, now, nowNs) -> judging.begin(newestIngestTime, now, nowNs));
    }

    /** Notes how far the journal goes. */
    void committed(Instant ingestTime) {
        change((judging, now, nowNs) -> judging.committed(ingestTime));
    }

    /** Looks at the clock; to be called once a second. */
    public void look() {
        if (state.isBegun()) {
            change(ClockJudge::look);
        }
    }

    /** Hears when an event of a source happened, if that can tell anything. */
    public void hear(String source, Instant eventTime) {
        if (state.doubt() != null) {
            change((judging, now, nowNs) -> judging.hear(source, eventTime, now, nowNs));
        }
    }

    /** Hears a person say that the clock is right, and what it showed then. */
    public void confirm(Instant said) {
        change((judging, now, nowNs) -> judging.confirm(said, now, nowNs));
    }

    @Override
    public Instant instant() {
        return reading().now();
    }

    /** Returns the time, and whether the clock is believed. */
    public Reading reading() {
        MachineClock judged = machine;
        State last = state;
        if (judged == null || !last.isBegun()) {
            return new Reading(clock.instant(), true);
        }
        Instant now = judged.instant();
        if (last.doubt() == null) {
            if (isClose(now, last.line(judged.nanoTime()))) {
                return new Reading(now, true);
            }
            look();
            last = state;
            if (last.doubt() == null) {
                return new Reading(judged.instant(), true);
            }
        }
        return new Reading(last.line(judged.nanoTime()), false);
    }

    /** Tells whether the clock is believed. */
    public boolean isTrusted() {
        return state.doubt() == null;
    }

    /** Returns why the clock is not believed; empty while it is. */
    public Optional<ClockDoubt> doubt() {
        return Optional.ofNullable(state.doubt());
    }

    /** Tells whether the clock is judged at all. */
    boolean isJudged() {
        return judge != null;
    }

    /** Calls back, on any thread, each time the clock is believed again. */
    public void onTrust(Runnable listener) {
        listeners.add(listener);
    }

    private interface Change {
        void make(ClockJudge judge, Instant now, long nowNs);
    }

    private void change(Change change) {
        MachineClock judged = machine;
        ClockJudge judging = judge;
        if (judged == null || judging == null) {
            return;
        }
        boolean isEnd;
        synchronized (judging) {
            boolean wasDoubted = state.doubt() != null;
            long nowNs = judged.nanoTime();
            Instant now = judged.instant();
            while (judged.nanoTime() - nowNs > ATOMIC_NS) {
                nowNs = judged.nanoTime();
                now = judged.instant();
            }
            change.make(judging, now, nowNs);
            state = new State(judging.line(nowNs), nowNs, judging.doubt().orElse(null), true);
            isEnd = wasDoubted && state.doubt() == null;
        }
        if (isEnd) {
            listeners.forEach(Runnable::run);
        }
    }

    private boolean isClose(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(skew) <= 0;
    }
}
