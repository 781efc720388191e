package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Dossier;
import vn.kydai.event.Dossier.Channel;
import vn.kydai.event.DossierStatus;
import vn.kydai.event.Figure.State;
import vn.kydai.event.FoldBound;
import vn.kydai.event.Picture;

/** 25 November 2026 is a Wednesday after a holiday on Tuesday; the procedure used takes three working days. */
class DossierFiguresTest {
    private static final String NOON = "2026-11-25T12:00";

    private final Story story = Story.begun();

    @Test
    void receptionIsTheFirstStatusTwo() {
        story.dossier("d-1", "19867", "2026-11-25T08:00", 1);
        assertEquals(0, story.value(NOON, "19867", "received"));
        story.dossier("d-1", "19867", "2026-11-25T08:30", 2);
        assertEquals(1, story.value(NOON, "19867", "received"));
        assertEquals(1, story.value(NOON, "19867", "processing"));
        assertEquals(1, story.value(NOON, "477", "received"));
        assertEquals(0, story.value(NOON, "19870", "received"));
    }

    @Test
    void aStatedReceptionCountsFromItsOwnMomentOnceTheStatusSaysSo() {
        Instant received = Story.at("2026-11-24T07:45");
        story.tell("desk-a", "19867", "2026-11-25T08:00", Story.dossier("d-1", 1, "1.004873", received, null));
        assertEquals(0, story.value(NOON, "19867", "processing"));
        story.tell("desk-a", "19867", "2026-11-25T09:00", Story.dossier("d-1", 2, "1.004873", received, null));
        assertEquals(0, story.value(NOON, "19867", "received"));
        assertEquals(1, story.value(NOON, "19867", "carried"));
        assertEquals(1, story.value(NOON, "19867", "processing"));
    }

    @Test
    void withoutAReceptionTheFirstProcessingIsOne() {
        story.dossier("d-1", "19867", "2026-11-23T08:00", 1);
        story.dossier("d-1", "19867", "2026-11-25T08:00", 4);
        assertEquals(1, story.value(NOON, "19867", "received"));
        assertEquals(0, story.value(NOON, "19867", "carried"));
    }

    @Test
    void refusedOrWithdrawnBeforeReceptionCountsNowhere() {
        story.dossier("d-1", "19867", "2026-11-25T08:00", 1);
        story.dossier("d-1", "19867", "2026-11-25T09:00", 3);
        story.dossier("d-2", "19867", "2026-11-25T08:00", 1);
        story.dossier("d-2", "19867", "2026-11-25T09:00", 7);
        for (String figure : new String[] {"received", "processing", "done", "closedOther"}) {
            assertEquals(0, story.value(NOON, "19867", figure), figure);
        }
    }

    @Test
    void doneFixesTheOutcomeByDates() {
        finish("early", "2026-11-23T08:00", "2026-11-25T09:00", "2026-11-26T17:00");
        finish("onTime", "2026-11-23T08:00", "2026-11-25T18:30", "2026-11-25T17:00");
        finish("late", "2026-11-20T08:00", "2026-11-25T07:35", "2026-11-23T17:00");
        Picture picture = story.picture("2026-11-25T20:00");
        assertEquals(3, Story.figure(picture, "19867", "done").value());
        assertEquals(2, Story.figure(picture, "19867", "onTimeRate").numerator());
        assertEquals(3, Story.figure(picture, "19867", "onTimeRate").denominator());
        assertEquals(3, Story.figure(picture, "19867", "carried").value());
    }

    @Test
    void handingTheResultOutDoesNotMoveTheEnd() {
        story.dossier("d-1", "19867", "2026-11-23T08:00", 2);
        story.dossier("d-1", "19867", "2026-11-23T09:00", 9);
        story.dossier("d-1", "19867", "2026-11-25T09:00", 10);
        assertEquals(0, story.value(NOON, "19867", "done"));
        assertEquals(1, story.value("2026-11-23T12:00", "19867", "done"));
    }

    @Test
    void aCorrectionAfterTheEndTakesItBack() {
        story.dossier("d-1", "19867", "2026-11-23T08:00", 2);
        story.dossier("d-1", "19867", "2026-11-23T09:00", 9);
        story.dossier("d-1", "19867", "2026-11-23T10:00", 10);
        story.dossier("d-1", "19867", "2026-11-25T09:00", 4);
        assertEquals(0, story.value("2026-11-23T12:00", "19867", "done"));
        assertEquals(1, story.value(NOON, "19867", "processing"));
        assertEquals(1, story.folded().unexpectedTransitions());
    }

    @Test
    void withdrawnAndStoppedAreClosedOtherwise() {
        story.dossier("d-1", "19867", "2026-11-25T08:00", 2);
        story.dossier("d-1", "19867", "2026-11-25T09:00", 7);
        story.dossier("d-2", "19867", "2026-11-25T08:00", 2);
        story.dossier("d-2", "19867", "2026-11-25T09:00", 8);
        Picture picture = story.picture(NOON);
        assertEquals(2, Story.figure(picture, "19867", "closedOther").value());
        assertEquals(0, Story.figure(picture, "19867", "done").value());
        assertNull(Story.figure(picture, "19867", "onTimeRate").value());
    }

