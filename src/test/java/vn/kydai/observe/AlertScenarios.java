package vn.kydai.observe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * For each branch of each alert a course of events at which that alert fires, it alone, and one at which none does,
 * played to the unchanged rules by {@code promtool test rules}. The series of all other scenarios run beside it as they
 * do when all is well. The series are those really scraped, so a metric that was renamed is not found.
 */
public final class AlertScenarios {
    private static final String LONG_ENOUGH = "x60";

    /**
     * A really scraped series and its values every 15 s.
     *
     * @param selector finds the series
     * @param sick values at which the alert fires, as promtool writes them
     * @param well values at which it is silent
     */
    private record Input(String selector, String sick, String well) {}

    /** A branch of an alert. */
    private record Scenario(String alert, List<Input> inputs) {}

    private static final List<Scenario> SCENARIOS = new ArrayList<>();

    static {
        scenario("KydaiDown", new Input("up{job='kydai'}", "0+0", "1+0"));
        // A start folds the whole journal, and is not KydaiFoldsBehind.
        scenario(
                "KydaiNotReady",
                new Input("kydai_ready_check{check='startup'}", "0+0", "1+0"),
                new Input("kydai_aggregate_lag_positions", "10001+0", "0+0"));
        scenario("KydaiFoldsStopped", new Input("kydai_ready_check{check='folds'}", "0+0", "1+0"));
        scenario("KydaiEventSetAside", new Input("kydai_aggregate_aside_events", "1+0", "0+0"));
        scenario(
                "KydaiBeyondBounds", new Input("kydai_aggregate_excess_events_total{bound='dossiers'}", "0+10", "5+0"));
        scenario("KydaiCheckpointUnwritten", new Input("kydai_aggregate_unwritten_checkpoints", "1+0", "0+0"));
        scenario("KydaiJournalAway", new Input("kydai_journal_up", "0+0", "1+0"));
        scenario(
                "KydaiDiskFilling",
                new Input("kydai_disk_free_bytes", "9+0", "11+0"),
                new Input("kydai_disk_size_bytes", "100+0", "100+0"));
        scenario(
                "KydaiJournalQueueFilling",
                new Input("kydai_journal_queue_events", "51+0", "49+0"),
                new Input("kydai_journal_queue_limit_events", "100+0", "100+0"));
        scenario(
                "KydaiJournalQueueFilling",
                new Input("kydai_journal_queue_bytes", "51+0", "49+0"),
                new Input("kydai_journal_queue_limit_bytes", "100+0", "100+0"));
        scenario(
                "KydaiCommitSlow",
                new Input("kydai_journal_commit_seconds_bucket{le='0.5'}", "0+0", "0+10"),
                new Input("kydai_journal_commit_seconds_bucket{le='1.0'}", "0+10", "0+10"),
                new Input("kydai_journal_commit_seconds_bucket{le='+Inf'}", "0+10", "0+10"));
        scenario(
                "KydaiAcknowledgementSlow",
                new Input("kydai_ingest_acknowledgement_seconds_bucket{protocol='mqtt5',le='2.0'}", "0+0", "0+10"),
                new Input("kydai_ingest_acknowledgement_seconds_bucket{protocol='mqtt5',le='5.0'}", "0+10", "0+10"),
                new Input("kydai_ingest_acknowledgement_seconds_bucket{protocol='mqtt5',le='+Inf'}", "0+10", "0+10"));
        scenario(
                "KydaiWallLate",
                new Input("kydai_wall_delay_seconds_bucket{le='2.0'}", "0+0", "0+10"),
                new Input("kydai_wall_delay_seconds_bucket{le='5.0'}", "0+10", "0+10"),
                new Input("kydai_wall_delay_seconds_bucket{le='+Inf'}", "0+10", "0+10"));
        scenario("KydaiFoldsBehind", new Input("kydai_aggregate_lag_positions", "10001+0", "10000+0"));
        scenario("KydaiEventLoopBlocked", new Input("kydai_eventloop_lag_seconds", "2+0", "1+0"));
        scenario("KydaiMemoryTight", new Input("jvm_memory_usage_after_gc", "0.86+0", "0.84+0"));
        for (List<String> bound : List.of(
                List.of("kydai_ingest_mqtt_connections", "kydai_ingest_mqtt_limit_connections"),
                List.of("kydai_http_connections", "kydai_http_limit_connections"),
                List.of("kydai_wall_sockets", "kydai_wall_limit_sockets"))) {
            scenario(
                    "KydaiConnectionsFull",
                    new Input(bound.get(0), "91+0", "89+0"),
                    new Input(bound.get(1), "100+0", "100+0"));
        }
        scenario(
                "KydaiRefusing",
                new Input("kydai_ingest_refused_events_total{cause='in_flight',protocol='mqtt5'}", "0+1", "0+0"));
        scenario(
                "KydaiRefusing",
                new Input("kydai_ingest_http_problems_requests_total{status='429'}", "0+1", "0+0"),
                new Input("kydai_ingest_http_problems_requests_total{status='400'}", "0+0", "0+9"));
        scenario("KydaiConflicting", new Input("kydai_journal_conflict_events_total", "0+1", "0+0.1"));
        scenario(
                "KydaiRejecting",
                new Input("kydai_journal_rejected_events_total{reason='schema'}", "0+6", "0+4"),
                new Input("kydai_ingest_received_events_total{protocol='http'}", "0+100", "0+100"));
        // At night, when little comes in: a whole sensor's, and now and then one.
        scenario(
                "KydaiRejecting",
                new Input("kydai_journal_rejected_events_total{reason='schema'}", "0+1", "0+0.1"),
                new Input("kydai_ingest_received_events_total{protocol='http'}", "0+1", "0+1"));
        scenario(
                "KydaiLedgerGaps",
                new Input("kydai_journal_gaps_total", "0+1", "0+1"),
                new Input("kydai_journal_filled_gaps_total", "0+0", "0+1"));
        scenario(
                "KydaiNothingReceived",
                new Input("kydai_ingest_received_events_total{protocol='http'}", "7+0", "7+1"),
                new Input("kydai_journal_rejected_events_total{reason='schema'}", "3+0", "3+0"));
        scenario("KydaiWallsStalled", new Input("kydai_wall_closed_sockets_total{code='4008'}", "0+1", "3+0"));
        scenario(
                "KydaiSignInsFailing",
                new Input("kydai_access_signins_total{result='refused',way='basic'}", "0+1", "0+0"),
                new Input("kydai_ingest_mqtt_closed_connections_total{cause='wrong_credentials'}", "0+1", "0+0.5"));
        scenario("KydaiCalendarUndecided", new Input("kydai_calendar_undecided_years", "1+0", "0+0"));
        scenario("KydaiClockUntrusted", new Input("kydai_clock_trusted", "0+0", "1+0"));
        scenario("KydaiConfigurationRefused", new Input("kydai_configuration_problems", "1+0", "0+0"));
    }

