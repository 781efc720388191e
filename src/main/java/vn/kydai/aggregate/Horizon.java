package vn.kydai.aggregate;

import java.io.Serializable;

/**
 * How far back the parts of a day are kept that only that day's picture shows (tickets, quarters of an hour). It moves
 * with the newest event time, so what is kept depends on the set of events, not on their order.
 */
final class Horizon implements Serializable {
    /** A picture lags the newest event by the allowed clock skew at most, so yesterday may still be asked for. */
    private static final int KEPT_DAYS = 2;

    /** Eight weeks, and the day that is compared with them. */
    private static final int COMPARED_DAYS = 8 * 7 + 1;

    private int newestDay = Integer.MIN_VALUE;

    /** Takes an event's local day; tells whether the horizon moved. */
    boolean moveTo(int day) {
        if (day <= newestDay) {
            return false;
        }
        newestDay = day;
        return true;
    }

    int firstDay() {
        return newestDay == Integer.MIN_VALUE ? newestDay : newestDay - KEPT_DAYS;
    }

    /** Returns the first day that a day may still be compared with. */
    int firstComparedDay() {
        return newestDay == Integer.MIN_VALUE ? newestDay : newestDay - COMPARED_DAYS;
    }

    boolean compares(int day) {
        return day >= firstComparedDay();
    }

    boolean covers(int day) {
        return day >= firstDay();
    }
}
