package vn.kydai.aggregate;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.config.Settings;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;

class FiguresPropertyTest {
    private static final int CONFIGURATION = 5;
    private static final List<Instant> MOMENTS = List.of(
            Story.at("2026-11-20T10:00"),
            Story.at("2026-11-24T10:07"),
            Story.at("2026-11-24T23:59:59.999"),
            Story.at("2026-11-25T00:00"),
            Story.at("2026-11-25T07:31"),
            Story.at("2026-11-25T17:45"),
            Story.at("2026-12-01T09:00"));

    @ParameterizedTest
    @ValueSource(longs = {477, 19867, 2026, 31, 1})
    void anyOrderOfArrivalGivesTheSamePicture(long seed) {
        Story story = RandomDays.of(seed, 2_000);
        List<Journaled> shuffled = shuffled(story.events(), seed);
        Figures inOrder = story.folded();
        Figures anyOrder = new Figures();
        shuffled.forEach(anyOrder::apply);
        for (Instant now : MOMENTS) {
            assertSamePicture(inOrder.picture(now), anyOrder.picture(now));
        }
        assertEquals(inOrder.unexpectedTransitions(), anyOrder.unexpectedTransitions());
    }

    @ParameterizedTest
    @ValueSource(longs = {477, 99})
    void picturesOnTheWayChangeNothing(long seed) {
        Story story = RandomDays.of(seed, 400);
        List<Journaled> shuffled = shuffled(story.events(), seed);
        Random random = new Random(seed);
        Figures watched = new Figures();
        List<Journaled> soFar = new ArrayList<>();
        for (Journaled event : shuffled) {
            watched.apply(event);
            soFar.add(event);
            Instant now = Story.at("2026-11-24T06:00").plusSeconds(random.nextInt(2 * 86_400));
            Picture picture = watched.picture(now);
            if (random.nextInt(8) == 0) {
                Figures fresh = new Figures();
                soFar.forEach(fresh::apply);
                assertSamePicture(fresh.picture(now), picture);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {477, 5, 20260101})
    void theBalanceHoldsInEveryAreaAndAParentIsTheSumOfItsLeaves(long seed) {
        Figures figures = RandomDays.of(seed, 3_000).folded();
        for (Instant now : MOMENTS) {
            Picture picture = figures.picture(now);
            for (String area : picture.areas().keySet()) {
                assertBalance(picture, area, "");
                assertBalance(picture, area, "Here");
            }
            for (String figure : List.of("received", "processing", "done", "overdueNow", "waiting", "ratings")) {
                double sum = RandomDays.LEAVES.stream()
                        .mapToDouble(leaf -> value(picture, leaf, figure))
                        .sum();
                assertEquals(sum, value(picture, "477", figure), figure);
            }
        }
    }

    /** A new class of the state that cannot be saved fails here first. */
    @Test
    void whatIsSavedComesBackTheSame() {
        Story story = RandomDays.of(8, 1_000);
        Figures saved = Figures.keepingRollups(Settings.DEFAULTS.aggregate());
        story.events().forEach(saved::apply);
        Figures restored = Figures.restored(saved.drainState());
        for (Instant now : MOMENTS) {
            assertEquals(saved.picture(now), restored.picture(now));
        }
    }

    @Test
    void whatDidNotChangeIsTheSameInstance() {
        Story story = RandomDays.of(7, 1_000);
        Figures figures = story.folded();
        Instant now = Story.at("2026-11-25T09:00:01");
        Picture before = figures.picture(now);
        Picture idle = figures.picture(now.plusMillis(200));
        assertSame(before.areas(), idle.areas());
        assertSame(before.sensors(), idle.sensors());
        assertSame(before.ticker(), idle.ticker());
        assertSame(before.desks(), idle.desks());
        int told = story.events().size();
        story.dossier("new", "19870", "2026-11-25T09:00", 2);
        figures.apply(story.events().get(told));
        Picture after = figures.picture(now.plusMillis(400));
        assertSame(before.sensors(), after.sensors());
        assertSame(before.areas().get("19867"), after.areas().get("19867"));
        assertEquals(1 + value(before, "19870", "received"), value(after, "19870", "received"));
        assertEquals(1 + value(before, "477", "received"), value(after, "477", "received"));
        assertSame(
                Story.area(before, "477").trends().get("called15m"),
                Story.area(after, "477").trends().get("called15m"));
        assertSame(
                Story.area(before, "477").indicators(), Story.area(after, "477").indicators());
    }

    private static List<Journaled> shuffled(List<Journaled> events, long seed) {
        List<Journaled> rest = new ArrayList<>(events.subList(CONFIGURATION, events.size()));
        Collections.shuffle(rest, new Random(~seed));
        List<Journaled> shuffled = new ArrayList<>(events.subList(0, CONFIGURATION));
        shuffled.addAll(rest);
        return shuffled;
    }

    /** All but the ticker, which tells arrival. */
    private static void assertSamePicture(Picture expected, Picture actual) {
        for (String area : expected.areas().keySet()) {
            assertEquals(
                    settled(requireNonNull(expected.areas().get(area))),
                    settled(requireNonNull(actual.areas().get(area))));
        }
        assertEquals(expected.areas().keySet(), actual.areas().keySet());
        assertEquals(expected.sensors(), actual.sensors());
        assertEquals(expected.desks(), actual.desks());
        assertEquals(expected.position(), actual.position());
        assertEquals(expected.lastIngest(), actual.lastIngest());
    }

    private static void assertBalance(Picture picture, String area, String family) {
        double in = value(picture, area, "carried" + family) + value(picture, area, "received" + family);
        double out = value(picture, area, "done" + family)
                + value(picture, area, "closedOther" + family)
                + value(picture, area, "processing" + family);
        assertEquals(in, out, () -> area + " " + family + " at " + picture.at());
    }

    private static double value(Picture picture, String area, String figure) {
        Double value = Story.figure(picture, area, figure).value();
        return value == null ? Double.NaN : value;
    }

    /** Returns an area without what tells of the arrival itself. */
    static Picture.Area settled(Picture.Area area) {
        return new Picture.Area(
                area.id(),
                area.code(),
                area.name(),
                area.nameEn(),
                area.level(),
                area.children(),
                area.leaves(),
                area.openNow(),
                area.closed(),
                area.holiday(),
                area.holidayExpected(),
                area.opensAt(),
                area.figures(),
                area.trends(),
                area.indicators(),
                area.sourcesTotal(),
                area.sourcesSilent(),
                area.severity(),
                area.asOf(),
                null,
                area.own());
    }
}
