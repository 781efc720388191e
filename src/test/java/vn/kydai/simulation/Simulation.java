package vn.kydai.simulation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.LongStream;

/** Runs worlds. A run is its seed, how many steps it has, and which of them are left out. */
final class Simulation {
    static final int STEPS = 60;
    private static final int MOST_TRIES = 200;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** What happened in all runs of this process. */
    private static final Map<String, Long> HAPPENED = new ConcurrentSkipListMap<>();

    private Simulation() {}

    static Map<String, Long> happened() {
        return HAPPENED;
    }

    /**
     * A run in which something did not hold.
     *
     * @param steps those that are needed for it, the last one is where it was seen
     */
    record Failure(long seed, Plant plant, List<Integer> steps, Violation violation) {
        @Override
        public String toString() {
            return "seed " + seed + ", steps " + steps + ": " + violation.getMessage();
        }
    }

    /** Runs a seed; returns where it fails, if it does. */
    static Optional<Failure> run(long seed, Plant plant) {
        List<Integer> all = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            all.add(step);
        }
        return run(seed, plant, all);
    }

    /** Runs some steps of a seed. Each has its own chance, so that one left out does not change the others. */
    static Optional<Failure> run(long seed, Plant plant, List<Integer> steps) {
        List<Integer> done = new ArrayList<>();
        try {
            World world = new World(seed, plant);
            for (int step : steps) {
                done.add(step);
                world.step(new SplittableRandom(seed * MIX + step));
            }
            world.end();
            world.happened().forEach((what, times) -> HAPPENED.merge(what, times, Long::sum));
            return Optional.empty();
        } catch (Violation violation) {
            return Optional.of(new Failure(seed, plant, List.copyOf(done), violation));
        } catch (RuntimeException broken) {
            return Optional.of(new Failure(seed, plant, List.copyOf(done), new Violation("broke: " + broken, broken)));
        }
    }

    /** Leaves out of a failing run what it fails without: first its end, then halves, quarters … single steps. */
    static Failure shortest(Failure failure) {
        Failure best = failure;
        int tries = 0;
        for (int size = Math.max(1, best.steps().size() / 2); size >= 1; size /= 2) {
            for (int from = 0; from < best.steps().size() && tries < MOST_TRIES; tries++) {
                Optional<Failure> found = run(
                        failure.seed(),
                        failure.plant(),
                        without(best.steps(), from, Math.min(best.steps().size(), from + size)));
                if (found.isPresent()) {
                    best = found.get();
                } else {
                    from += size;
                }
            }
        }
        return best;
    }

    private static List<Integer> without(List<Integer> steps, int from, int to) {
        BitSet left = new BitSet();
        left.set(from, to);
        List<Integer> kept = new ArrayList<>();
        for (int n = 0; n < steps.size(); n++) {
            if (!left.get(n)) {
                kept.add(steps.get(n));
            }
        }
        return kept;
    }

    /** Runs so many seeds from one on, as many at a time as there are processors; returns those that fail. */
    static List<Failure> failures(long seed, int runs, Plant plant) {
        return LongStream.range(seed, seed + runs)
                .parallel()
                .mapToObj(next -> run(next, plant))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Returns the first seed from some on that fails, if one of so many does. */
    static Optional<Failure> first(long seed, int runs, Plant plant) {
        return LongStream.range(seed, seed + runs)
                .mapToObj(next -> run(next, plant))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Returns all that a run leaves behind, to be compared with another one of the same seed. */
    static String trace(long seed) {
        World world = new World(seed, Plant.NONE);
        for (int step = 0; step < STEPS; step++) {
            world.step(new SplittableRandom(seed * MIX + step));
        }
        world.end();
        return world.trace();
    }
}
