package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture.LastGood;
import vn.kydai.event.Picture.Sensor;
import vn.kydai.event.Picture.SensorState;
import vn.kydai.event.Reading.Quality;

class ReadingQualityTest {
    /** What the wall must show of Phú Ốc: 4.48 m is still III, 4.50 m is at III. */
    private static final List<String[]> LEVELS = List.of(
            new String[] {"2025-10-26T18:15", "2"},
            new String[] {"2025-10-27T07:15", "2"},
            new String[] {"2025-10-27T07:25", "3"},
            new String[] {"2025-10-28T13:15", "3"},
            new String[] {"2025-10-28T23:05", "2"},
            new String[] {"2025-10-29T11:05", "3"},
            new String[] {"2025-10-30T06:05", "3"},
            new String[] {"2025-11-01T17:05", "2"},
            new String[] {"2025-11-03T05:55", "2"},
            new String[] {"2025-11-03T06:05", "3"});

    private final Instruments instruments = new Instruments();

    @Test
    void aJumpIsShownAndSuspectAndTheLastBelievedValueBesideIt() {
        instruments.level("river", "2026-11-25T10:00", 1.0);
        instruments.level("river", "2026-11-25T10:10", 1.1);
        instruments.level("river", "2026-11-25T10:20", 3.1);
        Sensor sensor = instruments.at("2026-11-25T10:21", "river");
        assertEquals(3.1, sensor.value());
        assertEquals(SensorState.GOOD, sensor.state());
        assertEquals(Quality.SUSPECT, sensor.findings().quality());
        assertEquals(
                new LastGood(1.1, Story.at("2026-11-25T10:10")),
                sensor.findings().lastGood());
        instruments.level("river", "2026-11-25T10:30", 1.2);
        assertEquals(
                Quality.GOOD, instruments.findings("2026-11-25T10:31", "river").quality());
        assertNull(instruments.findings("2026-11-25T10:31", "river").lastGood());
    }

    @Test
    void aSuspectFloodReachesItsLevelToBeCheckedButSuspectDustDoesNot() {
        instruments.level("river", "2026-11-25T10:00", 1.0);
        instruments.level("river", "2026-11-25T10:10", 3.0);
        assertEquals(2, instruments.at("2026-11-25T10:11", "river").level());
        instruments.dust("2026-11-25T10:00", 20);
        instruments.dust("2026-11-25T10:10", 160);
        Sensor dust = instruments.at("2026-11-25T10:11", "air");
        assertEquals(160, dust.value());
        assertEquals(0, dust.level());
        assertEquals(Quality.SUSPECT, dust.findings().quality());
    }

    @Test
    void aSuspectValueLeavesNoLevelThatWasReached() {
        instruments.level("river", "2026-11-25T10:00", 3.5);
        for (String time : List.of("10:10", "10:20", "10:40", "11:00")) {
            instruments.tell("river", "water_level", "m", Story.at("2026-11-25T" + time), 0.2, Quality.SUSPECT);
        }
        assertEquals(2, instruments.at("2026-11-25T11:01", "river").level());
        instruments.tell("river", "water_level", "m", Story.at("2026-11-25T11:10"), 4.6, Quality.SUSPECT);
        assertEquals(3, instruments.at("2026-11-25T11:11", "river").level());
    }

    @Test
    void threeInARowThatAgreeAreBelieved() {
        instruments.level("river", "2026-11-25T10:00", 1.0);
        instruments.level("river", "2026-11-25T10:10", 3.1);
        instruments.level("river", "2026-11-25T10:20", 3.2);
        assertEquals(
                Quality.SUSPECT,
                instruments.findings("2026-11-25T10:21", "river").quality());
        instruments.level("river", "2026-11-25T10:30", 3.3);
        assertEquals(
                Quality.GOOD, instruments.findings("2026-11-25T10:31", "river").quality());
    }

    @Test
    void aRiverMayRiseFurtherInMoreTime() {
        instruments.level("river", "2026-11-25T10:00", 1.0);
        instruments.level("river", "2026-11-25T10:30", 2.5);
        assertEquals(
                Quality.GOOD, instruments.findings("2026-11-25T10:31", "river").quality());
        instruments.level("river", "2026-11-25T10:40", 3.001);
        assertEquals(
                Quality.SUSPECT,
                instruments.findings("2026-11-25T10:41", "river").quality());
    }

    @Test
    void aLateReadingJudgesThoseAfterItAnew() {
        instruments.level("river", "2026-11-25T10:00", 1.0);
        instruments.level("river", "2026-11-25T10:20", 2.1);
        assertEquals(
                Quality.SUSPECT,
                instruments.findings("2026-11-25T10:21", "river").quality());
        instruments.level("river", "2026-11-25T10:10", 1.6);
        assertEquals(
                Quality.SUSPECT,
                instruments.findings("2026-11-25T10:21", "river").quality());
        instruments.level("river", "2026-11-25T10:05", 1.5);
        assertEquals(
                Quality.GOOD, instruments.findings("2026-11-25T10:21", "river").quality());
    }