    private final Prometheus prometheus;

    /** Takes the Prometheus that has scraped the server. */
    public AlertScenarios(Prometheus prometheus) {
        this.prometheus = prometheus;
    }

    private static void scenario(String alert, Input... inputs) {
        SCENARIOS.add(new Scenario(alert, List.of(inputs)));
    }

    /** Returns the alerts there is a scenario for. */
    public static List<String> alerts() {
        return SCENARIOS.stream().map(Scenario::alert).distinct().toList();
    }

    /** Plays them all; returns what promtool says, empty when every alert did as it should. */
    public String play(Path directory) throws IOException, InterruptedException {
        Path file = directory.resolve("scenarios.yml");
        Files.writeString(file, text());
        Process promtool = new ProcessBuilder("promtool", "test", "rules", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return promtool.waitFor() == 0 ? "" : said;
    }

    private String text() {
        List<String> lines = new ArrayList<>(
                List.of("rule_files: ['" + Rules.FILE.toAbsolutePath() + "']", "evaluation_interval: 15s", "tests:"));
        Map<String, String> well = new LinkedHashMap<>();
        for (Scenario scenario : SCENARIOS) {
            scenario.inputs().forEach(input -> well.putIfAbsent(scraped(input.selector()), input.well()));
        }
        for (Scenario scenario : SCENARIOS) {
            Map<String, String> sickSeries = new TreeMap<>(well);
            Map<String, String> wellSeries = new TreeMap<>(well);
            for (Input input : scenario.inputs()) {
                sickSeries.put(scraped(input.selector()), input.sick());
                wellSeries.put(scraped(input.selector()), input.well());
            }
            lines.addAll(course(sickSeries, "[{labels: '{alertname=\"" + scenario.alert() + "\"}', value: 1}]"));
            lines.addAll(course(wellSeries, "[]"));
        }
        return String.join("\n", lines) + "\n";
    }

    private static List<String> course(Map<String, String> values, String firing) {
        List<String> lines = new ArrayList<>(List.of("  - interval: 15s", "    input_series:"));
        values.forEach((series, course) -> {
            lines.add("      - series: '" + series + "'");
            lines.add("        values: '" + course + LONG_ENOUGH + "'");
        });
        lines.addAll(List.of(
                "    promql_expr_test:",
                "      - expr: count by (alertname) (ALERTS{alertstate=\"firing\"})",
                "        eval_time: 12m",
                "        exp_samples: " + firing));
        return lines;
    }

    private String scraped(String selector) {
        List<Prometheus.Sample> found = prometheus.query(selector);
        if (found.isEmpty()) {
            throw new AssertionError("nothing scraped is " + selector);
        }
        return found.get(0).series();
    }
}
