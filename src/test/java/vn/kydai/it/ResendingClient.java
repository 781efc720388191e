package vn.kydai.it;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A device that keeps every message until it has been acknowledged, and sends it again after a lost connection: what
 * MQTT QoS 1 asks of a client.
 */
final class ResendingClient {
    private static final int WINDOW = 20;
    private static final int CONNECT_SECONDS = 5;

    private final String source;
    private final String token;
    private final int port;
    private final String topic;
    private final Map<String, String> payloads;
    private final Deque<String> pending;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final Runnable onAcknowledged;

    /**
     * Prepares a client.
     *
     * @param payloads by event id, in the order of {@code ids}
     * @param onAcknowledged run at each acknowledgement
     */
    ResendingClient(
            String source,
            String token,
            String topic,
            int port,
            Map<String, String> payloads,
            Runnable onAcknowledged) {
        this.source = source;
        this.token = token;
        this.topic = topic;
        this.port = port;
        this.payloads = payloads;
        this.pending = new ConcurrentLinkedDeque<>(payloads.keySet());
        this.onAcknowledged = onAcknowledged;
    }

    /** Returns the ids whose acknowledgement arrived. */
    Set<String> acknowledged() {
        return acknowledged;
    }

    /** Returns how many messages are on their way without an acknowledgement. */
    int inFlight() {
        return sent.size() - acknowledged.size();
    }

    /** Publishes until everything is acknowledged; connects only while the gate is open. */
    void runToTheEnd(Gate server) throws InterruptedException {
        while (acknowledged.size() < payloads.size()) {
            server.await();
            runOneConnection();
        }
    }

    private void runOneConnection() throws InterruptedException {
        Mqtt5AsyncClient client = MqttClient.builder()
                .useMqttVersion5()
                .identifier(source)
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildAsync();
        try {
            client.connectWith()
                    .cleanStart(true)
                    .keepAlive(10)
                    .simpleAuth()
                    .username(source)
                    .password(token.getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth()
                    .send()
                    .get(CONNECT_SECONDS, TimeUnit.SECONDS);
            publishPending(client);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException notConnected) {
            Thread.onSpinWait();
        } finally {
            client.disconnect();
        }
    }

    private void publishPending(Mqtt5AsyncClient client) throws InterruptedException {
        Semaphore window = new Semaphore(WINDOW);
        Deque<String> unacknowledged = new ArrayDeque<>(List.copyOf(pending));
        Set<String> lost = ConcurrentHashMap.newKeySet();
        while (!unacknowledged.isEmpty() && lost.isEmpty()) {
            if (!window.tryAcquire(1, TimeUnit.SECONDS)) {
                if (client.getState().isConnected()) {
                    continue;
                }
                return;
            }
            String id = unacknowledged.poll();
            sent.add(id);
            client.publishWith()
                    .topic(topic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(payloads.get(id).getBytes(StandardCharsets.UTF_8))
                    .send()
                    .whenComplete((result, failure) -> {
                        if (failure == null && result.getError().isEmpty()) {
                            if (acknowledged.add(id)) {
                                pending.remove(id);
                                onAcknowledged.run();
                            }
                        } else {
                            lost.add(id);
                        }
                        window.release();
                    });
        }
        if (lost.isEmpty()) {
            window.tryAcquire(WINDOW, 10, TimeUnit.SECONDS);
        }
    }
}
