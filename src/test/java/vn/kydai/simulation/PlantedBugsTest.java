package vn.kydai.simulation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A simulation that finds nothing may be blind: bugs planted on purpose must be found. */
class PlantedBugsTest {
    private static final int RUNS = 1_000;

    @BeforeAll
    static void quiet() {
        Simulate.quiet();
    }

    @ParameterizedTest
    @EnumSource(value = Plant.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aPlantedBugIsFoundWithinAThousandSeeds(Plant plant) {
        Optional<Simulation.Failure> found = Simulation.first(1, RUNS, plant);

        System.out.println(plant + ": " + found);
        assertTrue(found.isPresent(), plant + " was not found");
        assertFalse(
                Simulation.run(found.get().seed(), Plant.NONE).isPresent(),
                "the seed fails without the planted bug too");
    }
}
