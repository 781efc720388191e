package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Dossier;
import vn.kydai.event.Dossier.Channel;
import vn.kydai.event.DossierState;
import vn.kydai.event.DossierState.Outcome;
import vn.kydai.event.DossierStatus;
import vn.kydai.event.Journaled;
import vn.kydai.registry.Parts;

/** How a dossier stands after its steps; the procedure used takes three working days, 24 November 2026 is a holiday. */
class DossierLifeTest {
    private static final String CALENDAR =
            Parts.load(Path.of("config")).configuration(Part.CALENDAR).content();

    private final Story story = Story.begun();

    @ParameterizedTest(name = "{8}")
    @CsvFileSource(resources = "/deadlines.csv", numLinesToSkip = 1)
    void everyDeadlineHoldsInTheFoldsInAnyOrder(
            String received,
            String unit,
            int time,
            @Nullable String pauses,
            String due,
            @Nullable String done,
            @Nullable String outcome,
            @Nullable Integer lateBy,
            String why) {
        Story told = new Story();
        told.configure(Part.CALENDAR, CALENDAR);
        told.configure(
                Part.PROCEDURES,
                "{\"procedures\": [{\"code\": \"1.004873\", \"name\": \"x\", \"nameEn\": \"x\", \"field\": \"x\","
                        + " \"online\": \"full\", \"unit\": \"" + unit + "\", \"time\": " + time + "}]}");
        int configured = told.events().size();
        told.dossier("d", "19867", received, 2);
        String[] words = pauses == null ? new String[0] : pauses.split(" ", -1);
        for (int at = 0; at < words.length; at += 3) {
            told.dossier("d", "19867", words[at + 1], words[at].equals("restart") ? 5 : 6);
            told.dossier("d", "19867", words[at + 2], 4);
        }
        if (done != null) {
            told.dossier("d", "19867", done, 9);
        }
        for (int turn = 0; turn < told.events().size() - configured; turn++) {
            DossierState state = folded(told, configured, turn);
            assertEquals(Story.at(due), state.dueAt(), why);
            assertEquals(outcome(outcome), state.outcome(), why);
            assertEquals(lateBy == null ? 0 : lateBy, state.lateBy(), why);
        }
    }

    @Test
    void aPausedDossierHasNoDueDateUntilItGoesOn() {
        story.dossier("d", "19867", "2026-11-18T08:00", 2);
        assertEquals(Story.at("2026-11-23T17:00"), only().dueAt());
        story.dossier("d", "19867", "2026-11-19T08:00", 6);
        assertNull(only().dueAt());
        assertTrue(only().isPaused());
        assertEquals(0, story.value("2027-01-15T09:00", "19867", "overdueNow"));
        story.dossier("d", "19867", "2026-11-23T08:00", 4);
        assertEquals(Story.at("2026-11-26T17:00"), only().dueAt(), "two days were left");
        assertFalse(only().isPaused());
    }

    @Test
    void papersAskedForBeforeReceptionStopNoClock() {
        story.dossier("d", "19867", "2026-11-16T08:00", 1);
        story.dossier("d", "19867", "2026-11-16T09:00", 5);
        story.dossier("d", "19867", "2026-11-18T08:00", 2);
        assertEquals(Story.at("2026-11-23T17:00"), only().dueAt());
        assertEquals(Story.at("2026-11-16T08:00"), only().submittedAt());
        assertEquals(0, only().unexpected());
    }

    @Test
    void aStatedDueDateWinsAndTheMismatchIsCountedWithOursBeside() {
        tell("2026-11-18T08:00", 2, "2026-11-27T17:00", null, null);
        assertEquals(Story.at("2026-11-27T17:00"), only().dueAt());
        assertEquals(Story.at("2026-11-23T17:00"), only().dueByLaw());
        assertTrue(only().isDueMismatched());
        assertEquals(1, story.folded().dueMismatches());
        tell("2026-11-19T08:00", 4, "2026-11-23T11:00", null, null);
        assertFalse(only().isDueMismatched(), "the same date at another hour is no mismatch");
        assertEquals(0, story.folded().dueMismatches());
    }

    @Test
    void aLetterOfApologyTurnsNothingLateIntoOnTime() {
        story.dossier("d", "19867", "2026-11-18T08:00", 2);
        tell("2026-11-24T08:00", 4, null, "2026-11-30T17:00", null);
        story.dossier("d", "19867", "2026-11-26T08:00", 9);
        assertEquals(Outcome.LATE, only().outcome());
        assertEquals(2, only().lateBy(), "Wednesday and Thursday; Tuesday is a holiday");
        assertEquals(Story.at("2026-11-30T17:00"), only().promisedAt());
        assertEquals(Story.at("2026-11-23T17:00"), only().dueAt());
    }

