package vn.kydai.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Alarm;
import vn.kydai.event.Picture.AlarmState;
import vn.kydai.event.Picture.SensorState;
import vn.kydai.event.Ticket;

/** What a stop of the server changes: nothing that listening through would not have, and nothing begins anew. */
class RestartTest {
    private static final Duration STOP = Duration.ofMinutes(70);
    private static final String SILENT = """
            'id': 'silent', 'watch': 'silentSensor', 'steps': [{'at': 1, 'severity': 'low'}]""";
    private static final String GATEWAY = """
            'id': 'gateway', 'watch': 'silentGateway', 'steps': [{'at': 2, 'severity': 'medium'}]""";
    private static final String AREA = """
            'id': 'area', 'watch': 'silentArea', 'areaLevel': 'commune', 'steps': [{'at': 0.5, 'severity': 'low'}]""";
    private static final String WAIT = """
            'id': 'wait', 'watch': 'figure', 'figure': 'waitOldest', 'areaLevel': 'commune', 'officeHours': true,
            'steps': [{'at': 3600, 'severity': 'low'}]""";

    private static Site heard(String local, String... rules) {
        Site site = new Site(local, rules);
        site.reading("wl-1", 1);
        site.reading("wl-2", 1);
        site.ticket("A1", Ticket.Step.ISSUED);
        site.ticket("A1", Ticket.Step.CALLED);
        return site;
    }

    @Test
    void whoeverSpokeBeforeAStopIsNotSilentAfterIt() {
        Site site = heard("2026-11-25T08:00", SILENT, GATEWAY, AREA);
        site.pass(Duration.ofMinutes(20));
        site.stopFor(STOP);
        assertEquals(List.of(), site.settle());
        assertEquals(List.of(), site.after(Duration.ofMinutes(10)), "thirty minutes of listening in all");
        assertEquals(
                List.of("area:19867 1 raised"),
                site.after(Duration.ofSeconds(1)),
                "the desk, after thirty of listening");
        assertEquals(
                List.of("gateway:gw-1 1 raised", "area:19870 1 raised"),
                site.after(Duration.ofMinutes(1)),
                "the gateway explains its devices");
    }

    @Test
    void whatWasSilentBeforeAStopIsSilentAfterIt() {
        Site site = heard("2026-11-25T18:00", SILENT);
        assertEquals(List.of("silent:wl-1 1 raised", "silent:wl-2 1 raised"), site.after(Duration.ofMinutes(32)));
        site.stopFor(STOP);
        assertEquals(List.of(), site.settle());
        assertEquals(SensorState.SILENT, site.picture().sensors().get("wl-1").state());
    }

    @Test
    void whileNobodyIsHeardNobodyBecomesSilent() {
        Site site = heard("2026-11-25T08:00", SILENT, GATEWAY, AREA);
        site.listening("{'until': '" + site.now() + "'}");
        assertEquals(List.of(), site.after(Duration.ofHours(2)));
    }

    @Test
    void stopsAddUp() {
        Site site = heard("2026-11-25T18:00", SILENT);
        for (int stop = 0; stop < 3; stop++) {
            assertEquals(List.of(), site.after(Duration.ofMinutes(10)));
            site.stopFor(STOP);
            assertEquals(List.of(), site.settle());
        }
        assertEquals(List.of("silent:wl-1 1 raised", "silent:wl-2 1 raised"), site.after(Duration.ofSeconds(61)));
    }

    @Test
    void whileTheJournalIsAwaySilenceIsNotJudged() {
        Site site = heard("2026-11-25T18:00", SILENT, GATEWAY, AREA);
        site.feel(Vitals.UNKNOWN.heardFrom(Long.MAX_VALUE));
        assertEquals(List.of(), site.after(Duration.ofHours(1)));
    }

    @Test
    void anOnDelayGoesOnWhereItStood() {
        Site site = new Site("2026-11-25T08:00", Site.DELAYED);
        site.reading("wl-2", 2.5);
        assertEquals(List.of(), site.settle());
        assertEquals(List.of(), site.after(Duration.ofMinutes(4)));
        site.stopFor(STOP);
        assertEquals(List.of(), site.settle());
        assertEquals(List.of(), site.after(Duration.ofSeconds(59)));
        assertEquals(List.of("high:wl-2 1 raised"), site.after(Duration.ofSeconds(1)));
    }

    @Test
    void anOffDelayGoesOnWhereItStood() {
        Site site = new Site("2026-11-25T08:00", Site.FLOOD);
        site.reading("wl-2", 2);
        assertEquals(List.of("flood:wl-2 1 raised"), site.settle());
        site.pass(Duration.ofMinutes(1));
        site.reading("wl-2", 1);
        assertEquals(List.of(), site.settle());
        assertEquals(List.of(), site.after(Duration.ofMinutes(9)));
        site.stopFor(STOP);
        assertEquals(List.of(), site.settle());
        assertEquals(List.of(), site.after(Duration.ofSeconds(59)));
        assertEquals(List.of("flood:wl-2 1 cleared"), site.after(Duration.ofSeconds(1)));
    }

    @Test
    void aShelfEndsWhenItWasToEnd() {
        Site site = new Site("2026-11-25T08:00", Site.FLOOD);
        site.reading("wl-2", 2);
        assertEquals(List.of("flood:wl-2 1 raised"), site.settle());
        site.act("flood:wl-2", Alarm.Step.SHELVED, site.now().plus(Duration.ofMinutes(80)));
        site.pass(Duration.ofMinutes(1));
        site.stopFor(STOP);
        assertEquals(AlarmState.SHELVED, site.alarm("flood:wl-2").state());
        site.pass(Duration.ofMinutes(9));
        assertEquals(AlarmState.UNACKNOWLEDGED, site.alarm("flood:wl-2").state());
    }

    @Test
    void whoeverWaitedBeforeAStopIsNotMissedBeforeTheDeskHasSaidMore() {
        Site site = new Site("2026-11-25T08:00", WAIT);
        site.ticket("A1", Ticket.Step.ISSUED);
        site.pass(Duration.ofMinutes(5));
        assertEquals(List.of(), site.settle());
        site.stopFor(STOP);
        assertEquals(List.of(), site.settle());
        site.ticket("A1", Ticket.Step.CALLED, site.now().minus(Duration.ofMinutes(60)));
        assertEquals(List.of(), site.after(Duration.ofMinutes(2)));
    }
}
