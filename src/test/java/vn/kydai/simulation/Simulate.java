package vn.kydai.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;

/** {@code mvn -q test-compile exec:exec@simulate -Dseed=1 -Druns=10000 -Dplant=NONE}. */
public final class Simulate {
    private static final double NANOS = 1e9;

    private Simulate() {}

    /**
     * Runs so many seeds from one on; ends with 1 when something did not hold.
     *
     * @param args first seed, runs, a planted bug or {@code NONE}
     */
    public static void main(String[] args) {
        quiet();
        long seed = Long.parseLong(args[0]);
        int runs = Integer.parseInt(args[1]);
        Plant plant = Plant.valueOf(args[2]);
        long began = System.nanoTime();
        List<Simulation.Failure> failures = plant == Plant.NONE
                ? Simulation.failures(seed, runs, plant)
                : Simulation.first(seed, runs, plant).stream().toList();
        for (Simulation.Failure failure : failures) {
            System.out.println(failure);
            System.out.println("shortest: " + Simulation.shortest(failure));
        }
        System.out.printf(
                "%d seeds from %d on, %s: %d violations, %.1f s%n",
                runs, seed, plant, failures.size(), (System.nanoTime() - began) / NANOS);
        System.out.println("what happened in them: " + Simulation.happened());
        System.exit(failures.isEmpty() ? 0 : 1);
    }

    /** What a server says when its database goes is not news here. */
    static void quiet() {
        ((Logger) LoggerFactory.getLogger("vn.kydai")).setLevel(Level.OFF);
    }
}
