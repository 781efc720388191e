package vn.kydai.registry;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vn.kydai.registry.DeskHours.Session;

/**
 * How long one desk works over many days, from sums kept by year, so that a pause of ten years costs no more than one of ten
 * days. Safe for use by several threads; the years kept are few, whatever is asked.
 */
final class DeskTime {
    private static final int FIRST_KEPT = 1970;
    private static final int LAST_KEPT = 2150;

    private final WorkingDays days;
    private final DeskHours desk;

    /** By year, then day of the year: seconds worked before it; one more for those of the whole year. */
    private final Map<Integer, int[]> years = new ConcurrentHashMap<>();

    /** A day, and how many of the seconds asked for are left when it begins. */
    record Reached(int day, long secondsLeft) {}

    DeskTime(WorkingDays days, DeskHours desk) {
        this.days = days;
        this.desk = desk;
    }

    /** Returns how many seconds the desk works from one day to another, both included; 0 when that lies before. */
    long seconds(int first, int last) {
        if (last < first) {
            return 0;
        }
        LocalDate from = LocalDate.ofEpochDay(first);
        LocalDate to = LocalDate.ofEpochDay(last);
        long seconds = (long) year(to.getYear())[to.getDayOfYear()] - year(from.getYear())[from.getDayOfYear() - 1];
        for (int year = from.getYear(); year < to.getYear(); year++) {
            seconds += whole(year(year));
        }
        return seconds;
    }

    /** Returns the day after a given one in which the desk has worked so many seconds since then, more than none. */
    Reached after(int day, long seconds) {
        LocalDate from = LocalDate.ofEpochDay(day + 1L);
        int year = from.getYear();
        long missing = seconds + year(year)[from.getDayOfYear() - 1];
        while (whole(year(year)) < missing) {
            missing -= whole(year(year));
            year++;
        }
        int[] sums = year(year);
        int found = firstAtLeast(sums, Math.toIntExact(missing));
        int reached = WorkingDays.epochDay(LocalDate.ofYearDay(year, found));
        return new Reached(reached, missing - sums[found - 1]);
    }

    /** Returns the first day of the year at whose end so much is worked. */
    private static int firstAtLeast(int[] sums, int seconds) {
        int found = Arrays.binarySearch(sums, seconds);
        int day = found < 0 ? -found - 1 : found;
        while (day > 1 && sums[day - 1] >= seconds) {
            day--;
        }
        return day;
    }

    private static int whole(int[] sums) {
        return sums[sums.length - 1];
    }

    private int[] year(int year) {
        return year < FIRST_KEPT || year > LAST_KEPT ? summed(year) : years.computeIfAbsent(year, this::summed);
    }

    private int[] summed(int year) {
        LocalDate first = LocalDate.ofYearDay(year, 1);
        int[] sums = new int[first.lengthOfYear() + 1];
        for (int day = 1; day < sums.length; day++) {
            LocalDate date = first.plusDays(day - 1L);
            sums[day] = sums[day - 1] + (days.isWorking(WorkingDays.epochDay(date)) ? worked(date) : 0);
        }
        return sums;
    }

    private int worked(LocalDate workingDay) {
        int seconds = 0;
        for (Session session : desk.sessions(workingDay)) {
            seconds += session.end().toSecondOfDay() - session.start().toSecondOfDay();
        }
        return seconds;
    }
}
