package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Time in which the server listened. */
class ListeningTest {
    private static final Instant START = Instant.parse("2026-11-25T00:00:00Z");
    private final Listening listening = new Listening();

    private static long at(long seconds) {
        return Micros.of(START.plusSeconds(seconds));
    }

    private static long time(long seconds) {
        return Duration.ofSeconds(seconds).toNanos() / 1_000;
    }

    private void gap(long until, long from) {
        listening.apply(
                "{\"until\": \"" + START.plusSeconds(until) + "\", \"from\": \"" + START.plusSeconds(from) + "\"}");
    }

    @Test
    void withoutGapsTimeIsTime() {
        assertEquals(at(130), listening.after(at(100), time(30)));
        assertEquals(at(70), listening.before(at(100), time(30)));
    }

    @Test
    void aGapIsLeftOut() {
        gap(110, 200);
        assertEquals(at(110), listening.after(at(100), time(10)));
        assertEquals(at(201), listening.after(at(100), time(11)));
        assertEquals(at(210), listening.after(at(150), time(10)), "what came in the gap counts from its end");
        assertEquals(at(200), listening.before(at(210), time(10)));
        assertEquals(at(100), listening.before(at(210), time(20)));
    }

    @Test
    void aGapThatIsNotOverHasNoEnd() {
        listening.apply("{\"until\": \"" + START.plusSeconds(110) + "\"}");
        assertEquals(at(110), listening.after(at(100), time(10)));
        assertEquals(Long.MAX_VALUE, listening.after(at(100), time(11)));
        assertEquals(at(100), listening.before(at(5_000), time(10)));
        gap(110, 200);
        assertEquals(at(201), listening.after(at(100), time(11)));
    }

    @Test
    void aCrashBeforeTheWaysInOpenedLeavesOneGap() {
        listening.apply("{\"until\": \"" + START.plusSeconds(110) + "\"}");
        listening.apply("{\"until\": \"" + START.plusSeconds(120) + "\"}");
        gap(120, 200);
        assertEquals(at(210), listening.after(at(100), time(20)));
    }

    @Test
    void aClockThatWasAheadMakesNoGapBackwards() {
        gap(300, 200);
        gap(100, 50);
        assertEquals(at(400), listening.after(at(0), time(400)));
    }

    @RepeatedTest(5)
    void itCountsLikeSecondsOnAList() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        boolean[] heard = new boolean[5_000];
        Arrays.fill(heard, true);
        for (int until = random.nextInt(90); until < 4_000; ) {
            int from = until + 1 + random.nextInt(90);
            gap(until, from);
            Arrays.fill(heard, until, from, false);
            until = from + 1 + random.nextInt(90);
        }
        for (int time = 1; time < 200; time++) {
            int since = random.nextInt(2_000);
            int until = 3_000 + random.nextInt(1_000);
            int after = since;
            for (int left = time; left > 0; after++) {
                left -= heard[after] ? 1 : 0;
            }
            int before = until;
            for (int left = time; left > 0; before--) {
                left -= heard[before - 1] ? 1 : 0;
            }
            assertEquals(at(after), listening.after(at(since), time(time)), () -> "seed " + seed);
            assertEquals(at(before), listening.before(at(until), time(time)), () -> "seed " + seed);
        }
    }
}
