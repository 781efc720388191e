package vn.kydai.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.kydai.config.Settings;

class ManagementTest {
    private final Metrics metrics = new Metrics();
    private final Vertx vertx = metrics.vertx(new VertxOptions()).build();
    private final Health health = new Health(metrics.registry());
    private final ManagementVerticle management =
            new ManagementVerticle(new Settings.Management("127.0.0.1", 0), health, metrics.registry());
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws TimeoutException {
        vertx.deployVerticle(management).await(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws TimeoutException {
        client.close();
        vertx.close().await(10, TimeUnit.SECONDS);
        metrics.close();
    }

    @Test
    void readinessNamesWhatIsNotReadyAndGoesGreenByItself() throws Exception {
        AtomicBoolean isJournalUp = new AtomicBoolean();
        health.register("journal", isJournalUp::get);
        health.register("fold", () -> true);

        HttpResponse<String> red = get("/health/ready");
        assertEquals(503, red.statusCode());
        assertEquals(
                "{\"checks\":{\"fold\":\"up\",\"journal\":\"down\"},\"notReady\":[\"journal\"],\"status\":\"not ready\"}",
                red.body());

        isJournalUp.set(true);
        HttpResponse<String> green = get("/health/ready");
        assertEquals(200, green.statusCode());
        assertEquals("{\"checks\":{\"fold\":\"up\",\"journal\":\"up\"},\"status\":\"ready\"}", green.body());
        assertTrue(health.isReady());
    }

    @Test
    void aCheckThatThrowsIsRed() throws Exception {
        health.register("odd", () -> {
            throw new IllegalStateException("x");
        });

        assertEquals(503, get("/health/ready").statusCode());
        assertEquals(200, get("/health/live").statusCode());
    }

    @Test
    void aNameIsTakenOnce() {
        health.register("journal", () -> true);

        assertThrows(IllegalArgumentException.class, () -> health.register("journal", () -> true));
    }

    @Test
    void metricsTellOfTheJvmNettyVertxAndTheEventLoop() throws Exception {
        metrics.registry().counter("kydai.test.counted").increment();

        String text = get("/metrics").body();

        for (String name : new String[] {
            "jvm_memory_used_bytes", "netty_allocator_memory_used", "vertx_http_server_active_connections",
            "kydai_eventloop_lag_seconds", "kydai_test_counted_total 1.0", "process_files_open_files"
        }) {
            assertTrue(text.contains(name), name + " is missing in\n" + text);
        }
    }

    @Test
    void nothingElseIsHere() throws Exception {
        assertEquals(404, get("/api/v1/events").statusCode());
        HttpRequest post = HttpRequest.newBuilder(uri("/metrics"))
                .POST(BodyPublishers.noBody())
                .build();
        assertEquals(405, client.send(post, BodyHandlers.ofString()).statusCode());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + management.port() + path);
    }
}
