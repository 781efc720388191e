package vn.kydai.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.kydai.bench.Plan.Part;
import vn.kydai.event.codec.Json;

class ReportTest {
    private static final Plan PLAN = new Plan(
            3, 10, EnumSet.allOf(Part.class), List.of(1, 50, 500), List.of(1, 1_000), List.of(), Path.of("config"), "");
    private static final Machine MACHINE =
            new Machine("a processor", 2, 23.5, "a system", "a kernel", "25", "18.6", "0.1.0", "kydai bench");

    @Test
    void aTableHasTheMedianAndTheRange() {
        String table = MarkdownReport.of(results(List.of()));

        assertTrue(table.contains("| case | ready s | server CPU % |"), table);
        assertTrue(table.contains("| external PostgreSQL | 1.40 (1.20–1.60) | — |"), table);
        assertTrue(table.contains("a processor, 2 cores, 23.5 GiB"), table);
    }

    @Test
    void aTargetIsReachedMissedOrNotMeasured() {
        String table = MarkdownReport.of(results(List.of()));

        assertTrue(table.contains("| ready ≤ 1.5 s, external | 1.40 (1.20–1.60) | reached |"), table);
        assertTrue(table.contains("| ready ≤ 2.5 s, embedded | 3 | missed |"), table);
        assertTrue(table.contains("| 1,000 walls ≤ 30 % of one core | — | not measured |"), table);
    }

    @Test
    void theJsonHasEveryRoundAndTheSameSpread() throws Exception {
        JsonNode report = Json.MAPPER.readTree(JsonReport.of(results(List.of())));

        assertEquals(4, report.get("measurements").size());
        assertEquals(1.2, report.at("/measurements/0/figures/ready s").asDouble());
        assertTrue(report.at("/measurements/0/figures/server CPU %").isNull());
        assertEquals(1.4, report.at("/summary/0/figures/ready s/median").asDouble());
        assertEquals(1.6, report.at("/summary/0/figures/ready s/max").asDouble());
        assertEquals("a kernel", report.at("/machine/kernel").asText());
    }

    @Test
    void aProblemIsSaid() throws Exception {
        Results results = results(List.of("flood: received 2, but the outcomes sum up to 1"));

        assertFalse(results.isWhole());
        assertTrue(MarkdownReport.of(results).contains("- flood: received 2"));
        assertEquals(
                1, Json.MAPPER.readTree(JsonReport.of(results)).get("problems").size());
    }

    @Test
    void numbersHaveThreeDigits() {
        assertEquals("12,346", MarkdownReport.number(12_345.6));
        assertEquals("12.3", MarkdownReport.number(12.345));
        assertEquals("1.23", MarkdownReport.number(1.2345));
        assertEquals("7", MarkdownReport.number(7));
    }

    @Test
    void theEstimateGrowsWithWhatIsAsked() {
        Plan small = new Plan(1, 1, EnumSet.of(Part.MQTT), List.of(5), List.of(1), List.of(), Path.of("config"), "");

        assertTrue(small.estimatedSeconds() < 60);
        assertTrue(PLAN.estimatedSeconds() > 600);
    }

    @Test
    void wallsAreWatchedUntilASilentOneMustBeCut() {
        Plan brief = new Plan(1, 1, EnumSet.of(Part.WALLS), List.of(5), List.of(10), List.of(), Path.of("config"), "");

        assertEquals(35, brief.wallSeconds());
        assertTrue(brief.estimatedSeconds() > 45);
    }

    private static Results results(List<String> problems) {
        return new Results(
                MACHINE,
                PLAN,
                List.of(
                        ready(StartupRun.EXTERNAL, 1, 1.2),
                        ready(StartupRun.EXTERNAL, 2, 1.6),
                        ready(StartupRun.EXTERNAL, 3, 1.4),
                        ready(StartupRun.EMBEDDED, 1, 3)),
                problems);
    }

    private static Measurement ready(String name, int round, double seconds) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(Columns.READY, seconds);
        figures.put(Columns.SERVER_CPU, Double.NaN);
        return new Measurement(StartupRun.TABLE, name, round, figures);
    }
}
