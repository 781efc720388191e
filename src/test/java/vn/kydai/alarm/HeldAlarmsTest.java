package vn.kydai.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Ticket;

/** What is not known well enough lowers nothing. */
class HeldAlarmsTest {

    private static final String AIR = """
            'id': 'air', 'watch': 'value', 'metric': 'aqi', 'steps': [{'at': 70, 'severity': 'low'}]""";
    private static final String LOSS = """
            'id': 'loss', 'watch': 'loss', 'areaLevel': 'commune', 'leastN': 100,
            'steps': [{'at': 1, 'severity': 'low'}]""";
    private static final String QUEUE = """
            'id': 'queue', 'watch': 'expression', 'figure': 'waiting', 'areaLevel': 'commune', 'steps': [
              {'expression': 'waiting.value > 1.0 || overdueNow.value > 1.0', 'severity': 'low'},
              {'expression': 'overdueNow.value > 1.0 && waitOldest.value > 1800.0', 'severity': 'high'}]""";

    @Test
    void aProbeThatFailsInAFloodClearsNothing() {
        Site site = new Site("2026-11-25T08:00", Site.FLOOD);
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
    void aLossThatStandsIsNotOverWhileNothingIsKnownOfIt() {
        Site site = new Site("2026-11-25T08:00", LOSS);
        site.feel(new Vitals(null, null, null, null, null, Map.of("desk-1", new Vitals.Loss(3, 150)), 0));
        assertEquals(List.of("loss:19867 1 raised"), site.settle());

        site.feel(Vitals.UNKNOWN);

        assertEquals(List.of(), site.after(Duration.ofHours(2)));
        site.feel(new Vitals(null, null, null, null, null, Map.of("desk-1", new Vitals.Loss(0, 150)), 0));
        assertEquals(List.of("loss:19867 1 cleared"), site.after(Duration.ofMinutes(20)));
    }

    @Test
    void aSuspectFloodIsRaisedToBeCheckedAndRisesFurther() {
        Site site = new Site("2026-11-25T08:00", Site.FLOOD);
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
        Site site = new Site("2026-11-25T08:00", Site.DELAYED);
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

    @Test
    void badAirDoesNotGoOnWhileTheStationIsSilent() {
        Site site = new Site("2026-11-25T08:00", AIR + ", 'onDelaySeconds': 10800");
        dust(site, 40);
        for (int minutes = 0; minutes < 26 * 60; minutes += 6) {
            assertEquals(List.of(), site.settle(), "after minutes: " + minutes);
            site.pass(Duration.ofMinutes(6));
        }
    }

    @Test
    void anAirStationThatIsSilentForADayHoldsItsAlarm() {
        Site site = new Site("2026-11-25T08:00", AIR);
        dust(site, 40);
        assertEquals(List.of("air:wl-1:aqi 1 raised"), site.settle());
        for (int hours = 0; hours < 23; hours++) {
            assertEquals(List.of(), site.after(Duration.ofHours(1)), "after hours: " + hours);
        }
        assertFalse(site.picture().sensors().containsKey("wl-1:aqi"));
        assertTrue(site.alarm("air:wl-1:aqi").isActive());

        dust(site, 5);
        assertEquals(List.of("air:wl-1:aqi 1 cleared"), site.settle());
    }

    @Test
    void anAirStationThatIsRevokedHoldsNothing() {
        Site site = new Site("2026-11-25T08:00", AIR);
        dust(site, 40);
        assertEquals(List.of("air:wl-1:aqi 1 raised"), site.settle());
        site.configure(
                Part.SOURCES, "{'sources': [{'id': 'wl-1', 'kind': 'sensor', 'area': '19867', 'revoked': true}]}");
        assertEquals(List.of("air:wl-1:aqi 1 cleared"), site.settle());
    }

    /** Two hours of dust. */
    private static void dust(Site site, double value) {
        for (int reading = 0; reading < 12; reading++) {
            site.further("pm25", value + reading % 3 / 10.0, "ug/m3");
            site.pass(Duration.ofMinutes(10));
        }
    }

    @Test
    void aWorseStepThatCannotBeJudgedIsNotLeft() {
        Site site = new Site("2026-11-25T08:00", QUEUE);
        site.overdue("d-1");
        site.overdue("d-2");
        site.ticket("A1", Ticket.Step.ISSUED);
        assertEquals(List.of("queue:19867 1 raised"), site.settle());
        assertEquals(List.of("queue:19867 2 realarmed"), site.after(Duration.ofMinutes(31)));
        site.ticket("A1", Ticket.Step.CALLED);
        assertNull(
                site.picture().areas().get("19867").figures().get("waitOldest").since(), "nobody waits");
        assertEquals(List.of(), site.settle());
        assertEquals(2, site.alarm("queue:19867").measure().level());

        site.pass(Duration.ofMinutes(5));
        site.ticket("A2", Ticket.Step.ISSUED);
        assertEquals(List.of("queue:19867 2 changed"), site.settle(), "it can be judged again");
    }
}
