package vn.kydai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.observe.Patience.until;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.sqlclient.Tuple;
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
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
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

    /** How a file of rules may be damaged, and what is said of it. */
    private enum Damage {
        VANISHED(file -> Files.delete(file), "found no such file"),
        EMPTY(file -> Files.writeString(file, ""), "found nothing in it"),
        COMMENTS_ONLY(file -> Files.writeString(file, "# rules:\n"), "found nothing in it"),
        CUT_BETWEEN_TWO_RULES(
                file -> Files.writeString(file, RULE.formatted(1, "[đi xem]")),
                "1 of the 2 rules in force missing (other)"),
        LINK_TO_NOTHING(
                file -> {
                    Files.delete(file);
                    Files.createSymbolicLink(file, Path.of("nowhere.yaml"));
                },
                "found no such file"),
        SWAPPED_BY_RENAME(
                file -> Files.move(
                        Files.writeString(file.resolveSibling("alarms.new"), "rules: [{id: other"),
                        file,
                        StandardCopyOption.REPLACE_EXISTING),
                "alarms.yaml:1");

        private final Doing doing;
        private final String said;

        Damage(Doing doing, String said) {
            this.doing = doing;
            this.said = said;
        }
    }

    private interface Doing {
        void to(Path file) throws IOException;
    }

    private static String both(int limit) {
        String rule = RULE.formatted(limit, "[đi xem]");
        return rule + rule.substring(rule.indexOf("  - id")).replace("busy", "other");
    }

    @Test
    void aDamagedFileTakesNothingOutOfForceAndPeopleAreTold() throws Exception {
        Path file = config.resolve("alarms.yaml");
        write(both(1));
        Pipeline pipeline = pipeline();
        ports = await(pipeline.start());
        try {
            register();
            receive();
            until("both alarms stand", () -> alarms().has("busy:" + AREA) && alarms().has("other:" + AREA));
            for (Damage damage : Damage.values()) {
                damage.doing.to(file);
                until(damage + " is told", () -> problem().contains(damage.said));
                if (damage == Damage.VANISHED) {
                    until("people are told on the page", () -> alarms().has("configuration-refused:kydai"));
                }
                Files.deleteIfExists(file);
                write(both(1));
                until(damage + " is mended", () -> problem().isEmpty());
            }
            assertEquals(Set.of("raised"), stepsOf("busy", "other"));

            FileTime modified = Files.getLastModifiedTime(file);
            write(both(9));
            Files.setLastModifiedTime(file, modified);
            until(
                    "a file of the same size and time is read",
                    () -> stateOf("other").equals("returned"));

            write(both(1).replace("id: other", "id: other\n    enabled: false"));
            until("the other rule holds", () -> stateOf("busy").equals("unacknowledged"));
            assertEquals("returned", stateOf("other"), "one is taken out by saying so");
        } finally {
            await(pipeline.stop());
        }
        Files.delete(file);
        Metrics another = new Metrics();
        Vertx restarted = another.vertx(new VertxOptions()).build();
        Pipeline again = new Pipeline(
                new Pipeline.Environment(restarted, another, TestSettings.onFreePorts(), config, data, clock));
        Throwable refused = assertThrows(ExecutionException.class, () -> await(again.start()))
                .getCause();
        await(restarted.close());
        another.close();
        assertTrue(refused.toString().contains("alarms.yaml: found no such file"), refused.toString());
    }

    private String stateOf(String rule) {
        return alarms().path(rule + ":" + AREA).path("state").asText();
    }

    private String problem() {
        return ready().at("/notes/configuration/0").asText();
    }

    private Set<String> stepsOf(String... rules) throws Exception {
        Database database = await(Database.open(vertx, Settings.DEFAULTS.database(), data, Database.Ownership.COMMAND));
        try {
            Set<String> steps = new TreeSet<>();
            await(database.pool()
                            .preparedQuery(
                                    "select data ->> 'step' from journal where kind = 'alarm' and data ->> 'rule' = any($1)")
                            .execute(Tuple.of((Object) rules)))
                    .forEach(row -> steps.add(row.getString(0)));
            return steps;
        } finally {
            await(database.close());
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
        return future.toCompletionStage().toCompletableFuture().get(180, TimeUnit.SECONDS);
    }
}
