package vn.kydai.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Alarm;
import vn.kydai.event.Picture.AlarmState;
import vn.kydai.event.Ticket;

class DeciderTest {
    private static final String RISE = """
            'id': 'rise', 'watch': 'rate', 'metric': 'water_level', 'steps': [{'at': 0.5, 'severity': 'medium'}]""";
    private static final String LOW = """
            'id': 'low', 'watch': 'value', 'metric': 'water_level', 'when': 'below', 'deadband': 0.2,
            'steps': [{'at': 1, 'severity': 'low'}, {'at': 0.5, 'severity': 'high'}]""";
    private static final String SALT = """
            'id': 'salt', 'watch': 'value', 'metric': 'salinity', 'steps': [{'at': 1, 'severity': 'low'}]""";
    private static final String SILENT = """
            'id': 'silent', 'watch': 'silentSensor', 'steps': [{'at': 1, 'severity': 'low'}]""";
    private static final String GATEWAY = """
            'id': 'gateway', 'watch': 'silentGateway', 'steps': [{'at': 2, 'severity': 'medium'}]""";
    private static final String WAITING = """
            'id': 'waiting', 'watch': 'figure', 'figure': 'waiting', 'areaLevel': 'commune', 'officeHours': true,
            'steps': [{'at': 2, 'severity': 'low'}]""";
    private static final String OLDEST = """
            'id': 'oldest', 'watch': 'figure', 'figure': 'waitOldest', 'areaLevel': 'commune',
            'steps': [{'at': 3600, 'severity': 'medium'}]""";
    private static final String STEPWISE = """
            'id': 'stepwise', 'watch': 'value', 'metric': 'water_level',
            'steps': [{'at': 1, 'severity': 'medium', 'onDelaySeconds': 7200}, {'at': 2, 'severity': 'high'}]""";
    private static final String WET = """
            'id': 'wet', 'watch': 'window', 'metric': 'rain', 'window': '12h', 'deadband': 5,
            'steps': [{'at': 50, 'severity': 'medium'}]""";
    private static final String STUCK = """
            'id': 'stuck', 'watch': 'stuck', 'metric': 'water_level', 'steps': [{'at': 6, 'severity': 'low'}]""";
    private static final String OVERDUE = """
            'id': 'overdue', 'watch': 'expression', 'figure': 'overdueNow', 'areaLevel': 'commune',
            'daily': {'at': '08:00', 'minutes': 60}, 'steps': [
              {'expression': 'overdueNow.value > 1 || overdueNow.value > 0.9 * processing.value', 'severity': 'low'},
              {'expression': 'overdueNow.value > 3', 'severity': 'high'}]""";
    private static final String LOSS = """
            'id': 'loss', 'watch': 'loss', 'areaLevel': 'commune', 'leastN': 100,
            'steps': [{'at': 1, 'severity': 'low'}]""";
    private static final String LAG = """
            'id': 'lag', 'watch': 'vital', 'vital': 'journalLag', 'area': '477',
            'steps': [{'at': 30, 'severity': 'medium'}]""";
    private static final String DISK = """
            'id': 'disk', 'watch': 'vital', 'vital': 'diskFree', 'area': '477', 'when': 'below', 'deadband': 2,
            'steps': [{'at': 10, 'severity': 'low'}, {'at': 3, 'severity': 'high'}]""";
    private static final String LATCHING = """
            'id': 'latch', 'watch': 'value', 'metric': 'water_level', 'latching': true,
            'steps': [{'at': 2, 'severity': 'low'}]""";

