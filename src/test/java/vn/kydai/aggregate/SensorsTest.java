package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Picture;
import vn.kydai.event.Picture.Sensor;
import vn.kydai.event.Picture.SensorState;
import vn.kydai.event.Reading;
import vn.kydai.event.Reading.Quality;

/** The level gauge sends every 10 minutes: stale after 11, silent after 31. */
class SensorsTest {
    private final Story story = Story.begun();

    @Test
    void aRegisteredSensorIsShownBeforeItsFirstReading() {
        Sensor sensor = Story.sensor(story.picture("2026-11-25T09:00"), "wl-sia");
        assertEquals(SensorState.SILENT, sensor.state());
        assertNull(sensor.value());
        assertEquals(Map.of(1, 0.8, 2, 1.2, 3, 1.8), sensor.thresholds());
        assertEquals("sia", sensor.station());
    }

    @Test
    void theNewestReadingByEventTimeIsTheValue() {
        story.level("2026-11-25T09:00", 1.2);
        story.level("2026-11-25T08:50", 0.7);
        Sensor sensor = Story.sensor(story.picture("2026-11-25T09:01"), "wl-sia");
        assertEquals(1.2, sensor.value());
        assertEquals(2, sensor.level());
        assertEquals(Story.at("2026-11-25T09:00"), sensor.at());
        assertEquals(
                Map.of(Story.minute("2026-11-25T08:50"), 0.7, Story.minute("2026-11-25T09:00"), 1.2), sensor.history());
    }

    @Test
    void itGoesStaleAndSilentWithTimeAlone() {
        story.level("2026-11-25T09:00", 1.0);
        Figures figures = story.folded();
        assertEquals(SensorState.GOOD, state(figures, "2026-11-25T09:11"));
        assertEquals(SensorState.STALE, state(figures, "2026-11-25T09:11:00.001"));
        assertEquals(SensorState.STALE, state(figures, "2026-11-25T09:31"));
        assertEquals(SensorState.SILENT, state(figures, "2026-11-25T09:31:00.001"));
        assertEquals(SensorState.GOOD, state(figures, "2026-11-25T09:05"));
    }

    @Test
    void aBadReadingIsSeenButNotShown() {
        story.level("2026-11-25T09:00", 1.0);
        story.level("2026-11-25T09:10", 99.0);
        story.tell("wl-sia", "19867", "2026-11-25T09:05", new Reading("water_level", 1.1, "m", Quality.BAD));
        Sensor sensor = Story.sensor(story.picture("2026-11-25T09:11"), "wl-sia");
        assertEquals(SensorState.BAD, sensor.state());
        assertEquals(1.0, sensor.value());
        assertEquals(1, sensor.history().size());
    }

    @Test
    void valuesAreConvertedBeforeThresholds() {
        story.tell("wl-sia", "19867", "2026-11-25T09:00", new Reading("water_level", 1_800, "mm", null));
        Sensor sensor = Story.sensor(story.picture("2026-11-25T09:01"), "wl-sia");
        assertEquals(1.8, sensor.value());
        assertEquals("m", sensor.unit());
        assertEquals(3, sensor.level());
    }

    @Test
    void aFurtherMetricHasItsOwnKey() {
        story.tell("wl-sia", "19867", "2026-11-25T09:00", new Reading("rain", 0.2, "mm", null));
        story.tell("stray", "19870", "2026-11-25T09:00", new Reading("water_level", 2, "m", null));
        story.tell("stray", "19870", "2026-11-25T09:00", new Reading("rain", 2, "mm", null));
        Picture picture = story.picture("2026-11-25T09:01");
        assertEquals(
                List.of("rain-1", "stray", "stray:water_level", "wl-sia", "wl-sia:rain"),
                List.copyOf(picture.sensors().keySet()));
        assertEquals(0.2, Story.sensor(picture, "wl-sia:rain").value());
        assertEquals("19870", Story.sensor(picture, "stray").area());
    }

