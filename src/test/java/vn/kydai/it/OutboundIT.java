package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.ReadsTheDate;
import vn.kydai.config.TestSettings;
import vn.kydai.observe.Patience;
import vn.kydai.outbound.Receiver;
import vn.kydai.outbound.Receiver.Answer;
import vn.kydai.outbound.Receiver.Got;

/** What a real server tells outside while its receivers are dead, and after it was killed. */
@ReadsTheDate
class OutboundIT {
    private static final String AREA = "19867";
    private static final double GUST = 25;
    private static final double CALM = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern WAITING = Pattern.compile("kydai_outbound_waiting_messages\\{[^}]*} ([0-9.]+)");
    private static final List<String> GAUGES =
            IntStream.range(0, 10).mapToObj(gauge -> "gust-" + gauge).toList();
    private static final String RULES = """
            escalation: {high: %s}
            rules:
              - id: gust
                watch: value
                metric: wind
                steps: [{at: 20, severity: high}]
                who: trực ban
                reason: Gió giật.
                consequence: Cây đổ.
                response: [Đi xem]
            """;

    @TempDir
    private Path directory = Path.of("");

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private Path config = Path.of("");
    private TestTokens tokens = new TestTokens(Map.of(), "");

    @BeforeEach
    void install() throws Exception {
        config = Files.createDirectory(directory.resolve("config"));
        TestSettings.copyShippedTo(config);
        Files.writeString(config.resolve("alarms.yaml"), RULES.formatted("[]"));
        tokens = TestTokens.registerSensors(directory.resolve("data"), GAUGES, AREA);
    }