    @Test
    void aValueThatNeverChangesIsStuck() {
        Instant start = Story.at("2026-11-25T04:00");
        for (int index = 0; index < 36; index++) {
            instruments.tell("river", "water_level", "m", start.plusSeconds(600L * index), 1.25, null);
        }
        assertEquals(
                Quality.GOOD, instruments.findings("2026-11-25T09:51", "river").quality());
        instruments.level("river", "2026-11-25T10:00", 1.25);
        assertEquals(
                Quality.SUSPECT,
                instruments.findings("2026-11-25T10:01", "river").quality());
        instruments.level("river", "2026-11-25T10:10", 1.26);
        assertEquals(
                Quality.GOOD, instruments.findings("2026-11-25T10:11", "river").quality());
    }

    @Test
    void whatTheDeviceDoubtsIsSuspect() {
        instruments.tell("air", "pm25", "ug/m3", Story.at("2026-11-25T10:00"), 160, Quality.SUSPECT);
        Sensor dust = instruments.at("2026-11-25T10:01", "air");
        assertEquals(Quality.SUSPECT, dust.findings().quality());
        assertEquals(0, dust.level());
    }

    @Test
    void aDevicesOwnRangeGoesBeforeItsMetrics() {
        instruments.level("canal", "2026-11-25T08:00", 1.9);
        instruments.level("canal", "2026-11-25T08:10", 2.1);
        Sensor sensor = instruments.at("2026-11-25T08:11", "canal");
        assertEquals(1.9, sensor.value());
        assertEquals(SensorState.BAD, sensor.state());
        assertEquals(Quality.BAD, sensor.findings().quality());
    }

    @ParameterizedTest
    @CsvSource({"08:59, 1.2", "09:00, 1.3", "09:59, 1.3", "10:00, 1.2"})
    void aCalibrationHoldsFromItsDateOn(String time, double shown) {
        instruments.level("canal", "2026-11-25T" + time, 1.2);
        assertEquals(shown, instruments.at("2026-11-25T10:01", "canal").value());
    }

    @Test
    void aLevelIsReachedAtOnceAndLeftOnlyWellBelowAndForAWhile() {
        instruments.level("river", "2026-11-25T10:00", 4.5);
        assertEquals(3, instruments.at("2026-11-25T10:01", "river").level());
        instruments.level("river", "2026-11-25T10:10", 4.45);
        instruments.level("river", "2026-11-25T10:25", 4.46);
        assertEquals(3, instruments.at("2026-11-25T10:26", "river").level());
        instruments.level("river", "2026-11-25T10:30", 4.44);
        instruments.level("river", "2026-11-25T10:39", 4.4);
        assertEquals(3, instruments.at("2026-11-25T10:40", "river").level());
        instruments.level("river", "2026-11-25T10:40", 4.4);
        assertEquals(2, instruments.at("2026-11-25T10:41", "river").level());
    }

    @Test
    void aLevelReachedAgainWhileItIsHeldIsNotLeft() {
        instruments.level("river", "2026-11-25T10:00", 4.6);
        instruments.level("river", "2026-11-25T10:10", 4.4);
        instruments.level("river", "2026-11-25T10:15", 4.47);
        instruments.level("river", "2026-11-25T10:20", 4.4);
        assertEquals(3, instruments.at("2026-11-25T10:21", "river").level());
        instruments.level("river", "2026-11-25T10:30", 4.4);
        assertEquals(2, instruments.at("2026-11-25T10:31", "river").level());
    }

    /** Phú Ốc, 26 October to 3 November 2025, as the bulletins gave it; straight lines between. */
    @Test
    void theFloodOfOctober2025GoesThroughItsLevelsAsItDid() {
        List<Point> flood = List.of(
                point("2025-10-26T18:00", 3.0),
                point("2025-10-27T14:00", 5.25),
                point("2025-10-27T20:00", 5.06),
                point("2025-10-29T07:00", 4.06),
                point("2025-10-29T15:00", 4.97),
                point("2025-10-29T17:00", 5.19),
                point("2025-10-29T20:00", 5.14),
                point("2025-10-30T06:00", 4.48),
                point("2025-11-01T17:00", 3.79),
                point("2025-11-03T06:00", 4.5));
        for (int index = 1; index < flood.size(); index++) {
            tellBetween(flood.get(index - 1), flood.get(index));
        }
        Figures figures = new Figures();
        List<Journaled> events = instruments.story().events();
        events.subList(0, Instruments.CONFIGURATION).forEach(figures::apply);
        Instant told = Instant.EPOCH;
        for (String[] expected : LEVELS) {
            Instant from = told;
            Instant now = Story.at(expected[0]);
            events.stream()
                    .skip(Instruments.CONFIGURATION)
                    .filter(event -> event.event().eventTime().isAfter(from)
                            && !event.event().eventTime().isAfter(now))
                    .forEach(figures::apply);
            Integer level = Story.sensor(figures.picture(now), "river").level();
            assertEquals(Integer.valueOf(expected[1]), level, expected[0]);
            told = now;
        }
    }

    private record Point(Instant at, double metres) {}

    private static Point point(String local, double metres) {
        return new Point(Story.at(local), metres);
    }

    private void tellBetween(Point from, Point to) {
        double seconds = Duration.between(from.at(), to.at()).toSeconds();
        for (Instant at = from.at().plusSeconds(600); !at.isAfter(to.at()); at = at.plusSeconds(600)) {
            double share = Duration.between(from.at(), at).toSeconds() / seconds;
            double metres = from.metres() + share * (to.metres() - from.metres());
            instruments.tell("river", "water_level", "m", at, Math.round(metres * 1_000) / 1_000.0, null);
        }
    }
}
