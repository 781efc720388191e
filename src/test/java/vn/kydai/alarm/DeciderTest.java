package vn.kydai.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Alarm;
import vn.kydai.event.Picture.AlarmState;
import vn.kydai.event.Ticket;

class DeciderTest {
    private static final String FLOOD = """
            'id': 'flood', 'watch': 'level', 'metric': 'water_level', 'deadband': 0.05, 'offDelaySeconds': 600,
            'steps': [{'at': 1, 'severity': 'medium'}, {'at': 2, 'severity': 'high'}, {'at': 3, 'severity': 'high'}]""";
    private static final String DELAYED = """
            'id': 'high', 'watch': 'value', 'metric': 'water_level', 'onDelaySeconds': 300,
            'steps': [{'at': 2, 'severity': 'low'}]""";
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
    private static final String LATCHING = """
            'id': 'latch', 'watch': 'value', 'metric': 'water_level', 'latching': true,
            'steps': [{'at': 2, 'severity': 'low'}]""";

    @Test
    void aFloodIsOneAlarmWhoseSeverityRisesAndFalls() {
        Site site = new Site("2026-11-25T08:00", FLOOD);
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
        Site site = new Site("2026-11-25T08:00", FLOOD);
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
        Site site = new Site("2026-11-25T08:00", FLOOD);
        site.reading("wl-1", 3.2);
        assertEquals(List.of("flood:wl-1 1 raised"), site.settle());
        assertEquals(List.of(), site.after(Duration.ofHours(3)));
        assertTrue(site.alarm("flood:wl-1").isActive());
    }

    @Test
    void aConditionMustHoldForItsDelay() {
        Site site = new Site("2026-11-25T08:00", DELAYED);
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
        Site site = new Site("2026-11-25T08:00", FLOOD);
        site.reading("wl-1", 3.2);
        List<Decision> first = site.decisions();
        site.restart(FLOOD);
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
        site.salinity(0.1);
        assertEquals(List.of(), site.settle());
        site.pass(Duration.ofMinutes(10));
        site.salinity(9);
        assertEquals(List.of(), site.settle(), "a jump");
        site.pass(Duration.ofMinutes(10));
        site.salinity(9.1);
        assertEquals(List.of(), site.settle(), "still one");
        site.pass(Duration.ofMinutes(10));
        site.salinity(9.2);
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
        assertEquals(
                List.of("silent:wl-1 1 suppressed", "gateway:gw-1 1 raised", "silent:wl-1 1 cleared"),
                site.after(Duration.ofMinutes(20)));
        assertEquals(AlarmState.SUPPRESSED, site.alarm("silent:wl-1").state());
        assertNull(site.picture().alarms().get("silent:wl-2"));
        site.reading("wl-2", 1);
        assertEquals(
                List.of("silent:wl-1 1 released", "gateway:gw-1 1 cleared", "silent:wl-1 2 raised"), site.settle());
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
        Site site = new Site("2026-11-25T08:00", FLOOD);
        site.reading("wl-1", 3.2);
        assertEquals(1, site.settle().size());
        site.restart(SILENT);
        assertEquals(List.of("flood:wl-1 1 cleared"), site.settle());
    }
}
