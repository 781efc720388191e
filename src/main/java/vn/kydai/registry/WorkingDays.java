package vn.kydai.registry;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts working days by arithmetic, for any date, given as epoch day: whole weeks, and the dates that differ from their
 * weekday. Immutable.
 */
final class WorkingDays {
    private static final int WEEK = 7;

    /** 1970-01-01 was a Thursday. */
    private static final int DAYS_SINCE_MONDAY = 3;

    /** Working days among the first n days of a plain week. */
    private final int[] ofWeek = new int[WEEK + 1];

    /** Epoch days that are not what their weekday says, rising, and how many more working days there are up to each. */
    private final int[] changedDays;

    private final int[] changes;

    WorkingDays(Set<DayOfWeek> weekdays, Set<LocalDate> daysOff, Set<LocalDate> workedDays) {
        for (int day = 1; day <= WEEK; day++) {
            ofWeek[day] = ofWeek[day - 1] + (weekdays.contains(DayOfWeek.of(day)) ? 1 : 0);
        }
        TreeMap<Integer, Integer> changed = new TreeMap<>();
        for (LocalDate date : daysOff) {
            if (weekdays.contains(date.getDayOfWeek())) {
                changed.put(epochDay(date), -1);
            }
        }
        for (LocalDate date : workedDays) {
            if (!weekdays.contains(date.getDayOfWeek())) {
                changed.put(epochDay(date), 1);
            }
        }
        changedDays = new int[changed.size()];
        changes = new int[changed.size()];
        int index = 0;
        int sum = 0;
        for (Map.Entry<Integer, Integer> change : changed.entrySet()) {
            sum += change.getValue();
            changedDays[index] = change.getKey();
            changes[index] = sum;
            index++;
        }
    }

    static int epochDay(LocalDate date) {
        return Math.toIntExact(date.toEpochDay());
    }

    boolean isWorking(int day) {
        return between(day - 1, day) == 1;
    }

    /** Counts the working days after one day up to another, inclusive; negative when that lies before. */
    int between(int day, int last) {
        return upTo(last) - upTo(day);
    }

    /** Returns the n-th working day after a day, n at least 1. */
    int after(int day, int count) {
        int found = day;
        int missing = count;
        while (missing > 0) {
            // A day holds at most one working day, so this cannot step over the one looked for.
            int next = found + missing;
            missing -= between(found, next);
            found = next;
        }
        return found;
    }

    int sameOrNext(int day) {
        return isWorking(day) ? day : after(day, 1);
    }

    private int upTo(int day) {
        int sinceMonday = day + DAYS_SINCE_MONDAY;
        int weeks = Math.floorDiv(sinceMonday, WEEK);
        return weeks * ofWeek[WEEK] + ofWeek[Math.floorMod(sinceMonday, WEEK) + 1] + changesUpTo(day);
    }

    private int changesUpTo(int day) {
        int at = Arrays.binarySearch(changedDays, day);
        int index = at < 0 ? -at - 2 : at;
        return index < 0 ? 0 : changes[index];
    }
}
