package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Rating.Level;

/** Bursts of ratings against counting every window anew. */
class RatingBurstsTest {
    private static final long SECOND = Micros.SECOND;

    private final Counts<Level> doubted = new Counts<>(Level.class);

    private record Rated(long micros, Level level) {}

    @Test
    void aBurstThatComesInAnyOrderDoubtsWhatEveryWindowOfTenSecondsDoubts() {
        long seed = System.nanoTime();
        System.out.println("random seed: " + seed + "L");
        Random random = new Random(seed);
        for (int run = 0; run < 2_000; run++) {
            assertDoubtsTheSame(random(random), "seed " + seed + " run " + run);
        }
    }

    @Test
    void aMillionRatingsOfOneCounterLeaveAFewOfEachTenSeconds() {
        RatingBursts bursts = new RatingBursts();
        Random random = new Random(7);
        for (int index = 0; index < 1_000_000; index++) {
            bursts.add(random.nextInt(1_000) * SECOND / 10 + random.nextInt(3), Level.SATISFIED, doubted::add);
        }
        assertEquals(1_000_000, doubted.get(Level.SATISFIED));
        assertTrue(bursts.held() <= 10, "held " + bursts.held());
    }

    private void assertDoubtsTheSame(List<Rated> ratings, String said) {
        Counts<Level> taken = new Counts<>(Level.class);
        RatingBursts bursts = new RatingBursts();
        ratings.forEach(rated -> bursts.add(rated.micros(), rated.level(), taken::add));
        Counts<Level> expected = doubtedOf(ratings);
        for (Level level : Level.values()) {
            assertEquals(expected.get(level), taken.get(level), () -> said + " " + ratings);
        }
    }

    /** Many at once, some alone, some just ten seconds apart. */
    private static List<Rated> random(Random random) {
        List<Rated> ratings = new ArrayList<>();
        long spread = 1 + random.nextInt(120);
        int number = random.nextInt(60);
        for (int index = 0; index < number; index++) {
            long micros = random.nextInt((int) spread) * SECOND + (random.nextInt(4) == 0 ? random.nextInt(3) - 1 : 0);
            ratings.add(new Rated(micros, Level.values()[random.nextInt(3)]));
        }
        return ratings;
    }

    private static Counts<Level> doubtedOf(List<Rated> ratings) {
        boolean[] isDoubted = new boolean[ratings.size()];
        for (Rated first : ratings) {
            List<Integer> within = new ArrayList<>();
            for (int index = 0; index < ratings.size(); index++) {
                long after = ratings.get(index).micros() - first.micros();
                if (after >= 0 && after <= 10 * SECOND) {
                    within.add(index);
                }
            }
            if (within.size() > 5) {
                within.forEach(index -> isDoubted[index] = true);
            }
        }
        Counts<Level> doubted = new Counts<>(Level.class);
        for (int index = 0; index < isDoubted.length; index++) {
            doubted.add(ratings.get(index).level(), isDoubted[index] ? 1 : 0);
        }
        return doubted;
    }
}
