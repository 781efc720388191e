package vn.kydai.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.event.Dossier;
import vn.kydai.event.DossierStatus;
import vn.kydai.event.SampleDossier;

/** A unit that is merely named as the one that decides is alarmed by none of it. */
class AwaitedAlarmTest {
    private static final String OVERDUE = """
            'id': 'overdue', 'watch': 'figure', 'figure': 'overdueNow', 'areaLevel': 'commune',
            'steps': [{'at': 1, 'severity': 'low'}]""";
    private static final String BY_EXPRESSION = """
            'id': 'overdue', 'watch': 'expression', 'figure': 'overdueNow', 'areaLevel': 'commune',
            'steps': [{'expression': 'overdueNow.value > 5 || overdueNow.value > 0.02 * processing.value', 'severity': 'low'}]""";
    private static final String ON_TIME = """
            'id': 'on-time', 'watch': 'figure', 'figure': 'onTimeRate', 'areaLevel': 'commune', 'when': 'below',
            'steps': [{'at': 0.9, 'severity': 'low'}]""";

    @ParameterizedTest
    @ValueSource(strings = {OVERDUE, BY_EXPRESSION, ON_TIME})
    void freshCodesWithAPastDueDateRaiseNothingElsewhere(String rule) {
        Site site = new Site("2026-11-25T09:00", rule);
        for (int index = 0; index < 500; index++) {
            tell(site, "desk-2", "19870", dossier(site, "x" + index, 2, "19867"));
            tell(site, "desk-2", "19870", dossier(site, "y" + index, 2, "19867"));
            tell(site, "desk-2", "19870", dossier(site, "y" + index, 9, "19867"));
        }

        List<String> steps = site.settle();

        assertEquals(List.of(), steps);
        assertEquals(
                500,
                site.picture().areas().get("19867").figures().get("overdueNow").value());
    }

    @Test
    void whatTheUnitHasSaidAWordOfAlarmsIt() {
        Site site = new Site("2026-11-25T09:00", OVERDUE);
        tell(site, "desk-2", "19870", dossier(site, "x", 2, "19867"));
        site.pass(Duration.ofSeconds(1));
        tell(site, "desk-1", "19867", dossier(site, "x", 4, null));

        List<String> steps = site.settle();

        assertEquals(List.of("overdue:19867 1 raised"), steps);
    }

    private static void tell(Site site, String source, String area, Dossier dossier) {
        site.tell(source, area, site.now().minusSeconds(dossier.status() == DossierStatus.RECEIVED ? 60 : 1), dossier);
    }

    private static Dossier dossier(Site site, String code, int status, @Nullable String decidingArea) {
        return SampleDossier.of(code, "1.004873", status)
                .due(site.now().minus(Duration.ofDays(10)))
                .decidedIn(decidingArea)
                .told();
    }
}
