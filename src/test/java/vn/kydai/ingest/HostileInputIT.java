package vn.kydai.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import vn.kydai.it.Gate;
import vn.kydai.it.GeneratedCsv;
import vn.kydai.it.GeneratedEvents;
import vn.kydai.it.GeneratedEvents.Sender;
import vn.kydai.it.GeneratedHttp;
import vn.kydai.it.GeneratedMqtt;
import vn.kydai.it.GeneratedRows;
import vn.kydai.it.GeneratedSender;
import vn.kydai.it.GeneratedSource;
import vn.kydai.journal.Submission;
import vn.kydai.transfer.ReadingSheet;

/**
 * Ten thousand hostile inputs on both ways in, while healthy clients go on as if nothing were, and every event of the
 * grammar is taken or refused for a reason it has, whichever way it comes.
 */
class HostileInputIT {
    private static final int MQTT_INPUTS = 6_000;
    private static final int HTTP_INPUTS = 4_000;
    private static final int ATTACKERS = 16;
    private static final int SPARE_DESCRIPTORS = 20;
    private static final int SPARE_THREADS = 30;

    private static final int GENERATED_BATCH = 50;

    @TempDir
    private Path files = Path.of("target");

    private final Queue<String> errors = new ConcurrentLinkedQueue<>();

    @Test
    void answersOrClosesEveryHostileInputAndHarmsNobodyElse() throws Exception {
        long seed = Long.getLong("kydai.seed", System.nanoTime());
        System.out.println("seed of the hostile inputs: " + seed);
        listenForErrors();
        List<GeneratedSource> generated;
        try (TestingTown town = new TestingTown(TestingTown.settings(200, 100, 100), Duration.ofSeconds(10))) {
            town.registry.set(TestingRegistry.WHOLE);
            town.newerRegistry.set(TestingRegistry.WHOLE);
            generated = generated(town, seed);
            warmUp(town);
            long descriptorsBefore = descriptors();
            int threadsBefore = Thread.activeCount();
            AtomicBoolean isOver = new AtomicBoolean();
            List<Future<Integer>> healthy = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                healthy.add(threads.submit(() -> HealthyClients.mqtt(town, 4, "wl-1", isOver)));
                healthy.add(threads.submit(() -> HealthyClients.mqtt(town, 5, "gauge-1", isOver)));
                healthy.add(threads.submit(() -> HealthyClients.http(town, "gw-1", isOver)));
                for (GeneratedSource source : generated) {
                    healthy.add(threads.submit(() -> send(source, isOver)));
                }
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
            for (GeneratedSource source : generated) {
                assertJournaledOnceOrRefusedForAReason(town, source);
            }
            assertTrue(town.journal.drafts().size() >= answered, "a healthy client's event is missing");
            assertTrue(town.journal.letters().size() > 1_000, "too little of it came as far as admission");
            assertTrue(town.counted("kydai.ingest.mqtt.closed") > 1_000);
            assertTrue(town.counted("kydai.ingest.http.problems") > 500);
            assertEquals(0, town.counted("kydai.ingest.http.problems", "status", "500"));
        }
        assertEquals(List.of(), List.copyOf(errors));
    }

    /** One source for each way in: HTTP, MQTT 5 and 3.1.1, through a gateway, and as files. */
    private List<GeneratedSource> generated(TestingTown town, long seed) {
        URI http = URI.create("http://127.0.0.1:" + town.http.actualPort());
        return List.of(
                new GeneratedSender(
                        "office-2", Sender.DESK, new GeneratedHttp(http, "secret-office-2"), events(seed, 2)),
                new GeneratedSender("kiosk-3", Sender.DESK, mqtt(town, 5, "kiosk-3", "kiosk-3"), events(seed, 3)),
                new GeneratedSender("mast-4", Sender.SENSOR, mqtt(town, 4, "mast-4", "mast-4"), events(seed, 4)),
                new GeneratedSender("gauge-6", Sender.SENSOR, mqtt(town, 5, "gw-5", "gauge-6"), events(seed, 6)),
                new GeneratedCsv(
                        http,
                        "station-7",
                        "secret-station-7",
                        new GeneratedRows(new ReadingSheet(), seed + 7, TestingTown.NOW, "X07"),
                        files));
    }

    private static GeneratedEvents events(long seed, int number) {
        return new GeneratedEvents(seed + number, TestingTown.NOW, "X0" + number);
    }

    private static GeneratedMqtt mqtt(TestingTown town, int version, String user, String source) {
        return new GeneratedMqtt(town.mqtt.port(), version, user, "secret-" + user, "19897", source);
    }

    private static int send(GeneratedSource source, AtomicBoolean isOver) throws InterruptedException {
        Gate gate = new Gate();
        gate.open();
        try (source) {
            while (!isOver.get()) {
                source.send(GENERATED_BATCH, gate);
            }
            return Math.toIntExact(source.taken());
        }
    }

    private static void assertJournaledOnceOrRefusedForAReason(TestingTown town, GeneratedSource source) {
        List<Submission.Draft> drafts = town.journal.drafts().stream()
                .filter(draft -> draft.source().equals(source.source()))
                .toList();
        assertEquals(
                source.taken(),
                drafts.stream().map(Submission.Draft::id).distinct().count());
        if (source instanceof GeneratedSender sender) {
            sender.assertLetters(town.journal.letters().stream()
                    .filter(letter -> letter.receipt().source().equals(source.source()))
                    .map(letter -> Map.entry(
                            TestingRegistry.json(letter.kept()).path("digest").asText(),
                            letter.reason().id()))
                    .toList());
        }
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
