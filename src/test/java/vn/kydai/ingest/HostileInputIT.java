package vn.kydai.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Ten thousand hostile inputs on both ways in, while healthy clients go on as if nothing were. */
class HostileInputIT {
    private static final int MQTT_INPUTS = 6_000;
    private static final int HTTP_INPUTS = 4_000;
    private static final int ATTACKERS = 16;
    private static final int SPARE_DESCRIPTORS = 20;
    private static final int SPARE_THREADS = 30;

    private final Queue<String> errors = new ConcurrentLinkedQueue<>();

    @Test
    void answersOrClosesEveryHostileInputAndHarmsNobodyElse() throws Exception {
        long seed = Long.getLong("kydai.seed", System.nanoTime());
        System.out.println("seed of the hostile inputs: " + seed);
        listenForErrors();
        try (TestingTown town = new TestingTown(TestingTown.settings(200, 100, 100), Duration.ofSeconds(10))) {
            warmUp(town);
            long descriptorsBefore = descriptors();
            int threadsBefore = Thread.activeCount();
            AtomicBoolean isOver = new AtomicBoolean();
            List<Future<Integer>> healthy = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                healthy.add(threads.submit(() -> HealthyClients.mqtt(town, 4, "wl-1", isOver)));
                healthy.add(threads.submit(() -> HealthyClients.mqtt(town, 5, "gauge-1", isOver)));
                healthy.add(threads.submit(() -> HealthyClients.http(town, "gw-1", isOver)));
                try {
                    attack(town, seed);
                } finally {
                    isOver.set(true);
                }
            }
            int answered = 0;
            for (Future<Integer> client : healthy) {
                int its = client.get();
                assertTrue(its > 0, "a healthy client got no answer at all");
                answered += its;
            }

            town.awaitGauge("kydai.ingest.mqtt.connections", 0);
            town.awaitGauge("kydai.ingest.mqtt.in.flight", 0);
            town.awaitGauge("kydai.ingest.http.requests", 0);
            TestingTown.awaitTrue("descriptors", () -> descriptors() <= descriptorsBefore + SPARE_DESCRIPTORS);
            assertTrue(Thread.activeCount() <= threadsBefore + SPARE_THREADS, "threads: " + Thread.activeCount());
            assertEquals(town.journal.received(), town.journal.accounted());
            assertTrue(town.journal.drafts().size() >= answered, "a healthy client's event is missing");
            assertTrue(town.journal.letters().size() > 1_000, "too little of it came as far as admission");
            assertTrue(town.counted("kydai.ingest.mqtt.closed") > 1_000);
            assertTrue(town.counted("kydai.ingest.http.problems") > 500);
            assertEquals(0, town.counted("kydai.ingest.http.problems", "status", "500"));
        }
        assertEquals(List.of(), List.copyOf(errors));
    }

    private static void warmUp(TestingTown town) {
        HostileInputs inputs = new HostileInputs(new Random(1), town);
        for (int i = 0; i < 50; i++) {
            inputs.mqtt();
            inputs.http();
        }
    }

    private static void attack(TestingTown town, long seed) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(ATTACKERS)) {
            List<Future<?>> attacks = new ArrayList<>();
            for (int i = 0; i < ATTACKERS; i++) {
                HostileInputs inputs = new HostileInputs(new Random(seed + i), town);
                attacks.add(threads.submit(() -> {
                    for (int j = 0; j < MQTT_INPUTS / ATTACKERS; j++) {
                        inputs.mqtt();
                    }
                    for (int j = 0; j < HTTP_INPUTS / ATTACKERS; j++) {
                        inputs.http();
                    }
                }));
            }
            for (Future<?> attack : attacks) {
                attack.get();
            }
        }
    }

    private static long descriptors() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    /** An exception that nobody expected is logged as an error by whoever runs the handler. */
    private void listenForErrors() {
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
                    errors.add(event.getLoggerName() + " " + event.getFormattedMessage() + " "
                            + (event.getThrowableProxy() == null
                                    ? ""
                                    : event.getThrowableProxy().getMessage()));
                }
            }
        };
        appender.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(appender);
    }
}
