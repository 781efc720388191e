package vn.kydai.wall;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Desk;
import vn.kydai.event.DossierStatus;
import vn.kydai.event.Figure;
import vn.kydai.event.Kind;
import vn.kydai.event.Picture;

/**
 * Pictures as a day makes them, from a seed: figures move, sensors report, histories slide, desks close, things appear
 * and vanish. What did not change stays the same instance.
 */
final class PictureWalk {
    static final String DISTRICT = "477";

    private static final int BUCKET_MINUTES = 5;
    private static final int HISTORY_POINTS = 144;
    private static final int TICKER_LINES = 40;

    private final Random random;
    private final List<String> communes = new ArrayList<>();
    private final TreeMap<String, Picture.Area> areas = new TreeMap<>();
    private final TreeMap<String, Picture.Sensor> sensors = new TreeMap<>();
    private final TreeMap<Long, Picture.Tick> ticker = new TreeMap<>();
    private final TreeMap<String, Desk> desks = new TreeMap<>();
    private long position;
    private Instant at = Instant.parse("2026-11-25T00:30:00Z");
    private @Nullable Instant lastIngest;

    PictureWalk(long seed, int communeCount, int sensorCount) {
        random = new Random(seed);
        for (int i = 0; i < communeCount; i++) {
            communes.add("198" + (60 + i));
        }
        communes.forEach(id -> areas.put(id, area(id, "commune", List.of())));
        areas.put(DISTRICT, area(DISTRICT, "district", communes));
        for (int i = 0; i < sensorCount; i++) {
            String id = "wl-" + i;
            sensors.put(id, sensor(id, communes.get(i % communeCount), new TreeMap<>()));
        }
    }

    List<String> communes() {
        return communes;
    }

    Instant at() {
        return at;
    }

    /** Lets time pass, and some events come in. */
    Picture next(Duration step) {
        at = at.plus(step);
        for (int events = random.nextInt(4); events > 0; events--) {
            String commune = communes.get(random.nextInt(communes.size()));
            position += 1 + random.nextInt(2);
            lastIngest = at.minusMillis(random.nextInt(200));
            count(commune);
            count(DISTRICT);
            ticker.put(
                    position, new Picture.Tick(at, commune, Kind.DOSSIER, "received", Map.of("procedure", "1.001193")));
            report(commune);
            desks.put(commune, desk(commune));
        }
        if (random.nextInt(50) == 0) {
            openOrClose(communes.get(random.nextInt(communes.size())));
        }
        while (ticker.size() > TICKER_LINES) {
            ticker.pollFirstEntry();
        }
        return picture();
    }

    /** Takes several steps. */
    Picture after(int steps, Duration step) {
        Picture picture = picture();
        for (int i = 0; i < steps; i++) {
            picture = next(step);
        }
        return picture;
    }

    Picture picture() {
        return new Picture(
                position,
                at,
                frozen(areas),
                frozen(sensors),
                frozen(ticker),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                frozen(desks),
                lastIngest,
                Collections.emptySortedMap(),
                null);
    }

    /** Its ticket is its area's id, so that one shown elsewhere gives itself away. */
    private Desk desk(String commune) {
        String counter = Integer.toString(1 + random.nextInt(3));
        return new Desk(
                new TreeMap<>(Map.of(counter, new Desk.Counter(commune, random.nextBoolean(), at))),
                random.nextInt(9),
                new TreeMap<>(Map.of("0042", new Desk.Due("1.001193", DossierStatus.PROCESSING))),
                random.nextInt(9),
                new TreeMap<>(Map.of("0137", at)));
    }

