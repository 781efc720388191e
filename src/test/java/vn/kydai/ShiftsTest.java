package vn.kydai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.observe.Patience.until;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
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
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.access.Access;
import vn.kydai.access.Account;
import vn.kydai.access.Role;
import vn.kydai.access.Secrets;
import vn.kydai.access.SignInResult;
import vn.kydai.config.Settings;
import vn.kydai.config.TestSettings;
import vn.kydai.database.Database;
import vn.kydai.event.codec.Json;
import vn.kydai.ops.Metrics;
import vn.kydai.registry.Addition;
import vn.kydai.registry.SourceStore;
import vn.kydai.registry.Sources.SourceKind;

/** Shifts of a whole server: who is on duty, and what one hands the next. */
class ShiftsTest {
    private static final String AREA = "19897";
    private static final String RULES = """
            rules:
              - {id: busy, watch: figure, figure: received, areaLevel: commune, steps: [{at: 1, severity: low}],
                 who: trực ban, reason: r, consequence: c, response: [đi xem]}
            """;
    private static final String ROSTER = """
            duties:
              - {area: "477", people: [{user: lan, post: Trực ban, channels: [zalo]}, {user: binh}]}
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
    private final Map<String, String> sessions = new HashMap<>();
    private int port;

    @BeforeEach
    void copyTheConfiguration() throws IOException {
        TestSettings.copyShippedTo(config);
        Files.writeString(config.resolve("alarms.yaml"), RULES);
        Files.writeString(config.resolve("roster.yaml"), ROSTER);
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        await(vertx.close());
        metrics.close();
    }

    @Test
    void aShiftIsHandedOverWithItsOpenAlarmsAndANote() throws Exception {
        Pipeline pipeline =
                new Pipeline(new Pipeline.Environment(vertx, metrics, TestSettings.onFreePorts(), config, data, clock));
        port = await(pipeline.start()).httpPort();
        try {
            register();
            receive();
            until(
                    "the alarm is raised",
                    () -> get("/api/v1/alarms").path("alarms").has("busy:" + AREA));

            String order = "{\"to\":\"binh\",\"note\":\"canh cống An Xuân\"}";
            HttpResponse<String> handed = handOver("lan", order, "k-1");
            HttpResponse<String> repeated = handOver("lan", order, "k-1");
            HttpResponse<String> other = handOver("lan", order.replace("binh", "chi"), "k-1");

            assertEquals(200, handed.statusCode(), handed.body());
            assertEquals(200, repeated.statusCode(), repeated.body());
            assertEquals(409, other.statusCode(), other.body());
            assertEquals(
                    "binh",
                    get("/api/v1/alarms")
                            .at("/alarms/busy:" + AREA + "/holder/by")
                            .asText());
            JsonNode shifts = get("/api/v1/shifts");
            assertEquals("lan", shifts.at("/onDuty/477/0/user").asText());
            assertEquals("zalo", shifts.at("/onDuty/477/0/channels/0").asText());
            assertEquals("binh", shifts.at("/onDuty/477/1/user").asText());
            assertTrue(shifts.path("mayTake").has("binh"), shifts::toString);
            assertFalse(shifts.path("mayTake").has("lan"), "nobody hands over to himself");
            assertFalse(shifts.path("mayTake").has("neighbour"), "nor to somebody of elsewhere");
            assertFalse(shifts.path("mayTake").has("reader"), "nor to one who may only look");
            assertEquals(1, shifts.path("handOvers").size(), shifts::toString);
            JsonNode last = shifts.at("/handOvers/0");
            assertEquals("lan", last.path("by").asText());
            assertEquals("binh", last.path("to").asText());
            assertEquals("canh cống An Xuân", last.path("note").asText());
            assertEquals("busy:" + AREA, last.at("/alarms/0").asText());
            assertEquals(1, last.path("alarms").size());
            assertTrue(last.path("acceptedAt").isMissingNode());
            String taken = "{\"position\":\"" + last.path("position").asText() + "\"}";
            assertEquals(403, accept("chi", taken).statusCode(), "it was handed to somebody else");
            assertEquals(404, accept("binh", "{\"position\":\"1\"}").statusCode());
            assertEquals(400, accept("binh", "{\"position\":\"soon\"}").statusCode());
            HttpResponse<String> accepted = accept("binh", taken);
            assertEquals(200, accepted.statusCode(), accepted.body());
            assertEquals(accepted.body(), accept("binh", taken).body(), "once taken it stays so");
            assertEquals(
                    get("/api/v1/shifts").at("/handOvers/0/acceptedAt").asText(),
                    Json.MAPPER.readTree(accepted.body()).path("acceptedAt").asText());
            assertTrue(
                    get("/api/v1/alarms?state=normal").path("alarms").isEmpty(), "a hand-over is no alarm of its own");
        } finally {
            await(pipeline.stop());
        }
    }

    @Test
    void onlySomebodyWhoMayActThereTakesAShift() throws Exception {
        Pipeline pipeline =
                new Pipeline(new Pipeline.Environment(vertx, metrics, TestSettings.onFreePorts(), config, data, clock));
        port = await(pipeline.start()).httpPort();
        try {
            register();

            for (String to : new String[] {"lan", "reader", "neighbour", "nobody"}) {
                HttpResponse<String> refused = handOver("lan", "{\"to\":\"" + to + "\"}", null);
                assertEquals(400, refused.statusCode(), to);
            }
            assertEquals(
                    400,
                    handOver("lan", "{\"to\":\"binh\",\"color\":\"red\"}", null).statusCode());
            assertEquals(403, handOver("reader", "{\"to\":\"binh\"}", null).statusCode());
            assertEquals(
                    403,
                    handOver("neighbour", "{\"to\":\"binh\",\"area\":\"477\"}", null)
                            .statusCode());
            assertEquals(
                    404,
                    handOver("lan", "{\"to\":\"binh\",\"area\":\"nowhere\"}", null)
                            .statusCode());
            assertEquals(200, handOver("lan", "{\"to\":\"binh\"}", null).statusCode());
            assertEquals(1, get("/api/v1/shifts").path("handOvers").size(), "without an open alarm too");
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
        person(access, "lan", Role.OPERATOR, "477");
        person(access, "binh", Role.COMMANDER, "46");
        person(access, "chi", Role.OPERATOR, "477");
        person(access, "reader", Role.READER, "477");
        person(access, "neighbour", Role.OPERATOR, "19870");
        await(database.close());
    }

    private void person(Access access, String name, Role role, String scope) throws Exception {
        String password = await(access.people().add(new Account.Terms(name, "", role, scope), "test", "-"))
                .orElseThrow();
        if (await(access.people().signIn(name, password, null, "127.0.0.1")) instanceof SignInResult.Opened opened) {
            sessions.put(name, opened.session().secret());
        }
    }

    private void receive() {
        String event = """
                {"specversion": "1.0", "id": "d-1", "source": "/sources/desk-x", "type": "vn.kydai.dossier.v1",
                 "data": {"dossier": "000.00.21.H57-261124-0001", "procedure": "1.004873", "status": 2,
                          "channel": "counter"}}""";
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/events"))
                .header("Authorization", "Bearer " + device)
                .header("Content-Type", "application/cloudevents+json")
                .POST(BodyPublishers.ofString(event))
                .build();
        until("the desk is known", () -> send(request).statusCode() == 200);
    }

    private HttpResponse<String> accept(String by, String body) {
        return send(person("/api/v1/shifts/accept", by)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> handOver(String by, String body, String key) {
        HttpRequest.Builder request = person("/api/v1/shifts/hand-over", by)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return send(request.build());
    }

    private JsonNode get(String path) {
        try {
            return Json.MAPPER.readTree(send(person(path, "lan").build()).body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder person(String path, String name) {
        String here = "http://127.0.0.1:" + port;
        return HttpRequest.newBuilder(URI.create(here + path))
                .header("Cookie", "kydai=" + sessions.get(name))
                .header("Origin", here);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(180, TimeUnit.SECONDS);
    }
}
