package vn.kydai.alarm;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.Picture;
import vn.kydai.event.Reading.Quality;

/**
 * A hundred thousand random sequences of readings, late and suspect ones, silence, deeds and time, a gauge each, by the real folds
 * and the real deciding, beside a small model that knows neither.
 */
class AlarmSequencesTest {
    private static final String RULE = """
            'id': 'flood', 'watch': 'level', 'metric': 'water_level', 'deadband': 0.1,
            'steps': [{'at': 1, 'severity': 'medium'}, {'at': 2, 'severity': 'high'}, {'at': 3, 'severity': 'high'}]""";
    private static final double[] LEVELS = {1.5, 3, 4.5};
    private static final Duration SILENT_AFTER = Duration.ofSeconds(3 * 600 + 60);
    private static final int GAUGES = 200;
    private static final int SITES = 250;
    private static final int PLAYED_TWICE = 5;
    private static final int TICKS = 10;
    private static final int LATEST_MS = 5_400_000;
    private static final List<String> IDS =
            IntStream.range(0, GAUGES).mapToObj(gauge -> "g-" + gauge).toList();

    static long[] seeds() {
        return new long[] {477, new Random().nextLong()};
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyAlarmIsWhatASmallModelSays(long seed) {
        System.out.println("seed " + seed);
        for (int site = 0; site < SITES; site++) {
            Site played = play(new Random(seed + site), "seed " + (seed + site));
            if (site < PLAYED_TWICE) {
                assertEquals(
                        played.journal(), play(new Random(seed + site), "again").journal());
            }
        }
    }

    private static Site play(Random random, String seed) {
        Site site = new Site("2026-11-25T08:00", IDS, RULE);
        Map<String, Model> models = new HashMap<>();
        IDS.forEach(id -> models.put(id, new Model()));
        for (int tick = 0; tick < TICKS; tick++) {
            site.pass(Duration.ofSeconds(1 + random.nextInt(900)));
            for (String id : IDS) {
                happen(site, id, requireNonNull(models.get(id)), random);
            }
            List<String> steps = site.settle();
            assertEquals(steps.size(), steps.stream().distinct().count(), seed + ": doubled");
            Picture picture = site.picture();
            for (String id : IDS) {
                Model model = requireNonNull(models.get(id));
                model.judge(site.now());
                model.check(picture.alarms().get("flood:" + id), site.now(), seed + " " + id + " tick " + tick);
            }
        }
        return site;
    }

    /** One reading, late one, deed, or nothing, on what the operator saw last. */
    private static void happen(Site site, String id, Model model, Random random) {
        int what = random.nextInt(10);
        if (what < 6) {
            double value = random.nextInt(600) / 100.0;
            Instant at = site.now().minusMillis(what < 4 ? 0 : 1 + random.nextInt(LATEST_MS));
            Quality quality = random.nextInt(6) == 0 ? Quality.SUSPECT : Quality.GOOD;
            site.reading(id, value, at, quality);
            model.read(value, at, quality);
        } else if (what < 9 && model.occurrence > 0) {
            Step deed = List.of(Step.ACKNOWLEDGED, Step.SHELVED, Step.UNSHELVED).get(random.nextInt(3));
            Instant until = deed == Step.SHELVED ? site.now().plusSeconds(1 + random.nextInt(2_700)) : null;
            site.act("flood:" + id, deed, until);
            model.act(deed, until, site.now());
        }
    }

    /** A gauge and its alarm as a few flags. */
    private static final class Model {
        private double value;
        private @Nullable Instant at;
        private boolean isDoubted;
        private int level;
        private long occurrence;
        private boolean isSeen = true;
        private @Nullable String by;
        private @Nullable Instant shelvedUntil;
        private int extensions;

        void read(double read, Instant when, Quality quality) {
            if (at == null || when.isAfter(at)) {
                value = read;
                isDoubted = quality == Quality.SUSPECT;
                at = when;
            }
        }

        void act(Step deed, @Nullable Instant until, Instant now) {
            expire(now);
            if (deed == Step.SHELVED) {
                extensions = shelvedUntil == null ? 0 : extensions + 1;
                shelvedUntil = extensions > Picture.Shelf.MAX_EXTENSIONS ? shelvedUntil : until;
            } else if (deed == Step.UNSHELVED && shelvedUntil != null) {
                comeBack();
            } else if (deed == Step.ACKNOWLEDGED && shelvedUntil == null && !isSeen) {
                isSeen = true;
                by = "An";
            }
        }

        private void expire(Instant now) {
            if (shelvedUntil != null && !now.isBefore(shelvedUntil)) {
                comeBack();
            }
        }

        private void comeBack() {
            shelvedUntil = null;
            isSeen = level == 0;
            by = isSeen ? by : null;
        }

        void judge(Instant now) {
            expire(now);
            if (at == null || at.plus(SILENT_AFTER).isBefore(now)) {
                return;
            }
            int reached = 0;
            for (int step = 1; step <= LEVELS.length; step++) {
                reached = value >= LEVELS[step - 1] - (step <= level ? 0.1 : 0) ? step : reached;
            }
            if (isDoubted && reached <= level) {
                return;
            }
            if (reached > level) {
                occurrence++;
                isSeen = false;
                by = null;
            }
            level = reached;
        }

        private String state() {
            if (shelvedUntil != null) {
                return "shelved";
            }
            return level > 0 ? isSeen ? "acknowledged" : "unacknowledged" : isSeen ? "normal" : "returned";
        }

        void check(Picture.@Nullable Alarm alarm, Instant now, String where) {
            if (alarm == null) {
                assertEquals(0, occurrence, where + ": lost");
                return;
            }
            assertEquals(occurrence, alarm.occurrence(), where);
            assertEquals(state(), alarm.state().id(), where);
            assertEquals(level > 0, alarm.isActive(), where);
            assertTrue(level == 0 || level == alarm.measure().level(), where);
            assertEquals(
                    by,
                    alarm.acknowledged() == null ? null : alarm.acknowledged().by(),
                    where);
            Picture.Shelf shelf = alarm.shelf();
            assertEquals(shelvedUntil, shelf == null ? null : shelf.until(), where);
            assertTrue(shelf == null || shelf.until().isAfter(now), where + ": shelved past its limit");
        }
    }
}
