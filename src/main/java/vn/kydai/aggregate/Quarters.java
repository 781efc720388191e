package vn.kydai.aggregate;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import vn.kydai.registry.WorkingCalendar;

/** Counts of one area by quarter of an hour, for the days inside the horizon. */
final class Quarters implements Serializable {
    static final int PER_DAY = 96;

    /** What is counted. */
    enum Line {
        RECEIVED,
        DONE,
        CALLED,
        WAITED,
        WAIT_MICROS
    }

    private static final long QUARTER = 15 * Micros.MINUTE;

    private final Horizon horizon;
    private final TreeMap<Integer, Map<Line, long[]>> days = new TreeMap<>();

    Quarters(Horizon horizon) {
        this.horizon = horizon;
    }

    /** Tells whether anything that can be shown changed. */
    boolean add(long micros, Line line, long amount) {
        int day = Micros.day(micros);
        if (!horizon.covers(day)) {
            return false;
        }
        int quarter = (int) ((micros - startOf(day)) / QUARTER);
        days.computeIfAbsent(day, key -> new EnumMap<>(Line.class))
                .computeIfAbsent(line, key -> new long[PER_DAY])[quarter] += amount;
        return true;
    }

    void prune() {
        days.headMap(horizon.firstDay(), false).clear();
    }

    /** Returns a day's counts by line, then by quarter. Not to be changed. */
    Map<Line, long[]> on(int day) {
        return days.getOrDefault(day, Map.of());
    }

    /** Returns when a local day starts. */
    static long startOf(int day) {
        return Micros.of(
                LocalDate.ofEpochDay(day).atStartOfDay(WorkingCalendar.ZONE).toInstant());
    }
}
