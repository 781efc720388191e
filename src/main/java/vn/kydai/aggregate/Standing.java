package vn.kydai.aggregate;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.DossierStatus;

/**
 * How a dossier stands, from all its steps. It alone is counted: a change subtracts the old one and adds the new one.
 *
 * @param isReceived whether it counts at all: it has a reception moment and does not stand at 1 or 3
 * @param reception when it was received, µs; {@link Micros#NONE} without reception
 * @param ended when processing ended, µs; {@link Micros#NONE} while it goes on
 * @param end how it ended
 * @param dueDay local day it is due, {@link #NO_DUE} for none
 * @param dueRules generation of the rules {@code dueDay} was computed by; -1 when the source stated it
 * @param area the deciding area
 * @param receivedIn the receiving area
 * @param unexpected transitions the law does not foresee
 */
record Standing(
        boolean isReceived,
        DossierStatus status,
        long reception,
        long ended,
        End end,
        int dueDay,
        int dueRules,
        String procedure,
        String area,
        String receivedIn,
        boolean isOnline,
        boolean isDigitised,
        boolean hasFee,
        boolean isPaidOnline,
        int unexpected)
        implements Serializable {
    static final int NO_DUE = Integer.MAX_VALUE;

    /** How processing ended. */
    enum End {
        RUNNING,
        /** With a result: 9, or 10 without a 9. */
        DONE,
        /** Without one: withdrawn 7, stopped 8. */
        CLOSED
    }

    int receivedDay() {
        return Micros.day(reception);
    }

    /** Returns the day its end counts under: never before its reception, or the balance would break. */
    int endedDay() {
        return Math.max(Micros.day(ended), receivedDay());
    }

    /** Tells whether the clock runs: statuses 2 and 4. */
    boolean isRunning() {
        return status == DossierStatus.RECEIVED || status == DossierStatus.PROCESSING;
    }

    /** Adds it to an area's days, or takes it away again. */
    void count(DayTable days, int sign) {
        int received = receivedDay();
        days.add(received, DayTable.Column.RECEIVED, sign);
        addIf(isOnline, days, received, DayTable.Column.ONLINE, sign);
        addIf(isDigitised, days, received, DayTable.Column.DIGITISED, sign);
        addIf(hasFee, days, received, DayTable.Column.WITH_FEE, sign);
        addIf(hasFee && isPaidOnline, days, received, DayTable.Column.PAID_ONLINE, sign);
        switch (end) {
            case RUNNING -> countOpen(days, received, sign);
            case CLOSED -> days.add(endedDay(), DayTable.Column.CLOSED, sign);
            case DONE -> {
                days.add(endedDay(), DayTable.Column.DONE, sign);
                days.add(endedDay(), outcome(), sign);
            }
        }
    }

    private void countOpen(DayTable days, int received, int sign) {
        addIf(status.isPaused(), days, received, DayTable.Column.PAUSED, sign);
        if (isRunning() && dueDay != NO_DUE) {
            days.add(dueDay, DayTable.Column.RUNNING_DUE, sign);
            days.add(Math.max(dueDay + 1, received), DayTable.Column.OVERDUE_FROM, sign);
        }
    }

    /** Dates are compared, not hours; without a due date it is on time. */
    DayTable.Column outcome() {
        int day = Micros.day(ended);
        if (dueDay == NO_DUE || day == dueDay) {
            return DayTable.Column.ON_TIME;
        }
        return day < dueDay ? DayTable.Column.EARLY : DayTable.Column.LATE;
    }

    private static void addIf(boolean isTrue, DayTable days, int day, DayTable.Column column, int sign) {
        if (isTrue) {
            days.add(day, column, sign);
        }
    }

    /** Tells whether a computed due day may be kept: same inputs, and either finished or by the rules in force. */
    static boolean keepsDue(@Nullable Standing before, Standing next, int rules) {
        return before != null
                && before.isReceived
                && before.dueRules >= 0
                && before.reception == next.reception
                && before.procedure.equals(next.procedure)
                && (before.dueRules == rules || next.end != End.RUNNING);
    }

    Standing withDue(int day, int rules) {
        return new Standing(
                isReceived,
                status,
                reception,
                ended,
                end,
                day,
                rules,
                procedure,
                area,
                receivedIn,
                isOnline,
                isDigitised,
                hasFee,
                isPaidOnline,
                unexpected);
    }
}
