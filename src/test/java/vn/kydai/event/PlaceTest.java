package vn.kydai.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceTest {
    @ParameterizedTest
    @CsvSource({"16.57, 107.51", "8.64, 111.92", "23.39, 105.32", "16.53, 111.61", "10.4, 103.9"})
    void aPlaceLiesInVietNamOrItsSeas(double latitude, double longitude) {
        assertEquals(latitude, new Place(latitude, longitude).latitude());
    }

    @ParameterizedTest
    @CsvSource({"107.51, 16.57", "0, 0", "-16.57, 107.51", "48.1, 11.6", "NaN, 107", "16, Infinity"})
    void whatWasSwappedOrNeverSetIsNoPlace(double latitude, double longitude) {
        assertThrows(IllegalArgumentException.class, () -> new Place(latitude, longitude));
    }
}
