package vn.kydai.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What falls from one running total to the next, told in the order of their times. One that is lower is not believed by
 * itself, since a total that blinks comes back: one that has fallen to less than half, and goes on from there, has started at
 * 0 again, and one that has fallen less and goes on is counted from where it is. One that lies further above than is
 * plausible is not believed, and adds nothing; {@link Plausibility#CONFIRMED} in a row that agree with one another are a new
 * beginning: then the device was exchanged. Not safe for use by several threads.
 */
public final class RunningTotal {
    private static final double HOUR_MICROS = Duration.ofHours(1).toNanos() / 1_000.0;

    /** So many in a row from near 0 are a start. */
    private static final int STARTED = 2;

    /** What is less by no more than this part of a total has fallen by a hair. */
    private static final int HAIR = 8;

    private final double mostPerHour;
    private @Nullable Told base;

    /** What was believed before the last start, as long as it may have been a blink of several totals. */
    private @Nullable Told former;

    private @Nullable Told rival;
    private boolean hasRivalStarted;
    private final List<Fallen> amongRivals = new ArrayList<>();
    private boolean isBelieved = true;

    private record Told(long micros, long total) {}

    /**
     * What fell.
     *
     * @param micros when the total that tells of it was told; not always the newest one
     */
    public record Fallen(long micros, long amount) {}

    /**
     * Begins.
     *
     * @param mostPerHour the greatest plausible increment within an hour, in the unit of the totals; absent = any
     */
    public RunningTotal(@Nullable Double mostPerHour) {
        this.mostPerHour = mostPerHour == null ? Double.POSITIVE_INFINITY : mostPerHour;
    }

    /** Takes the next total; returns what is known to have fallen by it, nothing for the first. */
    public List<Fallen> next(long micros, long total) {
        Told told = new Told(micros, total);
        Told before = base;
        if (before == null) {
            base = told;
            return List.of();
        }
        if (hasComeBack(before, told)) {
            before = former;
        }
        if (before != null && total >= before.total() && isPlausible(before, told, total - before.total())) {
            believe(told);
            return List.of(new Fallen(micros, total - before.total()));
        }
        return among(told);
    }

    /** Tells whether a total would be below the last one believed. */
    public boolean isBelow(long total) {
        return base != null && total < base.total();
    }

    /** Tells whether the newest total is believed. */
    public boolean isBelieved() {
        return isBelieved;
    }

    /** Tells whether a total leaps from near 0 to where it was before it seemed to start: it had not. */
    private boolean hasComeBack(Told before, Told told) {
        Told known = former;
        return known != null
                && isNear0(before, known)
                && told.total() >= known.total()
                && isPlausible(known, told, told.total() - known.total());
    }

    private List<Fallen> among(Told told) {
        Told before = rival;
        if (before != null
                && told.total() >= before.total()
                && isPlausible(before, told, told.total() - before.total())
                && !(hasRivalStarted && isAlmostBack(told))) {
            amongRivals.add(new Fallen(told.micros(), told.total() - before.total()));
        } else {
            hasRivalStarted = hasStarted(told);
            amongRivals.clear();
            amongRivals.add(new Fallen(told.micros(), hasRivalStarted ? told.total() : 0));
        }
        rival = told;
        if (amongRivals.size() < (hasRivalStarted ? STARTED : Plausibility.CONFIRMED)) {
            isBelieved = false;
            return List.of();
        }
        List<Fallen> gathered = List.copyOf(amongRivals);
        if (!hasRivalStarted) {
            former = null;
        } else if (former == null) {
            former = base;
        }
        believe(told);
        return gathered;
    }

    private boolean hasStarted(Told told) {
        Told before = base;
        return before != null && isNear0(told, before) && isPlausible(before, told, told.total());
    }

    private void believe(Told told) {
        base = told;
        rival = null;
        amongRivals.clear();
        isBelieved = true;
        if (former != null && !isNear0(told, former)) {
            former = null;
        }
    }

    private boolean isAlmostBack(Told told) {
        return base != null && told.total() < base.total() && told.total() > base.total() - base.total() / HAIR;
    }

    private static boolean isNear0(Told told, Told before) {
        return told.total() <= before.total() / 2;
    }

    private boolean isPlausible(Told before, Told after, long increment) {
        double hours = Math.max(1, (after.micros() - before.micros()) / HOUR_MICROS);
        return increment <= mostPerHour * hours;
    }
}
