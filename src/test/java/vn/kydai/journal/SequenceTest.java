package vn.kydai.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SequenceTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

    @Test
    void theFirstNumberLeavesNoGap() {
        assertEquals(0, gaps(900));
    }

    @Test
    void aJumpLeavesAGapAndLateNumbersFillIt() {
        assertEquals(3, gaps(1, 5));
        assertEquals(1, gaps(1, 5, 3, 2));
        assertEquals(0, gaps(1, 5, 3, 2, 4));
    }

    @Test
    void moreLateNumbersThanMissingOnesChangeNothing() {
        assertEquals(0, gaps(10, 12, 11, 11, 9));
    }

    @Test
    void severalReadingsOfOneNumberAreNoGap() {
        assertEquals(0, gaps(4, 4, 4, 5, 5));
    }

    @Test
    void aRestartOfTheCounterIsNoGap() {
        assertEquals(0, gaps(500, 0, 1, 2));
        assertEquals(0, gaps(500, 1, 2));
        assertEquals(0, gaps(50_000, 50_000 - Sequence.MAX_LATE - 1));
        assertEquals(0, gaps(1, Long.MAX_VALUE, 7, 8));
    }

    @Test
    void aNegativeNumberIsNoCounter() {
        assertEquals(0, gaps(7, -3, Long.MIN_VALUE, 8));
    }

    @Test
    void aLateNumberIsTakenFromTheDayThatShowsTheGap() {
        Sequence before =
                Sequence.step(Sequence.step(null, 1, DAY).next(), 4, DAY).next();
        Sequence.Step step = Sequence.step(before, 3, DAY.plusDays(1));
        assertEquals(DAY, step.day());
        assertEquals(-1, step.gaps());
    }

    @Test
    void aBacklogBesideLiveReadingsIsNoGap() {
        assertEquals(0, gaps(12_000, 1_500, 12_001, 1_501, 12_002, 1_502, 12_003));
        assertEquals(0, gaps(3_000, 1_500, 3_001, 1_501, 3_002, 1_502, 3_003));
        assertEquals(1, gaps(12_000, 1_500, 12_001, 1_501, 12_002, 1_503, 12_003));
        assertEquals(1, gaps(12_000, 1_500, 12_001, 1_501, 12_003, 1_502, 12_004));
    }

    @Test
    void aBacklogThatReachesTheLiveReadingsLeavesWhatIsMissing() {
        long[] numbers = new long[400];
        for (int index = 0; index < 200; index++) {
            numbers[2 * index] = 1_200 + index;
            numbers[2 * index + 1] = 1_000 + index + (index > 50 ? 1 : 0);
        }
        assertEquals(1, gaps(numbers));
    }

    @Test
    void aNumberThatComesAgainFillsNothing() {
        assertEquals(3, gaps(0, 5, 3, 3));
        assertEquals(2_992, gaps(7, 3_000, 5, 6, 7));
    }

    @Test
    void aCounterThatStartsAtNoughtAgainIsCountedAnew() {
        assertEquals(2, gaps(0, 1, 2, 3, 4, 5, 0, 1, 2, 5));
        assertEquals(3, gaps(0, 1, 3, 4, 5, 0, 1, 2, 5, 0, 1, 2, 3, 4, 5, 6));
        assertEquals(2, gaps(50_000, 50_001, 0, 1, 2, 5));
    }

    @Test
    void aShuffledDayIsMissingWhatIsMissing() {
        long seed = System.nanoTime();
        System.out.println("random seed: " + seed + "L");
        Random random = new Random(seed);
        List<Long> day = new ArrayList<>();
        for (long number = 0; number < 20_000; number++) {
            if (number % 100 != 37 || number > 19_000) {
                day.add(700_000 + number);
            }
        }
        Collections.shuffle(day, random);
        @Nullable Sequence sequence = null;
        long gaps = 0;
        int spans = 0;
        for (long number : day) {
            Sequence.Step step = Sequence.step(sequence, number, DAY);
            sequence = Sequence.of(longs(step.next().text()));
            assertEquals(step.next(), sequence);
            gaps += step.gaps();
            spans = Math.max(spans, sequence.spans().size());
        }
        assertEquals(190, gaps, "seed " + seed);
        assertEquals(Sequence.MAX_SPANS, spans);
    }

    private static Long[] longs(String array) {
        return Pattern.compile("[{},]")
                .splitAsStream(array)
                .filter(part -> !part.isEmpty())
                .map(Long::valueOf)
                .toArray(Long[]::new);
    }

    private static long gaps(long... numbers) {
        @Nullable Sequence sequence = null;
        long gaps = 0;
        for (long number : numbers) {
            Sequence.Step step = Sequence.step(sequence, number, DAY);
            sequence = step.next();
            gaps += step.gaps();
        }
        return gaps;
    }
}
