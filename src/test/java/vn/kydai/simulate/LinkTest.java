package vn.kydai.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import io.vertx.mqtt.messages.codes.MqttPubAckReasonCode;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class LinkTest {
    private static final int PARCELS = 200;
    private static final Credentials DESK = Credentials.of("desk-19867", "token");

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private final List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final AtomicReference<Answer> answers = new AtomicReference<>(Answer.NONE);

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void sendsAgainUntilEverythingIsAcknowledged(int version) throws Exception {
        // Given an endpoint that acknowledges late and breaks every connection after 30 messages
        InetSocketAddress server = listen(endpoint -> {
            int[] count = {0};
            endpoint.publishHandler(message -> {
                received.add(message.payload().toString());
                if (++count[0] > 30) {
                    if (endpoint.isConnected()) {
                        endpoint.close();
                    }
                } else {
                    vertx.setTimer(5, timer -> {
                        if (endpoint.isConnected()) {
                            acknowledged.add(message.payload().toString());
                            endpoint.publishAcknowledge(message.messageId());
                        }
                    });
                }
            });
            endpoint.accept(false);
        });

        // When
        await(sent(() -> wire(version, server), 20, 1));

        // Then
        assertEquals(
                bodies(), new LinkedHashSet<>(acknowledged).stream().sorted().toList());
        assertTrue(received.size() > PARCELS, "nothing was sent twice, so no connection broke in flight");
        assertEquals(PARCELS, answers.get().acknowledged());
    }

    @Test
    void tellsRefusalsByTheirReason() throws Exception {
        // Given
        InetSocketAddress server = listen(endpoint -> {
            endpoint.publishHandler(message -> {
                MqttProperties properties = new MqttProperties();
                properties.add(new MqttProperties.StringProperty(MqttProperties.REASON_STRING, "schema"));
                endpoint.publishAcknowledge(
                        message.messageId(), MqttPubAckReasonCode.PAYLOAD_FORMAT_INVALID, properties);
            });
            endpoint.accept(false);
        });

        // When
        await(sent(() -> wire(5, server), 20, 1));

        // Then
        assertEquals(Map.of("schema", (long) PARCELS), answers.get().refused());
    }

    @Test
    void keepsTryingWhenItMayNotSignIn() throws Exception {
        // Given
        int[] attempts = {0};
        InetSocketAddress server = listen(endpoint -> {
            if (++attempts[0] == 1) {
                endpoint.reject(MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5);
            } else {
                endpoint.publishHandler(message -> endpoint.publishAcknowledge(message.messageId()));
                endpoint.accept(false);
            }
        });

        // When
        await(sent(() -> wire(5, server), 20, 1));

        // Then
        assertEquals(PARCELS, answers.get().acknowledged());
    }

    @Test
    void sendsHttpBatchesAgainWhenTheServerIsBusy() throws Exception {
        // Given
        int[] requests = {0};
        HttpServer server = await(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    if (++requests[0] % 2 == 1) {
                        request.response().setStatusCode(503).end();
                    } else {
                        request.response()
                                .end(
                                        "{\"committed\":49,\"duplicate\":0,\"rejected\":[{\"index\":1,\"reason\":\"schema\"}]}");
                    }
                }))
                .listen(0, "127.0.0.1"));
        String url = "http://127.0.0.1:" + server.actualPort();

        // When
        await(sent(() -> new HttpWire(vertx.createHttpClient(), url, DESK), 1, 50));

        // Then
        assertEquals(PARCELS / 50 * 49, answers.get().committed());
        assertEquals(Map.of("schema", PARCELS / 50L), answers.get().refused());
    }

    private Future<Void> sent(Supplier<Wire> wires, int window, int batch) {
        Outbox outbox = new Outbox(PARCELS, window, batch);
        Link.Observer observer =
                new Link.Observer(answer -> answers.updateAndGet(sum -> sum.plus(answer)), problem -> {});
        Link link = new Link(context, wires, outbox, new SplittableRandom(1), observer);
        return Future.future(promise -> context.runOnContext(ignored -> {
            IntStream.range(0, PARCELS).forEach(number -> assertTrue(link.offer(parcel(number))));
            link.start();
            link.atMost(0).compose(drained -> link.stop()).onComplete(promise);
        }));
    }

    private Wire wire(int version, InetSocketAddress server) {
        return version == 3
                ? new Mqtt3Wire(context, server, DESK)
                : new Mqtt5Wire(context, server, DESK, MqttQos.AT_LEAST_ONCE);
    }

    private InetSocketAddress listen(io.vertx.core.Handler<MqttEndpoint> endpoint) throws Exception {
        MqttServer server = await(
                MqttServer.create(vertx, new MqttServerOptions().setPort(0).setHost("127.0.0.1"))
                        .endpointHandler(endpoint)
                        .listen());
        return InetSocketAddress.createUnresolved("127.0.0.1", server.actualPort());
    }

    private static Parcel parcel(int number) {
        return new Parcel("kydai/v1/19867/desk-19867/ticket", body(number));
    }

    private static String body(int number) {
        return "{\"id\":\"%03d\"}".formatted(number);
    }

    private static List<String> bodies() {
        return IntStream.range(0, PARCELS).mapToObj(LinkTest::body).toList();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
