package vn.kydai.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.Pipeline;
import vn.kydai.config.TestSettings;
import vn.kydai.ops.Metrics;

/** Holds {@code docs/metrics.md} against a running server; with {@code -Dkydai.docs.update=true} it writes the page. */
class MetricsDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/metrics.md");

    /** Every label there may be: each has values that the code, the JVM or the libraries fix. */
    private static final Set<String> LABELS = Set.of(
            "bound",
            "protocol",
            "kind",
            "outcome",
            "cause",
            "reason",
            "status",
            "step",
            "way",
            "result",
            "code",
            "check",
            "le",
            "area",
            "id",
            "pool",
            "state",
            "action",
            "gc",
            "allocator_type",
            "memory_type",
            "cache_type",
            "name",
            "pool_name",
            "pool_type",
            "route",
            "class");

    @TempDir
    private static Path data = Path.of("target");

    private static Exposition scraped = new Exposition(new TreeMap<>());

    @BeforeAll
    static void scrapeARunningServer() throws Exception {
        Metrics metrics = new Metrics();
        Vertx vertx = metrics.vertx(new VertxOptions()).build();
        Pipeline pipeline = new Pipeline(new Pipeline.Environment(
                vertx, metrics, TestSettings.onFreePorts(), Path.of("config"), data, InstantSource.system()));
        try (HttpClient client = HttpClient.newHttpClient()) {
            Pipeline.Ports ports = await(pipeline.start());
            URI page = URI.create("http://127.0.0.1:" + ports.httpPort() + "/openapi.json");
            client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.discarding());
            System.gc();
            scraped = scrapeWhenComplete(client, URI.create("http://127.0.0.1:" + ports.managementPort() + "/metrics"));
        } finally {
            await(pipeline.stop());
            await(vertx.close());
            metrics.close();
        }
        if (Boolean.getBoolean("kydai.docs.update")) {
            SortedMap<String, String> rows = MetricsDocument.rows(document());
            rows.keySet().removeIf(name -> !mayBeAbsent(name));
            rows.putAll(MetricsDocument.rows(scraped));
            Files.writeString(DOCUMENT, MetricsDocument.text(rows));
        }
    }

    @Test
    void thePageListsEveryMetricOfOurs() throws Exception {
        SortedMap<String, String> documented = MetricsDocument.rows(document());
        SortedMap<String, String> found = MetricsDocument.rows(scraped);
        documented.keySet().removeIf(name -> !name.startsWith("kydai_"));
        found.keySet().removeIf(name -> !name.startsWith("kydai_"));

        assertEquals(lines(found), lines(documented), "see the first lines of docs/metrics.md for how to update it");
    }

    @Test
    void thePageListsEveryMetricOfTheLibrariesToo() throws Exception {
        Set<String> documented = new TreeSet<>(MetricsDocument.rows(document()).keySet());
        Set<String> found = new TreeSet<>(scraped.families().keySet());
        documented.removeIf(MetricsDocumentTest::mayBeAbsent);
        found.removeIf(MetricsDocumentTest::mayBeAbsent);

        assertEquals(found, documented, "see the first lines of docs/metrics.md for how to update it");
    }

    @Test
    void thePageIsWhatTheCommandWrites() throws Exception {
        assertEquals(MetricsDocument.text(MetricsDocument.rows(document())), document());
    }

    @Test
    void everyMetricOfOursIsDescribed() {
        List<String> silent = scraped.families().values().stream()
                .filter(family -> family.isOurs() && family.help().isBlank())
                .map(Exposition.Family::name)
                .toList();

        assertEquals(List.of(), silent);
    }

    @Test
    void noLabelCanTakeValuesWithoutEnd() {
        Set<String> unknown = scraped.families().values().stream()
                .flatMap(family -> family.labels().keySet().stream())
                .filter(label -> !LABELS.contains(label))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Set.of(), unknown, "a label is one of a closed list, and its values are closed too");
        assertTrue(
                scraped.families().values().stream()
                        .flatMap(family -> family.labels().values().stream())
                        .allMatch(values -> values.size() < 40),
                "some label has very many values");
    }

    private static boolean mayBeAbsent(String name) {
        return MetricsDocument.MAY_BE_ABSENT.stream().anyMatch(name::startsWith);
    }

    private static String lines(SortedMap<String, String> rows) {
        return String.join("\n", rows.values());
    }

    private static String document() throws Exception {
        return Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "";
    }

    /** Vert.x counts a request only after its answer has left. */
    private static Exposition scrapeWhenComplete(HttpClient client, URI metrics) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            String text = client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                    .body();
            if (text.contains("vertx_http_server_response_time_seconds_count") || System.nanoTime() > deadline) {
                return Exposition.parse(text);
            }
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
