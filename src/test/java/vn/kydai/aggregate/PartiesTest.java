package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Dossier;
import vn.kydai.event.DossierState;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;

/** Who may change a dossier: 19867, 19870 and 19894 are communes of one region, 477. */
class PartiesTest {
    private static final String NOON = "2026-11-25T12:00";

    /** A unit that ended in 2025 and that the region keeps, with its successor. */
    private static final String SUCCEEDED = Story.AREAS.replace(
            "\"name\": \"Sịa\", \"level\": \"commune\", \"validTo\": \"2025-07-01\"}",
            "\"name\": \"Sịa\", \"level\": \"commune\", \"validTo\": \"2025-07-01\", \"successor\": \"new\"},"
                    + "{\"id\": \"new\", \"name\": \"Mới\", \"level\": \"commune\", \"validFrom\": \"2025-07-01\"}");

    /** The same without a region that would keep them: all three are one from a day on. */
    private static final String MERGED = """
            {"areas": [
              {"id": "19867", "name": "Sịa", "level": "commune", "validTo": "2026-11-23", "successor": "new"},
              {"id": "19870", "name": "Quảng Thái", "level": "commune", "validTo": "2026-11-23", "successor": "new"},
              {"id": "new", "name": "Quảng Điền", "level": "commune", "validFrom": "2026-11-23"}]}
            """;

    private final Story story = Story.begun();

    @Test
    void theResultOfAnotherUnitIsLeftOut() {
        story.dossier("d", "19867", "2026-11-25T08:00", 2);
        story.dossier("d", "19870", "2026-11-25T09:00", 9);
        Picture picture = story.picture(NOON);
        assertEquals(1, Story.figure(picture, "19867", "processing").value());
        assertEquals(0, Story.figure(picture, "19867", "done").value());
        assertEquals(0, Story.figure(picture, "19870", "done").value());
        assertEquals(1, Story.figure(picture, "477", "received").value());
        assertEquals(0, Story.figure(picture, "477", "done").value());
        assertEquals("{desk-19870=1}", only(story).leftOut().toString());
        assertEquals(1, story.folded().leftOutSteps());
    }

    @Test
    void neitherAnEarlierTimeNorTheOthersNameMakesAStrangerAParty() {
        story.dossier("d", "19867", "2026-11-25T08:00", 2);
        story.tell("desk-19870", "19870", "2026-11-25T07:00", Story.decided("d", 9, "19867"));
        Picture picture = story.picture(NOON);
        assertEquals(1, Story.figure(picture, "19867", "processing").value());
        assertEquals(0, Story.figure(picture, "477", "done").value());
    }

    @Test
    void whoClaimsAReceptionOfTheSameCodeHasADossierOfItsOwn() {
        story.dossier("d", "19867", "2026-11-25T08:00", 2);
        story.tell("desk-19870", "19870", "2026-11-25T07:00", Story.decided("d", 2, "19867"));
        story.dossier("d", "19870", "2026-11-25T07:30", 9);
        Picture picture = story.picture(NOON);
        assertEquals(1, Story.figure(picture, "19867", "receivedHere").value());
        assertEquals(1, Story.figure(picture, "19870", "receivedHere").value());
        assertEquals(1, Story.figure(picture, "19867", "processing").value());
        assertEquals(2, story.folded().dossierStates().size());
        assertEquals(0, story.folded().leftOutSteps());
    }

    @Test
    void whoIsNamedDecidesAndMayNameTheNext() {
        story.tell("desk-19867", "19867", "2026-11-25T08:00", Story.decided("d", 2, "477"));
        story.tell("office", "477", "2026-11-25T08:30", Story.decided("d", 4, "19894"));
        story.dossier("d", "19894", "2026-11-25T09:00", 9);
        Picture picture = story.picture(NOON);
        assertEquals(1, Story.figure(picture, "19894", "done").value());
        assertEquals(1, Story.figure(picture, "19867", "doneHere").value());
        assertEquals(0, story.folded().leftOutSteps());
    }

