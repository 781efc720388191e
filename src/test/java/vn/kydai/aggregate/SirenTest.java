package vn.kydai.aggregate;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;
import vn.kydai.event.Reading;
import vn.kydai.event.Signal;
import vn.kydai.event.SirenOrder.State;

/** A siren of Sịa: asked by an order, and silent otherwise. */
class SirenTest {
    private static final String SIREN = """
            {"sources": [
              {"id": "siren-1", "kind": "sensor", "area": "19867", "metrics": [
                {"metric": "siren", "unit": "1", "cadenceSeconds": 86400}]},
              {"id": "siren-2", "kind": "sensor", "area": "19867", "metrics": [
                {"metric": "siren", "unit": "1", "cadenceSeconds": 86400},
                {"metric": "battery", "unit": "V", "cadenceSeconds": 600}]}]}
            """;
    private static final Instant NOW = Story.at("2026-11-25T09:00");

    private final Story story = Story.begun();

    @Test
    void itIsNoSensorOfTheWallAndIsNotMissed() {
        Picture before = story.picture("2026-11-25T09:00");
        story.configure(Part.SOURCES, SIREN);
        order();

        Picture with = story.picture("2026-11-25T09:01");

        assertEquals(
                Set.of("siren-2"),
                with.sensors().keySet().stream()
                        .filter(key -> !before.sensors().containsKey(key))
                        .collect(Collectors.toSet()),
                "what it measures itself is shown under its own name");
        assertEquals("battery", Story.sensor(with, "siren-2").metric());
        assertEquals(
                Story.area(before, "19867").sourcesTotal() + 1,
                Story.area(with, "19867").sourcesTotal());
        assertEquals(State.SOUNDED, requireNonNull(with.orders().get("o-1")).state());
    }

    @Test
    void itsAnswersAreCountedLikeReadings() {
        story.configure(Part.THRESHOLDS, """
                {"metrics": {"siren": {"unit": "1", "min": 0, "max": 100, "resolution": 1, "cadenceSeconds": 86400}},
                 "targets": []}
                """);
        story.configure(Part.SOURCES, SIREN);
        order();

        Set<String> buckets = RollupTexts.of(story.events()).keySet();

        assertTrue(buckets.stream().anyMatch(bucket -> bucket.startsWith("reading:siren siren-1 ")), buckets::toString);
    }

    @Test
    void aCheckpointKeepsOrdersAndAReplayTellsTheSame() {
        story.configure(Part.SOURCES, SIREN);
        order();
        Figures first = new Figures();
        int half = story.events().size() - 1;
        story.events().subList(0, half).forEach(first::apply);
        Figures restored = Figures.restored(first.drainState());
        restored.apply(story.events().get(half));

        Picture live = story.folded().picture(NOW);

        assertEquals(
                State.CONFIRMED,
                requireNonNull(first.picture(NOW).orders().get("o-1")).state());
        assertEquals(live.orders(), restored.picture(NOW).orders());
        assertEquals(live.orders(), story.folded().picture(NOW).orders());
        assertEquals(Map.of(), live.alarms());
    }

    /** Prepared, confirmed, and sounded by the first siren: its answer is the last event. */
    private void order() {
        Instant until = NOW.plusSeconds(300);
        Alarm.Order content = new Alarm.Order(Signal.FLOOD3, null);
        story.tell("kydai", "477", NOW, null, Alarm.ofOrder("o-1", Step.PREPARED, content, "an", "x", until));
        story.tell("kydai", "477", NOW, null, Alarm.ofOrder("o-1", Step.CONFIRMED, null, "binh", null, until));
        Reading answer = new Reading(Reading.SIREN, 5, "1", null);
        Event event = new Event("o-1/1", "siren-1", "19867", NOW, false, null, answer);
        story.events().add(new Journaled(story.events().size() + 1L, NOW, event));
    }
}
