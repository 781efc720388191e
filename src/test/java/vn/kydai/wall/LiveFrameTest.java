package vn.kydai.wall;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vn.kydai.aggregate.Figures;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Data;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;
import vn.kydai.event.Rating;
import vn.kydai.event.Reading;
import vn.kydai.event.Ticket;
import vn.kydai.event.codec.Json;

/** The real folds, ticking through a day, against a fresh fold of the same events. */
class LiveFrameTest {
    private static final List<String> COMMUNES = List.of("19867", "19870");
    private static final String AREAS = """
            {"areas": [
              {"id": "477", "name": "Quảng Điền", "level": "region", "members": ["19867", "19870"]},
              {"id": "19867", "name": "Sịa", "level": "commune"},
              {"id": "19870", "name": "Quảng Thái", "level": "commune"}]}
            """;
    private static final String SOURCES = """
            {"sources": [
              {"id": "desk-19867", "kind": "desk", "area": "19867"},
              {"id": "desk-19870", "kind": "desk", "area": "19870"},
              {"id": "wl-19867", "kind": "sensor", "area": "19867", "metrics": [
                {"metric": "water_level", "unit": "m", "cadenceSeconds": 600, "levels": [0.8, 1.2, 1.8]}]},
              {"id": "wl-19870", "kind": "sensor", "area": "19870", "metrics": [
                {"metric": "water_level", "unit": "m", "cadenceSeconds": 600}]}]}
            """;
    private static final String THRESHOLDS = """
            {"metrics": {"water_level":
               {"unit": "m", "min": -5, "max": 20, "resolution": 0.001, "cadenceSeconds": 900}},
             "targets": [{"figure": "satisfaction", "min": 0.9, "badBeyond": 0.5}]}
            """;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final List<Journaled> journal = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-25T00:30:00Z");

    @Test
    void equalsTheFoldOfItsOwnPositionAndTimeByteForByte() throws JsonProcessingException {
        System.out.println("seed " + seed);
        Figures live = new Figures();
        configure(live, Part.AREAS, AREAS);
        configure(live, Part.SOURCES, SOURCES);
        configure(live, Part.THRESHOLDS, THRESHOLDS);
        WallDocument documents = new WallDocument();
        Picture first = live.picture(now);
        ScopeFeed feed = new ScopeFeed(50, 1, first, documents.of(first, "477").orElseThrow());
        JsonNode screen = Json.MAPPER.readTree(feed.snapshot()).path("data");
        for (int tick = 0; tick < 300; tick++) {
            now = now.plusSeconds(1 + random.nextInt(240));
            for (int events = random.nextInt(5); events > 0; events--) {
                happen(live);
            }
            Picture picture = live.picture(now);

            ObjectNode document = documents.of(picture, "477").orElseThrow();
            var patch = feed.show(picture, document);
            if (patch.isPresent()) {
                screen = MergePatch.apply(
                        screen, Json.MAPPER.readTree(patch.get().text()).path("data"));
            }

            if (random.nextInt(15) == 0) {
                assertEquals(folded(picture.position(), picture.at()), Json.text(screen));
            }
        }
    }

    private String folded(long position, Instant at) {
        Figures fresh = new Figures();
        journal.stream().filter(event -> event.position() <= position).forEach(fresh::apply);
        return Json.text(new WallDocument().of(fresh.picture(at), "477").orElseThrow());
    }

    private void configure(Figures live, Part what, String content) {
        tell(live, "-", "-", now, new Configuration(what, "", content));
    }

    private void happen(Figures live) {
        String area = COMMUNES.get(random.nextInt(COMMUNES.size()));
        Instant eventTime = now.minusSeconds(random.nextInt(900));
        Ticket.Step[] steps = Ticket.Step.values();
        Rating.Level[] levels = Rating.Level.values();
        switch (random.nextInt(3)) {
            case 0 ->
                tell(
                        live,
                        "desk-" + area,
                        area,
                        eventTime,
                        new Ticket("A" + random.nextInt(60), steps[random.nextInt(steps.length)], null, null));
            case 1 ->
                tell(
                        live,
                        "desk-" + area,
                        area,
                        eventTime,
                        new Rating(levels[random.nextInt(levels.length)], null, null));
            default ->
                tell(
                        live,
                        "wl-" + area,
                        area,
                        eventTime,
                        new Reading("water_level", random.nextInt(2_000) / 1_000.0, "m", null));
        }
    }

    private void tell(Figures live, String source, String area, Instant eventTime, Data data) {
        long position = journal.size() + 1L;
        Journaled event =
                new Journaled(position, now, new Event("e" + position, source, area, eventTime, false, null, data));
        journal.add(event);
        live.apply(event);
    }
}