    @Test
    void whatBeganBeforeTheJournalBelongsToWhoeverTellsOfIt() {
        story.dossier("d", "19867", "2026-11-25T08:00", 4);
        story.dossier("d", "19867", "2026-11-25T09:00", 9);
        assertEquals(1, story.value(NOON, "19867", "done"));
    }

    @Test
    void aFloodOfStepsDrivesOutNobodyElses() {
        story.dossier("d", "19867", "2026-11-25T08:00", 2);
        for (int index = 0; index < 3 * DossierFile.MAX_STEPS; index++) {
            Instant at = Story.at("2026-11-25T07:00").plusSeconds(10L * index);
            story.tell("desk-19870", "19870", at, null, Story.dossier("d", 4 + index % 2));
        }
        assertEquals(1, story.value(NOON, "19867", "processing"));
        assertEquals(0, story.value(NOON, "19867", "paused"));
    }

    @Test
    void aDeskThatIsMovedGoesOnWithItsDossiers() {
        story.tell("desk", "19867", "2026-11-25T08:00", Story.dossier("d", 2));
        story.tell("desk", "19870", "2026-11-25T09:00", Story.dossier("d", 9));
        assertEquals(1, story.value(NOON, "19867", "done"));
    }

    @Test
    void whoTookAUnitOverGoesOnWithItsDossiersThoughARegionKeepsIt() {
        story.configure(Part.AREAS, SUCCEEDED);
        story.dossier("d", "19867", "2025-06-25T08:00", 2);
        story.tell("desk-new", "new", "2026-11-25T09:00", Story.dossier("d", 9));
        assertEquals(0, story.folded().leftOutSteps());
        assertEquals(1, story.value(NOON, "19867", "done"));
    }

    @Test
    void unitsThatBecomeOneShareTheirDossiersFromTheTreeThatSaysSo() {
        story.dossier("d", "19867", "2026-11-20T08:00", 2);
        story.dossier("d", "19870", "2026-11-20T09:00", 9);
        assertEquals(1, story.folded().leftOutSteps());
        story.configure(Part.AREAS, MERGED);
        assertEquals(0, story.folded().leftOutSteps());
        assertTrue(only(story).outcome().isDone());
    }

    @Test
    void whoIsOnlyNamedShowsWhatIsNamedForItButIsAlarmedByNone() {
        Instant past = Story.at("2026-11-02T17:00");
        for (int index = 0; index < 500; index++) {
            story.tell("desk-19870", "19870", "2026-11-25T08:00", Story.decided("x" + index, 2, "19867", past));
        }
        Picture.Area named = Story.area(story.picture(NOON), "19867");
        assertEquals(500, named.figures().get("overdueNow").value());
        assertEquals(0, named.judged().get("overdueNow").value());
        assertEquals(0, named.judged().get("processing").value());
        assertEquals(
                500,
                Story.area(story.picture(NOON), "477")
                        .judged()
                        .get("overdueNow")
                        .value());
        story.dossier("x7", "19867", "2026-11-25T09:00", 4);
        assertEquals(
                1,
                Story.area(story.picture(NOON), "19867")
                        .judged()
                        .get("overdueNow")
                        .value());
    }