    private void count(String id) {
        Picture.Area old = requireNonNull(areas.get(id));
        TreeMap<String, Figure> figures = new TreeMap<>(old.figures());
        figures.put("received", Figure.count(random.nextInt(1_000), lastIngest));
        switch (random.nextInt(6)) {
            case 0 ->
                figures.put(
                        "onTimeRate",
                        Figure.share(random.nextInt(9), random.nextInt(10), lastIngest)
                                .against(0.95, null, Figure.State.WARN));
            case 1 -> figures.put("waitMean", Figure.seconds(random.nextInt(3_000) / 7.0, 12, lastIngest));
            case 2 -> figures.put("waitOldest", Figure.since(at.minusSeconds(60), lastIngest));
            case 3 -> figures.remove("waitOldest");
            case 4 -> figures.remove("waitMean");
            default -> {}
        }
        TreeMap<String, SortedMap<Long, Double>> trends = new TreeMap<>();
        trends.put("received15m", pushed(old.trends().getOrDefault("received15m", new TreeMap<>()), 15, 30));
        Integer severity = random.nextInt(5) == 0 ? Integer.valueOf(1 + random.nextInt(3)) : old.severity();
        areas.put(id, changed(old, old.openNow(), figures, trends, severity));
    }

    private void report(String commune) {
        List<String> own = sensors.values().stream()
                .filter(sensor -> sensor.area().equals(commune))
                .map(Picture.Sensor::source)
                .toList();
        if (own.isEmpty()) {
            return;
        }
        String id = own.get(random.nextInt(own.size()));
        if (random.nextInt(200) == 0 && own.size() > 1) {
            sensors.remove(id);
        } else {
            SortedMap<Long, Double> history =
                    pushed(requireNonNull(sensors.get(id)).history(), BUCKET_MINUTES, HISTORY_POINTS);
            sensors.put(id, sensor(id, commune, history));
        }
    }

    private void openOrClose(String id) {
        Picture.Area old = requireNonNull(areas.get(id));
        areas.put(id, changed(old, !old.openNow(), new TreeMap<>(old.figures()), new TreeMap<>(old.trends()), null));
    }

    private SortedMap<Long, Double> pushed(SortedMap<Long, Double> old, int bucketMinutes, int most) {
        TreeMap<Long, Double> points = new TreeMap<>(old);
        long minute = at.getEpochSecond() / 60 / bucketMinutes * bucketMinutes;
        points.put(minute, random.nextInt(500) / 100.0);
        while (points.size() > most) {
            points.pollFirstEntry();
        }
        return points;
    }

    private Picture.Sensor sensor(String id, String area, SortedMap<Long, Double> history) {
        Double value = history.isEmpty() ? null : history.get(history.lastKey());
        return new Picture.Sensor(
                id,
                area,
                "st-" + id,
                "Trạm " + id,
                "water_level",
                "m",
                value,
                value == null ? null : at,
                value == null ? Picture.SensorState.SILENT : Picture.SensorState.GOOD,
                value == null ? null : 1,
                frozen(new TreeMap<>(Map.of(1, 1.5, 2, 3.0))),
                value == null ? null : 0.12,
                frozen(history),
                Picture.Findings.NONE,
                null);
    }

    private static Picture.Area area(String id, String level, List<String> children) {
        return new Picture.Area(
                id,
                id,
                "Xã " + id,
                "Commune " + id,
                level,
                List.copyOf(children),
                children.isEmpty() ? List.of(id) : List.copyOf(children),
                true,
                null,
                null,
                false,
                null,
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                52,
                0,
                null,
                null,
                null,
                Collections.emptySortedMap());
    }

    private Picture.Area changed(
            Picture.Area old,
            boolean openNow,
            SortedMap<String, Figure> figures,
            SortedMap<String, SortedMap<Long, Double>> trends,
            @Nullable Integer severity) {
        TreeMap<String, Picture.Slow> indicators = new TreeMap<>(Map.of(
                "poverty_rate",
                new Picture.Slow(
                        0.017,
                        "1",
                        "2023",
                        "nd07-2021",
                        null,
                        new TreeMap<>(Map.of("2023", new Picture.Point(0.017, "nd07-2021"))))));
        return new Picture.Area(
                old.id(),
                old.code(),
                old.name(),
                old.nameEn(),
                old.level(),
                old.children(),
                old.leaves(),
                openNow,
                openNow ? null : "lunch",
                null,
                false,
                openNow ? null : at.plusSeconds(3_600),
                frozen(figures),
                frozen(trends),
                indicators,
                52,
                random.nextInt(3),
                severity,
                lastIngest,
                null,
                Collections.emptySortedMap());
    }

    private static <K, V> SortedMap<K, V> frozen(SortedMap<K, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
