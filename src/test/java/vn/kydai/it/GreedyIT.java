package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.UnderLoad;

/**
 * What nine desks, a wall and a person who signs in notice of one token and one address that do all they can: measured
 * first without, then beside them, {@code -Dkydai.greedy} seconds each. docs/performance.md has the figures.
 */
@EnabledIfSystemProperty(named = "kydai.greedy", matches = "[1-9][0-9]*")
@UnderLoad
class GreedyIT {
    private static final String AREA = "19867";
    private static final List<String> DESKS =
            IntStream.range(0, 9).mapToObj(i -> "quiet-" + i).toList();
    private static final String GREEDY = "greedy";
    private static final long DESK_PACE_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LOOK_PACE_NS = TimeUnit.MILLISECONDS.toNanos(500);

    @TempDir
    private Path data = Path.of("target");

    /** What others noticed, in nanoseconds. */
    private record Noticed(Queue<Long> acknowledged, Queue<Long> wall, Queue<Long> signIn, AtomicInteger failed) {
        Noticed() {
            this(
                    new ConcurrentLinkedQueue<>(),
                    new ConcurrentLinkedQueue<>(),
                    new ConcurrentLinkedQueue<>(),
                    new AtomicInteger());
        }

        static double millis(Queue<Long> times, double share) {
            List<Long> sorted = times.stream().sorted().toList();
            return sorted.isEmpty() ? Double.NaN : sorted.get((int) (share * (sorted.size() - 1))) / 1e6;
        }

        String row(String name) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %d | %.1f | %.1f | %.1f | %.1f | %d |",
                    name,
                    acknowledged.size(),
                    millis(acknowledged, 0.5),
                    millis(acknowledged, 0.99),
                    millis(wall, 0.99),
                    millis(signIn, 0.99),
                    failed.get());
        }
    }

    @Test
    void oneTokenAndOneAddressThatDoAllTheyCanAreNotNoticedByOthers() throws Exception {
        // Given
        List<String> all = new ArrayList<>(DESKS);
        all.add(GREEDY);
        TestTokens tokens = TestTokens.register(data, all, AREA);
        try (ServerProcess server = new ServerProcess(data)) {
            server.start();
            String password = server.run("user", "add", "--name", "an", "--role", "operator", "--scope", "477")
                    .output();
            String wall = server.run("token", "add", "--role", "wall", "--scope", "477")
                    .output();
            Noticed warmUp = notice(server, tokens, wall, password);
            Noticed without = notice(server, tokens, wall, password);

            // When
            Noticed beside;
            try (GreedyClient greedy = new GreedyClient(server, GREEDY, tokens.of(GREEDY), tokens.reader(), AREA)) {
                greedy.begin();
                beside = notice(server, tokens, wall, password);
                System.out.println("greedy: " + greedy.told());
            }

            // Then
            System.out.println("| | acknowledged | PUBACK p50 ms | p99 | wall p99 | sign-in p99 | failed |");
            System.out.println(warmUp.row("warm-up"));
            System.out.println(without.row("alone"));
            System.out.println(beside.row("beside one that is greedy"));
            double alone = Noticed.millis(without.acknowledged(), 0.99);
            double shared = Noticed.millis(beside.acknowledged(), 0.99);
            assertAll(
                    () -> assertEquals(0, beside.failed().get(), "refused or broken"),
                    () -> assertTrue(shared <= 2 * alone, "PUBACK p99 " + shared + " ms beside, " + alone + " alone"),
                    () -> assertTrue(Noticed.millis(beside.wall(), 0.99) < 2_000, "walls are usable"),
                    () -> assertTrue(Noticed.millis(beside.signIn(), 0.99) < 2_000, "signing in is usable"));
        }
    }

    private static Noticed notice(ServerProcess server, TestTokens tokens, String wall, String password)
            throws Exception {
        Noticed noticed = new Noticed();
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.getLong("kydai.greedy", 10));
        try (ClientThreads threads = new ClientThreads();
                HttpClient http = HttpClient.newHttpClient()) {
            List<Future<?>> running = new ArrayList<>();
            for (String desk : DESKS) {
                running.add(threads.submit(() -> {
                    while (System.nanoTime() < endNs) {
                        try (PacedDesk paced = PacedDesk.connect(server.mqttPort(), desk, tokens.of(desk), AREA)) {
                            every(
                                    DESK_PACE_NS,
                                    endNs,
                                    noticed.failed(),
                                    () -> noticed.acknowledged().add(paced.publishNs()));
                        } catch (RuntimeException refused) {
                            System.out.println("failed: " + refused);
                            noticed.failed().incrementAndGet();
                        }
                    }
                    return null;
                }));
            }
            HttpRequest look = HttpRequest.newBuilder(server.http("/api/v1/areas/477/wall"))
                    .header("Authorization", "Bearer " + wall)
                    .build();
            HttpRequest enter = HttpRequest.newBuilder(server.http("/api/v1/session"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"user\":\"an\",\"password\":\"" + password + "\"}"))
                    .build();
            running.add(threads.submit(() -> {
                every(
                        LOOK_PACE_NS,
                        endNs,
                        noticed.failed(),
                        () -> noticed.wall().add(answeredNs(http, look)));
                return null;
            }));
            running.add(threads.submit(() -> {
                every(
                        LOOK_PACE_NS,
                        endNs,
                        noticed.failed(),
                        () -> noticed.signIn().add(answeredNs(http, enter)));
                return null;
            }));
            for (Future<?> each : running) {
                each.get();
            }
        }
        return noticed;
    }

    /** Something others do. */
    private interface Deed {
        boolean run() throws Exception;
    }

    private static void every(long paceNs, long endNs, AtomicInteger failed, Deed deed) {
        while (System.nanoTime() < endNs) {
            long nextNs = System.nanoTime() + paceNs;
            try {
                boolean unused = deed.run();
            } catch (Exception e) {
                System.out.println("failed: " + e);
                failed.incrementAndGet();
            }
            LockSupport.parkNanos(Math.max(0, nextNs - System.nanoTime()));
        }
    }

    private static long answeredNs(HttpClient http, HttpRequest request) throws IOException, InterruptedException {
        long sinceNs = System.nanoTime();
        int status = http.send(request, BodyHandlers.ofString()).statusCode();
        if (status / 100 != 2) {
            throw new IOException(request.uri().getPath() + " answered " + status);
        }
        return System.nanoTime() - sinceNs;
    }
}
