package vn.kydai.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void theMedianOfThreeIsTheOneInTheMiddle() {
        assertEquals(new Spread(2, 1, 9), Spread.of(List.of(9.0, 1.0, 2.0)));
    }

    @Test
    void theMedianOfFourIsTheMeanOfTheTwoInTheMiddle() {
        assertEquals(new Spread(2.5, 1, 9), Spread.of(List.of(9.0, 1.0, 2.0, 3.0)));
    }

    @Test
    void whatCouldNotBeMeasuredDoesNotCount() {
        assertEquals(new Spread(4, 4, 4), Spread.of(List.of(Double.NaN, 4.0)));
        assertTrue(Double.isNaN(Spread.of(List.of(Double.NaN)).median()));
    }
}
