package vn.kydai.registry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What falls from one running total to the next, told in the order of their times. One that is lower has started at 0
 * again. One that lies further above than is plausible is not believed, and adds nothing; {@link Plausibility#CONFIRMED} in
 * a row that agree with one another are a new beginning: then the device was exchanged. Not safe for use by several threads.
 */
public final class RunningTotal {
    private static final double HOUR_MICROS = Duration.ofHours(1).toNanos() / 1_000.0;

    private final double mostPerHour;
    private @Nullable Told base;
    private @Nullable Told rival;
    private int rivals;
    private long amongRivals;
    private boolean isBelieved = true;

    private record Told(long micros, long total) {}

    /**
     * Begins.
     *
     * @param mostPerHour the greatest plausible increment within an hour, in the unit of the totals; absent = any
     */
    public RunningTotal(@Nullable Double mostPerHour) {
        this.mostPerHour = mostPerHour == null ? Double.POSITIVE_INFINITY : mostPerHour;
    }

    /** Takes the next total; returns what fell since the one before, 0 for the first. */
    public long next(long micros, long total) {
        Told told = new Told(micros, total);
        Told before = base;
        if (before == null) {
            base = told;
            return 0;
        }
        long increment = total >= before.total() ? total - before.total() : total;
        if (isPlausible(before, told, increment)) {
            believe(told);
            return increment;
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

    private long among(Told told) {
        Told before = rival;
        if (before != null
                && told.total() >= before.total()
                && isPlausible(before, told, told.total() - before.total())) {
            rivals++;
            amongRivals += told.total() - before.total();
        } else {
            rivals = 1;
            amongRivals = 0;
        }
        rival = told;
        if (rivals < Plausibility.CONFIRMED) {
            isBelieved = false;
            return 0;
        }
        long gathered = amongRivals;
        believe(told);
        return gathered;
    }

    private void believe(Told told) {
        base = told;
        rival = null;
        rivals = 0;
        amongRivals = 0;
        isBelieved = true;
    }

    private boolean isPlausible(Told before, Told after, long increment) {
        double hours = Math.max(1, (after.micros() - before.micros()) / HOUR_MICROS);
        return increment <= mostPerHour * hours;
    }
}
