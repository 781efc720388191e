package vn.kydai.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.kydai.event.Dossier;
import vn.kydai.event.Kind;
import vn.kydai.event.Reading;
import vn.kydai.registry.Addition;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources.Metric;
import vn.kydai.registry.WorkingCalendar;

class ScenarioTest {
    private static final long SEED = 477;

    private final Registry flood = Scenario.FLOOD.registry(TestingDistrict.registry());

    /** What the bulletins said. */
    @ParameterizedTest
    @CsvSource({
        "wl-phu-oc, 2025-10-27T14:00, 5.25",
        "wl-phu-oc, 2025-10-27T20:00, 5.06",
        "wl-phu-oc, 2025-10-29T17:00, 5.19",
        "wl-phu-oc, 2025-10-30T06:00, 4.48",
        "wl-phu-oc, 2025-11-01T17:00, 3.79",
        "wl-phu-oc, 2025-11-03T06:00, 4.50",
        "wl-kim-long, 2025-10-27T20:00, 5.05",
        "wl-kim-long, 2025-10-29T20:00, 4.93",
        "wl-kim-long, 2025-10-30T06:00, 3.89",
        "wl-kim-long, 2025-11-01T17:00, 2.56",
        "wl-kim-long, 2025-11-03T06:00, 3.54"
    })
    void theFloodHasTheLevelsOfItsBulletins(String source, LocalDateTime at, double metres) {
        Script script = Scenario.FLOOD.script(flood.sources());

        assertEquals(metres, script.value(source, metric(source), instant(at)).orElseThrow());
    }

    @Test
    void theFloodHasTheRainOfItsBulletins() {
        Map<Boolean, Double> sums = Scenario.FLOOD.days().stream()
                .flatMap(day -> new SensorModel(SEED, Scenario.FLOOD.script(flood.sources()))
                        .day(flood.sources().find("rain-bach-ma").orElseThrow(), day, false))
                .map(Emission::event)
                .distinct()
                .collect(Collectors.partitioningBy(
                        event -> event.eventTime().isBefore(instant(LocalDateTime.parse("2025-10-28T12:00"))),
                        Collectors.summingDouble(event -> ((Reading) event.data()).value())));

        assertEquals(994.2, sums.get(true), 0.001);
        assertEquals(406, sums.get(false), 0.001);
    }

    @Test
    void aGaugeThatFollowsStandsBetweenItsOwnAlertLevels() {
        Script script = Scenario.FLOOD.script(flood.sources());
        Instant peak = instant(LocalDateTime.parse("2025-10-27T14:00"));
        List<Double> own = metric("wl-quang-tho").levels();

        double level =
                script.value("wl-quang-tho", metric("wl-quang-tho"), peak).orElseThrow();

        assertTrue(level > own.getLast(), () -> level + " is not above " + own);
        assertTrue(level < own.getLast() + 1, () -> level + " is far above " + own);
    }

    @Test
    void beforeAndAfterTheFloodTheDemoGoesOnAsEver() {
        Script script = Scenario.FLOOD.script(flood.sources());

        assertTrue(script.value("wl-phu-oc", metric("wl-phu-oc"), instant(LocalDateTime.parse("2025-10-25T08:00")))
                .isEmpty());
        assertTrue(script.value("wl-sia", metric("wl-sia"), instant(LocalDateTime.parse("2025-10-27T08:00")))
                .isEmpty());
    }

    @Test
    void nobodyWorksAtTetAndNothingFallsDue() {
        Registry registry = Scenario.TET.registry(TestingDistrict.registry());
        District district = new District(SEED, registry, Scenario.TET);
        LocalDate holiday = LocalDate.of(2026, 2, 17);

        assertTrue(district.day(holiday).stream()
                .allMatch(emission -> emission.event().kind() == Kind.READING));
        assertTrue(Scenario.TET.days().contains(holiday));
        Instant received = instant(LocalDateTime.parse("2026-02-12T09:00"));
        assertEquals(
                LocalDate.of(2026, 2, 24),
                WorkingCalendar.dateOf(registry.calendar()
                        .due(
                                received,
                                registry.procedures()
                                        .find("1.004873")
                                        .orElseThrow()
                                        .unit(),
                                3)));
    }

    @Test
    void everyDeskAndSensorOfTheDistrictMovesToTheUnitThatTakesItOver() {
        Registry registry = Scenario.MERGER.registry(TestingDistrict.registry());

        Map<String, String> moves =
                Scenario.MERGER.moves(registry).stream().collect(Collectors.toMap(Addition::id, Addition::area));

        assertEquals("19867@2025-07", moves.get("desk-19867"));
        assertEquals("19867@2025-07", moves.get("desk-19894"));
        assertEquals("19885@2025-07", moves.get("desk-19870"));
        assertEquals("20014@2025-07", moves.get("desk-19891"));
        assertEquals("19873@2025-07", moves.get("wl-tam-giang"));
        assertFalse(moves.containsKey("office-477"), "the district's office stays with the operating region");
        assertEquals(List.of(), Scenario.TET.moves(registry));
    }

    @Test
    void aDayThatIsOverBeginsWithWhatWasOpenThen() {
        District district = new District(SEED, TestingDistrict.registry());
        LocalDate day = LocalDate.of(2026, 2, 9);

        List<Emission> before = district.before(day);

        assertTrue(before.stream()
                .allMatch(emission -> emission.event().eventTime().isBefore(instant(day.atStartOfDay()))));
        assertTrue(before.stream().anyMatch(emission -> emission.event().data() instanceof Dossier));
        assertTrue(before.stream().anyMatch(emission -> emission.event().kind() == Kind.INDICATOR));
    }

    private Metric metric(String source) {
        return flood.sources().find(source).orElseThrow().metrics().getFirst();
    }

    private static Instant instant(LocalDateTime local) {
        return local.atZone(WorkingCalendar.ZONE).toInstant();
    }
}
