package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.aggregate.store.RollupRow;
import vn.kydai.config.Settings;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;
import vn.kydai.event.Rating.Level;

/** Whatever is saved and brought back, at whatever moment, the folds and the rollups are those of one long run. */
class CheckpointPropertyTest {
    private static final int CONFIGURATION = 5;
    private static final List<Instant> MOMENTS = List.of(
            Story.at("2026-11-20T10:00"),
            Story.at("2026-11-24T23:59:59.999"),
            Story.at("2026-11-25T09:31"),
            Story.at("2026-12-01T09:00"));

    /** What a database would hold. */
    private static final class Kept {
        final Map<String, byte[]> pieces = new HashMap<>();
        final Map<RollupTexts.Bucket, RollupSum> rollups = new TreeMap<>();

        void save(Figures figures) {
            figures.drainState().forEach((name, piece) -> {
                if (piece.length == 0) {
                    pieces.remove(name);
                } else {
                    pieces.put(name, piece);
                }
            });
            RollupRow.of(figures.drainRollups()).forEach(row -> RollupTexts.add(rollups, row));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {477, 19867, 2026, 31, 1})
    void anyOrderOfArrivalGivesTheSameRollups(long seed) {
        List<Journaled> events = RandomDays.of(seed, 2_000).events();
        List<Journaled> rest = new ArrayList<>(events.subList(CONFIGURATION, events.size()));
        Collections.shuffle(rest, new Random(~seed));
        List<Journaled> shuffled = new ArrayList<>(events.subList(0, CONFIGURATION));
        shuffled.addAll(rest);
        SortedMap<String, String> inOrder = RollupTexts.of(events);
        assertTrue(inOrder.size() > 500, () -> inOrder.size() + " buckets");
        assertEquals(inOrder, RollupTexts.of(shuffled));
    }

    @ParameterizedTest
    @ValueSource(longs = {477, 19867, 2026, 31, 1})
    void aCheckpointAnywhereAndTheTailAreTheWhole(long seed) {
        Story story = RandomDays.of(seed, 1_500);
        List<Journaled> events = story.events();
        Random random = new Random(seed);
        Kept kept = new Kept();
        Figures figures = Figures.keepingRollups(Settings.DEFAULTS.aggregate());
        int saved = 0;
        int next = 0;
        while (next < events.size()) {
            figures.apply(events.get(next));
            next++;
            switch (random.nextInt(40)) {
                case 0 -> {
                    kept.save(figures);
                    saved = next;
                }
                case 1 -> {
                    if (saved > 0) {
                        // Killed: what was folded since the last checkpoint is lost and folded again.
                        figures = Figures.restored(kept.pieces);
                        next = saved;
                    }
                }
                case 2 -> figures.picture(Story.at("2026-11-24T06:00").plusSeconds(random.nextInt(86_400)));
                default -> {}
            }
        }
        kept.save(figures);
        assertSame(story, figures);
        assertSame(story, Figures.restored(kept.pieces));
        assertEquals(RollupTexts.of(events), RollupTexts.texts(kept.rollups));
    }

    @Test
    void aLateEventChangesNoRollupButADossiersStepDoes() {
        Story story = Story.begun();
        story.dossier("d-1", "19867", "2026-10-01T08:00", 2);
        story.rating("19867", "2026-10-16T08:00", Level.SATISFIED);
        story.rating("19867", "2026-10-15T08:00", Level.SATISFIED);
        story.level("2026-10-15T08:00", 1.5);
        story.level("2026-10-16T08:00", 1.5);
        Figures figures = Figures.keepingRollups(Settings.DEFAULTS.aggregate());
        story.events().forEach(figures::apply);
        SortedMap<String, String> rollups = RollupTexts.of(figures.drainRollups());
        assertEquals("1 0 null null {}", rollups.get("received 19867 1d 2026-09-30T17:00:00Z"));
        assertEquals("1 0 null null {}", rollups.get("ratings 19867 1M 2026-09-30T17:00:00Z"));
        assertEquals("1 1500000 1500000 1500000 {}", rollups.get("reading:water_level wl-sia 1y 2025-12-31T17:00:00Z"));
        assertEquals(3, figures.lateEvents());
    }

    private static void assertSame(Story story, Figures figures) {
        Figures whole = story.folded();
        for (Instant now : MOMENTS) {
            Picture expected = whole.picture(now);
            Picture actual = figures.picture(now);
            assertEquals(expected.areas(), actual.areas());
            assertEquals(expected, actual);
        }
        assertEquals(whole.unexpectedTransitions(), figures.unexpectedTransitions());
    }
}
