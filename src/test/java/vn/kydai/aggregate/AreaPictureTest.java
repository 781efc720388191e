package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Picture;
import vn.kydai.event.Picture.Slow;
import vn.kydai.event.Rating;
import vn.kydai.event.Rating.Level;
import vn.kydai.event.Ticket;
import vn.kydai.event.Ticket.Step;

class AreaPictureTest {
    private final Story story = Story.begun();

    @Test
    void aRegionShowsItsMembersAfterTheLawDissolvedThem() {
        Picture.Area region = Story.area(story.picture("2026-11-25T09:00"), "477");
        assertEquals(List.of("19867", "19870", "19894"), region.children());
        assertEquals(region.children(), region.leaves());
        assertTrue(region.openNow());
    }

    @Test
    void aClosedDeskSaysWhyAndUntilWhen() {
        Picture.Area holiday = Story.area(story.picture("2026-11-24T09:00"), "19867");
        assertFalse(holiday.openNow());
        assertEquals("holiday", holiday.closed());
        assertEquals("Ngày Văn hóa Việt Nam", holiday.holiday());
        assertEquals(Story.at("2026-11-25T07:30"), holiday.opensAt());
        assertEquals(
                "lunch", Story.area(story.picture("2026-11-25T12:00"), "19867").closed());
    }

    @Test
    void anOfficeAboveTheCommunesIsCountedLikeOne() {
        story.dossier("d-1", "19867", "2026-11-25T08:00", 2);
        story.tell("office-477", "477", "2026-11-25T08:10", Story.dossier("d-2", 2));
        story.tell("office-477", "477", "2026-11-25T08:20", new Ticket("A1", Ticket.Step.ISSUED, null, null));
        story.tell("office-477", "477", "2026-11-25T08:30", new Rating(Level.SATISFIED, null, null));

        Picture picture = story.picture("2026-11-25T09:00");

        assertEquals(2.0, Story.figure(picture, "477", "received").value());
        assertEquals(2.0, Story.figure(picture, "477", "receivedHere").value());
        assertEquals(1.0, Story.figure(picture, "477", "issued").value());
        assertEquals(1.0, Story.figure(picture, "477", "ratings").value());
        assertEquals(1.0, Story.figure(picture, "19867", "received").value());
    }

    @Test
    void anAreaIsAsNewAsItsNewestEvent() {
        story.rating("19867", "2026-11-25T09:00", Level.SATISFIED);
        Instant rated = story.events().get(story.events().size() - 1).ingestTime();
        story.dossier("d-1", "19867", "2026-11-25T08:00", 2);
        Instant received = story.events().get(story.events().size() - 1).ingestTime();
        Picture picture = story.picture("2026-11-25T09:00");
        assertEquals(received, Story.area(picture, "477").asOf());
        assertEquals(received, picture.lastIngest());
        assertEquals(rated, Story.figure(picture, "477", "satisfaction").asOf());
        assertEquals(received, Story.figure(picture, "19867", "done").asOf());
        assertNull(Story.area(picture, "19870").asOf());
    }

    @Test
    void chartsHaveNoHolesFromOpeningToNow() {
        story.dossier("d-1", "19867", "2026-11-25T08:01", 2);
        story.dossier("d-2", "19867", "2026-11-25T08:44", 2);
        SortedMap<Long, Double> received = trend("2026-11-25T08:50", "477", "received15m");
        assertEquals(
                Map.of(
                        Story.minute("2026-11-25T07:30"), 0.0,
                        Story.minute("2026-11-25T07:45"), 0.0,
                        Story.minute("2026-11-25T08:00"), 1.0,
                        Story.minute("2026-11-25T08:15"), 0.0,
                        Story.minute("2026-11-25T08:30"), 1.0,
                        Story.minute("2026-11-25T08:45"), 0.0),
                received);
        assertEquals(
                Story.minute("2026-11-25T16:45"),
                trend("2026-11-25T22:00", "477", "done15m").lastKey());
        assertEquals(Map.of(), trend("2026-11-26T06:00", "477", "received15m"));
    }

