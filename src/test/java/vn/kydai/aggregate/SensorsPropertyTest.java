package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.event.Journaled;
import vn.kydai.event.Reading.Quality;

/** Three days of readings with jumps, holes, resets, repeats of a value and doubts, in any order of arrival. */
class SensorsPropertyTest {
    private static final Instant FROM = Story.at("2026-11-23T00:00");
    private static final int HOURS = 72;

    @ParameterizedTest
    @ValueSource(longs = {477, 19867, 31, 5})
    void anyOrderOfArrivalShowsTheSameSensors(long seed) {
        List<Journaled> events = days(seed, 600);
        Figures inOrder = new Figures();
        events.forEach(inOrder::apply);
        Figures anyOrder = new Figures();
        shuffled(events, seed).forEach(anyOrder::apply);
        for (int hour = 60; hour <= HOURS + 12; hour++) {
            Instant now = FROM.plusSeconds(3_600L * hour + 17);
            assertEquals(inOrder.picture(now).sensors(), anyOrder.picture(now).sensors());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {477, 99})
    void picturesOnTheWayChangeNothing(long seed) {
        List<Journaled> events = days(seed, 1_800);
        List<Journaled> shuffled = shuffled(events, seed);
        Random random = new Random(seed);
        Figures watched = new Figures();
        List<Journaled> soFar = new ArrayList<>();
        for (Journaled event : shuffled) {
            watched.apply(event);
            soFar.add(event);
            Instant now = FROM.plusSeconds(random.nextInt(HOURS * 3_600));
            var sensors = watched.picture(now).sensors();
            if (random.nextInt(16) == 0) {
                Figures fresh = new Figures();
                soFar.forEach(fresh::apply);
                assertEquals(fresh.picture(now).sensors(), sensors);
            }
        }
    }

    private static List<Journaled> shuffled(List<Journaled> events, long seed) {
        List<Journaled> rest = new ArrayList<>(events.subList(Instruments.CONFIGURATION, events.size()));
        Collections.shuffle(rest, new Random(~seed));
        List<Journaled> shuffled = new ArrayList<>(events.subList(0, Instruments.CONFIGURATION));
        shuffled.addAll(rest);
        return shuffled;
    }

    private static List<Journaled> days(long seed, int stepSeconds) {
        System.out.println("three days of sensors: seed " + seed + "L");
        Random random = new Random(seed);
        Instruments instruments = new Instruments();
        double metres = 2;
        double total = 0;
        double dust = 30;
        for (Duration at = Duration.ZERO;
                at.toHours() < HOURS;
                at = at.plusSeconds(stepSeconds / 2 + random.nextInt(stepSeconds))) {
            Instant time = FROM.plus(at);
            metres = random.nextInt(60) == 0 ? random.nextInt(60) / 10.0 : metres + random.nextInt(-3, 4) / 20.0;
            total = random.nextInt(50) == 0 ? 0 : total + Math.max(0, random.nextInt(-3, 5)) / 5.0;
            dust = random.nextInt(40) == 0 ? random.nextInt(400) : Math.max(0, dust + random.nextInt(-4, 5));
            Quality quality = doubt(random);
            tell(instruments, random, "river", "water_level", time, Math.round(metres * 100) / 100.0, quality);
            tell(instruments, random, "total", "rain", time, Math.round(total * 10) / 10.0, quality);
            tell(instruments, random, "rain", "rain", time, random.nextInt(6) / 5.0, quality);
            tell(instruments, random, "air", "pm25", time, dust, quality);
            tell(instruments, random, "air", "o3", time, dust + random.nextInt(9), null);
        }
        return instruments.story().events();
    }

    private static void tell(
            Instruments instruments,
            Random random,
            String source,
            String metric,
            Instant time,
            double value,
            @Nullable Quality quality) {
        String unit = metric.equals("rain") ? "mm" : metric.equals("water_level") ? "m" : "ug/m3";
        if (random.nextInt(12) != 0) {
            instruments.tell(source, metric, unit, time, value, quality);
        }
    }

    private static @Nullable Quality doubt(Random random) {
        return switch (random.nextInt(25)) {
            case 0 -> Quality.SUSPECT;
            case 1 -> Quality.BAD;
            case 2 -> Quality.GOOD;
            default -> null;
        };
    }
}
