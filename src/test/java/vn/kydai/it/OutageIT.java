package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.UnderLoad;

/** An external PostgreSQL that goes away under load and comes back. */
@UnderLoad
class OutageIT {
    private static final int CLIENTS = 10;
    private static final int EVENTS_EACH = 1_000;
    private static final int OUTAGE_SECONDS = 20;
    private static final String AREA = "19867";
    private static final String EARLIER = "2026-11-23T03:00:00Z";

    @TempDir
    private Path data = Path.of("target");

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void clientsOnlyWaitWhileTheDatabaseIsGone() throws Exception {
        // Given
        ExternalPostgres database = new ExternalPostgres(data.resolve("external"));
        try (ServerProcess server = new ServerProcess(data);
                ClientThreads threads = new ClientThreads()) {
            server.set("KYDAI_DATABASE_URI", database.uri());
            server.start();
            String reader = server.run("token", "add", "--role", "reader", "--scope", "477")
                    .output();
            AtomicInteger acknowledged = new AtomicInteger();
            CountDownLatch underLoad = new CountDownLatch(CLIENTS * EVENTS_EACH / 10);
            List<ResendingClient> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String desk = "outage-desk-" + i;
                String token = server.run("device", "add", "--area", AREA, "--id", desk, "--kind", "desk")
                        .output();
                clients.add(new ResendingClient(
                        desk,
                        token,
                        "kydai/v1/" + AREA + "/" + desk + "/ticket",
                        server.mqttPort(),
                        tickets(desk),
                        () -> {
                            acknowledged.incrementAndGet();
                            underLoad.countDown();
                        }));
            }
            Gate gate = new Gate();
            gate.open();
            List<Future<?>> running = new ArrayList<>();
            clients.forEach(client -> running.add(threads.submit(() -> {
                client.runToTheEnd(gate);
                return null;
            })));
            underLoad.await();

            // When
            database.stop();
            awaitReadiness(server, 503);
            int acknowledgedWhenGone = acknowledged.get();
            HttpResponse<String> whileGone =
                    new Api(server, reader).post("/api/v1/events", "any", "application/cloudevents+json", "{}");
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(OUTAGE_SECONDS, TimeUnit.SECONDS))
                    .join();
            int acknowledgedBeforeItCameBack = acknowledged.get();
            database.start();
            awaitReadiness(server, 200);
            for (Future<?> client : running) {
                client.get();
            }

            // Then
            assertEquals(acknowledgedWhenGone, acknowledgedBeforeItCameBack, "nothing is acknowledged meanwhile");
            assertEquals(503, whileGone.statusCode());
            assertTrue(whileGone.headers().firstValue("Retry-After").isPresent());
            JsonNode total = new Api(server, reader)
                    .get("/api/v1/ledger?date=" + java.time.LocalDate.now(java.time.ZoneId.of("Asia/Ho_Chi_Minh")))
                    .get("total");
            assertEquals(CLIENTS * EVENTS_EACH, total.get("committed").asInt(), total::toString);
            assertEquals(0, total.get("inFlight").asInt(), total::toString);
            assertEquals(0, server.stop());
        } finally {
            database.stop();
        }
    }

    private static Map<String, String> tickets(String desk) {
        Map<String, String> payloads = new LinkedHashMap<>();
        for (int i = 0; i < EVENTS_EACH; i++) {
            String id = desk + "-" + i;
            payloads.put(
                    id,
                    "{\"id\":\"%s\",\"time\":\"%s\",\"ticket\":\"T%04d\",\"step\":\"issued\"}"
                            .formatted(id, EARLIER, i));
        }
        return payloads;
    }

    private static void awaitReadiness(ServerProcess server, int status) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (System.nanoTime() < deadline) {
            HttpRequest request =
                    HttpRequest.newBuilder(server.management("/health/ready")).build();
            if (client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == status) {
                return;
            }
        }
        throw new AssertionError("readiness did not become " + status);
    }

    /** A PostgreSQL that is not the server's own, stopped and started on one port. */
    private static final class ExternalPostgres {
        private final Path directory;
        private EmbeddedPostgres running;

        ExternalPostgres(Path directory) throws IOException {
            this.directory = directory;
            this.running = launch(0);
        }

        String uri() {
            return "postgresql://postgres@127.0.0.1:" + running.getPort() + "/postgres";
        }

        void stop() throws IOException {
            running.close();
        }

        void start() throws IOException {
            running = launch(running.getPort());
        }

        private EmbeddedPostgres launch(int port) throws IOException {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(directory)
                    .setCleanDataDirectory(false)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setPGStartupWait(Duration.ofSeconds(30));
            return (port == 0 ? builder : builder.setPort(port)).start();
        }
    }
}