    @Test
    void aFloodIsOneAlarmWhoseSeverityRisesAndFalls() {
        Site site = new Site("2026-11-25T08:00", Site.FLOOD);
        site.reading("wl-1", 1.5);
        assertEquals(List.of("flood:wl-1 1 raised"), site.settle(), "at the level is at the level");
        assertEquals(2, site.alarm("flood:wl-1").measure().severity());
        site.act("flood:wl-1", Alarm.Step.ACKNOWLEDGED, null);
        site.pass(Duration.ofMinutes(10));
        site.reading("wl-1", 4.6);
        assertEquals(List.of("flood:wl-1 2 realarmed"), site.settle());
        assertEquals(AlarmState.UNACKNOWLEDGED, site.alarm("flood:wl-1").state());
        assertEquals(4.5, site.alarm("flood:wl-1").measure().threshold());
        assertEquals(1, site.picture().areas().get("477").severity());
        assertNull(site.picture().areas().get("19870").severity());

        site.pass(Duration.ofMinutes(10));
        site.reading("wl-1", 2.9);
        assertEquals(List.of(), site.settle(), "held for ten minutes");
        assertEquals(List.of("flood:wl-1 2 changed"), site.after(Duration.ofMinutes(10)));
        assertEquals(1, site.alarm("flood:wl-1").measure().level());
        site.reading("wl-1", 1.46);
        assertEquals(List.of(), site.after(Duration.ofMinutes(11)), "inside the deadband");
        site.reading("wl-1", 1.4);
        assertEquals(List.of(), site.settle());
        assertEquals(List.of("flood:wl-1 2 cleared"), site.after(Duration.ofMinutes(10)));
        assertEquals(AlarmState.RETURNED, site.alarm("flood:wl-1").state());
        site.act("flood:wl-1", Alarm.Step.ACKNOWLEDGED, null);
        assertEquals(AlarmState.NORMAL, site.alarm("flood:wl-1").state());
    }

    @Test
    void aLateReadingNeitherRaisesNorClears() {
        Site site = new Site("2026-11-25T08:00", Site.FLOOD);
        site.reading("wl-1", 1.2);
        site.reading("wl-1", 4.9, site.now().minusSeconds(60));
        assertEquals(List.of(), site.settle());
        site.pass(Duration.ofMinutes(5));
        site.reading("wl-1", 3.2);
        assertEquals(List.of("flood:wl-1 1 raised"), site.settle());
        site.reading("wl-1", 0.1, site.now().minusSeconds(60));
        assertEquals(List.of(), site.after(Duration.ofMinutes(15)));
    }

    @Test
    void aSilentSensorHoldsItsAlarm() {
        Site site = new Site("2026-11-25T08:00", Site.FLOOD);
        site.reading("wl-1", 3.2);
        assertEquals(List.of("flood:wl-1 1 raised"), site.settle());
        assertEquals(List.of(), site.after(Duration.ofHours(3)));
        assertTrue(site.alarm("flood:wl-1").isActive());
    }

    @Test
    void aConditionMustHoldForItsDelay() {
        Site site = new Site("2026-11-25T08:00", Site.DELAYED);
        site.reading("wl-1", 2.1);
        assertEquals(List.of(), site.settle());
        site.pass(Duration.ofMinutes(2));
        site.reading("wl-1", 1.9);
        assertEquals(List.of(), site.settle());
        site.pass(Duration.ofMinutes(2));
        site.reading("wl-1", 2.2);
        assertEquals(List.of(), site.settle());
        assertEquals(List.of(), site.after(Duration.ofMinutes(4)), "it began anew");
        assertEquals(List.of("high:wl-1 1 raised"), site.after(Duration.ofMinutes(1)));
    }

    @Test
    void aDecisionRepeatedAfterACrashHasTheSameId() {
        Site site = new Site("2026-11-25T08:00", Site.FLOOD);
        site.reading("wl-1", 3.2);
        List<Decision> first = site.decisions();
        site.restart(Site.FLOOD);
        assertEquals(first, site.decisions());
        assertEquals("flood:wl-1/1/raised", first.get(0).eventId());
    }

    @Test
    void aFastRiseAndALowValueAreAlarmsToo() {
        Site site = new Site("2026-11-25T08:00", RISE, LOW);
        site.reading("wl-1", 2.0);
        site.pass(Duration.ofMinutes(60));
        site.reading("wl-1", 2.6);
        assertEquals(List.of("rise:wl-1 1 raised"), site.settle());
        site.pass(Duration.ofMinutes(5));
        site.reading("wl-2", 0.4);
        assertEquals(List.of("low:wl-2 1 raised"), site.settle());
        assertEquals(1, site.alarm("low:wl-2").measure().severity());
        site.pass(Duration.ofMinutes(5));
        site.reading("wl-2", 0.9);
        assertEquals(List.of("low:wl-2 1 changed"), site.settle());
        site.pass(Duration.ofMinutes(5));
        site.reading("wl-2", 1.1);
        assertEquals(List.of(), site.settle(), "inside the deadband");
    }

