package vn.kydai.ingest;

import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The signed-in connections, bounded in all and by source. A client that connects again takes over its older one; at a
 * bound the longest silent connection of the source that has the most gives way, so that one source's ghosts are in its
 * own way and nobody else's. Confined to one event loop.
 */
final class MqttConnections {
    private static final Comparator<Open> LONGEST_SILENT = Comparator.comparingLong(Open::heardNs);

    private final int max;
    private final int maxPerSource;
    private final AtomicInteger gauge;
    private final Map<String, Map<String, Open>> bySource = new HashMap<>();
    private int count;

    MqttConnections(int max, int maxPerSource, AtomicInteger gauge) {
        this.max = max;
        this.maxPerSource = maxPerSource;
        this.gauge = gauge;
    }

    /**
     * Whose connection it is. A client id counts within its sender, so that no device can throw out another.
     *
     * @param sender id of the device
     * @param clientId MQTT client identifier
     */
    record Client(String sender, String clientId) {}

    private record Open(Client client, MqttReplies replies, LongSupplier heard) {
        long heardNs() {
            return heard.getAsLong();
        }
    }

    /**
     * Takes a place for a signed-in client, and closes its older connection, or another that gives way.
     *
     * @param heard when something came from it last ({@link System#nanoTime})
     * @return false when there is no place
     */
    boolean put(Client client, MqttReplies replies, LongSupplier heard) {
        Map<String, Open> own = bySource.getOrDefault(client.sender(), Map.of());
        Open older = own.get(client.clientId());
        if (older != null) {
            end(older, MqttDisconnectReasonCode.SESSION_TAKEN_OVER, "taken_over");
        } else if (own.size() >= maxPerSource || (count >= max && !own.isEmpty())) {
            displace(own.values());
        } else if (count >= max) {
            Optional<Map<String, Open>> most = bySource.values().stream().max(Comparator.comparingInt(Map::size));
            if (most.isEmpty() || most.get().size() < 2) {
                return false;
            }
            displace(most.get().values());
        }
        bySource.computeIfAbsent(client.sender(), begun -> new HashMap<>())
                .put(client.clientId(), new Open(client, replies, heard));
        count++;
        gauge.incrementAndGet();
        return true;
    }

    /** Forgets a connection that has closed, unless a newer one took its place. */
    void remove(Client client, MqttReplies replies) {
        Map<String, Open> own = bySource.get(client.sender());
        Open known = own == null ? null : own.get(client.clientId());
        if (own != null && known != null && known.replies() == replies) {
            own.remove(client.clientId());
            if (own.isEmpty()) {
                bySource.remove(client.sender());
            }
            count--;
            gauge.decrementAndGet();
        }
    }

    /** Tells every client that the server goes. */
    void closeAll() {
        bySource.values().stream()
                .flatMap(own -> own.values().stream())
                .toList()
                .forEach(open ->
                        open.replies().disconnect(MqttDisconnectReasonCode.SERVER_SHUTTING_DOWN, "shutting_down"));
    }

    private void displace(Collection<Open> of) {
        of.stream()
                .min(LONGEST_SILENT)
                .ifPresent(ghost -> end(ghost, MqttDisconnectReasonCode.QUOTA_EXCEEDED, "displaced"));
    }

    private void end(Open open, MqttDisconnectReasonCode code, String cause) {
        remove(open.client(), open.replies());
        open.replies().disconnect(code, cause);
    }
}
