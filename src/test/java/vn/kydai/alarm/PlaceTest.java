package vn.kydai.alarm;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.kydai.aggregate.Figures;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Picture;

/** Alarms go with what they are about: into the unit that takes over its commune, and wherever a device is moved. */
class PlaceTest {
    private static final String FLOOD = """
            'id': 'flood', 'watch': 'level', 'metric': 'water_level', 'escalation': {'high': [2]},
            'steps': [{'at': 1, 'severity': 'medium'}, {'at': 2, 'severity': 'high'}]""";
    private static final String THERE = FLOOD.replace("'flood'", "'there'") + ", 'area': '19870'";
    private static final String GATEWAY = """
            'id': 'gateway', 'watch': 'silentGateway', 'steps': [{'at': 2, 'severity': 'medium'}]""";

    /** Of three communes the second one becomes part of the first at midnight. */
    private static final String MERGER = """
            {'areas': [
              {'id': '46', 'name': 'Huế', 'level': 'province'},
              {'id': '19867', 'name': 'Sịa', 'level': 'commune', 'parent': '46'},
              {'id': '19870', 'name': 'Quảng Thái', 'level': 'commune', 'parent': '46', 'validTo': '2026-11-26',
               'successor': '19867'},
              {'id': '19873', 'name': 'Quảng Lợi', 'level': 'commune', 'parent': '46'}]}""";

    private static final String DUTIES = """
            {'duties': [{'area': '19867', 'people': [{'user': 'sia'}]}, {'area': '19870', 'people': [{'user': 'thai'}]}]}""";

    private static final Duration TO_MIDNIGHT = Duration.ofMinutes(5);

    private static Site beforeMidnight(List<String> gauges, String... rules) {
        Site site = new Site("2026-11-25T23:55", gauges, rules);
        site.configure(Part.AREAS, MERGER);
        site.onDuty(DUTIES);
        return site;
    }

    @Test
    void afterAMergerAStandingAlarmIsInTheUnitThatTookOverAlsoForARuleOfTheFormerOne() {
        Site site = beforeMidnight(List.of(), FLOOD, THERE);
        site.reading("wl-2", 3.2);
        List<String> raised = site.settle();
        Picture before = site.picture();
        List<String> after = site.after(TO_MIDNIGHT);

        assertEquals(List.of("flood:wl-2 1 raised", "there:wl-2 1 raised"), raised);
        assertEquals("19870", requireNonNull(before.alarms().get("flood:wl-2")).area());
        assertEquals(List.of("flood:wl-2 1 escalated", "there:wl-2 1 escalated"), after, "neither is cleared");
        Picture picture = site.picture();
        assertEquals(Set.of("46", "19867", "19873"), picture.areas().keySet());
        for (String id : List.of("flood:wl-2", "there:wl-2")) {
            assertTrue(picture.isWithin("19867", site.alarm(id).area()), "who acts there may act on " + id);
            assertTrue(site.alarm(id).escalation().hasTold("sia"));
        }
        assertEquals(1, requireNonNull(picture.areas().get("19867")).severity());
        assertEquals(before, replayed(site, before), "the minute before midnight stays as it was");
        assertEquals(picture, replayed(site, picture));
    }

    /** The picture of a moment, folded anew from what was in the journal then. */
    private static Picture replayed(Site site, Picture shown) {
        Figures figures = new Figures();
        site.journal().stream()
                .filter(journaled -> journaled.position() <= shown.position())
                .forEach(figures::apply);
        return figures.picture(shown.at());
    }

    @Test
    void afterAMergerAFloodAndASilentGatewayAreInTheUnitThatTookOver() {
        List<String> gauges = new ArrayList<>();
        for (int gauge = 10; gauge < 21; gauge++) {
            gauges.add("wl-" + gauge);
        }
        Site site = beforeMidnight(gauges, FLOOD, GATEWAY);
        site.reading("wl-1", 0.2);
        site.reading("wl-2", 0.2);
        gauges.forEach(gauge -> site.reading(gauge, 3.2));
        assertEquals(11, site.settle().size());
        site.pass(TO_MIDNIGHT);
        Picture.Flood flood = site.picture().floods().get("19867");
        List<String> later = site.after(Duration.ofMinutes(30));

        assertEquals(11, requireNonNull(flood).open());
        assertEquals(11, flood.raised());
        assertTrue(later.contains("gateway:gw-1 1 raised"), later.toString());
        assertEquals("19867", site.journal().getLast().event().area());
    }

    @Test
    void aDeviceThatIsMovedTakesItsStandingAlarmWithIt() {
        Site site = beforeMidnight(List.of(), FLOOD);
        site.reading("wl-2", 3.2);
        assertEquals(List.of("flood:wl-2 1 raised"), site.settle());
        site.configure(Part.SOURCES, """
                {'sources': [{'id': 'wl-2', 'kind': 'sensor', 'registrations': [
                  {'area': '19870'}, {'area': '19873', 'from': '%s'}], 'metrics': [
                  {'metric': 'water_level', 'unit': 'm', 'cadenceSeconds': 600, 'levels': [1.5, 3, 4.5]}]}]}""".formatted(site.now().plusSeconds(60)));
        String meanwhile = site.alarm("flood:wl-2").area();
        site.pass(Duration.ofSeconds(60));
        String moved = site.alarm("flood:wl-2").area();
        site.reading("wl-2", 0.2);

        assertEquals("19870", meanwhile);
        assertEquals("19873", moved);
        assertEquals(moved, requireNonNull(site.picture().sensors().get("wl-2")).area(), "where its values are shown");
        assertEquals(List.of("flood:wl-2 1 cleared"), site.settle());
        assertEquals(moved, site.journal().getLast().event().area());
    }
}
