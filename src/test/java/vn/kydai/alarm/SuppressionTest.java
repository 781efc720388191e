package vn.kydai.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.event.Alarm;
import vn.kydai.event.Picture.AlarmState;
import vn.kydai.event.Ticket;

/** What is suppressed by design, and what is not. */
class SuppressionTest {
    private static final String WAITING = """
            'id': 'waiting', 'watch': 'figure', 'figure': 'waiting', 'areaLevel': 'commune', 'officeHours': true,
            'steps': [{'at': 1, 'severity': 'low'}]""";
    private static final String SILENT = """
            'id': 'silent', 'watch': 'silentSensor', 'steps': [{'at': 1, 'severity': 'low'}]""";
    private static final String GATEWAY = """
            'id': 'gateway', 'watch': 'silentGateway', 'steps': [{'at': 1, 'severity': 'medium'}]""";

    @Test
    void whatNobodyHasLookedAtIsStillThereAfterLunch() {
        Site site = new Site(
                "2026-11-25T11:00", WAITING, WAITING.replace("'waiting', 'w", "'latched', 'latching': true, 'w"));
        site.ticket("A1", Ticket.Step.ISSUED);
        assertEquals(List.of("waiting:19867 1 raised", "latched:19867 1 raised"), site.settle());
        site.ticket("A1", Ticket.Step.CALLED);
        assertEquals(List.of("waiting:19867 1 cleared", "latched:19867 1 latched"), site.after(Duration.ofMinutes(1)));
        assertEquals(List.of(), site.after(Duration.ofHours(1)), "lunch");
        assertEquals(List.of(), site.after(Duration.ofHours(2)), "afternoon");
        assertEquals(AlarmState.RETURNED, site.alarm("waiting:19867").state());
        assertEquals(AlarmState.LATCHED, site.alarm("latched:19867").state());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'area': '19867'",
                "'source': 'gw-9'",
                "'daily': {'at': '03:00', 'minutes': 60}",
                "'area': '19870', 'officeHours': true"
            })
    void aGatewayRuleThatDoesNotHoldHereAndNowSuppressesNothing(String limit) {
        Site site = new Site("2026-11-25T18:00", SILENT, GATEWAY + ", " + limit);
        site.reading("wl-1", 1);
        assertEquals(List.of(), site.settle());
        assertEquals(List.of("silent:wl-1 1 raised"), site.after(Duration.ofHours(1)));
    }

    @Test
    void whatIsSuppressedIsReleasedWhenItsRuleIsGone() {
        Site site = new Site("2026-11-25T11:00", WAITING);
        site.ticket("A1", Ticket.Step.ISSUED);
        assertEquals(List.of("waiting:19867 1 raised"), site.settle());
        assertEquals(
                List.of("waiting:19867 1 suppressed", "waiting:19867 1 cleared"), site.after(Duration.ofMinutes(31)));
        site.change(SILENT);
        assertEquals(List.of("waiting:19867 1 released"), site.settle());
        assertEquals(AlarmState.NORMAL, site.alarm("waiting:19867").state());
    }

    @Test
    void theSilenceOfADeviceWhoseGatewayIsSilentTooIsSuppressedAndNotOver() {
        Site site = new Site("2026-11-25T18:00", SILENT, GATEWAY.replace("'at': 1", "'at': 2"));
        site.reading("wl-1", 1);
        assertEquals(List.of(), site.settle());
        site.pass(Duration.ofMinutes(10));
        site.reading("wl-2", 1);
        assertEquals(List.of("silent:wl-1 1 raised"), site.after(Duration.ofMinutes(25)));
        assertEquals(List.of("silent:wl-1 1 suppressed", "gateway:gw-1 1 raised"), site.after(Duration.ofMinutes(10)));
        assertEquals(List.of(), site.after(Duration.ofHours(5)), "nothing has returned to normal");
        assertEquals(AlarmState.SUPPRESSED, site.alarm("silent:wl-1").state());
        site.reading("wl-2", 1);
        assertEquals(
                List.of("silent:wl-1 1 released", "gateway:gw-1 1 cleared"),
                site.settle(),
                "the gateway is back, the device not");
        site.reading("wl-1", 1);
        assertEquals(List.of("silent:wl-1 1 cleared"), site.settle());
    }

    @Test
    void whatIsSuppressedAndActiveIsClearedFirstWhenItsRuleIsGone() {
        Site site = new Site("2026-11-25T11:00", WAITING);
        site.ticket("A1", Ticket.Step.ISSUED);
        assertEquals(List.of("waiting:19867 1 raised"), site.settle());
        site.act("waiting:19867", Alarm.Step.SUPPRESSED, null);
        site.change(SILENT);
        assertEquals(List.of("waiting:19867 1 cleared", "waiting:19867 1 released"), site.settle());
        assertEquals(AlarmState.NORMAL, site.alarm("waiting:19867").state());
    }
}
