package vn.kydai.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TimesTest {
    @Test
    void timesSurviveTheWayBetweenProcesses() {
        Times times = new Times();
        for (int ms = 1; ms <= 1_000; ms++) {
            times.add(0, ms * 1_000_000L, 1);
        }

        Times read = Times.decode(times.encoded());

        assertEquals(1_000, read.count());
        assertEquals(500, read.millis(50), 1);
        assertEquals(990, read.millis(99), 1);
        assertEquals(1_000, read.maxMillis(), 1);
    }

    @Test
    void nothingHasNoPercentiles() {
        Times read = Times.decode(new Times().encoded());

        assertTrue(Double.isNaN(read.millis(50)));
        assertTrue(Double.isNaN(read.maxMillis()));
    }

    @Test
    void aClockThatLagsCountsAsNoTime() {
        Times times = new Times();

        times.addMicros(-700, 1);

        assertEquals(0, times.maxMillis());
    }
}