    @Test
    void overdueBeginsAtMidnightAfterTheDueDate() {
        story.dossier("d-1", "19867", "2026-11-20T08:00", 2);
        story.dossier("d-1", "19867", "2026-11-20T09:00", 4);
        assertEquals(0, story.value("2026-11-26T23:59:59.999", "19867", "overdueNow"));
        assertEquals(1, story.value("2026-11-26T23:59:59.999", "19867", "dueSoon"));
        Picture after = story.picture("2026-11-27T00:00");
        assertEquals(1, Story.figure(after, "19867", "overdueNow").value());
        assertEquals(State.WARN, Story.figure(after, "19867", "overdueNow").state());
        assertEquals(0, Story.figure(after, "19867", "dueSoon").value());
    }

    @Test
    void aPausedDossierIsNotOverdue() {
        story.dossier("d-1", "19867", "2026-11-20T08:00", 2);
        story.dossier("d-1", "19867", "2026-11-20T09:00", 5);
        Picture picture = story.picture("2026-12-20T09:00");
        assertEquals(0, Story.figure(picture, "19867", "overdueNow").value());
        assertEquals(1, Story.figure(picture, "19867", "paused").value());
        assertEquals(1, Story.figure(picture, "19867", "processing").value());
    }

    @Test
    void theDecidingAreaCountsItAndTheReceivingOneInItsOwnFamily() {
        story.tell("desk-a", "19867", "2026-11-25T08:00", deciding("d-1", "19894"));
        Picture picture = story.picture(NOON);
        assertEquals(0, Story.figure(picture, "19867", "received").value());
        assertEquals(1, Story.figure(picture, "19894", "received").value());
        assertEquals(1, Story.figure(picture, "19867", "receivedHere").value());
        assertEquals(0, Story.figure(picture, "19894", "receivedHere").value());
        assertEquals(1, Story.figure(picture, "477", "received").value());
    }

    @Test
    void sharesCountTheDayReceived() {
        story.tell("desk-a", "19867", "2026-11-25T08:00", deciding("d-1", "19867"));
        story.dossier("d-2", "19867", "2026-11-25T08:00", 2);
        Picture picture = story.picture(NOON);
        assertEquals(0.5, Story.figure(picture, "19867", "onlineShare").value());
        assertEquals(0.5, Story.figure(picture, "19867", "digitisedShare").value());
        assertEquals(1.0, Story.figure(picture, "19867", "onlinePaymentShare").value());
        assertNull(Story.figure(picture, "19870", "onlinePaymentShare").value());
    }

    @Test
    void aNewCalendarMovesOpenDueDatesAndNoFinishedOutcome() {
        story.dossier("open", "19867", "2026-11-20T08:00", 2);
        story.dossier("late", "19867", "2026-11-20T08:00", 2);
        story.dossier("late", "19867", "2026-11-27T08:00", 9);
        String moreOff = Story.CALENDAR.replace(
                "\"daysOff\": [", "\"daysOff\": [{\"date\": \"2026-11-25\", \"kind\": \"holiday\", \"name\": \"x\"},");
        story.configure(Part.CALENDAR, moreOff);
        Picture picture = story.picture("2026-11-27T12:00");
        assertEquals(0, Story.figure(picture, "19867", "overdueNow").value());
        assertEquals(0, Story.figure(picture, "19867", "onTimeRate").numerator());
    }

    @Test
    void anUnknownProcedureHasNoDueDate() {
        story.tell("desk-a", "19867", "2026-11-02T08:00", Story.dossier("d-1", 2, "9.999999", null, null));
        story.tell("desk-a", "19867", "2026-11-02T09:00", Story.dossier("d-2", 2, "9.999999", null, null));
        story.tell("desk-a", "19867", "2026-11-25T09:00", Story.dossier("d-2", 9, "9.999999", null, null));
        Picture picture = story.picture(NOON);
        assertEquals(0, Story.figure(picture, "19867", "overdueNow").value());
        assertEquals(1.0, Story.figure(picture, "19867", "onTimeRate").value());
    }

    @Test
    void aRunawayDossierKeepsABoundedNumberOfSteps() {
        for (int index = 0; index < DossierFile.MAX_STEPS + 50; index++) {
            story.tell("desk-a", "19867", Story.at("2026-11-25T08:00").plusSeconds(index), null, Story.dossier("d", 4));
        }
        assertEquals(50, story.folded().excess(FoldBound.STEPS));
        assertEquals(1, story.value(NOON, "19867", "processing"));
    }

    private void finish(String code, String received, String done, String due) {
        Instant dueAt = Story.at(due);
        story.tell("desk-a", "19867", received, Story.dossier(code, 2, "1.004873", null, dueAt));
        story.tell("desk-a", "19867", done, Story.dossier(code, 9, "1.004873", null, dueAt));
    }

    private static Dossier deciding(String code, @Nullable String area) {
        return new Dossier(
                code,
                "1.004873",
                DossierStatus.RECEIVED,
                Channel.ONLINE,
                null,
                null,
                null,
                null,
                null,
                area,
                null,
                true,
                true,
                20_000.0);
    }
}
