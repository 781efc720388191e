package vn.kydai.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Alarm;
import vn.kydai.event.Picture.AlarmState;

/** A rule that says another severity than before says it of the alarm that stands, too. */
class ChangedRulesTest {
    private static final String HIGH = """
            'id': 'high', 'watch': 'value', 'metric': 'water_level', 'deadband': 0.5,
            'steps': [{'at': 1, 'severity': 'low'}, {'at': 2, 'severity': 'medium'}]""";

    @Test
    void aWorseSeverityRaisesTheAlarmAnew() {
        Site site = new Site("2026-11-25T08:00", HIGH);
        site.reading("wl-1", 2.5);
        assertEquals(List.of("high:wl-1 1 raised"), site.settle());
        site.act("high:wl-1", Alarm.Step.ACKNOWLEDGED, null);
        site.change(HIGH.replace("medium", "high"));
        assertEquals("high:wl-1/2/realarmed", site.decisions().get(0).eventId());
        assertEquals(List.of("high:wl-1 2 realarmed"), site.settle());
        assertEquals(AlarmState.UNACKNOWLEDGED, site.alarm("high:wl-1").state());
        assertEquals(1, site.alarm("high:wl-1").measure().severity());
        assertEquals(2.5, site.alarm("high:wl-1").measure().value());
        assertEquals(1, site.picture().areas().get("477").severity());
    }

    @Test
    void aMilderSeverityChangesItAndAsksNobodyAgain() {
        Site site = new Site("2026-11-25T08:00", HIGH);
        site.reading("wl-1", 2.5);
        assertEquals(List.of("high:wl-1 1 raised"), site.settle());
        site.act("high:wl-1", Alarm.Step.ACKNOWLEDGED, null);
        site.change(HIGH.replace("medium", "low"));
        assertEquals("high:wl-1/1/changed-2-3", site.decisions().get(0).eventId());
        assertEquals(List.of("high:wl-1 1 changed"), site.settle());
        assertEquals(AlarmState.ACKNOWLEDGED, site.alarm("high:wl-1").state());
        assertEquals(3, site.alarm("high:wl-1").measure().severity());
        assertEquals(2, site.alarm("high:wl-1").measure().level());
    }

    @Test
    void aSilentSensorsAlarmHasItsNewSeverityToo() {
        Site site = new Site("2026-11-25T08:00", HIGH);
        site.reading("wl-1", 2.5);
        assertEquals(List.of("high:wl-1 1 raised"), site.settle());
        assertEquals(List.of(), site.after(Duration.ofHours(3)));
        site.change(HIGH.replace("medium", "low"));
        assertEquals(List.of("high:wl-1 1 changed"), site.settle());
        site.change(HIGH);
        assertEquals(List.of("high:wl-1 2 realarmed"), site.settle());
        site.change(HIGH.replace("medium", "low"));
        assertEquals(List.of("high:wl-1 2 changed"), site.settle(), "an event of its own");
        assertEquals(2.5, site.alarm("high:wl-1").measure().value());
    }

    @Test
    void aMilderStepThatIsMoreSevereNowRaisesTheAlarmAnew() {
        Site site = new Site("2026-11-25T08:00", HIGH);
        site.reading("wl-1", 2.5);
        assertEquals(List.of("high:wl-1 1 raised"), site.settle());
        site.act("high:wl-1", Alarm.Step.ACKNOWLEDGED, null);
        site.pass(Duration.ofMinutes(10));
        site.reading("wl-1", 1.2);
        site.change(HIGH.replace("'low'", "'high'"));
        assertEquals(List.of("high:wl-1 2 realarmed"), site.settle());
        assertEquals(AlarmState.UNACKNOWLEDGED, site.alarm("high:wl-1").state());
        assertEquals(1, site.alarm("high:wl-1").measure().level());
    }
}
