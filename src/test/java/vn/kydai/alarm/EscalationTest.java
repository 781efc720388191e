package vn.kydai.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.kydai.event.Alarm;
import vn.kydai.event.Picture;

/** Alarms nobody acknowledges are told to the persons on duty, one after the other. */
class EscalationTest {
    private static final String FLOOD = """
            'id': 'flood', 'watch': 'level', 'metric': 'water_level', 'offDelaySeconds': 600,
            'escalation': {'high': [2, 5, 10], 'medium': [10]},
            'steps': [{'at': 1, 'severity': 'medium'}, {'at': 2, 'severity': 'high'}, {'at': 3, 'severity': 'high'}]""";
    private static final String DUTIES = """
            {'duties': [
              {'area': '477', 'people': [{'user': 'truc-ban'}, {'user': 'chi-huy'}]},
              {'area': '19870', 'hours': '07:00-17:00', 'people': [{'user': 'thai'}]}]}""";
    private static final String ID = "flood:wl-1";

    private final Site site = new Site("2026-11-25T08:00", FLOOD);

    EscalationTest() {
        site.onDuty(DUTIES);
    }

    /** The alarm of a high severity is raised. */
    private void raise() {
        site.reading("wl-1", 3.2);
        assertEquals(List.of(ID + " 1 raised"), site.settle());
    }

    private List<String> afterMinutes(int minutes) {
        return site.after(Duration.ofMinutes(minutes));
    }

    private String told() {
        Picture.Escalation escalation = site.alarm(ID).escalation();
        Picture.Said last = escalation.last();
        return last == null ? "nobody" : escalation.level() + " " + last.by();
    }

    @Test
    void eachPersonInTurnIsToldAndNobodyFurther() {
        raise();
        List<String> early = site.after(Duration.ofSeconds(119));
        List<String> first = site.after(Duration.ofSeconds(1));
        String firstTold = told();
        List<String> meanwhile = afterMinutes(2);
        List<String> second = afterMinutes(1);

        assertEquals(List.of(), early);
        assertEquals(List.of(ID + " 1 escalated"), first);
        assertEquals("1 truc-ban", firstTold);
        assertEquals(List.of(), meanwhile);
        assertEquals(List.of(ID + " 1 escalated"), second);
        assertEquals("2 chi-huy", told());
        assertEquals(List.of(), afterMinutes(30), "the roster has no third");
        assertEquals(ID + "/1/escalated-2", site.journal().getLast().event().id());
    }

    @Test
    void afterAStopWhoeverIsDueIsToldAtOnceAndNothingIsRepeated() {
        raise();
        site.pass(Duration.ofMinutes(20));
        site.restart(FLOOD);
        List<String> late = site.settle();
        site.restart(FLOOD);

        assertEquals(List.of(ID + " 1 escalated", ID + " 1 escalated"), late);
        assertEquals("2 chi-huy", told());
        assertEquals(List.of(), afterMinutes(20));
    }

    @ParameterizedTest
    @EnumSource(
            value = Alarm.Step.class,
            names = {"ACKNOWLEDGED", "TAKEN", "SHELVED", "REMOVED"})
    void whoActsEndsIt(Alarm.Step deed) {
        raise();
        site.act(ID, deed, deed == Alarm.Step.SHELVED ? site.now().plus(Duration.ofHours(1)) : null);

        assertEquals(List.of(), afterMinutes(30));
        assertEquals("nobody", told());
    }

    @Test
    void whatIsClearCallsNobody() {
        raise();
        site.reading("wl-1", 0.2, site.now().plusMillis(1));
        site.pass(Duration.ofSeconds(1));
        assertEquals(List.of(), site.settle(), "held for ten minutes");
        assertEquals(
                List.of(ID + " 1 escalated"),
                site.after(Duration.ofSeconds(119)),
                "until then it is active and nobody has looked");
        assertEquals(List.of(ID + " 1 cleared"), afterMinutes(10));
        assertEquals(List.of(), afterMinutes(60));
        assertNull(site.alarm(ID).escalation().since());
    }

    @Test
    void aReAlarmBeginsAnewAlsoForWhoHoldsIt() {
        raise();
        site.act(ID, Alarm.Step.TAKEN, null);
        assertEquals(List.of(), afterMinutes(20));
        site.reading("wl-1", 4.6);
        assertEquals(List.of(ID + " 2 realarmed"), site.settle());
        assertEquals("nobody", told());

        assertEquals(List.of(ID + " 2 escalated"), afterMinutes(2));
        assertEquals("1 truc-ban", told());
    }

    @Test
    void aShelfThatEndsAwaitsSomebodyFromThenOnAndTellsNobodyTwice() {
        raise();
        assertEquals(List.of(ID + " 1 escalated"), afterMinutes(2));
        site.act(ID, Alarm.Step.SHELVED, site.now().plus(Duration.ofMinutes(20)));
        assertEquals(List.of(), afterMinutes(20));
        assertEquals(List.of(), afterMinutes(4));

        assertEquals(List.of(ID + " 1 escalated"), afterMinutes(1));
        assertEquals("2 chi-huy", told());
    }

    @Test
    void theSeverityAndTheAreasOwnRosterSayWhenAndWho() {
        site.reading("wl-2", 1.6);
        assertEquals(List.of("flood:wl-2 1 raised"), site.settle());
        assertEquals(List.of(), afterMinutes(9));

        assertEquals(List.of("flood:wl-2 1 escalated"), afterMinutes(1));
        assertTrue(site.alarm("flood:wl-2").escalation().hasTold("thai"));
    }

    @Test
    void aChangeOfShiftsPassesOverNobodyAndTellsNobodyTwice() {
        site.onDuty("""
                {'duties': [
                  {'area': '477', 'hours': '07:00-08:03', 'people': [{'user': 'an'}, {'user': 'binh'}]},
                  {'area': '477', 'hours': '08:03-07:00', 'people': [{'user': 'binh'}, {'user': 'an'}, {'user': 'chi'}]}]}""");
        raise();
        afterMinutes(2);
        String byDay = told();
        afterMinutes(3);
        String byNight = told();
        afterMinutes(5);

        assertEquals("1 an", byDay);
        assertEquals("2 binh", byNight, "in charge of the night, and not told before");
        assertEquals("3 chi", told());
        assertEquals(
                List.of("an", "binh", "chi"),
                site.alarm(ID).escalation().told().stream()
                        .map(Picture.Said::by)
                        .toList());
        assertEquals(ID + "/1/escalated-3", site.journal().getLast().event().id());
    }

    @Test
    void withoutARosterNobodyIsToldUntilThereIsOne() {
        site.onDuty("{'duties': []}");
        raise();
        assertEquals(List.of(), afterMinutes(3));
        site.onDuty(DUTIES);

        assertEquals(List.of(ID + " 1 escalated"), site.settle());
    }
}