    @Test
    void aSuspectValueRaisesNoAlarmUntilItIsBelieved() {
        Site site = new Site("2026-11-25T08:00", SALT);
        site.further("salinity", 0.1, "g/L");
        assertEquals(List.of(), site.settle());
        site.pass(Duration.ofMinutes(10));
        site.further("salinity", 9, "g/L");
        assertEquals(List.of(), site.settle(), "a jump");
        site.pass(Duration.ofMinutes(10));
        site.further("salinity", 9.1, "g/L");
        assertEquals(List.of(), site.settle(), "still one");
        site.pass(Duration.ofMinutes(10));
        site.further("salinity", 9.2, "g/L");
        assertEquals(List.of("salt:wl-1:salinity 1 raised"), site.settle());
    }

    @Test
    void aDeadGatewayIsOneAlarmAndSilencesItsSensors() {
        Site site = new Site("2026-11-25T08:00", SILENT, GATEWAY);
        site.reading("wl-1", 1);
        site.reading("wl-2", 1);
        assertEquals(List.of(), site.settle());
        site.pass(Duration.ofMinutes(20));
        site.reading("wl-2", 1);
        assertEquals(List.of("silent:wl-1 1 raised"), site.after(Duration.ofMinutes(20)));
        assertEquals(List.of("silent:wl-1 1 suppressed", "gateway:gw-1 1 raised"), site.after(Duration.ofMinutes(20)));
        assertEquals(AlarmState.SUPPRESSED, site.alarm("silent:wl-1").state());
        assertNull(site.picture().alarms().get("silent:wl-2"));
        site.reading("wl-2", 1);
        assertEquals(List.of("silent:wl-1 1 released", "gateway:gw-1 1 cleared"), site.settle());
    }

    @Test
    void aDeskRuleMeansNothingWhileTheDeskIsClosed() {
        Site site = new Site("2026-11-25T10:00", WAITING);
        site.ticket("A1", Ticket.Step.ISSUED);
        site.ticket("A2", Ticket.Step.ISSUED);
        assertEquals(List.of("waiting:19867 1 raised"), site.settle());
        assertEquals(
                List.of("waiting:19867 1 suppressed", "waiting:19867 1 cleared"), site.after(Duration.ofMinutes(91)));
        assertNull(site.picture().areas().get("19867").severity());
        assertEquals(List.of("waiting:19867 1 released", "waiting:19867 2 raised"), site.after(Duration.ofMinutes(90)));
    }

    @Test
    void aFigureMeasuredByAnInstantAges() {
        Site site = new Site("2026-11-25T08:00", OLDEST);
        site.ticket("A1", Ticket.Step.ISSUED);
        assertEquals(List.of(), site.after(Duration.ofMinutes(59)));
        assertEquals(List.of("oldest:19867 1 raised"), site.after(Duration.ofMinutes(1)));
        assertEquals(3600, site.alarm("oldest:19867").measure().value());
        site.ticket("A1", Ticket.Step.CALLED);
        assertEquals(List.of("oldest:19867 1 cleared"), site.settle());
    }

    @Test
    void aLatchingAlarmStaysUntilItIsReset() {
        Site site = new Site("2026-11-25T08:00", LATCHING);
        site.reading("wl-1", 2.5);
        assertEquals(1, site.settle().size());
        site.pass(Duration.ofMinutes(1));
        site.reading("wl-1", 1);
        assertEquals(List.of("latch:wl-1 1 latched"), site.settle());
        site.act("latch:wl-1", Alarm.Step.ACKNOWLEDGED, null);
        assertEquals(AlarmState.LATCHED_ACKNOWLEDGED, site.alarm("latch:wl-1").state());
        site.act("latch:wl-1", Alarm.Step.RESET, null);
        assertEquals(AlarmState.NORMAL, site.alarm("latch:wl-1").state());
    }

    @Test
    void anAlarmOfARuleThatIsGoneIsCleared() {
        Site site = new Site("2026-11-25T08:00", Site.FLOOD);
        site.reading("wl-1", 3.2);
        assertEquals(1, site.settle().size());
        site.restart(SILENT);
        assertEquals(List.of("flood:wl-1 1 cleared"), site.settle());
    }

