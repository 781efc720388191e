package vn.kydai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.observe.Patience.until;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.access.Access;
import vn.kydai.access.Role;
import vn.kydai.access.Secrets;
import vn.kydai.config.Settings;
import vn.kydai.config.TestSettings;
import vn.kydai.database.Database;
import vn.kydai.event.codec.Json;
import vn.kydai.ops.Metrics;
import vn.kydai.registry.Addition;
import vn.kydai.registry.SourceStore;
import vn.kydai.registry.Sources.SourceKind;

/** Rules are edited under a whole server that runs. */
class ConfigurationReloadTest {
    private static final String AREA = "19897";
    private static final String RULE = """
            rules:
              - id: busy
                watch: figure
                figure: received
                areaLevel: commune
                steps: [{at: %d, severity: low}]
                who: trực ban
                reason: r
                consequence: c
                response: %s
            """;

    @TempDir
    private Path data = Path.of("target");

    @TempDir
    private Path config = Path.of("target");

    private final Metrics metrics = new Metrics();
    private final Vertx vertx = metrics.vertx(new VertxOptions()).build();
    private final HttpClient client = HttpClient.newHttpClient();
    private final InstantSource clock = InstantSource.system();
    private final String device = Secrets.create();
    private Pipeline.Ports ports = new Pipeline.Ports(0, 0, 0);
    private String reader = "";

    private Pipeline pipeline() {
        return new Pipeline(new Pipeline.Environment(vertx, metrics, TestSettings.onFreePorts(), config, data, clock));
    }

    @BeforeEach
    void copyTheConfiguration() throws IOException {
        TestSettings.copyShippedTo(config);
        write(RULE.formatted(1_000, "[đi xem]"));
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        await(vertx.close());
        metrics.close();
    }

    @Test
    void rulesChangeUnderTheRunningServerWholeOrNotAtAll() throws Exception {
        Pipeline pipeline = pipeline();
        ports = await(pipeline.start());
        try {
            register();
            receive();

            write(RULE.formatted(1, "[]"));
            until("the refusal is told", () -> !ready().path("notes").isEmpty());
            String problem = ready().at("/notes/configuration/0").asText();
            assertTrue(problem.startsWith(config.resolve("alarms.yaml") + ":10 /rules/0/response: found []"), problem);
            assertEquals("ready", ready().path("status").asText());
            assertEquals(1, kydai("kydai_configuration_problems"));
            assertEquals(0, alarms().size());

            write(RULE.formatted(1, "[đi xem]"));
            until("the new rule raises an alarm", () -> alarms().has("busy:" + AREA));
            assertTrue(ready().path("notes").isMissingNode());
            assertEquals(0, kydai("kydai_configuration_problems"));
            assertEquals(List.of("1000", "1"), journaledLimits());
        } finally {
            await(pipeline.stop());
        }
    }

    private void register() throws Exception {
        Database database = await(Database.open(vertx, Settings.DEFAULTS.database(), data, Database.Ownership.COMMAND));
        Instant now = clock.instant();
        await(new SourceStore(database.pool())
                .add(new Addition("desk-x", AREA, SourceKind.DESK, null, Secrets.hash(device)), now));
        Access access = new Access(database.pool(), clock, 30, new SimpleMeterRegistry());
        reader = await(access.addToken(Role.READER, "477", 0, "test", now, "test"));
        await(database.close());
    }

    private List<String> journaledLimits() throws Exception {
        Database database = await(Database.open(vertx, Settings.DEFAULTS.database(), data, Database.Ownership.COMMAND));
        try {
            return await(database.pool()
                            .query("select data from journal where kind = 'configuration' order by position")
                            .execute())
                    .stream()
                    .map(row -> json(row.getValue(0).toString()))
                    .filter(event -> event.path("what").asText().equals("rules"))
                    .map(event -> event.at("/content/rules/0/steps/0/at").asText())
                    .toList();
        } finally {
            await(database.close());
        }
    }

    private void receive() throws Exception {
        String event = """
                {"specversion": "1.0", "id": "d-1", "source": "/sources/desk-x", "type": "vn.kydai.dossier.v1",
                 "data": {"dossier": "000.00.21.H57-261124-0001", "procedure": "1.004873", "status": 2,
                          "channel": "counter"}}""";
        HttpRequest request = request(ports.httpPort(), "/api/v1/events", device)
                .header("Content-Type", "application/cloudevents+json")
                .POST(BodyPublishers.ofString(event))
                .build();
        until("the desk is known", () -> send(request).statusCode() == 200);
    }

    private JsonNode alarms() {
        HttpRequest request =
                request(ports.httpPort(), "/api/v1/alarms", reader).build();
        return json(send(request).body()).path("alarms");
    }

    private JsonNode ready() {
        return json(
                send(request(ports.managementPort(), "/health/ready", reader).build())
                        .body());
    }

    private double kydai(String metric) {
        String text = send(request(ports.managementPort(), "/metrics", reader).build())
                .body();
        return text.lines()
                .filter(line -> line.startsWith(metric + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static HttpRequest.Builder request(int port, String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String rules) throws IOException {
        Files.writeString(config.resolve("alarms.yaml"), rules);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
