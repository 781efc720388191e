package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.kydai.event.Picture.Sensor;
import vn.kydai.event.Reading.Quality;

class RainTest {
    private final Instruments instruments = new Instruments();

    @Test
    void theWindowsEndAtTheNewestReading() {
        Instant start = Story.at("2026-11-24T10:00");
        for (int hour = 0; hour <= 24; hour++) {
            instruments.tell("rain", "rain", "mm", start.plusSeconds(3_600L * hour), 2.5, null);
        }
        assertEquals(
                Map.of("1h", 2.5, "3h", 7.5, "6h", 15.0, "12h", 30.0, "24h", 60.0, "day", 37.5),
                instruments.findings("2026-11-25T10:01", "rain").windows());
        assertEquals("heavy", instruments.findings("2026-11-25T10:01", "rain").category());
        assertEquals(2.5, instruments.at("2026-11-25T10:01", "rain").value());
    }

    @Test
    void anIncrementToldAt1900IsOfTheDayThatEnds() {
        instruments.rain("rain", "2026-11-25T18:50", 3);
        instruments.rain("rain", "2026-11-25T19:00", 4);
        assertEquals(7, instruments.window("2026-11-25T19:01", "rain", "day"));
        instruments.rain("rain", "2026-11-25T19:10", 0.4);
        assertEquals(0.4, instruments.window("2026-11-25T19:11", "rain", "day"));
    }

    @Test
    void whatTheDeviceDoubtsIsInNoSum() {
        instruments.rain("rain", "2026-11-25T10:00", 3);
        instruments.tell("rain", "rain", "mm", Story.at("2026-11-25T10:10"), 40, Quality.SUSPECT);
        assertEquals(3, instruments.at("2026-11-25T10:11", "rain").value());
    }

    @Test
    void aRunningTotalThatFallsHasStartedAgain() {
        instruments.rain("total", "2026-11-25T09:00", 812.2);
        instruments.rain("total", "2026-11-25T09:10", 812.6);
        instruments.rain("total", "2026-11-25T09:20", 813.2);
        instruments.rain("total", "2026-11-25T09:30", 0.2);
        instruments.rain("total", "2026-11-25T09:40", 0.6);
        Sensor sensor = instruments.at("2026-11-25T09:41", "total");
        assertEquals(1.6, sensor.value());
        assertEquals(
                Map.of(
                        Story.minute("2026-11-25T09:00"), 0.0,
                        Story.minute("2026-11-25T09:10"), 0.4,
                        Story.minute("2026-11-25T09:20"), 0.6,
                        Story.minute("2026-11-25T09:30"), 0.2,
                        Story.minute("2026-11-25T09:40"), 0.4),
                sensor.history());
    }

    @Test
    void aLostOrLateTotalLosesNoRain() {
        instruments.rain("total", "2026-11-25T09:00", 10);
        instruments.rain("total", "2026-11-25T09:40", 25);
        assertEquals(15, instruments.at("2026-11-25T09:41", "total").value());
        assertEquals(1, instruments.at("2026-11-25T09:41", "total").level());
        instruments.rain("total", "2026-11-25T09:20", 17);
        assertEquals(15, instruments.at("2026-11-25T09:41", "total").value());
        instruments.rain("total", "2026-11-25T10:30", 25);
        assertEquals(8, instruments.at("2026-11-25T10:31", "total").value());
        assertEquals(15, instruments.window("2026-11-25T10:31", "total", "3h"));
    }

    @Test
    void aTotalFarAboveThoseBeforeIsDoubtedAndAddsNoRain() {
        instruments.rain("total", "2026-11-25T09:00", 100);
        instruments.rain("total", "2026-11-25T09:10", 101);
        instruments.rain("total", "2026-11-25T09:20", 450_000);
        Sensor doubted = instruments.at("2026-11-25T09:21", "total");
        assertEquals(1, doubted.value());
        assertEquals(0, doubted.level());
        assertEquals(Quality.SUSPECT, doubted.findings().quality());
        instruments.rain("total", "2026-11-25T09:30", 101.4);
        assertEquals(1.4, instruments.at("2026-11-25T09:31", "total").value());
        assertEquals(
                Quality.GOOD, instruments.findings("2026-11-25T09:31", "total").quality());
    }

    @Test
    void theTotalsOfAnExchangedGaugeAreBelievedFromTheThirdOn() {
        instruments.rain("total", "2026-11-25T09:00", 100);
        instruments.rain("total", "2026-11-25T09:10", 7_000);
        instruments.rain("total", "2026-11-25T09:20", 7_001);
        assertEquals(0, instruments.at("2026-11-25T09:21", "total").value());
        instruments.rain("total", "2026-11-25T09:30", 7_003);
        assertEquals(3, instruments.at("2026-11-25T09:31", "total").value());
        assertEquals(
                Quality.GOOD, instruments.findings("2026-11-25T09:31", "total").quality());
    }

    @Test
    void afterASilenceMoreMayHaveFallenThanInAnHour() {
        instruments.rain("total", "2026-11-25T09:00", 100);
        instruments.rain("total", "2026-11-25T12:00", 450);
        assertEquals(350, instruments.window("2026-11-25T12:01", "total", "6h"));
    }

    @Test
    void tipsAreWorthWhatTheDeviceIsRegisteredWith() {
        instruments.tell("tips", "rain", "{tip}", Story.at("2026-11-25T10:00"), 3, null);
        assertEquals(1.5, instruments.at("2026-11-25T10:01", "tips").value());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0,",
        "0.1, 0.1, light",
        "5.99, 0, light",
        "6, 0, rain",
        "15.99, 0, rain",
        "16, 0, moderate",
        "50, 0, moderate",
        "50.01, 0, heavy",
        "100, 0, heavy",
        "100.01, 0, very_heavy",
        "3, 3, rain",
        "8, 8, moderate",
        "25, 25, moderate",
        "25.01, 25.01, heavy",
        "50.01, 50.01, very_heavy"
    })
    void theHeavierOfADayAndHalfADayNamesIt(double day, double halfDay, @Nullable String category) {
        String named = Rain.category(new TreeMap<>(Map.of("24h", day, "12h", halfDay)));
        if (category == null) {
            assertNull(named);
        } else {
            assertEquals(category, named);
        }
    }
}
