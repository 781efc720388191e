package vn.kydai.observe;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import vn.kydai.event.codec.Json;
import vn.kydai.it.FreePort;

/** A real Prometheus with the repository's configuration, hurried: it scrapes every second. */
public final class Prometheus implements AutoCloseable {
    private static final Path CONFIGURATION = Path.of("grafana/prometheus.yml");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    private Prometheus(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** One series with its value now. */
    record Sample(Map<String, String> labels, double value) {
        /** Returns it as PromQL and promtool write it. */
        String series() {
            Map<String, String> rest = new TreeMap<>(labels);
            String name = rest.remove("__name__");
            List<String> pairs = new ArrayList<>();
            rest.forEach((label, text) -> pairs.add(label + "=\"" + text + "\""));
            return name + "{" + String.join(",", pairs) + "}";
        }
    }

    /** Skips the test, saying so, where Prometheus is not installed; with TESTS_MUST_RUN that is a failure. */
    public static void require() {
        for (String program : List.of("prometheus", "promtool")) {
            boolean isThere = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
            if (!isThere) {
                System.err.println("SKIPPED monitoring tests: no " + program);
                if (System.getenv("TESTS_MUST_RUN") != null) {
                    throw new IllegalStateException("monitoring tests must run here, but there is no " + program);
                }
                assumeTrue(false, "SKIPPED monitoring tests: no " + program);
            }
        }
    }

    /** Starts one that watches a management port by rules like the repository's. */
    public static Prometheus start(Path directory, int managementPort, String rules) throws IOException {
        Files.writeString(directory.resolve("alerts.yml"), rules);
        Path configuration = directory.resolve("prometheus.yml");
        Files.writeString(
                configuration,
                Files.readString(CONFIGURATION)
                        .replace("interval: 15s", "interval: 1s")
                        .replace("127.0.0.1:8081", "127.0.0.1:" + managementPort));
        int port = FreePort.find();
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        Prometheus started = new Prometheus(process, port);
        Patience.until("Prometheus is ready", () -> started.answers("/-/ready"));
        return started;
    }

    /** Evaluates an expression now. */
    List<Sample> query(String expression) {
        JsonNode answer = get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        List<Sample> samples = new ArrayList<>();
        for (JsonNode series : answer.at("/data/result")) {
            Map<String, String> labels = new TreeMap<>();
            series.get("metric")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            samples.add(new Sample(labels, number(series.at("/value/1").asText())));
        }
        return samples;
    }

    /** Returns the names of the alerts that are pending or fire. */
    public Set<String> active() {
        Set<String> names = new TreeSet<>();
        get("/api/v1/alerts")
                .at("/data/alerts")
                .forEach(alert -> names.add(alert.at("/labels/alertname").asText()));
        return names;
    }

    /** Returns what each rule's last evaluation complained of. */
    public List<String> failedRules() {
        List<String> failed = new ArrayList<>();
        get("/api/v1/rules").at("/data/groups/0/rules").forEach(rule -> {
            if (rule.get("health").asText().equals("err")) {
                failed.add(rule.get("name").asText() + ": "
                        + rule.path("lastError").asText());
            }
        });
        return failed;
    }

    private JsonNode get(String path) {
        try {
            return Json.MAPPER.readTree(
                    client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString())
                            .body());
        } catch (IOException e) {
            throw new IllegalStateException("Prometheus does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean answers(String path) {
        try {
            return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        client.close();
    }
}