    @Test
    void rainIsTheSumOfTheHourUpToItsNewestReading() {
        rain("2026-11-25T08:00", 5);
        rain("2026-11-25T08:01", 0.1);
        rain("2026-11-25T08:31", 0.2);
        rain("2026-11-25T08:34", 0.3);
        rain("2026-11-25T09:00", 0.4);
        Sensor sensor = Story.sensor(story.picture("2026-11-25T09:01"), "rain-1");
        assertEquals(1.0, sensor.value());
        assertEquals(0.5, sensor.history().get(Story.minute("2026-11-25T08:30")));
    }

    @Test
    void theRateIsTheChangeOverAboutAnHour() {
        story.level("2026-11-25T08:00", 1.0);
        assertNull(Story.sensor(story.picture("2026-11-25T08:01"), "wl-sia").ratePerHour());
        story.level("2026-11-25T08:30", 1.5);
        story.level("2026-11-25T09:00", 1.6);
        assertEquals(
                0.6, Story.sensor(story.picture("2026-11-25T09:01"), "wl-sia").ratePerHour());
    }

    @Test
    void historyIsTwelveHoursLong() {
        story.level("2026-11-24T20:00", 1.0);
        story.level("2026-11-25T08:00", 1.1);
        Figures figures = story.folded();
        assertEquals(2, history(figures, "2026-11-25T07:59:59"));
        assertEquals(1, history(figures, "2026-11-25T08:00"));
        assertEquals(0, history(figures, "2026-11-25T20:00"));
    }

    @Test
    void aRevokedSensorIsNotShown() {
        story.level("2026-11-25T09:00", 1.0);
        story.configure(
                Part.SOURCES,
                "{\"sources\": [{\"id\": \"wl-sia\", \"kind\": \"sensor\", \"area\": \"19867\", \"revoked\": true}]}");
        assertFalse(story.picture("2026-11-25T09:01").sensors().containsKey("wl-sia"));
    }

    @Test
    void silentSourcesAreCountedDesksOnlyInOpeningHours() {
        story.level("2026-11-25T08:55", 1.0);
        story.dossier("d-1", "19867", "2026-11-25T08:40", 2);
        assertSources("2026-11-25T09:00", "19867", 2, 0);
        assertSources("2026-11-25T09:00", "477", 5, 3);
        assertSources("2026-11-25T09:11", "19867", 2, 1);
        assertSources("2026-11-25T12:00", "19870", 1, 0);
        assertSources("2026-11-25T07:45", "19870", 1, 0);
        assertSources("2026-11-24T09:00", "19870", 1, 0);
    }

    @Test
    void crossingALevelIsTold() {
        story.level("2026-11-25T08:00", 0.7);
        story.level("2026-11-25T08:10", 0.8);
        story.level("2026-11-25T08:20", 0.9);
        story.level("2026-11-25T08:05", 1.9);
        story.level("2026-11-25T08:30", 0.7);
        List<Picture.Tick> ticks =
                List.copyOf(story.picture("2026-11-25T09:00").ticker().values());
        assertEquals(
                List.of("1", "0"),
                ticks.stream().map(tick -> tick.params().get("level")).toList());
        assertTrue(ticks.stream().allMatch(tick -> tick.code().equals("level")));
    }

    private void assertSources(String local, String area, long total, long silent) {
        Picture.Area shown = Story.area(story.picture(local), area);
        assertEquals(total, shown.sourcesTotal());
        assertEquals(silent, shown.sourcesSilent());
    }

    private void rain(String local, double millimetres) {
        story.tell("rain-1", "19894", local, new Reading("rain", millimetres, "mm", null));
    }

    private static SensorState state(Figures figures, String local) {
        return Story.sensor(figures.picture(Story.at(local)), "wl-sia").state();
    }

    private static int history(Figures figures, String local) {
        return Story.sensor(figures.picture(Story.at(local)), "wl-sia")
                .history()
                .size();
    }
}
