package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;
import vn.kydai.event.Ticket;

/** Two communes of a district become one on 1 July 2025, when the district is no more. */
class MergerFiguresTest {
    private static final String MERGER = """
            {"areas": [
              {"id": "46", "name": "Huế", "level": "province"},
              {"id": "477", "name": "Quảng Điền", "level": "district", "parent": "46", "validTo": "2025-07-01"},
              {"id": "a", "name": "Sịa", "level": "commune", "parent": "477", "validTo": "2025-07-01", "successor": "n"},
              {"id": "b", "name": "Quảng Thọ", "level": "commune", "parent": "477", "validTo": "2025-07-01",
               "successor": "n"},
              {"id": "n", "name": "Quảng Điền", "level": "commune", "parent": "46", "validFrom": "2025-07-01"}]}
            """;

    /** The same with the former commune a kept as an operating region. */
    private static final String WITH_REGION = MERGER.replace(
                    "\"parent\": \"477\", \"validTo\": \"2025-07-01\", \"successor\": \"n\"},",
                    "\"validTo\": \"2025-07-01\", \"successor\": \"n\"},")
            .replace(
                    "{\"id\": \"n\"",
                    "{\"id\": \"r\", \"name\": \"Vùng\", \"level\": \"region\", \"parent\": \"46\","
                            + " \"members\": [\"a\"]}, {\"id\": \"n\"");

    private static final List<String> FIGURES = List.of(
            "received",
            "carried",
            "processing",
            "done",
            "closedOther",
            "overdueNow",
            "dueSoon",
            "paused",
            "receivedHere",
            "carriedHere",
            "processingHere",
            "doneHere");

    @Test
    void aPastDateShowsTheTreeOfThatDate() {
        Story story = told(MERGER);
        assertEquals(
                Set.of("46", "477", "a", "b"),
                story.picture("2025-06-30T12:00").areas().keySet());
        assertEquals(
                Set.of("46", "n"), story.picture("2025-07-01T12:00").areas().keySet());
    }

    @Test
    void theNewUnitTakesOverWhatTheOldOnesHadReceived() {
        Story story = told(MERGER);
        assertEquals(1, story.value("2025-06-30T12:00", "a", "processing"));
        assertEquals(2, story.value("2025-07-01T12:00", "n", "carried"));
        assertEquals(1, story.value("2025-07-01T12:00", "n", "received"));
        assertEquals(3, story.value("2025-07-01T12:00", "n", "processing"));
        assertEquals(1, story.value("2025-07-02T12:00", "n", "done"));
        assertEquals(2, story.value("2025-07-02T12:00", "n", "processing"));
        assertEquals(2, story.value("2025-07-02T12:00", "46", "processing"));
    }

    @Test
    void whatIsReceivedInTheOldUnitAfterItsEndIsNotTheNewOnes() {
        Story story = told(WITH_REGION);
        story.dossier("late", "a", "2025-07-01T09:00", 2);
        assertEquals(3, story.value("2025-07-01T12:00", "n", "processing"));
        assertEquals(2, story.value("2025-07-01T12:00", "r", "processing"));
        assertEquals(4, story.value("2025-07-01T12:00", "46", "processing"), "each dossier once");
    }

    @Test
    void whatWasToldUnderTheOldUnitsNameBeforeTheTreeKnewOfItsEndIsTheNewOnes() {
        Story story = told(MERGER);
        story.dossier("late", "a", "2025-07-01T09:00", 2);
        story.tell(
                "desk-a", "a", Story.at("2025-07-01T09:00"), null, new Ticket("t-1", Ticket.Step.ISSUED, null, null));
        assertEquals(4, story.value("2025-07-01T12:00", "n", "processing"));
        assertEquals(2, story.value("2025-07-01T12:00", "n", "received"));
        assertEquals(1, story.value("2025-07-01T12:00", "n", "issued"));
        assertEquals(4, story.value("2025-07-01T12:00", "46", "processing"));
        assertEquals(1, story.value("2025-07-01T12:00", "46", "issued"));
    }