    @Test
    void waitsAreChartedWhereTheyEnd() {
        story.ticket("1", "2026-11-25T08:00", Step.ISSUED);
        story.ticket("1", "2026-11-25T08:20", Step.CALLED);
        assertEquals(
                Map.of(Story.minute("2026-11-25T08:15"), 1_200.0), trend("2026-11-25T09:00", "19867", "waitMean15m"));
        assertEquals(1.0, trend("2026-11-25T09:00", "19867", "called15m").get(Story.minute("2026-11-25T08:15")));
    }

    @Test
    void anIndicatorsNewestStatementOfAPeriodHolds() {
        story.rate("477", "2020", "2020-12-14T08:00", 443.0, 10_000.0);
        story.rate("477", "2023", "2023-12-14T08:00", 180.0, 10_000.0);
        story.rate("477", "2023", "2024-01-14T08:00", 170.0, 10_000.0);
        story.rate("477", "2023", "2023-12-20T08:00", 190.0, 10_000.0);
        Slow rate = indicator("477");
        assertEquals(0.017, rate.value());
        assertEquals("2023", rate.period());
        assertEquals(List.of("2020", "2023"), List.copyOf(rate.history().keySet()));
    }

    @Test
    void aParentsRateNeedsTheCountsOfAllItsLeaves() {
        story.rate("19867", "2025", "2025-12-14T08:00", 10.0, 1_000.0);
        story.rate("19870", "2025", "2025-12-14T08:00", 50.0, 1_000.0);
        assertFalse(area().indicators().containsKey("poverty_rate"));
        story.rate("19894", "2025", "2025-12-14T08:00", null, null);
        assertFalse(area().indicators().containsKey("poverty_rate"));
        story.rate("19894", "2025", "2025-12-15T08:00", 30.0, 2_000.0);
        assertEquals(90.0 / 4_000, indicator("477").value());
    }

    @Test
    void theTickerTellsNoMoreThanFourDigits() {
        story.dossier("000.00.20.H57-261125-0890", "19867", "2026-11-25T08:00", 2);
        Picture.Tick tick =
                story.picture("2026-11-25T09:00").ticker().values().iterator().next();
        assertEquals("received", tick.code());
        assertEquals(Map.of("dossier", "0890", "procedure", "1.004873"), tick.params());
    }

    @Test
    void theTickerLeavesOutWhatComesADayBehindTheNewest() {
        story.dossier("d-1", "19867", "2026-11-25T08:00", 2);
        story.dossier("d-2", "19867", "2026-11-24T07:59", 2);
        story.dossier("d-3", "19867", "2026-11-24T08:01", 2);
        List<Instant> shown = story.picture("2026-11-25T09:00").ticker().values().stream()
                .map(Picture.Tick::at)
                .toList();
        assertEquals(List.of(Story.at("2026-11-25T08:00"), Story.at("2026-11-24T08:01")), shown);
    }

    @Test
    void anAreaAddedLaterShowsWhatWasCountedThere() {
        story.dossier("d-1", "new", "2026-11-25T08:00", 2);
        assertFalse(story.picture("2026-11-25T09:00").areas().containsKey("new"));
        story.configure(Part.AREAS, "{\"areas\": [{\"id\": \"new\", \"name\": \"Mới\", \"level\": \"commune\"}]}");
        Picture picture = story.picture("2026-11-25T09:00");
        assertEquals(1, Story.figure(picture, "new", "received").value());
        assertEquals(1, picture.areas().size());
    }

    @Test
    void anUnconfiguredFoldShowsAnEmptyPicture() {
        Picture picture = new Figures().picture(Story.at("2026-11-25T09:00"));
        assertTrue(picture.areas().isEmpty());
        assertNull(picture.lastIngest());
        assertEquals(0, picture.position());
    }

    private Picture.Area area() {
        return Story.area(story.picture("2026-11-25T09:00"), "477");
    }

    private Slow indicator(String area) {
        return Objects.requireNonNull(
                Story.area(story.picture("2026-11-25T09:00"), area).indicators().get("poverty_rate"));
    }

    private SortedMap<Long, Double> trend(String local, String area, String trend) {
        return Objects.requireNonNull(
                Story.area(story.picture(local), area).trends().get(trend));
    }
}
