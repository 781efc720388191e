package vn.kydai.aggregate;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Tally.Sum;
import vn.kydai.event.RollupFigure;
import vn.kydai.event.Ticket.Step;

/** When a ticket took each of its steps. Keeping the first or the last of each makes the order of arrival matter not. */
final class TicketTimes implements Serializable {
    /** Stands for the counters of an area and day that are not counted apart; no counter's own name is empty. */
    static final String OTHER_COUNTERS = "";

    private long issued = Micros.NONE;
    private long firstCalled = Micros.NONE;
    private long lastCalled = Micros.NONE;
    private long served = Micros.NONE;
    private long absent = Micros.NONE;
    private long cancelled = Micros.NONE;
    private @Nullable String lastCounter;

    void take(Step step, long micros, @Nullable String counter) {
        switch (step) {
            case ISSUED -> issued = first(issued, micros);
            case CALLED -> {
                firstCalled = first(firstCalled, micros);
                lastCounter = micros == lastCalled
                        ? later(lastCounter, counter)
                        : micros > lastCalled ? counter : lastCounter;
                lastCalled = Math.max(lastCalled, micros);
            }
            case SERVED -> served = Math.max(served, micros);
            case ABSENT -> absent = Math.max(absent, micros);
            case CANCELLED -> cancelled = first(cancelled, micros);
        }
    }

    /** Adds it to an area's queue of a day, or takes it away again. */
    void count(AreaCounters area, int day, int sign) {
        QueueDay queue = area.queue(day);
        if (isWaiting()) {
            queue.addWaiting(issued, sign);
        }
        count(queue, sign);
        if (firstCalled != Micros.NONE) {
            area.quarter(firstCalled, Quarters.Line.CALLED, sign);
        }
        if (hasWaited()) {
            long wait = firstCalled - issued;
            queue.addWait(firstCalled, wait, sign);
            area.quarter(firstCalled, Quarters.Line.WAITED, sign);
            area.quarter(firstCalled, Quarters.Line.WAIT_MICROS, sign * wait);
        }
        if (lastCalled != Micros.NONE && served >= lastCalled) {
            queue.addService(served - lastCalled, sign);
        }
    }

    /** Adds it to the rollups of an area, or takes it away again. */
    void roll(RollupDeltas rollups, String area, int sign) {
        if (issued != Micros.NONE) {
            rollups.count(RollupFigure.ISSUED, area, issued, sign);
        }
        if (firstCalled != Micros.NONE) {
            rollups.count(RollupFigure.CALLED, area, firstCalled, sign);
        }
        String counter = lastCounter;
        if (counter != null) {
            rollups.atCounter(counter, area, lastCalled, sign);
        }
        if (isNoShow()) {
            rollups.count(RollupFigure.NO_SHOW, area, absent, sign);
        }
        if (isAbandoned()) {
            rollups.count(RollupFigure.ABANDONED, area, cancelled, sign);
        }
        if (hasWaited()) {
            rollups.duration(RollupFigure.WAIT, area, firstCalled, firstCalled - issued, sign);
        }
        if (lastCalled != Micros.NONE && served >= lastCalled) {
            rollups.duration(RollupFigure.SERVICE, area, served, served - lastCalled, sign);
        }
    }

    private void count(QueueDay queue, int sign) {
        addIf(issued != Micros.NONE, queue, Sum.ISSUED, sign);
        addIf(wasCalled(), queue, Sum.CALLED, sign);
        addIf(isNoShow(), queue, Sum.NO_SHOWS, sign);
        addIf(isAbandoned(), queue, Sum.ABANDONED, sign);
    }

    private static void addIf(boolean isTrue, QueueDay queue, Sum sum, int sign) {
        if (isTrue) {
            queue.add(sum, sign);
        }
    }

    private boolean wasCalled() {
        return firstCalled != Micros.NONE || served != Micros.NONE || absent != Micros.NONE;
    }

    private boolean isAbandoned() {
        return cancelled != Micros.NONE && !wasCalled();
    }

    private boolean isWaiting() {
        return issued != Micros.NONE
                && firstCalled == Micros.NONE
                && served == Micros.NONE
                && absent == Micros.NONE
                && cancelled == Micros.NONE;
    }

    /** Called and did not come, as the last word: it was neither called again later nor served. */
    private boolean isNoShow() {
        return absent != Micros.NONE && served == Micros.NONE && absent >= lastCalled;
    }

    private boolean hasWaited() {
        boolean isCancelled = cancelled != Micros.NONE && served == Micros.NONE;
        return issued != Micros.NONE && firstCalled >= issued && !isNoShow() && !isCancelled;
    }

    /** Two calls at one instant: the one of the greater name, whichever came first. */
    private static @Nullable String later(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static long first(long known, long micros) {
        return known == Micros.NONE ? micros : Math.min(known, micros);
    }
}