    @Test
    void aDistrictMayNameItsCommunesAndACommuneItsDistrict() {
        Instant past = Story.at("2026-11-02T17:00");
        story.tell("office", "477", "2026-11-25T08:00", Story.decided("down", 2, "19867", past));
        story.tell("desk-19867", "19867", "2026-11-25T08:00", Story.decided("up", 2, "477", past));
        Picture picture = story.picture(NOON);
        assertEquals(1, Story.area(picture, "19867").judged().get("overdueNow").value());
        assertEquals(2, Story.area(picture, "477").judged().get("overdueNow").value());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyOrderOfArrivalGivesTheSameDossiers(long seed) {
        List<Journaled> events = contested(seed, 60);
        List<Journaled> shuffled = new ArrayList<>(events.subList(5, events.size()));
        Collections.shuffle(shuffled, new Random(seed));
        List<Journaled> other = new ArrayList<>(events.subList(0, 5));
        other.addAll(shuffled);
        assertEquals(states(events), states(other));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void noStrangerChangesADossierNorWhatAlarmsJudgeOfItsUnit(long seed) {
        System.out.println("strangers: seed " + seed + "L");
        Random random = new Random(seed);
        Story alone = Story.begun();
        Story beset = Story.begun();
        int[] course = {2, 4, 5, 4, 6, 4, 9, 10};
        for (int code = 0; code < 20; code++) {
            int steps = 1 + random.nextInt(course.length);
            for (int step = 0; step < steps; step++) {
                Instant at = Story.at("2026-11-20T08:00").plusSeconds(3_600L * (code + 5L * step));
                alone.tell("desk-19867", "19867", at, null, Story.dossier("d" + code, course[step]));
                beset.tell("desk-19867", "19867", at, null, Story.dossier("d" + code, course[step]));
                for (int word = random.nextInt(4); word > 0; word--) {
                    Instant time = Story.at("2026-11-15T08:00").plusSeconds(random.nextInt(10 * 86_400));
                    Dossier foreign = Story.decided(
                            "d" + code,
                            1 + random.nextInt(10),
                            random.nextBoolean() ? "19867" : "19894",
                            random.nextBoolean() ? time : null);
                    beset.tell("desk-19870", "19870", time, null, foreign);
                }
            }
        }

        Picture quiet = alone.picture(NOON);
        Picture noisy = beset.picture(NOON);

        assertEquals(of19867(alone), of19867(beset));
        for (String figure : List.of("processing", "overdueNow", "dueSoon", "paused", "done", "onTimeRate")) {
            assertEquals(
                    Story.area(quiet, "19867").judged().get(figure).value(),
                    Story.area(noisy, "19867").judged().get(figure).value(),
                    figure);
        }
    }

    private static List<String> of19867(Story story) {
        return story.folded().dossierStates().stream()
                .filter(state -> state.source().equals("desk-19867"))
                .map(state -> String.join(
                        " ",
                        state.code(),
                        state.area(),
                        state.receivedIn(),
                        state.status().name(),
                        String.valueOf(state.receivedAt()),
                        String.valueOf(state.dueAt()),
                        String.valueOf(state.endedAt()),
                        state.outcome().name(),
                        String.valueOf(state.unexpected())))
                .sorted()
                .toList();
    }

    /** Steps of few codes by many units, who name one another. */
    static List<Journaled> contested(long seed, int events) {
        System.out.println("contested dossiers: seed " + seed + "L");
        Random random = new Random(seed);
        Story told = Story.begun();
        List<String> areas = List.of("19867", "19870", "19894", "477");
        int[] statuses = {1, 2, 2, 4, 4, 5, 6, 7, 9, 9, 10};
        for (int index = 0; index < events; index++) {
            String area = areas.get(random.nextInt(areas.size()));
            String named = areas.get(random.nextInt(areas.size()));
            Instant at = Story.at("2026-11-19T07:30").plusSeconds(900L * random.nextInt(200));
            int status = statuses[random.nextInt(statuses.length)];
            String code = "c" + random.nextInt(Math.max(2, events / 6));
            String source = random.nextInt(6) == 0 ? "moved" : "desk-" + area;
            boolean isStated = random.nextInt(5) == 0;
            told.tell(
                    source,
                    area,
                    at,
                    null,
                    random.nextBoolean()
                            ? Story.decided(code, status, named)
                            : Story.dossier(code, status, "1.004873", isStated ? at : null, null));
        }
        return told.events();
    }

    private static TreeMap<String, List<String>> states(List<Journaled> events) {
        Figures figures = new Figures();
        events.forEach(figures::apply);
        TreeMap<String, List<String>> states = new TreeMap<>();
        for (DossierState state : figures.dossierStates()) {
            states.computeIfAbsent(state.code(), key -> new ArrayList<>()).add(state.toString());
        }
        states.values().forEach(Collections::sort);
        return states;
    }

    private static DossierState only(Story story) {
        List<DossierState> states = story.folded().dossierStates();
        assertEquals(1, states.size());
        return states.get(0);
    }
}
