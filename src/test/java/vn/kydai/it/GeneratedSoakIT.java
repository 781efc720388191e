package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.UnderLoad;

/**
 * The jar under two thousand generated events a second, with a kill each minute, for as long as {@code -Dkydai.soak} says in
 * seconds: ready after each, nothing acknowledged lost or doubled, walls the fold from the beginning, memory flat.
 */
@EnabledIfSystemProperty(named = "kydai.soak", matches = "[1-9][0-9]*")
@UnderLoad
class GeneratedSoakIT {
    private static final int EVENTS_PER_SECOND = Integer.getInteger("kydai.rate", 2_000);
    private static final int BATCH = 100;
    private static final long BETWEEN_KILLS_NS = TimeUnit.SECONDS.toNanos(Integer.getInteger("kydai.killSeconds", 60));
    private static final int FRAMES_FOLDED = 8;
    private static final long FIRST_COUNTED = 3;

    /** How much more memory the second half may take than the first. */
    private static final double FLAT = 1.15;

    private final AtomicBoolean isOver = new AtomicBoolean();

    @TempDir
    private Path data = Path.of("target");

    @Test
    void anHourUnderTheGeneratorWithAKillEachMinuteLosesNothingAndGrowsByNothing() throws Exception {
        long seed = Long.getLong("kydai.seed", System.nanoTime());
        System.out.println("seed of the soak: " + seed);
        // Given
        try (GeneratedCentre centre =
                        new GeneratedCentre(data, seed, Clock.systemUTC().instant());
                ClientThreads threads = new ClientThreads()) {
            centre.server.start();
            centre.gate.open();
            List<Future<?>> sending = new ArrayList<>();
            for (GeneratedSource sender : centre.sources) {
                sending.add(threads.submit(() -> {
                    send(sender, centre);
                    return null;
                }));
            }

            // When
            long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.getLong("kydai.soak", 0));
            List<JsonNode> frames = new ArrayList<>();
            List<Long> memory = new ArrayList<>();
            while (System.nanoTime() < endNs) {
                LockSupport.parkNanos(BETWEEN_KILLS_NS);
                for (Future<?> client : sending) {
                    if (client.isDone()) {
                        client.get();
                    }
                }
                frames.add(centre.wall());
                memory.add(centre.server.residentMiB());
                long killed = System.nanoTime();
                centre.killAndStart();
                System.out.printf(
                        "kill %d: position %s, %d MiB, ready after %d ms, %d taken%n",
                        frames.size(),
                        frames.getLast().path("position").asText(),
                        memory.getLast(),
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed),
                        centre.sources.stream()
                                .mapToLong(GeneratedSource::taken)
                                .sum());
            }
            isOver.set(true);
            for (Future<?> client : sending) {
                client.get();
            }

            // Then
            JsonNode last = centre.settled();
            System.out.println("repeats of what was cut off: "
                    + centre.sources.stream()
                            .mapToLong(GeneratedSource::repeats)
                            .sum());
            centre.assertJournaledOnce();
            centre.assertLedgerAddsUp();
            centre.assertRefusedForAReason();
            assertFlat(memory);
            assertEquals(last, centre.fold(last), "the last wall");
            for (int n = 0; n < frames.size(); n += Math.max(1, frames.size() / FRAMES_FOLDED)) {
                assertEquals(frames.get(n), centre.fold(frames.get(n)), "the wall before kill " + (n + 1));
            }
            centre.server.stop();
            ServerProcess.Result verified = centre.server.run("verify");
            System.out.println(verified.output());
            assertEquals(0, verified.exitCode(), verified.output());
        }
    }

    /** The same share of all each: a batch, and then a pause until the next one is due. What could not be sent is not made up. */
    private void send(GeneratedSource sender, GeneratedCentre centre) throws InterruptedException {
        long everyNs = TimeUnit.SECONDS.toNanos(1) * BATCH * centre.sources.size() / EVENTS_PER_SECOND;
        long due = System.nanoTime();
        while (!isOver.get()) {
            sender.send(BATCH, centre.gate);
            due = Math.max(due + everyNs, System.nanoTime() - everyNs);
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    private static void assertFlat(List<Long> memory) {
        List<Long> counted = memory.stream().skip(FIRST_COUNTED).toList();
        if (counted.size() < 2 * FIRST_COUNTED) {
            return;
        }
        double first = mean(counted.subList(0, counted.size() / 2));
        double second = mean(counted.subList(counted.size() / 2, counted.size()));
        assertTrue(second < first * FLAT, () -> "resident memory grows: " + memory + " MiB");
    }

    private static double mean(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).average().orElse(0);
    }
}