    @Test
    void eachStepHasADelayOfItsOwn() {
        Site site = new Site("2026-11-25T08:00", STEPWISE);
        site.reading("wl-1", 1.5);
        assertEquals(List.of(), site.settle());
        site.pass(Duration.ofMinutes(60));
        site.reading("wl-1", 2.5);
        assertEquals(List.of("stepwise:wl-1 1 raised"), site.settle());
        assertEquals(2, site.alarm("stepwise:wl-1").measure().level());

        Site slow = new Site("2026-11-25T08:00", STEPWISE);
        for (int minute = 0; minute <= 120; minute += 10) {
            slow.reading("wl-1", 1.5 + minute / 1_000.0);
            assertEquals(minute == 120 ? List.of("stepwise:wl-1 1 raised") : List.of(), slow.settle());
            slow.pass(Duration.ofMinutes(10));
        }
    }

    @Test
    void whatCameDownInHalfADayIsAnAlarmAlthoughNoHourWas() {
        Site site = new Site("2026-11-25T00:00", WET);
        for (int hour = 1; hour <= 6; hour++) {
            site.further("rain", 8.5, "mm");
            assertEquals(hour < 6 ? List.of() : List.of("wet:wl-1:rain 1 raised"), site.settle(), "hour " + hour);
            site.pass(Duration.ofMinutes(60));
        }
        assertEquals(51, site.alarm("wet:wl-1:rain").measure().value());
    }

    @Test
    void anInstrumentThatHangsIsAnAlarmAndOneThatIsSilentIsNot() {
        Site site = new Site("2026-11-25T00:00", STUCK);
        for (int hour = 0; hour <= 6; hour++) {
            site.reading("wl-1", 1.234);
            assertEquals(hour < 6 ? List.of() : List.of("stuck:wl-1 1 raised"), site.settle(), "hour " + hour);
            site.pass(Duration.ofMinutes(60));
        }
        site.reading("wl-1", 1.235);
        assertEquals(List.of("stuck:wl-1 1 cleared"), site.settle());
        assertEquals(List.of(), site.after(Duration.ofHours(9)), "silent");
    }

    @Test
    void whatIsLookedAtOnceADayDoesNotStandAllDay() {
        Site site = new Site("2026-11-25T07:50", OVERDUE);
        site.overdue("d-1");
        site.overdue("d-2");
        assertEquals(List.of(), site.settle(), "not yet");
        assertEquals(List.of("overdue:19867 1 raised"), site.after(Duration.ofMinutes(10)));
        Alarm.Measure measure = site.alarm("overdue:19867").measure();
        assertEquals(2, measure.value());
        assertNull(measure.threshold());
        assertEquals(3, measure.severity());
        site.overdue("d-3");
        site.overdue("d-4");
        assertEquals(List.of("overdue:19867 2 realarmed"), site.after(Duration.ofMinutes(10)), "the worse step");
        assertEquals(List.of("overdue:19867 2 cleared"), site.after(Duration.ofMinutes(50)));
        assertEquals(AlarmState.RETURNED, site.alarm("overdue:19867").state());
        assertEquals(List.of(), site.after(Duration.ofHours(22)));
        assertEquals(List.of("overdue:19867 3 raised"), site.after(Duration.ofHours(1)), "the next morning");
    }

    @Test
    void anAreaThatLosesEventsIsAnAlarmFromEnoughOfThemOn() {
        Site site = new Site("2026-11-25T08:00", LOSS);
        site.feel(new Vitals(
                null,
                null,
                null,
                null,
                null,
                Map.of("desk-1", new Vitals.Loss(3, 99), "wl-2", new Vitals.Loss(2, 400)),
                0));
        assertEquals(List.of(), site.settle());
        site.feel(new Vitals(
                null,
                null,
                null,
                null,
                null,
                Map.of("desk-1", new Vitals.Loss(3, 150), "wl-1", new Vitals.Loss(0, 50)),
                0));
        assertEquals(List.of("loss:19867 1 raised"), site.settle());
        assertEquals(1.5, site.alarm("loss:19867").measure().value());
    }

