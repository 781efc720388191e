package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Figure;
import vn.kydai.event.Figure.State;
import vn.kydai.event.Picture;
import vn.kydai.event.Rating;
import vn.kydai.event.Rating.Level;
import vn.kydai.event.Ticket;
import vn.kydai.event.Ticket.Step;

class QueueAndRatingFiguresTest {
    private final Story story = Story.begun();

    @Test
    void aTicketWaitsUntilItIsCalled() {
        story.ticket("1", "2026-11-25T08:00", Step.ISSUED);
        story.ticket("2", "2026-11-25T08:05", Step.ISSUED);
        Picture before = story.picture("2026-11-25T08:06");
        assertEquals(2, Story.figure(before, "19867", "waiting").value());
        assertEquals(
                Story.at("2026-11-25T08:00"),
                Story.figure(before, "477", "waitOldest").since());
        story.ticket("1", "2026-11-25T08:10", Step.CALLED);
        Picture after = story.picture("2026-11-25T08:11");
        assertEquals(1, Story.figure(after, "19867", "waiting").value());
        assertEquals(
                Story.at("2026-11-25T08:05"),
                Story.figure(after, "477", "waitOldest").since());
        assertEquals(600, Story.figure(after, "477", "waitMean").value());
    }

    @Test
    void whoeverIsNotCalledHalfAnHourAfterClosingHasLeft() {
        story.ticket("1", "2026-11-25T16:00", Step.ISSUED);
        assertEquals(1, story.value("2026-11-25T17:29:59", "19867", "waiting"));
        assertEquals(0, story.value("2026-11-25T17:30", "19867", "waiting"));
        assertNull(Story.figure(story.picture("2026-11-25T17:30"), "19867", "waitOldest")
                .since());
        assertEquals(0, story.value("2026-11-26T08:00", "19867", "waiting"));
    }

    @Test
    void aDeskOfItsOwnHoursClosesByThem() {
        story.configure(
                Part.CALENDAR,
                Story.CALENDAR.replace(
                        "\"daysOff\"",
                        "\"desks\": [{\"area\": \"19867\", \"hours\": [{\"months\": [11], \"sessions\": [\"07:00-12:00\"]}]}],"
                                + " \"daysOff\""));
        story.ticket("1", "2026-11-25T11:00", Step.ISSUED);
        story.tell("desk-19870", "19870", "2026-11-25T11:00", new Ticket("1", Step.ISSUED, null, null));
        assertEquals(1, story.value("2026-11-25T12:29:59", "19867", "waiting"));
        assertEquals(0, story.value("2026-11-25T12:30", "19867", "waiting"));
        assertEquals(1, story.value("2026-11-25T12:30", "19870", "waiting"));
    }

    @Test
    void thePercentileIsTheNearestRanksUpperEdgeAndNeedsTen() {
        for (int index = 1; index <= 9; index++) {
            called(index);
        }
        assertNull(Story.figure(story.picture("2026-11-25T12:00"), "19867", "waitP90Day")
                .value());
        called(10);
        Figure percentile = Story.figure(story.picture("2026-11-25T12:00"), "19867", "waitP90Day");
        assertEquals(9 * 60, percentile.value());
        assertEquals(10, percentile.n());
        called(11);
        assertEquals(600, story.value("2026-11-25T12:00", "19867", "waitP90Day"));
    }

    @Test
    void theHourSlidesWithTheMinute() {
        for (int index = 1; index <= 11; index++) {
            called(index);
        }
        assertEquals(600, story.value("2026-11-25T08:59:59", "19867", "waitP90"));
        assertEquals(360, story.value("2026-11-25T08:59:59", "19867", "waitMeanHour"));
        assertEquals(600, story.value("2026-11-25T09:00:59", "19867", "waitP90"));
        Picture later = story.picture("2026-11-25T09:01");
        assertEquals(10, Story.figure(later, "19867", "waitP90").n());
        assertEquals(390, Story.figure(later, "477", "waitMeanHour").value());
        assertEquals(360, Story.figure(later, "19867", "waitMean").value());
        assertNull(Story.figure(story.picture("2026-11-25T09:02"), "19867", "waitP90")
                .value());
        assertNull(Story.figure(story.picture("2026-11-25T10:30"), "19867", "waitMeanHour")
                .value());
    }

    @Test
    void aParentsPercentileIsThatOfAllItsTickets() {
        for (int index = 1; index <= 9; index++) {
            called(index);
        }
        story.tell("desk-19870", "19870", "2026-11-25T08:00", new Ticket("a", Step.ISSUED, null, null));
        story.tell("desk-19870", "19870", "2026-11-25T08:40", new Ticket("a", Step.CALLED, null, null));
        Figure percentile = Story.figure(story.picture("2026-11-25T12:00"), "477", "waitP90Day");
        assertEquals(540, percentile.value());
        assertEquals(10, percentile.n());
    }

    @Test
    void whoLeftAndWhoWasNeverCalledAreCountedAgainstTheTicketsIssued() {
        called(1);
        story.ticket("x", "2026-11-25T08:00", Step.ISSUED);
        story.ticket("x", "2026-11-25T08:20", Step.CANCELLED);
        story.ticket("y", "2026-11-25T16:50", Step.ISSUED);
        story.ticket("z", "2026-11-25T08:00", Step.ISSUED);
        story.ticket("z", "2026-11-25T08:30", Step.CALLED);
        story.ticket("z", "2026-11-25T08:31", Step.ABSENT);
        Picture open = story.picture("2026-11-25T17:29:59");
        assertEquals(4, Story.figure(open, "477", "issued").value());
        assertEquals(1, Story.figure(open, "477", "abandoned").value());
        assertEquals(0, Story.figure(open, "477", "expired").value());
        assertEquals(0.25, Story.figure(open, "477", "abandonedRate").value());
        assertEquals(0.5, Story.figure(open, "477", "noShowRate").value());
        Picture closed = story.picture("2026-11-25T17:30");
        assertEquals(1, Story.figure(closed, "477", "expired").value());
        assertEquals(0.5, Story.figure(closed, "477", "abandonedRate").value());
    }

