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
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.StreamSupport;
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
import vn.kydai.journal.Readmissions;
import vn.kydai.ops.Metrics;
import vn.kydai.registry.Addition;
import vn.kydai.registry.SourceStore;
import vn.kydai.registry.Sources.SourceKind;
import vn.kydai.registry.WorkingCalendar;
import vn.kydai.report.CounterSeries;
import vn.kydai.verify.Verification;

/** Rows that SQL has made unreadable, as a build of yesterday or a damaged disk would have left them. */
class SetAsideServerTest {
    private static final String AREA = "19897";
    private static final String DAMAGE = "update journal set data = '{\"dossier\": 1}' where id = 'd-2'";
    private static final String DAMAGE_KIND = "update journal set kind = 'odd' where id = 'd-4'";
    private static final String REPAIR = "update journal set data = (select data || jsonb_build_object('dossier', "
            + "'000.00.21.H57-261124-0002') from journal where id = 'd-1') where id = 'd-2'";

    @TempDir
    private Path data = Path.of("target");

    @TempDir
    private Path config = Path.of("target");

    private final HttpClient client = HttpClient.newHttpClient();
    private final InstantSource clock = InstantSource.system();
    private final String device = Secrets.create();
    private Pipeline.Ports ports = new Pipeline.Ports(0, 0, 0);
    private String reader = "";

    @BeforeEach
    void copyTheConfiguration() throws IOException {
        TestSettings.copyShippedTo(config);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aRowThatBecomesUnreadableLeavesWallReplayPagesAndVerificationAlikeUntilItIsTakenAgain() throws Exception {
        running(() -> {
            register();
            List.of("d-1", "d-2", "d-3", "d-4").forEach(this::receive);
            until("all are counted", () -> received("") == 4);
            sql(DAMAGE);
            sql(DAMAGE_KIND);
            assertEquals(4, received(""), "the tail in memory is not touched");
        });
        running(() -> {
            JsonNode page = get("/api/v1/events?limit=1000&kind=dossier");
            assertEquals(List.of("d-1", "d-3"), texts(page.path("events"), event -> event.path("id")));
            until("the folds have begun anew", () -> received("") == 2);
            assertEquals(2, wall("").at("/data/freshness/setAside").asInt());
            String last = positions("d-3").getFirst();
            assertEquals(2, received("?position=" + last));
            assertEquals(1, received("?position=" + positions("d-1").getFirst()));
            assertEquals(2, received("?at=" + Json.time(clock.instant())));
            JsonNode quality = get("/api/v1/reports/quality?area=" + AREA);
            List<String> both = new ArrayList<>(positions("d-2"));
            both.addAll(positions("d-4"));
            assertEquals(both, texts(quality.path("setAside"), aside -> aside.path("position")));
            assertEquals("unreadable", quality.at("/setAside/0/reason").asText());
            assertEquals(2, ready().at("/folds/setAside").asInt());
            assertEquals("current", ready().at("/folds/status").asText());
            until("people are told", () -> get("/api/v1/alarms").path("alarms").has("events-set-aside:kydai"));
        });
        assertEquals(0, verified().differences());
        sql(REPAIR);
        long repaired = Long.parseLong(positions("d-2").getFirst());
        withDatabase(database -> new Readmissions(database.pool()).ask(repaired, "test", clock.instant()));
        running(() -> {
            until("it is taken again", () -> received("") == 3);
            assertEquals(1, wall("").at("/data/freshness/setAside").asInt());
            assertEquals(3, received("?at=" + Json.time(clock.instant())));
            // Damaged once more beside the running server, and seen by whoever reads far enough back.
            sql(DAMAGE);
        });
        assertEquals(0, verifiedWith(REPAIR).differences());
    }

    private interface Steps {
        void run() throws Exception;
    }

    private void running(Steps steps) throws Exception {
        Metrics metrics = new Metrics();
        Vertx vertx = metrics.vertx(new VertxOptions()).build();
        Pipeline pipeline =
                new Pipeline(new Pipeline.Environment(vertx, metrics, TestSettings.onFreePorts(), config, data, clock));
        try {
            ports = await(pipeline.start());
            if (!reader.isEmpty()) {
                until(
                        "the folds are there",
                        () -> ready().at("/folds/status").asText().equals("current"));
            }
            steps.run();
        } finally {
            await(pipeline.stop());
            await(vertx.close());
            metrics.close();
        }
    }

    private <T> T withDatabase(Function<Database, Future<T>> work) throws Exception {
        Vertx vertx = Vertx.vertx();
        Database database = await(Database.open(vertx, Settings.DEFAULTS.database(), data, Database.Ownership.COMMAND));
        try {
            return await(work.apply(database));
        } finally {
            await(database.close());
            await(vertx.close());
        }
    }

    private List<String> sql(String text) throws Exception {
        return withDatabase(database -> database.pool()
                .query(text)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> String.valueOf(row.getValue(0)))
                        .toList()));
    }

    private List<String> positions(String id) throws Exception {
        return sql("select position from journal where id = '" + id + "'");
    }

    private Verification.Result verifiedWith(String repair) throws Exception {
        sql(repair);
        return verified();
    }

    private Verification.Result verified() throws Exception {
        var today = WorkingCalendar.dateOf(clock.instant());
        Verification.Scope scope = new Verification.Scope(today.minusDays(40), today.plusDays(2), null);
        Verification.Result result = withDatabase(database -> new Verification(
                                database.pool(), Settings.DEFAULTS.aggregate(), CounterSeries::fallen)
                        .run(scope))
                .orElseThrow();
        assertTrue(result.buckets() > 0, "nothing was compared");
        return result;
    }

    private void register() throws Exception {
        Instant now = clock.instant();
        withDatabase(database -> new SourceStore(database.pool())
                .add(new Addition("desk-x", AREA, SourceKind.DESK, null, Secrets.hash(device)), now)
                .map(added -> ""));
        reader = withDatabase(database -> new Access(database.pool(), clock, 30, new SimpleMeterRegistry())
                .addToken(Role.READER, "477", 0, "test", now, "test"));
    }

    private void receive(String id) {
        String event = """
                {"specversion": "1.0", "id": "%s", "source": "/sources/desk-x", "type": "vn.kydai.dossier.v1",
                 "data": {"dossier": "000.00.21.H57-261124-000%s", "procedure": "1.004873", "status": 2,
                          "channel": "counter"}}""".formatted(id, id.substring(2));
        HttpRequest request = request(ports.httpPort(), "/api/v1/events", device)
                .header("Content-Type", "application/cloudevents+json")
                .POST(BodyPublishers.ofString(event))
                .build();
        until("the desk is known", () -> send(request).statusCode() == 200);
    }

    private int received(String query) {
        return wall(query).at("/data/figures/received/value").asInt();
    }

    private JsonNode wall(String query) {
        return get("/api/v1/areas/" + AREA + "/wall" + query);
    }

    private JsonNode get(String path) {
        return json(send(request(ports.httpPort(), path, reader).build()).body());
    }

    private JsonNode ready() {
        return json(
                send(request(ports.managementPort(), "/health/ready", reader).build())
                        .body());
    }

    private static List<String> texts(JsonNode nodes, Function<JsonNode, JsonNode> field) {
        List<String> texts = new ArrayList<>();
        nodes.forEach(node -> texts.add(field.apply(node).asText()));
        return texts;
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

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(200, TimeUnit.SECONDS);
    }
}
