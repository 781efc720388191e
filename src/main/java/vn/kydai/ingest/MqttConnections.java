package vn.kydai.ingest;

import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The open connections, bounded; a client that connects again takes over its older one. Confined to one event loop. */
final class MqttConnections {
    private final int max;
    private final AtomicInteger gauge;
    private final Map<Client, MqttReplies> open = new HashMap<>();
    private int count;

    MqttConnections(int max, AtomicInteger gauge) {
        this.max = max;
        this.gauge = gauge;
    }

    /**
     * Whose connection it is. A client id counts within its sender, so that no device can throw out another.
     *
     * @param sender id of the device
     * @param clientId MQTT client identifier
     */
    record Client(String sender, String clientId) {}

    /** Takes a place for a connection; false when there is none. */
    boolean enter() {
        if (count >= max) {
            return false;
        }
        count++;
        gauge.incrementAndGet();
        return true;
    }

    /** Gives a place back. */
    void leave() {
        count--;
        gauge.decrementAndGet();
    }

    /** Notes a signed-in client, and closes its older connection. */
    void put(Client client, MqttReplies replies) {
        MqttReplies older = open.put(client, replies);
        if (older != null) {
            older.disconnect(MqttDisconnectReasonCode.SESSION_TAKEN_OVER, "taken_over");
        }
    }

    /** Forgets a connection that has closed, unless a newer one took its place. */
    void remove(Client client, MqttReplies replies) {
        open.remove(client, replies);
    }

    /** Tells every client that the server goes. */
    void closeAll() {
        for (MqttReplies replies : open.values().toArray(new MqttReplies[0])) {
            replies.disconnect(MqttDisconnectReasonCode.SERVER_SHUTTING_DOWN, "shutting_down");
        }
    }
}
