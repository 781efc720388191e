package vn.kydai.aggregate;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Desk;
import vn.kydai.event.DossierStatus;
import vn.kydai.event.Ticket;
import vn.kydai.event.Ticket.Step;

class DesksTest {
    private final Story story = Story.begun();

    @Test
    void aCounterServesTheTicketItCalledLastUntilItHasFinished() {
        call("A001", "1", "2026-11-25T08:00", Step.CALLED);
        call("A002", "2", "2026-11-25T08:01", Step.CALLED);
        call("A001", "1", "2026-11-25T08:09", Step.SERVED);
        assertEquals(
                Map.of(
                        "1", new Desk.Counter("A001", false, Story.at("2026-11-25T08:09")),
                        "2", new Desk.Counter("A002", true, Story.at("2026-11-25T08:01"))),
                desk("2026-11-25T08:10").counters());
    }

    @Test
    void aLateStepMovesNoCounterBack() {
        call("A002", "1", "2026-11-25T08:10", Step.CALLED);
        call("A001", "1", "2026-11-25T08:09", Step.SERVED);
        assertTrue(requireNonNull(desk("2026-11-25T08:11").counters().get("1")).isServing());
    }

    @Test
    void countersRestOnceTheQueueHasClosedAndStartTheDayAnew() {
        call("A001", "1", "2026-11-25T16:50", Step.CALLED);
        assertFalse(desk("2026-11-25T17:29").counters().isEmpty());
        assertTrue(desk("2026-11-25T17:30").counters().isEmpty());
        assertTrue(desk("2026-11-26T08:00").counters().isEmpty());
    }

    @Test
    void aRunawaySourceKeepsTheNewestCountersOnly() {
        for (int counter = 0; counter < 100; counter++) {
            call("A001", "c" + counter, "2026-11-25T08:%02d:%02d".formatted(counter / 60, counter % 60), Step.CALLED);
        }
        Set<String> counters = desk("2026-11-25T09:00").counters().keySet();
        assertEquals(64, counters.size());
        assertFalse(counters.contains("c35"));
        assertTrue(counters.contains("c36"));
    }

    @Test
    void aRunningDossierIsDueOnItsDayUnderTheLastDigitsOfItsCode() {
        story.tell(
                "desk-19867",
                "19867",
                "2026-11-23T08:00",
                Story.dossier("H57.19867-261123-0042", 4, "1.004873", null, Story.at("2026-11-25T16:00")));
        assertEquals(0, desk("2026-11-23T09:00").dueCount());
        Desk due = desk("2026-11-25T08:00");
        assertEquals(1, due.dueCount());
        assertEquals(Map.of("0042", new Desk.Due("1.004873", DossierStatus.PROCESSING)), due.due());
        story.dossier("H57.19867-261123-0042", "19867", "2026-11-25T09:00", 9);
        assertEquals(0, desk("2026-11-25T10:00").dueCount());
    }

    @Test
    void aResultWaitsFromItsEndUntilItIsFetched() {
        story.dossier("H57.19867-261125-0137", "19867", "2026-11-25T08:00", 2);
        assertEquals(Map.of(), desk("2026-11-25T08:30").results());
        story.dossier("H57.19867-261125-0137", "19867", "2026-11-25T09:00", 9);
        assertEquals(
                Map.of("0137", Story.at("2026-11-25T09:00")),
                desk("2026-11-25T09:30").results());
        assertEquals(1, desk("2026-12-25T09:30").resultCount());
        assertEquals(0, desk("2026-12-26T09:30").resultCount());
        story.dossier("H57.19867-261125-0137", "19867", "2026-11-25T10:00", 10);
        assertEquals(0, desk("2026-11-25T10:30").resultCount());
    }

    @Test
    void onlyTheNewestResultsAreNamedAndAllAreCounted() {
        for (int number = 0; number < 30; number++) {
            story.dossier("H57-" + (1_000 + number), "19867", "2026-11-25T08:%02d".formatted(number), 9);
        }
        Desk desk = desk("2026-11-25T09:00");
        assertEquals(30, desk.resultCount());
        assertEquals(24, desk.results().size());
        assertFalse(desk.results().containsKey("1005"));
        assertTrue(desk.results().containsKey("1006"));
    }

    private void call(String ticket, String counter, String local, Step step) {
        story.tell("desk-19867", "19867", local, new Ticket(ticket, step, null, counter));
    }

    private Desk desk(String local) {
        return requireNonNull(story.picture(local).desks().get("19867"), local);
    }
}
