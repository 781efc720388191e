package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Picture.Sensor;
import vn.kydai.event.Picture.SensorState;
import vn.kydai.event.Reading.Quality;

class AirStationTest {
    private static final String KEY = "air:aqi";

    private final Instruments instruments = new Instruments();

    @Test
    void theIndexIsOfTheLastWholeHour() {
        instruments.hours("pm25", "2026-11-24T22:00", 12, 40);
        Sensor sensor = instruments.at("2026-11-25T10:00", KEY);
        assertEquals("aqi", sensor.metric());
        assertEquals("1", sensor.unit());
        assertEquals("19894", sensor.area());
        assertEquals(80, sensor.value());
        assertEquals(1, sensor.level());
        assertEquals("pm25", sensor.findings().dominant());
        assertEquals(Story.at("2026-11-25T10:00"), sensor.at());
        assertEquals(SensorState.GOOD, sensor.state());
        assertEquals(51, sensor.thresholds().get(1));
        assertEquals(301, sensor.thresholds().get(5));
        assertEquals(80, sensor.history().get(Story.minute("2026-11-25T09:00")));
        assertEquals(11, sensor.history().size());
    }

    @Test
    void theGreaterPollutantIsDominant() {
        instruments.hours("pm25", "2026-11-25T08:00", 2, 25);
        instruments.hours("o3", "2026-11-25T09:00", 1, 180);
        Sensor sensor = instruments.at("2026-11-25T10:00", KEY);
        assertEquals(75, sensor.value());
        assertEquals("o3", sensor.findings().dominant());
    }

    @Test
    void anHourWithTooFewReadingsHasNoMean() {
        instruments.hours("pm25", "2026-11-25T07:00", 2, 40);
        instruments.dust("2026-11-25T09:00", 400);
        instruments.dust("2026-11-25T09:20", 401);
        Sensor sensor = instruments.at("2026-11-25T10:00", KEY);
        assertEquals(80, sensor.value());
        assertEquals(SensorState.GOOD, sensor.state());
        assertEquals(SensorState.STALE, instruments.at("2026-11-25T11:00", KEY).state());
    }

    @Test
    void withoutAnIndexOfTheLastWholeHourItIsSilentOnceItsReadingsMustHaveCome() {
        instruments.hours("pm25", "2026-11-25T07:00", 3, 40);
        assertEquals(SensorState.GOOD, instruments.at("2026-11-25T11:59", KEY).state(), "by two hours of three");
        assertEquals(SensorState.STALE, instruments.at("2026-11-25T12:21", KEY).state());
        assertEquals(SensorState.SILENT, instruments.at("2026-11-25T12:22", KEY).state());
        assertEquals(SensorState.SILENT, instruments.at("2026-11-25T13:00", KEY).state());
        assertEquals(80, instruments.at("2026-11-25T13:00", KEY).value());
    }

    @Test
    void withoutAnIndexInTwelveHoursItIsNotShown() {
        instruments.hours("pm25", "2026-11-25T07:00", 1, 40);
        assertFalse(instruments.picture("2026-11-25T08:00").sensors().containsKey(KEY));
        instruments.hours("pm25", "2026-11-25T08:00", 1, 40);
        Figures figures = instruments.story().folded();
        assertEquals(
                80,
                Story.sensor(figures.picture(Story.at("2026-11-25T09:00")), KEY).value());
        assertFalse(figures.picture(Story.at("2026-11-25T22:00")).sensors().containsKey(KEY));
        assertEquals(
                80,
                Story.sensor(figures.picture(Story.at("2026-11-25T21:30")), KEY).value());
    }

    @Test
    void suspectReadingsAreInNoMean() {
        instruments.hours("pm25", "2026-11-25T08:00", 2, 40);
        instruments.tell("air", "pm25", "ug/m3", Story.at("2026-11-25T09:10"), 900, Quality.SUSPECT);
        instruments.dust("2026-11-25T09:30", 900);
        assertEquals(80, instruments.at("2026-11-25T10:00", KEY).value());
    }

    @Test
    void yesterdaysIndexNeedsThreeQuartersOfTheDay() {
        instruments.hours("pm25", "2026-11-24T06:00", 17, 40);
        instruments.hours("pm25", "2026-11-25T08:00", 2, 20);
        assertNull(instruments.findings("2026-11-25T10:00", KEY).windows().get("yesterday"));
        instruments.hours("pm25", "2026-11-24T23:00", 1, 40);
        assertEquals(
                Map.of("yesterday", 80.0),
                instruments.findings("2026-11-25T10:00", KEY).windows());
    }

    @Test
    void aLateReadingCorrectsTheHourItBelongsTo() {
        instruments.hours("pm25", "2026-11-25T08:00", 1, 40);
        instruments.dust("2026-11-25T09:20", 40);
        instruments.dust("2026-11-25T09:40", 40.1);
        Figures figures = instruments.story().folded();
        assertFalse(figures.picture(Story.at("2026-11-25T10:00")).sensors().containsKey(KEY));
        int told = instruments.story().events().size();
        instruments.dust("2026-11-25T09:00", 39.9);
        figures.apply(instruments.story().events().get(told));
        assertEquals(
                80,
                Story.sensor(figures.picture(Story.at("2026-11-25T10:00")), KEY).value());
    }
}