    @Test
    void anotherAgencyStopsTheClockOnlyWhereThatIsConfigured() {
        tell("2026-11-18T08:00", 2, null, null, null);
        tell("2026-11-19T08:00", 4, null, null, "agency");
        tell("2026-11-23T08:00", 4, null, null, null);
        assertEquals(Story.at("2026-11-23T17:00"), only().dueAt());
        story.configure(
                Part.CALENDAR,
                Story.CALENDAR.replace("\"daysOff\"", "\"deadline\": {\"agencyPauses\": true}, \"daysOff\""));
        assertEquals(Story.at("2026-11-26T17:00"), only().dueAt());
    }

    @Test
    void aCorrectionAfterTheEndGivesTheOutcomeAnew() {
        story.dossier("d", "19867", "2026-11-18T08:00", 2);
        story.dossier("d", "19867", "2026-11-20T08:00", 9);
        assertEquals(Outcome.EARLY, only().outcome());
        story.dossier("d", "19867", "2026-11-20T09:00", 4);
        assertEquals(Outcome.RUNNING, only().outcome());
        assertEquals(0, only().unexpected());
        story.dossier("d", "19867", "2026-11-25T08:00", 9);
        assertEquals(Outcome.LATE, only().outcome());
        assertEquals(1, only().lateBy());
    }

    @Test
    void whatTheOrderOfStatusesDoesNotKnowIsAppliedAndCounted() {
        story.dossier("d", "19867", "2026-11-18T08:00", 2);
        story.dossier("d", "19867", "2026-11-19T08:00", 10);
        story.dossier("d", "19867", "2026-11-20T08:00", 4);
        assertEquals(DossierStatus.PROCESSING, only().status());
        assertEquals(2, only().unexpected());
        assertEquals(2, story.folded().unexpectedTransitions());
    }

    @Test
    void anUnknownProcedureIsCountedAndHasNoDueDate() {
        story.tell(
                "desk-19867", "19867", "2026-11-18T08:00", Story.dossier("d", 2, "9.999999.000.00.00.H57", null, null));
        assertEquals("9.999999", only().procedure());
        assertNull(only().dueAt());
        assertEquals(1, story.value("2026-11-18T12:00", "19867", "received"));
        story.tell("desk-19867", "19867", "2026-11-19T08:00", Story.dossier("d", 9, "9.999999", null, null));
        assertEquals(Outcome.ON_TIME, only().outcome());
    }

    @Test
    void aCalendarDecidedLaterMovesOnlyWhatIsOpenPausesIncluded() {
        story.dossier("open", "19867", "2026-11-18T08:00", 2);
        story.dossier("open", "19867", "2026-11-19T08:00", 6);
        story.dossier("open", "19867", "2026-11-23T08:00", 4);
        story.dossier("done", "19867", "2026-11-18T08:00", 2);
        story.dossier("done", "19867", "2026-11-24T08:00", 9);
        Figures before = story.folded();
        story.configure(
                Part.CALENDAR,
                Story.CALENDAR.replace(
                        "\"daysOff\": [",
                        "\"daysOff\": [{\"date\": \"2026-11-25\", \"kind\": \"swappedOff\", \"name\": \"x\"},"));
        Figures after = story.folded();
        assertEquals(Story.at("2026-11-26T17:00"), of(before, "open").dueAt());
        assertEquals(Story.at("2026-11-27T17:00"), of(after, "open").dueAt());
        assertEquals(of(before, "done").dueAt(), of(after, "done").dueAt());
        assertEquals(Outcome.LATE, of(after, "done").outcome());
    }

    private void tell(
            String at, int status, @Nullable String dueAt, @Nullable String promisedAt, @Nullable String pausedBy) {
        story.tell(
                "desk-19867",
                "19867",
                at,
                new Dossier(
                        "d",
                        "1.004873",
                        DossierStatus.of(status).orElseThrow(),
                        Channel.COUNTER,
                        null,
                        null,
                        null,
                        dueAt == null ? null : Story.at(dueAt),
                        promisedAt == null ? null : Story.at(promisedAt),
                        null,
                        pausedBy,
                        null,
                        null,
                        null));
    }

    private DossierState only() {
        List<DossierState> states = story.folded().dossierStates();
        assertEquals(1, states.size());
        return states.get(0);
    }

    private static DossierState of(Figures figures, String code) {
        return figures.dossierStates().stream()
                .filter(state -> state.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    /** Folds the configuration, then the other events rotated by some places. */
    private static DossierState folded(Story told, int configured, int turn) {
        Figures figures = new Figures();
        told.events().subList(0, configured).forEach(figures::apply);
        List<Journaled> rest =
                new ArrayList<>(told.events().subList(configured, told.events().size()));
        Collections.rotate(rest, turn);
        rest.forEach(figures::apply);
        return figures.dossierStates().get(0);
    }

    private static Outcome outcome(@Nullable String name) {
        return switch (name) {
            case null -> Outcome.RUNNING;
            case "early" -> Outcome.EARLY;
            case "onTime" -> Outcome.ON_TIME;
            case "late" -> Outcome.LATE;
            default -> throw new IllegalArgumentException(name);
        };
    }
}