    @Test
    void moreThanFiveRatingsInTenSecondsFromOneCounterAreLeftOut() {
        for (int second = 0; second <= 10; second += 2) {
            rated("1", "2026-11-25T08:00:%02d".formatted(second), Level.DISSATISFIED);
            rated("2", "2026-11-25T08:00:%02d".formatted(second * 2), Level.VERY_SATISFIED);
        }
        rated("1", "2026-11-25T08:00:21", Level.SATISFIED);
        Picture picture = story.picture("2026-11-25T12:00");
        assertEquals(6, Story.figure(picture, "19867", "ratingsSuspect").value());
        assertEquals(7, Story.figure(picture, "19867", "ratings").value());
        assertEquals(6, Story.figure(picture, "19867", "ratingsVerySatisfied").value());
        assertEquals(1, Story.figure(picture, "19867", "ratingsSatisfied").value());
        assertEquals(0, Story.figure(picture, "19867", "ratingsDissatisfied").value());
    }

    @Test
    void belowTenRatingsThereAreCountsAndNoShare() {
        for (int index = 0; index < 9; index++) {
            story.rating("19867", "2026-11-25T08:%02d".formatted(index), Level.SATISFIED);
        }
        Figure few = Story.figure(story.picture("2026-11-25T12:00"), "19867", "satisfaction");
        assertNull(few.value());
        assertNull(few.state());
        assertEquals(9, few.denominator());
        story.rating("19867", "2026-11-25T09:00", Level.DISSATISFIED);
        Figure enough = Story.figure(story.picture("2026-11-25T12:00"), "19867", "satisfaction");
        assertEquals(0.9, enough.value());
        assertEquals(State.NORMAL, enough.state());
    }

    @Test
    void absentAndCancelledTicketsAreInNoMean() {
        called(1);
        story.ticket("x", "2026-11-25T08:00", Step.ISSUED);
        story.ticket("x", "2026-11-25T09:00", Step.CALLED);
        story.ticket("x", "2026-11-25T09:01", Step.ABSENT);
        story.ticket("y", "2026-11-25T08:00", Step.ISSUED);
        story.ticket("y", "2026-11-25T08:20", Step.CANCELLED);
        Picture picture = story.picture("2026-11-25T12:00");
        assertEquals(60, Story.figure(picture, "19867", "waitMean").value());
        assertEquals(1, Story.figure(picture, "19867", "waitMean").n());
        assertEquals(1, Story.figure(picture, "19867", "noShow").value());
        assertEquals(0, Story.figure(picture, "19867", "waiting").value());
    }

    @Test
    void serviceRunsFromTheLastCall() {
        story.ticket("1", "2026-11-25T08:00", Step.ISSUED);
        story.ticket("1", "2026-11-25T08:01", Step.CALLED);
        story.ticket("1", "2026-11-25T08:02", Step.ABSENT);
        story.ticket("1", "2026-11-25T08:30", Step.CALLED);
        story.ticket("1", "2026-11-25T08:40", Step.SERVED);
        Picture picture = story.picture("2026-11-25T12:00");
        assertEquals(600, Story.figure(picture, "19867", "serviceMean").value());
        assertEquals(60, Story.figure(picture, "19867", "waitMean").value());
        assertEquals(0, Story.figure(picture, "19867", "noShow").value());
    }

    @Test
    void aWaitOfHoursReadsTwo() {
        WaitBins bins = new WaitBins();
        bins.add(3 * 3_600 * Micros.SECOND, 1);
        assertEquals(7_200, bins.percentile(90));
    }

    @Test
    void aBinEndsOnItsUpperEdge() {
        WaitBins bins = new WaitBins();
        bins.add(10 * Micros.SECOND, 1);
        assertEquals(10, bins.percentile(90));
        bins.add(10 * Micros.SECOND + 1, 1);
        assertEquals(20, bins.percentile(90));
    }

    @Test
    void satisfactionIsTheShareOfAllRatingsToday() {
        story.rating("19867", "2026-11-24T23:59:59", Level.DISSATISFIED);
        story.rating("19867", "2026-11-25T08:00", Level.VERY_SATISFIED);
        story.rating("19867", "2026-11-25T08:00", Level.SATISFIED);
        story.rating("19870", "2026-11-25T08:00", Level.DISSATISFIED);
        Picture picture = story.picture("2026-11-25T12:00");
        assertEquals(2, Story.figure(picture, "477", "satisfaction").numerator());
        assertEquals(3, Story.figure(picture, "477", "ratings").value());
    }

    private void rated(String counter, String local, Level level) {
        story.tell("desk-19867", "19867", local, new Rating(level, counter, null));
    }

    /** Issued at 8:00, called so many minutes later. */
    private void called(int minutes) {
        String number = "t" + minutes;
        story.ticket(number, "2026-11-25T08:00", Step.ISSUED);
        story.ticket(number, "2026-11-25T08:%02d".formatted(minutes), Step.CALLED);
    }
}
