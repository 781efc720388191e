package vn.kydai.ingest;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sockets that have not signed in yet, bounded in all and by address. Signed-in connections do not count here, so that
 * strangers never take their places. At a bound the oldest one that has not even sent its CONNECT gives way: who means it
 * sends it at once. Confined to one event loop.
 */
final class MqttStrangers {
    /** Room beside the connections themselves: a client must be told that there is no place for it. */
    private static final int LEAST = 10;

    private final int max;
    private final int maxPerAddress;
    private final Map<String, Set<MqttGuard>> byAddress = new HashMap<>();
    private int count;

    /** Bounds them by the connections a server has: a quarter of these, half of it for one address. */
    MqttStrangers(int maxConnections) {
        this.max = maxConnections / 4 + 2 * LEAST;
        this.maxPerAddress = max / 2;
    }

    /** Takes a place for a socket; false when there is none and nobody gives way. */
    boolean enter(String address, MqttGuard socket) {
        Set<MqttGuard> own = byAddress.getOrDefault(address, Set.of());
        boolean hasPlace = own.size() < maxPerAddress || giveWay(own);
        if (hasPlace && count >= max) {
            hasPlace = byAddress.values().stream()
                    .max(Comparator.comparingInt(Collection::size))
                    .filter(MqttStrangers::giveWay)
                    .isPresent();
        }
        if (hasPlace
                && byAddress
                        .computeIfAbsent(address, begun -> new LinkedHashSet<>())
                        .add(socket)) {
            count++;
        }
        return hasPlace;
    }

    /** Forgets a socket that has signed in, or is gone. */
    void leave(String address, MqttGuard socket) {
        Set<MqttGuard> own = byAddress.get(address);
        if (own != null && own.remove(socket)) {
            count--;
            if (own.isEmpty()) {
                byAddress.remove(address);
            }
        }
    }

    private static boolean giveWay(Set<MqttGuard> sockets) {
        Optional<MqttGuard> mute = sockets.stream().filter(MqttGuard::isMute).findFirst();
        mute.ifPresent(MqttGuard::giveWay);
        return mute.isPresent();
    }
}
