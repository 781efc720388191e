package vn.kydai.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.SelfSignedCertificate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.config.Settings;
import vn.kydai.it.FreePort;

/** The endpoint with clients others wrote, over every transport. */
class MqttClientsTest {
    private static final String TOPIC = "kydai/v1/19897/wl-1/reading";

    private final SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
    private final TestingTown town = new TestingTown(settings(), Duration.ofSeconds(5));

    private Settings.Ingest settings() {
        Settings.Ingest plain = TestingTown.settings(10, 20, 10);
        return new Settings.Ingest(
                plain.clockSkewSeconds(),
                plain.maxEventBytes(),
                plain.sharePercent(),
                new Settings.Mqtt(
                        "embedded",
                        "127.0.0.1",
                        0,
                        0,
                        certificate.certificatePath(),
                        certificate.privateKeyPath(),
                        FreePort.find(),
                        10,
                        10,
                        20,
                        300),
                plain.http());
    }

    @AfterEach
    void close() {
        town.close();
        certificate.delete();
    }

    private static byte[] reading(int number) {
        return ("{\"id\":\"r-" + number + "\",\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private MqttClientBuilder client(String transport) {
        MqttClientBuilder builder = MqttClient.builder().serverHost("127.0.0.1").identifier("c-1");
        MqttClientSslConfig trusting = MqttClientSslConfig.builder()
                .trustManagerFactory(InsecureTrustManagerFactory.INSTANCE)
                .hostnameVerifier((host, session) -> true)
                .build();
        MqttWebSocketConfig webSocket =
                MqttWebSocketConfig.builder().serverPath("mqtt").build();
        return switch (transport) {
            case "tcp" -> builder.serverPort(town.mqtt.port());
            case "tls" -> builder.serverPort(town.mqtt.tlsPort()).sslConfig(trusting);
            case "wss" ->
                builder.serverPort(town.mqtt.webSocketPort())
                        .sslConfig(trusting)
                        .webSocketConfig(webSocket);
            default -> throw new IllegalArgumentException(transport);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls", "wss"})
    void takesEveryQosOfVersion5(String transport) {
        Mqtt5BlockingClient client = client(transport).useMqttVersion5().buildBlocking();
        client.connectWith()
                .simpleAuth()
                .username("wl-1")
                .password("secret-wl-1".getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send();
        for (MqttQos qos : MqttQos.values()) {
            IntStream.range(0, 10)
                    .forEach(i -> client.publishWith()
                            .topic(TOPIC)
                            .qos(qos)
                            .payload(reading(qos.getCode() * 10 + i))
                            .send());
        }
        client.disconnect();
        assertEquals(30, town.journal.drafts().size());
        assertEquals(30, town.counted("kydai.ingest.events", "protocol", "mqtt5", "outcome", "committed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls", "wss"})
    void takesEveryQosOfVersion3(String transport) {
        Mqtt3BlockingClient client = client(transport).useMqttVersion3().buildBlocking();
        client.connectWith()
                .simpleAuth()
                .username("wl-1")
                .password("secret-wl-1".getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send();
        for (MqttQos qos : MqttQos.values()) {
            IntStream.range(0, 10)
                    .forEach(i -> client.publishWith()
                            .topic(TOPIC)
                            .qos(qos)
                            .payload(reading(qos.getCode() * 10 + i))
                            .send());
        }
        client.disconnect();
        assertEquals(30, town.journal.drafts().size());
    }

    @Test
    void announcesItsBoundsToVersion5AndItsReasonsToTheClient() {
        Mqtt5BlockingClient client = client("tcp").useMqttVersion5().buildBlocking();
        Mqtt5ConnAck welcome = client.connectWith()
                .cleanStart(false)
                .sessionExpiryInterval(1_000)
                .simpleAuth()
                .username("wl-1")
                .password("secret-wl-1".getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send();
        assertFalse(welcome.isSessionPresent());
        assertEquals(0, welcome.getSessionExpiryInterval().orElseThrow());
        assertEquals(20, welcome.getRestrictions().getReceiveMaximum());
        assertEquals(0, welcome.getRestrictions().getTopicAliasMaximum());
        assertTrue(welcome.getRestrictions().getMaximumPacketSize() > 65_536);
        assertTrue(welcome.getRestrictions().isRetainAvailable());
        assertFalse(welcome.getRestrictions().isSharedSubscriptionAvailable());
        Mqtt5PubAckException rejected = assertThrows(
                Mqtt5PubAckException.class,
                () -> client.publishWith()
                        .topic(TOPIC)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(new byte[] {'{'})
                        .send());
        assertEquals(
                "malformed",
                rejected.getMqttMessage().getReasonString().orElseThrow().toString());
        client.disconnect();
    }

    @Test
    void givesANamelessVersion5ClientItsName() {
        Mqtt5BlockingClient client = MqttClient.builder()
                .serverHost("127.0.0.1")
                .serverPort(town.mqtt.port())
                .useMqttVersion5()
                .buildBlocking();
        Mqtt5ConnAck welcome = client.connectWith()
                .simpleAuth()
                .username("wl-1")
                .password("secret-wl-1".getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send();
        assertTrue(welcome.getAssignedClientIdentifier().isPresent());
        client.disconnect();
    }

    @Test
    void closesWhatIsNoMqttOverWebSocket() throws Exception {
        HttpClient client = town.vertx.createHttpClient(
                new HttpClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
        assertThrows(
                Throwable.class,
                () -> TestingTown.await(client.request(HttpMethod.GET, town.mqtt.webSocketPort(), "127.0.0.1", "/")
                        .compose(request -> request.send())));
        assertEquals(1, town.counted("kydai.ingest.mqtt.closed", "cause", "not_mqtt"));
    }
}
