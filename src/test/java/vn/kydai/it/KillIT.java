package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.UnderLoad;

/** Promise 1: kill -9 at any moment loses no acknowledged event and counts none twice. */
@UnderLoad
class KillIT {
    private static final int CLIENTS = 50;
    private static final int EVENTS_EACH = 400;
    private static final int EVENTS = CLIENTS * EVENTS_EACH;
    private static final int KILLS = 20;
    private static final int GENERATED_KILLS = 4;
    private static final int GENERATED_BATCH = 50;
    private static final int BATCHES_BETWEEN_KILLS = 60;
    private static final String AREA = "19867";
    private static final String NOW = "2026-11-23T03:00:00Z";

    @TempDir
    private Path data = Path.of("target");

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void holdsEveryAcknowledgedEventExactlyOnceAfterTwentyKills() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("KillIT seed: " + seed + "L");
        Random random = new Random(seed);

        // Given
        TestTokens tokens = TestTokens.register(data, deskIds(), AREA);
        try (ServerProcess server = new ServerProcess(data);
                ClientThreads threads = new ClientThreads()) {
            server.set("KYDAI_AGGREGATE_CHECKPOINT_SECONDS", "1");
            Gate gate = new Gate();
            AtomicInteger acknowledged = new AtomicInteger();
            List<KillPoint> kills = killPoints(random);
            List<ResendingClient> clients = new ArrayList<>();
            for (String desk : deskIds()) {
                clients.add(new ResendingClient(
                        desk,
                        tokens.of(desk),
                        "kydai/v1/" + AREA + "/" + desk + "/dossier",
                        server.mqttPort(),
                        dossiers(desk),
                        () -> reach(acknowledged.incrementAndGet(), kills)));
            }
            server.start();
            gate.open();

            // When
            List<Future<?>> running = new ArrayList<>();
            clients.forEach(client -> running.add(threads.submit(() -> {
                client.runToTheEnd(gate);
                return null;
            })));
            int killsWithWorkInFlight = 0;
            for (KillPoint kill : kills) {
                kill.reached.await();
                int inFlight =
                        clients.stream().mapToInt(ResendingClient::inFlight).sum();
                gate.close();
                server.killAll();
                killsWithWorkInFlight += inFlight > 0 ? 1 : 0;
                server.start();
                gate.open();
            }
            for (Future<?> client : running) {
                client.get();
            }

            // Then
            int inFlightKills = killsWithWorkInFlight;
            Api api = new Api(server, tokens.reader());
            assertAll(
                    () -> assertTrue(inFlightKills > KILLS / 2, "kills with work in flight: " + inFlightKills),
                    () -> assertEquals(acknowledgedIds(clients), journaledIds(api)),
                    () -> assertLedgerAddsUp(api),
                    () -> assertWallShows(api),
                    () -> assertVerified(server));
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void whicheverWayAGeneratedEventComesItIsJournaledOnceOrRefusedForItsReasonOverKills() throws Exception {
        long seed = Long.getLong("kydai.seed", System.nanoTime());
        System.out.println("KillIT seed of the generated events: " + seed + "L");
        Random random = new Random(seed);

        // Given
        try (GeneratedCentre centre =
                        new GeneratedCentre(data, seed, Clock.systemUTC().instant());
                ClientThreads threads = new ClientThreads()) {
            centre.server.set("KYDAI_AGGREGATE_CHECKPOINT_SECONDS", "1");
            centre.server.start();
            centre.gate.open();
            AtomicBoolean isOver = new AtomicBoolean();
            Semaphore sent = new Semaphore(0);
            List<Future<?>> sending = new ArrayList<>();
            for (GeneratedSource source : centre.sources) {
                sending.add(threads.submit(() -> {
                    while (!isOver.get()) {
                        source.send(GENERATED_BATCH, centre.gate);
                        sent.release();
                    }
                    return null;
                }));
            }

            // When
            try {
                for (int kill = 0; kill < GENERATED_KILLS; kill++) {
                    await(sent, centre.sources.size() + random.nextInt(BATCHES_BETWEEN_KILLS), sending);
                    centre.killAndStart();
                }
                await(sent, centre.sources.size(), sending);
                isOver.set(true);
            } finally {
                if (!isOver.get()) {
                    sending.forEach(client -> client.cancel(true));
                }
            }
            for (Future<?> client : sending) {
                client.get();
            }

            // Then
            JsonNode last = centre.settled();
            System.out.printf(
                    "%s taken, %s of them before the acknowledgement was cut off%n",
                    centre.sources.stream().map(GeneratedSource::taken).toList(),
                    centre.sources.stream().map(GeneratedSource::repeats).toList());
            centre.assertJournaledOnce();
            centre.assertLedgerAddsUp();
            centre.assertRefusedForAReason();
            assertEquals(last, centre.fold(last), "the wall is the fold of its own moment");
            assertVerified(centre.server);
        }
    }

    /** Waits until so many more batches were answered; a sender that found a wrong answer says so instead. */
    private static void await(Semaphore sent, int batches, List<Future<?>> sending) throws Exception {
        sent.drainPermits();
        while (!sent.tryAcquire(batches, 1, TimeUnit.SECONDS)) {
            for (Future<?> client : sending) {
                if (client.isDone()) {
                    client.get();
                }
            }
        }
    }

    private static void reach(int count, List<KillPoint> kills) {
        for (KillPoint kill : kills) {
            if (count >= kill.atAcknowledged) {
                kill.reached.countDown();
            }
        }
    }

    /** A moment to kill at, told by progress and not by the clock, so that a slow machine sees the same ones. */
    private record KillPoint(int atAcknowledged, CountDownLatch reached) {}

    private static List<KillPoint> killPoints(Random random) {
        TreeSet<Integer> moments = new TreeSet<>();
        while (moments.size() < KILLS) {
            moments.add(random.nextInt(1, EVENTS - EVENTS / 20));
        }
        return moments.stream()
                .map(moment -> new KillPoint(moment, new CountDownLatch(1)))
                .toList();
    }

    private static List<String> deskIds() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            ids.add("kill-desk-%02d".formatted(i));
        }
        return ids;
    }

    private static Map<String, String> dossiers(String desk) {
        Map<String, String> payloads = new LinkedHashMap<>();
        for (int i = 0; i < EVENTS_EACH; i++) {
            String id = desk + "-" + i;
            payloads.put(id, dossier(id, NOW, i, desk));
        }
        return payloads;
    }

    /** A dossier received, as a desk reports it; the desk's last two characters and the number make its code. */
    static String dossier(String id, String time, int number, String desk) {
        return """
                {"id":"%s","time":"%s","seq":%d,"dossier":"000.00.%s.H57-261125-%04d","procedure":"1.004873","status":2,"channel":"counter"}""".formatted(id, time, number, desk.substring(desk.length() - 2), number);
    }

    private static Set<String> acknowledgedIds(List<ResendingClient> clients) {
        Set<String> ids = new TreeSet<>();
        clients.forEach(client -> ids.addAll(client.acknowledged()));
        return ids;
    }

    private static Set<String> journaledIds(Api api) throws Exception {
        List<String> ids = new ArrayList<>();
        String after = "";
        while (true) {
            JsonNode page = api.get("/api/v1/events?kind=dossier&limit=1000" + after);
            page.get("events").forEach(event -> ids.add(event.get("id").asText()));
            String next = "&after=" + page.get("next").asText();
            if (page.get("events").isEmpty() && next.equals(after)) {
                break;
            }
            after = next;
        }
        Set<String> distinct = new LinkedHashSet<>(ids);
        assertEquals(distinct.size(), ids.size(), "no event is journaled twice");
        return new TreeSet<>(distinct);
    }

    private static void assertLedgerAddsUp(Api api) throws Exception {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
        long committed = 0;
        for (LocalDate day : List.of(today.minusDays(1), today)) {
            JsonNode total = api.get("/api/v1/ledger?date=" + day).get("total");
            committed += total.get("committed").asLong();
            assertEquals(
                    total.get("received").asLong(),
                    total.get("committed").asLong()
                            + total.get("duplicate").asLong()
                            + total.get("rejected").asLong()
                            + total.get("refused").asLong()
                            + total.get("interrupted").asLong()
                            + total.get("inFlight").asLong(),
                    () -> "the ledger adds up: " + total);
            assertEquals(0, total.get("inFlight").asLong());
        }
        assertEquals(EVENTS, committed);
    }

    /** Checkpoints were cut short by the kills too; what they kept is what the journal says. */
    private static void assertVerified(ServerProcess server) throws Exception {
        server.stop();
        ServerProcess.Result verified = server.run("verify");
        assertEquals(0, verified.exitCode(), verified.output());
        assertTrue(verified.output().contains(" 0 differences"), verified.output());
    }

    private static void assertWallShows(Api api) throws Exception {
        JsonNode wall =
                api.get("/api/v1/areas/477/wall?at=" + NOW + "&known=now").get("data");
        assertEquals(EVENTS, wall.at("/figures/received/value").asInt());
        assertEquals(
                EVENTS, wall.at("/children/" + AREA + "/figures/received/value").asInt());
    }
}