    @AfterEach
    void close() {
        client.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private ServerProcess server() {
        return new ServerProcess(directory.resolve("data"), config);
    }

    private void channels(String... channels) throws IOException {
        Files.writeString(
                config.resolve("channels.yaml"),
                "retry: {firstSeconds: 0.05, longestSeconds: 0.2}\nchannels:\n" + String.join("", channels));
    }

    private static String webhook(String id, Receiver to) {
        return "  - {id: " + id + ", kind: webhook, url: \"http://127.0.0.1:" + to.port() + "/\"}\n";
    }

    @Test
    void killedWithAFullOutboxItTellsEachStepInOrderAndWhatItTellsAgainHasTheSameKey() throws Exception {
        // Given
        Receiver receiver = new Receiver(vertx);
        receiver.answers = got -> Answer.of(500);
        channels(webhook("duty", receiver));
        Files.writeString(config.resolve("alarms.yaml"), RULES.formatted("[0.02]"));
        Files.writeString(
                config.resolve("roster.yaml"),
                "duties:\n  - {area: \"477\", people: [{user: truc-ban, channels: [duty]}]}\n");
        List<Got> taken = new CopyOnWriteArrayList<>();
        try (ServerProcess server = server()) {
            server.start();
            Api api = new Api(server, tokens.reader());
            for (String gauge : GAUGES) {
                wind(api, gauge, GUST);
            }
            Patience.until("all raised and escalated", () -> steps(api).size() == 20);
            Patience.until("all in the outbox", () -> waiting(server) == 20);
            List<String> before = steps(api);

            // When
            server.killAll();
            server.start();
            Patience.until("all still in the outbox", () -> waiting(server) == 20);
            List<String> after = steps(api);
            for (String gauge : GAUGES) {
                wind(api, gauge, CALM);
            }
            Patience.until("all clear", () -> waiting(server) == 30);
            receiver.answers = got -> {
                taken.add(got);
                return taken.size() < 8 ? Answer.OK : null;
            };
            Patience.until("the eighth is under way", () -> taken.size() == 8);
            server.killAll();
            receiver.answers = got -> {
                taken.add(got);
                return Answer.OK;
            };
            server.start();
            Patience.until("all delivered", () -> waiting(server) == 0);

            // Then
            assertEquals(before, after, "a restart repeats nothing and loses nothing");
            assertEquals(new TreeSet<>(steps(api)), new TreeSet<>(stepsOf(taken)));
            assertEquals(30, steps(api).size());
            ofEachAlarm(taken)
                    .forEach((alarm, steps) -> assertEquals(
                            List.of(alarm + " raised", alarm + " escalated", alarm + " cleared"), List.copyOf(steps)));
            assertRepeatsAreTheSame(taken);
            assertTrue(
                    taken.stream()
                                    .filter(got -> got.key().equals(taken.get(7).key()))
                                    .count()
                            > 1,
                    "the one under way when it was killed comes again");
        }
    }

    private static void assertRepeatsAreTheSame(List<Got> taken) {
        Map<String, String> bodies = new HashMap<>();
        Map<String, String> keys = new HashMap<>();
        for (Got got : taken) {
            assertEquals(got.body(), bodies.computeIfAbsent(got.key(), key -> got.body()));
            assertEquals(got.key(), keys.computeIfAbsent(got.step(), step -> got.key()));
        }
    }

    @Test
    void deadReceiversKeepNeitherTheWallNorAnotherChannelWaitingAndGetAllWhenTheyAreBack() throws Exception {
        // Given
        Receiver healthy = new Receiver(vertx);
        Receiver broken = new Receiver(vertx);
        int port = FreePort.find();
        channels(
                webhook("healthy", healthy),
                webhook("broken", broken),
                "  - {id: mail, kind: smtp, host: 127.0.0.1, port: " + port + ", security: none,"
                        + " from: kydai@example.vn, to: [truc-ban@example.vn], mostInTenMinutes: 1000}\n");
        GreenMail before = mailServer(port);
        try (ServerProcess server = server()) {
            server.start();
            Api api = new Api(server, tokens.reader());
            try (WallSocket wall = WallSocket.open(server, tokens.reader())) {
                List<Long> well = show(api, wall, GUST, "unacknowledged");
                List<Got> told = new ArrayList<>(healthy.next(GAUGES.size()));
                Patience.until("all delivered", () -> waiting(server) == 0);
                int mailed = before.getReceivedMessages().length;
                List<Got> takenBefore = broken.rest();

                // When
                before.stop();
                List<Got> taken = new CopyOnWriteArrayList<>();
                broken.answers = got -> Answer.of(500);
                List<Long> ill = new ArrayList<>(show(api, wall, CALM, "returned"));
                ill.addAll(show(api, wall, GUST, "unacknowledged"));
                List<Got> meanwhile = healthy.next(2 * GAUGES.size());
                Patience.until("all held", () -> waiting(server) == 4 * GAUGES.size());
                broken.answers = got -> {
                    taken.add(got);
                    return Answer.OK;
                };
                GreenMail again = mailServer(port);
                Patience.until("all delivered", () -> waiting(server) == 0);
                int mailedAgain = again.getReceivedMessages().length;
                again.stop();

                // Then
                told.addAll(meanwhile);
                System.out.println("ms from reading to wall: " + well + ", receivers dead: " + ill);
                assertTrue(
                        median(ill) <= 2 * median(well) + 500,
                        () -> "the wall slowed down: " + well + ", receivers dead: " + ill);
                assertEquals(GAUGES.size(), mailed);
                assertEquals(2 * GAUGES.size(), mailedAgain);
                assertEquals(
                        inOrder(told),
                        inOrder(Stream.of(takenBefore, taken)
                                .flatMap(List::stream)
                                .toList()));
            }
        } finally {
            before.stop();
        }
    }

    /** Lets each gauge tell a value, one after the other; returns how many milliseconds the wall took to show it. */
    private List<Long> show(Api api, WallSocket wall, double value, String state) throws Exception {
        List<Long> millis = new ArrayList<>();
        for (String gauge : GAUGES) {
            long from = System.nanoTime();
            wind(api, gauge, value);
            assertTrue(
                    wall.await(
                            document -> document.at("/alarms/gust:" + gauge + "/state")
                                    .asText()
                                    .equals(state),
                            PATIENCE),
                    gauge + " " + state);
            millis.add(Duration.ofNanos(System.nanoTime() - from).toMillis());
        }
        return millis;
    }

    private static long median(List<Long> millis) {
        return millis.stream().sorted().toList().get(millis.size() / 2);
    }

    private static Map<String, List<String>> inOrder(List<Got> told) {
        return told.stream()
                .collect(Collectors.groupingBy(
                        got -> got.json().at("/data/alarm").asText(),
                        Collectors.mapping(
                                got -> got.json().at("/data/event/id").asText(), Collectors.toList())));
    }

    private static Map<String, Set<String>> ofEachAlarm(List<Got> taken) {
        Map<String, Set<String>> byAlarm = new LinkedHashMap<>();
        taken.forEach(
                got -> byAlarm.computeIfAbsent(got.json().at("/data/alarm").asText(), alarm -> new LinkedHashSet<>())
                        .add(got.step()));
        return byAlarm;
    }

    private static List<String> stepsOf(List<Got> taken) {
        return taken.stream().map(Got::step).toList();
    }

    private static GreenMail mailServer(int port) {
        GreenMail mail = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        return mail;
    }

    private void wind(Api api, String gauge, double value) throws Exception {
        String time = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS).toString();
        String event = """
                {"specversion":"1.0","id":"%s","source":"/sources/%s","type":"vn.kydai.reading.v1","time":"%s","data":{"metric":"wind","value":%s,"unit":"m/s"}}""".formatted(gauge + time, gauge, time, value);
        HttpResponse<String> answer =
                api.post("/api/v1/events", tokens.of(gauge), "application/cloudevents+json", event);
        assertTrue(answer.body().contains("\"committed\":1"), answer::body);
    }

    /** What the journal has of all alarms, as {@code alarm step}. */
    private static List<String> steps(Api api) {
        try {
            List<String> steps = new ArrayList<>();
            for (JsonNode step : api.get("/api/v1/alarms/history").path("steps")) {
                steps.add(step.path("alarm").asText() + " " + step.path("step").asText());
            }
            return steps;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many messages wait in the outbox, of all channels. */
    private double waiting(ServerProcess server) {
        try {
            String metrics = client.send(
                            HttpRequest.newBuilder(server.management("/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            Matcher found = WAITING.matcher(metrics);
            return found.results()
                    .mapToDouble(gauge -> Double.parseDouble(gauge.group(1)))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
