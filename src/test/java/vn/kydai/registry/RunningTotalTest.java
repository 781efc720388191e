package vn.kydai.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vn.kydai.registry.RunningTotal.Fallen;

/** Totals of a rain gauge in tenths of a millimetre, one in ten minutes. */
class RunningTotalTest {
    private static final long TEN_MINUTES = Duration.ofMinutes(10).toNanos() / 1_000;

    /** 50 mm. */
    private static final double MOST = 500;

    @Test
    void aTotalThatBlinksFellNothing() {
        assertFell(4, 372, 374, 0, 376);
        assertFell(4, 372, 374, 0, 0, 376);
        assertFell(6, 372, 374, 0, 0, 0, 2, 376);
        assertFell(4, 372, 0, 374, 0, 376);
        assertFell(6, 372, 374, 100, 376, 180, 378);
    }

    @Test
    void aTotalThatFallsByAHairFellNothing() {
        assertFell(2, 540, 542, 540, 542);
        assertFell(4, 540, 542, 540, 540, 540, 542);
        assertFell(2, 540, 542, 541, 540, 539, 538, 542);
        assertFell(2, 540, 542, 0, 540, 542);
    }

    @Test
    void withoutAPlausibleMostNeitherABlinkNorAHairFellAnything() {
        assertEquals(4, fell(Double.POSITIVE_INFINITY, 372, 374, 0, 376));
        assertEquals(2, fell(Double.POSITIVE_INFINITY, 540, 542, 0, 540, 542));
        assertEquals(4, fell(Double.POSITIVE_INFINITY, 1_204, 2, 4));
    }

    @Test
    void aTotalThatStartsAgainAndGoesOnFellWhatItSays() {
        assertFell(4, 1_204, 2, 4);
        assertFell(4, 1_204, 0, 4);
        assertFell(30, 20, 2, 14, 26, 30);
        assertFell(406, 1_200, 1_204, 2, 400, 402);
    }

    @Test
    void aTotalThatStartsAgainMayPassWhereItWas() {
        assertFell(50, 30, 32, 4, 12, 20, 28, 36, 44, 48);
    }

    @Test
    void aDeviceExchangedForOneThatHasCountedLessIsBelievedAfterThree() {
        assertFell(4, 1_204, 900, 902, 904);
        assertFell(6, 1_204, 900, 902, 904, 906);
    }

    @Test
    void aTotalTooFarAboveIsBelievedWhenThreeAgree() {
        assertFell(4, 100, 5_000, 102, 104);
        assertFell(4, 100, 5_000, 5_002, 5_004);
    }

    @Test
    void whatHasFallenIsNotBelievedUntilItGoesOn() {
        RunningTotal total = new RunningTotal(MOST);
        total.next(0, 1_204);
        total.next(TEN_MINUTES, 2);
        assertFalse(total.isBelieved());
        total.next(2 * TEN_MINUTES, 4);
        assertTrue(total.isBelieved());
    }

    @Test
    void ofAGaugeThatBlinksAtRandomNothingIsCountedTwice() {
        long seed = System.nanoTime();
        System.out.println("random seed: " + seed + "L");
        Random random = new Random(seed);
        for (int run = 0; run < 1_000; run++) {
            RunningTotal total = new RunningTotal(random.nextBoolean() ? MOST : null);
            long true0 = 300 + random.nextInt(1_000);
            long now = true0;
            long fell = sum(total.next(0, now));
            for (int index = 1; index < 100; index++) {
                now += random.nextInt(5);
                boolean isBlink = random.nextInt(5) == 0;
                fell += sum(total.next(index * TEN_MINUTES, isBlink ? random.nextInt(3) : now));
            }
            fell += sum(total.next(100 * TEN_MINUTES, now));
            assertTrue(fell <= now - true0 + 20, "seed " + seed + " run " + run + " fell " + fell);
        }
    }

    private static void assertFell(long expected, long... totals) {
        assertEquals(expected, fell(MOST, totals));
    }

    private static long sum(List<Fallen> fallen) {
        return fallen.stream().mapToLong(Fallen::amount).sum();
    }

    private static long fell(double most, long... totals) {
        RunningTotal total = new RunningTotal(most);
        long fell = 0;
        for (int index = 0; index < totals.length; index++) {
            fell += sum(total.next(index * TEN_MINUTES, totals[index]));
        }
        return fell;
    }
}
