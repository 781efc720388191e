package vn.kydai.it;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A desk that publishes one ticket after another and measures how long each acknowledgement takes. */
final class PacedDesk implements AutoCloseable {
    private final Mqtt5BlockingClient client;
    private final String topic;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private int number;

    private PacedDesk(Mqtt5BlockingClient client, String topic) {
        this.client = client;
        this.topic = topic;
    }

    static PacedDesk connect(int port, String desk, String token, String area) {
        Mqtt5BlockingClient client = MqttClient.builder()
                .useMqttVersion5()
                .serverHost("127.0.0.1")
                .serverPort(port)
                .identifier("paced-" + desk)
                .buildBlocking();
        client.connectWith()
                .simpleAuth()
                .username(desk)
                .password(token.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send();
        return new PacedDesk(client, "kydai/v1/" + area + "/" + desk + "/ticket");
    }

    /** Returns how long the acknowledgement took. */
    long publishNs() {
        number++;
        byte[] ticket = ("{\"id\":\"" + run + "-" + number + "\",\"ticket\":\"" + run + number
                        + "\",\"step\":\"issued\"}")
                .getBytes(StandardCharsets.UTF_8);
        long sinceNs = System.nanoTime();
        client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(ticket)
                .send();
        return System.nanoTime() - sinceNs;
    }

    @Override
    public void close() {
        client.disconnect();
    }
}
