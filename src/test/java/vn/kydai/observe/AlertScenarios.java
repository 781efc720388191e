package vn.kydai.observe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * For each alert a course of events at which it fires and one at which it must not, played to the unchanged rules by
 * {@code promtool test rules}. The series are those really scraped, so a metric that was renamed is not found.
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

    private static final Map<String, List<Input>> SCENARIOS = new LinkedHashMap<>();

    static {
        scenario("KydaiDown", new Input("up{job='kydai'}", "0+0", "1+0"));
        scenario("KydaiNotReady", new Input("kydai_ready_check{check='startup'}", "0+0", "1+0"));
        scenario("KydaiFoldsStopped", new Input("kydai_ready_check{check='folds'}", "0+0", "1+0"));
        scenario("KydaiJournalAway", new Input("kydai_journal_up", "0+0", "1+0"));
        scenario(
                "KydaiDiskFilling",
                new Input("kydai_disk_free_bytes", "9+0", "11+0"),
                new Input("kydai_disk_size_bytes", "100+0", "100+0"));
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
        scenario(
                "KydaiConnectionsFull",
                new Input("kydai_http_connections", "91+0", "89+0"),
                new Input("kydai_http_limit_connections", "100+0", "100+0"));
        scenario(
                "KydaiRefusing",
                new Input("kydai_ingest_refused_events_total{cause='in_flight',protocol='mqtt5'}", "0+1", "0+0"),
                new Input("kydai_ingest_refused_events_total{cause='foreign_topic',protocol='mqtt5'}", "0+0", "0+9"));
        scenario(
                "KydaiRejecting",
                new Input("kydai_journal_rejected_events_total{reason='schema'}", "0+6", "0+4"),
                new Input("kydai_ingest_received_events_total{protocol='http'}", "0+100", "0+100"));
        scenario(
                "KydaiLedgerGaps",
                new Input("kydai_journal_gaps_total", "0+1", "0+1"),
                new Input("kydai_journal_filled_gaps_total", "0+0", "0+1"));
        scenario(
                "KydaiNothingReceived", new Input("kydai_ingest_received_events_total{protocol='http'}", "7+0", "7+1"));
        scenario("KydaiWallsStalled", new Input("kydai_wall_closed_sockets_total{code='4008'}", "0+1", "3+0"));
        scenario(
                "KydaiSignInsFailing",
                new Input("kydai_access_signins_total{result='refused',way='basic'}", "0+1", "0+0"),
                new Input("kydai_ingest_mqtt_closed_connections_total{cause='wrong_credentials'}", "0+1", "0+0.5"));
    }

    private final Prometheus prometheus;

    /** Takes the Prometheus that has scraped the server. */
    public AlertScenarios(Prometheus prometheus) {
        this.prometheus = prometheus;
    }

    private static void scenario(String alert, Input... inputs) {
        SCENARIOS.put(alert, List.of(inputs));
    }

    /** Returns the alerts there is a scenario for. */
    public static List<String> alerts() {
        return List.copyOf(SCENARIOS.keySet());
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
        SCENARIOS.forEach((alert, inputs) -> {
            lines.addAll(scenario(alert, inputs, true));
            lines.addAll(scenario(alert, inputs, false));
        });
        return String.join("\n", lines) + "\n";
    }

    private List<String> scenario(String alert, List<Input> inputs, boolean isSick) {
        List<String> lines = new ArrayList<>(List.of("  - interval: 15s", "    input_series:"));
        for (Input input : inputs) {
            lines.add("      - series: '" + scraped(input.selector()) + "'");
            lines.add("        values: '" + (isSick ? input.sick() : input.well()) + LONG_ENOUGH + "'");
        }
        lines.addAll(List.of(
                "    promql_expr_test:",
                "      - expr: count(ALERTS{alertname=\"" + alert + "\",alertstate=\"firing\"})",
                "        eval_time: 12m",
                "        exp_samples: " + (isSick ? "[{labels: '{}', value: 1}]" : "[]")));
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
