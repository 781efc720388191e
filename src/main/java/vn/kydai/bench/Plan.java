package vn.kydai.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What is to be measured.
 *
 * @param rounds how often everything is repeated
 * @param seconds measured of each load
 * @param clients numbers of MQTT connections
 * @param walls numbers of walls
 * @param growth numbers of events in the journal before
 * @param configuration directory of areas, procedures, calendar, thresholds
 * @param databaseUri of a server on which databases may be created; empty = the embedded one
 */
public record Plan(
        int rounds,
        double seconds,
        Set<Part> parts,
        List<Integer> clients,
        List<Integer> walls,
        List<Long> growth,
        Path configuration,
        String databaseUri) {
    private static final double SETUP_S = 25;
    private static final double LOAD_OVERHEAD_S = 4;
    private static final double START_S = 10;

    /** Starts with and without an AOT cache, and what writes it. */
    private static final double STARTUP_S = 30;

    private static final double FILL_WALLS_S = 10;

    /** A wall that is full is closed after 10 s, and cut 5 s later. */
    private static final double FEWEST_WALL_S = 35;

    /** Events a second filled and folded, cautiously. */
    private static final double FILL_RATE = 25_000;

    private static final double FOLD_RATE = 50_000;

    public Plan {
        parts = Set.copyOf(parts);
        clients = List.copyOf(clients);
        walls = List.copyOf(walls);
        growth = List.copyOf(growth);
    }

    /** A part of the benchmark; its name is an option's word. */
    public enum Part {
        STARTUP,
        MQTT,
        HTTP,
        FLOOD,
        ALARMS,
        WALLS,
        GROWTH
    }

    boolean has(Part part) {
        return parts.contains(part);
    }

    /** Returns how much is sent before measuring. */
    double warmupSeconds() {
        return Math.min(3, seconds / 2);
    }

    /** Returns how long walls are watched: as long as a silent one may live once it is full, and some. */
    double wallSeconds() {
        return Math.max(FEWEST_WALL_S, 4 * seconds);
    }

    /** Returns about how many seconds it will take. */
    public double estimatedSeconds() {
        double load = warmupSeconds() + seconds + LOAD_OVERHEAD_S;
        double round = SETUP_S;
        round += has(Part.STARTUP) ? STARTUP_S : 0;
        for (PublishCase publish : PublishCase.all(this)) {
            round += has(publish.part()) ? load : 0;
        }
        round += has(Part.WALLS) ? walls.size() * (FILL_WALLS_S + wallSeconds() + LOAD_OVERHEAD_S) : 0;
        double grown = 0;
        for (long events : has(Part.GROWTH) ? growth : List.<Long>of()) {
            grown += START_S + events / FILL_RATE + rounds * (START_S + events / FOLD_RATE + 2 * load);
        }
        return rounds * round + grown;
    }
}
