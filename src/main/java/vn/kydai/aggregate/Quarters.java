package vn.kydai.aggregate;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import vn.kydai.registry.WorkingCalendar;

/**
 * Counts of one area by quarter of an hour. Those of dossiers are kept for the eight weeks that a day is compared with;
 * those of tickets as long as the tickets themselves: what comes later could not be counted. A day on which nothing is left is
 * forgotten, since whoever states a reception may state another one in its place.
 */
final class Quarters implements Serializable {
    static final int PER_DAY = 96;

    /** What is counted. */
    enum Line {
        RECEIVED(true),
        DONE(true),
        CALLED(false),
        WAITED(false),
        WAIT_MICROS(false);

        private final boolean isCompared;

        Line(boolean isCompared) {
            this.isCompared = isCompared;
        }
    }

    private static final int QUARTER_MINUTES = 15;
    private static final long QUARTER = QUARTER_MINUTES * Micros.MINUTE;

    private final Horizon horizon;
    private final TreeMap<Integer, Day> days = new TreeMap<>();

    /** Grows with every change: no state of a day has the version of another one. */
    private long changes;

    /** One day's counts, and the change they are as of. */
    private static final class Day implements Serializable {
        private final Map<Line, long[]> counts = new EnumMap<>(Line.class);
        private long version;

        void forgetNothing(Line line) {
            long[] quarters = counts.get(line);
            if (quarters != null && Arrays.stream(quarters).allMatch(count -> count == 0)) {
                counts.remove(line);
            }
        }
    }

    Quarters(Horizon horizon) {
        this.horizon = horizon;
    }

    /** Tells whether anything that can be shown changed. */
    boolean add(long micros, Line line, long amount) {
        int day = Micros.day(micros);
        if (line.isCompared ? !horizon.compares(day) : !horizon.covers(day)) {
            return false;
        }
        int quarter = quarterOf(micros, day);
        Day changed = days.computeIfAbsent(day, key -> new Day());
        long[] quarters = changed.counts.computeIfAbsent(line, key -> new long[PER_DAY]);
        quarters[quarter] += amount;
        changed.version = ++changes;
        if (quarters[quarter] == 0) {
            changed.forgetNothing(line);
        }
        if (changed.counts.isEmpty()) {
            days.remove(day);
        }
        return true;
    }

    /** An hour that a day had twice, as 12 June 1975 had, is counted as one. */
    private static int quarterOf(long micros, int day) {
        int quarter = (int) ((micros - startOf(day)) / QUARTER);
        return quarter < PER_DAY
                ? quarter
                : Micros.instant(micros).atZone(WorkingCalendar.ZONE).get(ChronoField.MINUTE_OF_DAY) / QUARTER_MINUTES;
    }

    void prune() {
        days.headMap(horizon.firstComparedDay(), false).clear();
        for (Day past : days.headMap(horizon.firstDay(), false).values()) {
            if (past.counts.keySet().removeIf(line -> !line.isCompared)) {
                past.version = ++changes;
            }
        }
    }

    /** Returns a day's counts by line, then by quarter. Not to be changed. */
    Map<Line, long[]> on(int day) {
        Day known = days.get(day);
        return known == null ? Map.of() : known.counts;
    }

    /** Returns what differs after every change of a day. */
    long version(int day) {
        Day known = days.get(day);
        return known == null ? 0 : known.version;
    }

    /** Returns when a local day starts. */
    static long startOf(int day) {
        return Micros.of(
                LocalDate.ofEpochDay(day).atStartOfDay(WorkingCalendar.ZONE).toInstant());
    }
}
