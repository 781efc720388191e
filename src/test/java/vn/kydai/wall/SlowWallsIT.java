package vn.kydai.wall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocket;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.kydai.config.Settings;
import vn.kydai.event.Picture;
import vn.kydai.event.codec.Json;

/**
 * 200 sockets of which 20 never read, and one more that stops for a while. The others set the pace: the next picture
 * comes when all of them have the last, so that a loaded machine slows the test down and does not fail it.
 */
class SlowWallsIT {
    private static final int HEALTHY = 180;
    private static final int NEVER_READING = 20;
    private static final int STALL_MS = 2_500;
    private static final int MIN_TICKS = 200;
    private static final int TICKS_A_SAMPLE = 5;
    private static final Duration STEP = Duration.ofMinutes(1);

    /** Small, so that a test need not fill the megabytes that loopback grants. */
    private static final int SEND_BUFFER_BYTES = 16_384;

    private final PictureWalk walk = new PictureWalk(seed(), 11, 40);
    private final List<Healthy> healthy = new ArrayList<>();
    private final List<Long> heapAfterGc = new ArrayList<>();

    private int ticks;

    private static long seed() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        return seed;
    }

    /** Reads at once, and keeps nothing but where it is. */
    private static final class Healthy {
        private final AtomicLong seq = new AtomicLong();
        private final AtomicLong missed = new AtomicLong();

        void heard(String text) {
            boolean isPatch = text.endsWith("\"type\":\"patch\"}");
            if (!isPatch && !text.endsWith("\"type\":\"snapshot\"}")) {
                return;
            }
            long next = number(text, "\"seq\":");
            if (isPatch && (number(text, "\"prev\":") != seq.get() || next != seq.get() + 1)) {
                missed.incrementAndGet();
            }
            seq.set(next);
        }

        private static long number(String text, String name) {
            int from = text.lastIndexOf(name) + name.length();
            return Long.parseLong(text, from, text.indexOf(',', from), 10);
        }
    }

    @Test
    @Timeout(value = 120)
    void slowSocketsCostTheOthersNothing() throws IOException {
        Settings.Wall settings = new Settings.Wall(20, 1_000, STALL_MS, 50, 1_000, 1);
        HttpServerOptions options = new HttpServerOptions()
                .setSendBufferSize(SEND_BUFFER_BYTES)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
        try (WallServer server = new WallServer(settings, walk.at(), options)) {
            server.show(walk.after(6_000, Duration.ofMinutes(5)));
            warmUp(server);
            long files = openFiles();
            int threads = threads();

            List<WebSocket> sockets = openHealthy(server);
            // Alone: of several that do not read nobody could tell which one was too full.
            try (RawSocket pausing = subscribed(server)) {
                runUntilSkipped(server);
                mergedPatchApplies(server, pausing);
            }
            List<RawSocket> stuck = new ArrayList<>();
            for (int i = 0; i < NEVER_READING; i++) {
                stuck.add(subscribed(server));
            }
            runUntilStalled(server);
            RawSocket deaf = stuck.removeLast();
            try (deaf) {
                for (RawSocket socket : stuck) {
                    assertEquals(CloseCode.STALLED.code(), closeCode(socket));
                }

                assertEquals(NEVER_READING, stalled(server));
                await(() -> server.gauge("kydai.wall.sockets") == sockets.size());
            }
            assertEquals(0, healthy.stream().mapToLong(one -> one.missed.get()).sum());
            runTheRest(server);
            heapStaysFlat();
            sockets.forEach(socket -> WallServer.await(socket.close()));
            await(() -> openFiles() <= files && threads() <= threads);
            assertEquals(0, server.gauge("kydai.wall.sockets"));
            System.out.println("skipped " + server.count("kydai.wall.skipped") + ", heap after GC " + heapAfterGc
                    + ", files " + files + " -> " + openFiles() + ", threads " + threads + " -> " + threads());
        }
    }

    /** Starts every thread that will be needed, so that they do not count as new. */
    private void warmUp(WallServer server) throws IOException {
        List<WebSocket> sockets = openHealthy(server);
        try (RawSocket socket = subscribed(server)) {
            assertTrue(socket.read().text().contains("hello"));
        }
        tick(server);
        sockets.forEach(socket -> WallServer.await(socket.close()));
        healthy.clear();
        await(() -> server.gauge("kydai.wall.sockets") == 0);
    }

    private List<WebSocket> openHealthy(WallServer server) {
        List<WebSocket> sockets = new ArrayList<>();
        for (int i = 0; i < HEALTHY; i++) {
            Healthy one = new Healthy();
            WebSocket socket = WallServer.await(server.raw(PictureWalk.DISTRICT, one::heard));
            WallServer.await(socket.writeTextMessage("{\"type\":\"subscribe\",\"scope\":\"477\",\"view\":\"wall\"}"));
            healthy.add(one);
            sockets.add(socket);
        }
        await(() -> healthy.stream().allMatch(one -> one.seq.get() > 0));
        return sockets;
    }

    private static RawSocket subscribed(WallServer server) throws IOException {
        RawSocket socket = new RawSocket(server.port(), PictureWalk.DISTRICT);
        socket.send("{'type':'subscribe','scope':'477','view':'wall'}");
        return socket;
    }

    /** Shows a picture that changes something, and waits until every healthy socket has it. */
    private void tick(WallServer server) {
        long before = walk.picture().position();
        Picture picture = walk.after(5, STEP);
        while (picture.position() == before) {
            picture = walk.next(STEP);
        }
        long expected = healthy.getFirst().seq.get() + 1;
        server.pass(STEP);
        server.show(picture);
        await(() -> healthy.stream().allMatch(one -> one.seq.get() >= expected));
        if (++ticks % TICKS_A_SAMPLE == 0) {
            heapAfterGc.add(usedHeap());
        }
    }

    /** Shows pictures until the socket that does not read was too full for two in a row. */
    private void runUntilSkipped(WallServer server) {
        while (server.count("kydai.wall.skipped") < 2) {
            tick(server);
        }
    }

    /** Reads what a socket that had stopped gets, up to where the others are. */
    private void mergedPatchApplies(WallServer server, RawSocket socket) throws IOException {
        JsonNode document = Json.MAPPER.createObjectNode();
        long seq = 0;
        boolean merged = false;
        while (seq < healthy.getFirst().seq.get()) {
            JsonNode message = Json.MAPPER.readTree(socket.read().text());
            switch (message.path("type").asText()) {
                case "snapshot" -> {
                    document = message.path("data");
                    seq = message.path("seq").asLong();
                }
                case "patch" -> {
                    assertEquals(seq, message.path("prev").asLong());
                    merged |= message.path("seq").asLong() > seq + 1;
                    document = MergePatch.apply(document, message.path("data"));
                    seq = message.path("seq").asLong();
                }
                default -> {}
            }
        }
        assertTrue(merged, "one patch for several ticks");
        assertTrue(server.count("kydai.wall.merged") >= 1);
        assertEquals(
                Json.text(new WallDocument()
                        .of(walk.picture(), PictureWalk.DISTRICT)
                        .orElseThrow()),
                Json.text(document));
    }

    private void runUntilStalled(WallServer server) {
        while (stalled(server) < NEVER_READING) {
            tick(server);
        }
    }

    private void runTheRest(WallServer server) {
        while (ticks < MIN_TICKS || heapAfterGc.size() % 4 != 0) {
            tick(server);
        }
    }

    private static double stalled(WallServer server) {
        return server.meters
                .get("kydai.wall.closed")
                .tag("code", "4008")
                .counter()
                .count();
    }

    private static int closeCode(RawSocket socket) throws IOException {
        try (socket) {
            RawSocket.Message message = socket.read();
            while (message.closeCode() == 0) {
                message = socket.read();
            }
            return message.closeCode();
        }
    }

    private void heapStaysFlat() {
        int quarter = heapAfterGc.size() / 4;
        long second = median(heapAfterGc.subList(quarter, 2 * quarter));
        long last = median(heapAfterGc.subList(3 * quarter, 4 * quarter));
        assertTrue(last <= 1.1 * second, () -> "heap after GC " + second + " -> " + last);
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long openFiles() {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited too long");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
