package vn.kydai.aggregate;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.LocalDateTime;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Figure.Comparison;
import vn.kydai.event.Picture;
import vn.kydai.event.Ticket.Step;

/** The day is Wednesday, 25 November 2026. */
class EarlierDaysTest {
    private final Story story = Story.begun();
    private int told;

    @Test
    void aFigureIsComparedWithTheSameTimeOfOtherDays() {
        threeWednesdays();
        received(5, "2026-11-24T09:10");
        received(9, "2026-11-25T08:00");
        assertEquals(new Comparison(5.0, 3.0, 2.0), comparison("2026-11-25T09:15", "19867", "received"));
        assertEquals(new Comparison(0.0, 3.0, 2.0), comparison("2026-11-25T09:14:59", "19867", "received"));
        assertEquals(new Comparison(5.0, 4.0, 2.0), comparison("2026-11-25T10:15", "477", "received"));
        assertEquals(new Comparison(0.0, 0.0, 0.0), comparison("2026-11-25T10:15", "477", "done"));
    }

    @Test
    void twoDaysSayNothingAboutWhatIsUsualAndADayWithoutAnythingIsNone() {
        received(3, "2026-11-18T08:00");
        received(2, "2026-11-11T08:00");
        oneDone("2026-11-11T16:00");
        assertEquals(new Comparison(null, 3.0, null), comparison("2026-11-25T10:00", "19867", "received"));
        assertNull(comparison("2026-11-25T10:00", "19870", "received"));
    }

    @Test
    void eightWeeksAgoCountsAndNineDoNot() {
        received(7, "2026-09-30T08:00");
        received(8, "2026-10-07T08:00");
        received(9, "2026-10-14T08:00");
        oneDone("2026-09-30T16:00");
        received(1, "2026-09-23T08:00");
        assertEquals(new Comparison(null, null, 8.0), comparison("2026-11-25T10:00", "19867", "received"));
    }

    @Test
    void daysOfWhichOnlyTheOpenDossiersAreKnownSayNothingAboutWhatIsUsual() {
        received(3, "2026-10-28T08:00");
        received(3, "2026-11-04T08:00");
        received(3, "2026-11-11T08:00");
        received(7, "2026-11-18T08:00");
        oneDone("2026-11-18T16:00");
        Picture picture = story.picture("2026-11-25T10:00");
        assertEquals(
                new Comparison(null, 7.0, null),
                Story.figure(picture, "19867", "received").comparison());
        assertFalse(Story.area(picture, "19867").trends().containsKey("received15m.high"));
    }

    @Test
    void aLateEventCorrectsWhatTheDayIsComparedWith() {
        threeWednesdays();
        received(1, "2026-11-25T08:00");
        Figures figures = story.folded();
        assertEquals(3.0, lastWeek(figures.picture(Story.at("2026-11-25T10:00"))));
        int before = story.events().size();
        received(1, "2026-11-18T08:30");
        figures.apply(story.events().get(before));
        assertEquals(4.0, lastWeek(figures.picture(Story.at("2026-11-25T10:00"))));
    }

    @Test
    void waitsAreComparedWithYesterdaysWhichTicketsAreKeptFor() {
        story.ticket("1", "2026-11-24T08:00", Step.ISSUED);
        story.ticket("1", "2026-11-24T08:10", Step.CALLED);
        story.ticket("1", "2026-11-25T08:00", Step.ISSUED);
        story.ticket("1", "2026-11-25T08:05", Step.CALLED);
        assertEquals(new Comparison(600.0, null, null), comparison("2026-11-25T09:00", "19867", "waitMean"));
    }

    @Test
    void theUsualBandPoolsTheQuartersOfAnHour() {
        threeWednesdays();
        SortedMap<String, SortedMap<Long, Double>> trends =
                Story.area(story.picture("2026-11-25T07:40"), "477").trends();
        SortedMap<Long, Double> high = requireNonNull(trends.get("received15m.high"));
        SortedMap<Long, Double> low = requireNonNull(trends.get("received15m.low"));
        assertEquals(2.0, high.get(Story.minute("2026-11-25T08:00")));
        assertEquals(2.0, high.get(Story.minute("2026-11-25T08:45")));
        assertEquals(0.0, high.get(Story.minute("2026-11-25T10:00")));
        assertEquals(0.0, low.get(Story.minute("2026-11-25T08:00")));
        assertEquals(high.keySet(), low.keySet());
        assertFalse(high.containsKey(Story.minute("2026-11-25T09:00")));
        assertFalse(trends.containsKey("called15m.high"));
    }

    private void threeWednesdays() {
        received(3, "2026-11-18T08:00");
        received(1, "2026-11-18T10:00");
        received(2, "2026-11-11T08:00");
        received(1, "2026-11-04T08:05");
        oneDone("2026-11-04T16:00");
    }

    /** Shows that the day and those after it are known wholly: one dossier of the day before is done. */
    private void oneDone(String local) {
        String code = "d-" + told++;
        story.dossier(code, "19867", LocalDateTime.parse(local).minusDays(1).toString(), 2);
        story.dossier(code, "19867", local, 9);
    }

    private void received(int count, String local) {
        for (int index = 0; index < count; index++) {
            story.dossier("d-" + told++, "19867", local, 2);
        }
    }

    private @Nullable Comparison comparison(String local, String area, String figure) {
        return Story.figure(story.picture(local), area, figure).comparison();
    }

    private static @Nullable Double lastWeek(Picture picture) {
        return requireNonNull(Story.figure(picture, "477", "received").comparison())
                .lastWeek();
    }
}
