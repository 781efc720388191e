package vn.kydai.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
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