    @Test
    void aUnitThatWasThereBeforeCountsWhatItTakesOverFromTheDayOfTheChangeOnly() {
        Story story = told("""
                {"areas": [
                  {"id": "46", "name": "Huế", "level": "province"},
                  {"id": "a", "name": "Sịa", "level": "commune", "parent": "46"},
                  {"id": "b", "name": "Quảng Thọ", "level": "commune", "parent": "46", "validTo": "2025-07-01",
                   "successor": "a"}]}
                """);
        assertEquals(1, story.value("2025-06-30T12:00", "a", "processing"));
        assertEquals(2, story.value("2025-06-30T12:00", "46", "processing"));
        assertEquals(2, story.value("2025-07-01T12:00", "a", "processing"));
        assertEquals(2, story.value("2025-07-01T12:00", "46", "processing"));
    }

    @Test
    void aTreeThatIsChangedLaterInheritsFromThenOn() {
        Story story = new Story();
        story.configure(Part.AREAS, MERGER.replaceAll(",\\s*\"successor\": \"n\"", ""));
        tell(story);
        story.configure(Part.AREAS, MERGER);
        assertEquals(3, story.value("2025-07-01T12:00", "n", "processing"));
    }

    @ParameterizedTest
    @ValueSource(longs = {477, 20250701, 3})
    void theBalanceHoldsAndAParentIsTheSumOfItsChildrenAroundTheMergerInAnyOrder(long seed) {
        System.out.println("merger: seed " + seed + "L");
        Random random = new Random(seed);
        Story story = new Story();
        story.configure(Part.AREAS, MERGER);
        story.configure(Part.CALENDAR, Story.CALENDAR);
        story.configure(Part.PROCEDURES, Story.PROCEDURES);
        Instant from = Story.at("2025-06-25T07:00");
        for (int index = 0; index < 1_500; index++) {
            Instant at = from.plusSeconds(600L * random.nextInt(12 * 144));
            int number = random.nextInt(300);
            boolean isBefore = at.isBefore(Story.at("2025-07-01T00:00"));
            String area = isBefore ? number % 2 == 0 ? "a" : "b" : "n";
            story.tell(area, area, at, null, Story.dossier("d-" + number, 1 + random.nextInt(10)));
        }
        Figures inOrder = story.folded();
        List<Journaled> rest =
                new ArrayList<>(story.events().subList(3, story.events().size()));
        Collections.shuffle(rest, random);
        Figures anyOrder = new Figures();
        story.events().subList(0, 3).forEach(anyOrder::apply);
        rest.forEach(anyOrder::apply);
        for (int day = 0; day < 14; day++) {
            Picture picture = inOrder.picture(from.plusSeconds(86_400L * day));
            Picture other = anyOrder.picture(picture.at());
            assertEquals(picture.areas().keySet(), other.areas().keySet());
            picture.areas()
                    .forEach((id, area) -> assertEquals(
                            FiguresPropertyTest.settled(area), FiguresPropertyTest.settled(Story.area(other, id))));
            picture.areas().keySet().forEach(area -> check(picture, area));
        }
    }

    private static void check(Picture picture, String area) {
        double in = value(picture, area, "carried") + value(picture, area, "received");
        double out =
                value(picture, area, "done") + value(picture, area, "closedOther") + value(picture, area, "processing");
        assertEquals(in, out, () -> area + " at " + picture.at());
        List<String> children = Story.area(picture, area).children();
        if (!children.isEmpty()) {
            for (String figure : FIGURES) {
                double sum = children.stream()
                        .mapToDouble(child -> value(picture, child, figure))
                        .sum();
                assertEquals(sum, value(picture, area, figure), () -> figure + " of " + area + " at " + picture.at());
            }
        }
    }

    private static Story told(String areas) {
        Story story = new Story();
        story.configure(Part.AREAS, areas);
        tell(story);
        return story;
    }

    private static void tell(Story story) {
        story.dossier("d-1", "a", "2025-06-27T08:00", 2);
        story.dossier("d-2", "b", "2025-06-30T08:00", 2);
        story.dossier("d-2", "b", "2025-07-02T08:00", 9);
        story.dossier("d-3", "n", "2025-07-01T08:00", 2);
    }

    private static double value(Picture picture, String area, String figure) {
        Double value = Story.figure(picture, area, figure).value();
        return value == null ? Double.NaN : value;
    }
}
