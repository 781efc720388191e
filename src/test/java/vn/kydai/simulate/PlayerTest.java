package vn.kydai.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.event.codec.Json;

@Timeout(60)
class PlayerTest {
    private static final int MANY = 11_000;

    @TempDir
    private Path directory = Path.of("");

    private final Vertx vertx = Vertx.vertx();
    private final List<String> topics = Collections.synchronizedList(new ArrayList<>());
    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void sendsEveryLineAsItIsThroughItsOwnConnectionOrTheGateways() throws Exception {
        // Given
        List<String> lines = List.of(line("s-1", 0, "1"), line("s-2", 1, "\"x|y\""), line("s-2", 1, "\"x|y\""));
        InetSocketAddress server = listen(this::takeAll);

        // When
        Player.Report report = play(lines, order(server, "gw-1", Map.of("gw-1", "t", "s-1", "t")));

        // Then
        assertEquals(3, report.answers().acknowledged());
        assertTrue(report.isWhole());
        assertEquals(lines.stream().sorted().toList(), bodies.stream().sorted().toList());
        assertTrue(topics.contains("s-1 as s-1-play kydai/v1/19870/s-1/reading"), topics::toString);
        assertTrue(topics.contains("gw-1 as gw-1-play kydai/v1/19870/s-2/reading"), topics::toString);
    }

    @Test
    void tellsWhichLinesItCouldNotSend() throws Exception {
        InetSocketAddress server = listen(this::takeAll);

        Player.Report report = play(
                List.of("{broken", line("s-1", 0, "1"), line("s-9", 0, "1")), order(server, null, Map.of("s-1", "t")));

        assertEquals(new Player.Report(1, Answer.taken(), 1, 1), report);
        assertFalse(report.isWhole());
    }

    @Test
    void movesTimesToTheMomentOfSending() throws Exception {
        // Given
        InetSocketAddress server = listen(this::takeAll);
        Player.Order kept = order(server, null, Map.of("s-1", "t"));
        Player.Order now =
                new Player.Order(kept.file(), 0, Player.Times.NOW, kept.via(), kept.server(), null, kept.tokens());
        InstantSource clock = InstantSource.fixed(java.time.Instant.parse("2026-11-25T02:00:00Z"));

        // When
        Player.Report report = play(List.of(line("s-1", 7, "1")), now, clock);

        // Then
        assertTrue(report.isWhole());
        assertEquals(
                "2026-11-25T02:00:00.000Z",
                Json.MAPPER.readTree(bodies.getFirst()).get("time").asText());
    }

    @Test
    void playsThousandsOfLinesThroughOneConnection() throws Exception {
        InetSocketAddress server = listen(this::takeAll);
        List<String> lines = IntStream.range(0, MANY)
                .mapToObj(number -> line("s-" + number % 900, number, "1"))
                .toList();

        Player.Report report = play(lines, order(server, "gw-1", Map.of("gw-1", "t")));

        assertEquals(MANY, report.answers().acknowledged());
        assertEquals(lines, bodies);
    }

    @Test
    void givesUpWhenTheServerDoesNotWantIt() throws Exception {
        InetSocketAddress server =
                listen(endpoint -> endpoint.reject(MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5));

        ExecutionException failure = assertThrows(
                ExecutionException.class,
                () -> play(List.of(line("s-1", 0, "1")), order(server, null, Map.of("s-1", "wrong"))));

        assertInstanceOf(Wire.SignInRefused.class, failure.getCause());
    }

    private Player.Report play(List<String> lines, Player.Order order) throws Exception {
        return play(lines, order, InstantSource.system());
    }

    private Player.Report play(List<String> lines, Player.Order order, InstantSource clock) throws Exception {
        Files.write(order.file(), lines);
        Player player = new Player(order, clock);
        return await(player.deploy(vertx).compose(id -> player.played()));
    }

    private Player.Order order(
            InetSocketAddress server, @org.jspecify.annotations.Nullable String gateway, Map<String, String> tokens) {
        ServerAddress address = new ServerAddress("http://127.0.0.1:1", server);
        return new Player.Order(
                directory.resolve("recording.ndjson"), 0, Player.Times.KEPT, Player.Via.MQTT, address, gateway, tokens);
    }

    private void takeAll(MqttEndpoint endpoint) {
        endpoint.publishHandler(message -> {
            topics.add(
                    endpoint.auth().getUsername() + " as " + endpoint.clientIdentifier() + " " + message.topicName());
            bodies.add(message.payload().toString());
            endpoint.publishAcknowledge(message.messageId());
        });
        endpoint.accept(false);
    }

    private InetSocketAddress listen(io.vertx.core.Handler<MqttEndpoint> endpoint) throws Exception {
        MqttServer server = await(
                MqttServer.create(vertx, new MqttServerOptions().setPort(0).setHost("127.0.0.1"))
                        .endpointHandler(endpoint)
                        .listen());
        return InetSocketAddress.createUnresolved("127.0.0.1", server.actualPort());
    }

    private static String line(String source, int second, String value) {
        return "{\"specversion\":\"1.0\",\"id\":\"r-%d\",\"source\":\"/sources/%s\",\"area\":\"19870\","
                        .formatted(second, source)
                + "\"type\":\"vn.kydai.reading.v1\",\"time\":\"2021-05-07T%02d:%02d:%02dZ\","
                        .formatted(second / 3600, second / 60 % 60, second % 60)
                + "\"data\":{\"metric\":\"rain\",\"value\":%s,\"unit\":\"mm\"}}".formatted(value);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(50, TimeUnit.SECONDS);
    }
}
