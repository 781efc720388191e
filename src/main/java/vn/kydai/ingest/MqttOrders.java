package vn.kydai.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Picture;
import vn.kydai.event.SirenOrder;
import vn.kydai.event.codec.Json;
import vn.kydai.event.codec.OrderJson;

/**
 * Tells sirens which orders they are to sound, on the topic where they hear of alarms: once a connection, from the first
 * picture that shows the order confirmed until it expires, and to those that come later and have not answered. Which
 * orders stand is a function of the newest picture, so that a restart between the confirmation and the telling loses
 * none; a siren knows a repeat by the order's id. Confined to one event loop but for {@link #listening}.
 */
final class MqttOrders {
    private final Senders senders;
    private final InstantSource clock;
    private final Map<Ear, Siren> sirens = new LinkedHashMap<>();
    private final ConcurrentMap<String, Integer> listening = new ConcurrentHashMap<>();
    private @Nullable Picture newest;

    /** A connection that listens to an area's topic. */
    private record Ear(String area, MqttListener listener) {}

    /** The device of a connection, and what it has been told on it. */
    private record Siren(String source, MqttQoS qos, Set<Told> told) {}

    /** That an order is to be sounded, or that it is not any more. */
    private record Told(String order, boolean isToBeSounded) {}

    MqttOrders(Senders senders, InstantSource clock) {
        this.senders = senders;
        this.clock = clock;
    }

    /** Takes the newest picture, and tells what is to be sounded or not to be sounded any more. */
    void show(Picture picture) {
        Picture before = newest;
        newest = picture;
        boolean isSame = before != null
                && before.orders().equals(picture.orders())
                && before.areas().keySet().equals(picture.areas().keySet());
        if (!isSame) {
            sirens.forEach((ear, siren) -> tell(ear, siren, picture));
        }
    }

    /** Begins to tell a device. */
    void add(String area, MqttListener listener, String source, MqttQoS qos) {
        Ear ear = new Ear(area, listener);
        Siren siren = new Siren(source, qos, new HashSet<>());
        sirens.put(ear, siren);
        listening.merge(source, 1, Integer::sum);
        if (newest != null) {
            tell(ear, siren, newest);
        }
    }

    void remove(String area, MqttListener listener) {
        Siren gone = sirens.remove(new Ear(area, listener));
        if (gone != null) {
            listening.computeIfPresent(gone.source(), (source, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Returns the devices that listen just now; from any thread. */
    Set<String> listening() {
        return Set.copyOf(listening.keySet());
    }

    private void tell(Ear ear, Siren siren, Picture picture) {
        Instant now = clock.instant();
        // Where it stands today, whatever topic it was set up to listen to: a siren that was moved sounds for its new
        // area.
        String area = senders.areaOf(siren.source(), now).orElse("");
        for (SirenOrder order : picture.orders().values()) {
            boolean isToBeSounded = order.isToBeSounded(now) && !order.answers().containsKey(siren.source());
            boolean isMeant = (isToBeSounded || order.isCalledOff(now))
                    && picture.subtree(order.area()).contains(area);
            if (isMeant && siren.told().add(new Told(order.id(), isToBeSounded))) {
                ObjectNode said = isToBeSounded ? OrderJson.toSirens(order) : OrderJson.callingOff(order);
                ear.listener()
                        .tell(
                                order.id(),
                                new MqttListener.News(
                                        MqttTopic.ofAlarms(ear.area()),
                                        Buffer.buffer(Json.text(said)),
                                        siren.qos(),
                                        false,
                                        order.until()));
            }
        }
        siren.told().removeIf(told -> !picture.orders().containsKey(told.order()));
    }
}