    @Test
    void theServersOwnHealthIsAnAlarmToo() {
        Site site = new Site("2026-11-25T08:00", LAG, DISK);
        assertEquals(List.of(), site.settle(), "nothing is known");
        site.feel(new Vitals(31.0, 2.5, 0.0, 0.0, 0.0, Map.of(), 0));
        assertEquals(List.of("lag:kydai 1 raised", "disk:kydai 1 raised"), site.settle());
        assertEquals(1, site.alarm("disk:kydai").measure().severity());
        assertEquals("477", site.alarm("disk:kydai").area());
        site.feel(Vitals.UNKNOWN);
        assertEquals(List.of(), site.settle(), "unknown again: held");
        site.feel(new Vitals(1.0, 50.0, 0.0, 0.0, 0.0, Map.of(), 0));
        assertEquals(List.of("lag:kydai 1 cleared", "disk:kydai 1 cleared"), site.settle());
    }

    @Test
    void aClockThatIsNotBelievedIsAnAlarmUntilItIsBack() {
        Site site = new Site("2026-11-25T08:00", """
                'id': 'clock', 'watch': 'vital', 'vital': 'clock', 'area': '477', 'steps': [{'at': 1, 'severity': 'medium'}]""");
        site.feel(Vitals.UNKNOWN.withClockOff(0));
        assertEquals(List.of(), site.settle());
        site.feel(Vitals.UNKNOWN.withClockOff(7_200));
        assertEquals(List.of("clock:kydai 1 raised"), site.settle());
        assertEquals(7_200.0, site.alarm("clock:kydai").measure().value());
        site.feel(Vitals.UNKNOWN.withClockOff(0));
        assertEquals(List.of("clock:kydai 1 cleared"), site.settle());
    }

    @Test
    void aBacklogThatComesInRaisesNothingThatWasNeverTrue() {
        Site site = new Site("2026-11-25T10:00", OLDEST);
        site.ticket("A1", Ticket.Step.ISSUED, site.now().minus(Duration.ofMinutes(80)));
        assertEquals(List.of(), site.settle());
        site.pass(Duration.ofSeconds(20));
        site.ticket("A1", Ticket.Step.CALLED, site.now().minus(Duration.ofMinutes(75)));
        assertEquals(List.of(), site.after(Duration.ofMinutes(2)));
        assertFalse(site.picture().alarms().containsKey("oldest:19867"));

        site.ticket("A2", Ticket.Step.ISSUED, site.now().minus(Duration.ofMinutes(70)));
        assertEquals(List.of(), site.after(Duration.ofSeconds(59)));
        assertEquals(List.of("oldest:19867 1 raised"), site.after(Duration.ofSeconds(1)), "nothing contradicts it");
    }

    @Test
    void whoIsAlwaysLateHoldsJudgementUpForTenMinutesAtMost() {
        Site site = new Site("2026-11-25T10:00", OLDEST);
        site.ticket("A1", Ticket.Step.ISSUED, site.now().minus(Duration.ofMinutes(70)));
        int seconds = 0;
        while (site.settle().isEmpty()) {
            site.pass(Duration.ofSeconds(30));
            seconds += 30;
            site.ticket("B" + seconds, Ticket.Step.ISSUED, site.now().minus(Duration.ofMinutes(5)));
            assertTrue(seconds <= 600, "held for ever");
        }
        assertEquals(600, seconds);
    }

    @Test
    void aRuleMayHoldForOneAreaOrOneSensor() {
        String area = SILENT.replace("'silent'", "'there'") + ", 'area': '19870'";
        String one = Site.DELAYED.replace("'high'", "'one'").replace("300", "0") + ", 'source': 'wl-2'";
        Site site = new Site("2026-11-25T08:00", area, one);
        site.reading("wl-1", 3);
        site.reading("wl-2", 3);
        assertEquals(List.of("one:wl-2 1 raised"), site.settle());
        assertEquals(List.of("there:wl-2 1 raised"), site.after(Duration.ofHours(1)));
    }

    @Test
    void aDelayBeginsAnewWhenItsRuleChanges() {
        Site site = new Site("2026-11-25T08:00", Site.DELAYED);
        site.reading("wl-1", 2.1);
        assertEquals(List.of(), site.settle());
        site.pass(Duration.ofMinutes(4));
        site.change(Site.DELAYED.replace("'at': 2", "'at': 1.9"));
        assertEquals(List.of(), site.settle());
        assertEquals(List.of(), site.after(Duration.ofMinutes(4)));
        assertEquals(List.of("high:wl-1 1 raised"), site.after(Duration.ofMinutes(1)));
    }
}
