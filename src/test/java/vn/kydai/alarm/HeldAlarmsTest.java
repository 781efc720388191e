package vn.kydai.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is not known well enough lowers nothing. */
class HeldAlarmsTest {
    private static final String FLOOD = """
            'id': 'flood', 'watch': 'level', 'metric': 'water_level', 'deadband': 0.05, 'offDelaySeconds': 600,
            'steps': [{'at': 1, 'severity': 'medium'}, {'at': 2, 'severity': 'high'}, {'at': 3, 'severity': 'high'}]""";
    private static final String HIGH = """
            'id': 'high', 'watch': 'value', 'metric': 'water_level', 'onDelaySeconds': 300,
            'steps': [{'at': 2, 'severity': 'low'}]""";

    @Test
    void aProbeThatFailsInAFloodClearsNothing() {
        Site site = new Site("2026-11-25T08:00", FLOOD);
        site.reading("wl-2", 3.5);
        assertEquals(List.of("flood:wl-2 1 raised"), site.settle());
        site.pass(Duration.ofMinutes(10));
        site.doubted(0.2);
        assertEquals(List.of(), site.settle());
        assertEquals(List.of(), site.after(Duration.ofMinutes(15)));
        site.doubted(0.3);
        assertEquals(List.of(), site.after(Duration.ofMinutes(15)));
        assertTrue(site.alarm("flood:wl-2").isActive());

        site.reading("wl-2", 0.9);
        assertEquals(List.of(), site.settle(), "believed, and the off-delay begins");
        assertEquals(List.of("flood:wl-2 1 cleared"), site.after(Duration.ofMinutes(10)));
    }

    @Test
    void aSuspectFloodIsRaisedToBeCheckedAndRisesFurther() {
        Site site = new Site("2026-11-25T08:00", FLOOD);
        site.doubted(1.6);
        assertEquals(List.of("flood:wl-2 1 raised"), site.settle());
        site.pass(Duration.ofMinutes(10));
        site.doubted(3.1);
        assertEquals(List.of("flood:wl-2 2 realarmed"), site.settle());
        site.pass(Duration.ofMinutes(10));
        site.doubted(1.6);
        assertEquals(List.of(), site.after(Duration.ofMinutes(20)), "but falls no more");
        assertEquals(2, site.alarm("flood:wl-2").measure().level());
    }

    @Test
    void aSuspectLowValueDoesNotEndTheWaitForAnAlarm() {
        Site site = new Site("2026-11-25T08:00", HIGH);
        site.reading("wl-2", 2.5);
        assertEquals(List.of(), site.settle());
        site.pass(Duration.ofMinutes(4));
        site.doubted(0.1);
        assertEquals(List.of(), site.settle());
        site.pass(Duration.ofMinutes(10));
        site.reading("wl-2", 2.6);
        assertEquals(List.of(), site.settle(), "four minutes of five so far");
        assertEquals(List.of("high:wl-2 1 raised"), site.after(Duration.ofMinutes(1)));
    }
}
