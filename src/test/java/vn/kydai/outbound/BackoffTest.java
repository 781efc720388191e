package vn.kydai.outbound;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vn.kydai.registry.Channels.Retry;

class BackoffTest {
    private static final Retry RETRY = new Retry(Duration.ofSeconds(1), Duration.ofSeconds(300), Duration.ofHours(24));

    @Test
    void waitsAreSpreadBelowABoundThatDoublesUpToTheLongest() {
        long seed = System.nanoTime();
        Backoff backoff = new Backoff(RETRY, new Random(seed));
        for (int failures = 1; failures < 60; failures++) {
            long bound = Math.min(300_000, 1_000L << Math.min(failures - 1, 20));
            long longest = 0;
            long shortest = Long.MAX_VALUE;
            for (int draw = 0; draw < 200; draw++) {
                long wait = backoff.after(failures).toMillis();
                longest = Math.max(longest, wait);
                shortest = Math.min(shortest, wait);
            }
            String what = "seed " + seed + ", failures " + failures;
            assertTrue(shortest >= 1 && longest <= bound, what);
            assertTrue(longest > bound / 2 && shortest < bound / 2, what);
        }
    }
}
