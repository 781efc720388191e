package vn.kydai.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import vn.kydai.aggregate.Figures;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.Picture;
import vn.kydai.event.Picture.AlarmState;

/** Random readings, deeds, crashes and time: what must hold of every alarm at every moment. */
class RandomWatchTest {
    private static final String[] RULES = {"""
        'id': 'flood', 'watch': 'level', 'metric': 'water_level', 'deadband': 0.1,
        'steps': [{'at': 1, 'severity': 'medium'}, {'at': 2, 'severity': 'high'}, {'at': 3, 'severity': 'high'}]""", """
        'id': 'silent', 'watch': 'silentSensor', 'steps': [{'at': 1, 'severity': 'low'}]"""};
    private static final List<String> SENSORS = List.of("wl-1", "wl-2");
    private static final Step[] DEEDS = {Step.ACKNOWLEDGED, Step.NOTED, Step.SHELVED, Step.UNSHELVED};
    private static final int RUNS = 60;
    private static final int TICKS = 120;

    @Test
    void noAlarmIsLostOrDoubledAndTheSameInputGivesTheSameJournal() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        for (int run = 0; run < RUNS; run++) {
            Site site = play(new Random(seed + run), "seed " + (seed + run));
            assertEquals(site.journal(), play(new Random(seed + run), "again").journal());
            Figures fresh = new Figures();
            site.journal().forEach(fresh::apply);
            assertEquals(site.picture().alarms(), fresh.picture(site.now()).alarms());
            Figures restored = Figures.restored(fresh.drainState());
            assertEquals(
                    fresh.picture(site.now()).alarms(),
                    restored.picture(site.now()).alarms());
            assertEquals(
                    fresh.picture(site.now()).areas(),
                    restored.picture(site.now()).areas());
        }
    }

    /** Lets random things happen to a site for about fifteen hours. */
    static Site play(Random random, String seed) {
        Site site = new Site("2026-11-25T08:00", RULES);
        for (int tick = 0; tick < TICKS; tick++) {
            site.pass(Duration.ofSeconds(1 + random.nextInt(900)));
            if (random.nextInt(4) != 0) {
                Instant at = site.now().minusSeconds(random.nextInt(3) == 0 ? random.nextInt(7_200) : 0);
                site.reading(SENSORS.get(random.nextInt(2)), random.nextInt(600) / 100.0, at);
            }
            if (random.nextInt(10) == 0) {
                site.restart(RULES);
            }
            SortedMap<String, Picture.Alarm> before = site.picture().alarms();
            List<String> steps = site.settle();
            check(site.picture(), seed);
            checkAcknowledged(before, site.picture(), steps, seed);
            if (random.nextInt(3) == 0 && !site.picture().alarms().isEmpty()) {
                List<String> ids = List.copyOf(site.picture().alarms().keySet());
                Step deed = DEEDS[random.nextInt(DEEDS.length)];
                Instant until = deed == Step.SHELVED ? site.now().plusSeconds(random.nextInt(3_600)) : null;
                site.act(ids.get(random.nextInt(ids.size())), deed, until);
            }
        }
        return site;
    }

    /** With no delays, what is active is what the sensors say, but for the deadband. */
    private static void check(Picture picture, String seed) {
        picture.sensors().forEach((key, sensor) -> {
            Picture.Alarm flood = picture.alarms().get("flood:" + key);
            boolean isActive = flood != null && flood.isActive();
            Double value = sensor.value();
            if (value != null && sensor.state() != Picture.SensorState.SILENT) {
                assertTrue(isActive || value < 1.5, seed + ": lost");
                assertFalse(isActive && value < 1.4, seed + ": not cleared");
            }
        });
        for (Picture.Alarm alarm : picture.alarms().values()) {
            Picture.Shelf shelf = alarm.shelf();
            assertEquals(alarm.state() == AlarmState.SHELVED, shelf != null, seed);
            assertTrue(shelf == null || shelf.until().isAfter(picture.at()), seed + ": shelved past its limit");
        }
    }

    /** Acknowledged stays acknowledged until normal, raised anew or back from the shelf. */
    private static void checkAcknowledged(
            Map<String, Picture.Alarm> before, Picture after, List<String> steps, String seed) {
        before.forEach((id, alarm) -> {
            Picture.Alarm now = after.alarms().get(id);
            if (alarm.state() == AlarmState.ACKNOWLEDGED && now != null && now.occurrence() == alarm.occurrence()) {
                assertTrue(
                        now.state() == AlarmState.ACKNOWLEDGED || now.state() == AlarmState.NORMAL,
                        seed + ": " + id + " " + steps);
            }
        });
        assertEquals(steps.size(), steps.stream().distinct().count(), seed + ": doubled");
    }
}
