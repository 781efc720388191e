package vn.kydai.ingest;

import static java.util.Objects.requireNonNull;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttEndpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one connection is still to be told: of each subject only the newest, what ends first, one message under way. A
 * device that does not acknowledge, or with QoS 0 does not read, is told no more, and costs one message a topic it may hear and an order that
 * stands. Confined to the connection's event loop.
 */
final class MqttListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(MqttListener.class);
    private static final int NONE = 0;
    private static final int MAX_PACKET_ID = 65_535;

    /** Stands in for the id that a message of QoS 0 does not have. */
    private static final int ANY_ID = 1;

    /** A message of QoS 0 is under way until the socket has taken it: no acknowledgement of the device ends it. */
    private static final int UNCOUNTED = -1;

    private static final long FOR_EVER = Integer.MAX_VALUE;

    private final MqttEndpoint endpoint;
    private final InstantSource clock;
    private final Map<String, News> waiting = new LinkedHashMap<>();
    private int underWay = NONE;
    private int lastId;

    /**
     * One message.
     *
     * @param isStanding whether it was so before the device asked: sent as retained
     * @param until from when on it is no longer told; absent for what holds until something newer does
     */
    record News(
            String topic,
            Buffer payload,
            MqttQoS qos,
            boolean isStanding,
            @Nullable Instant until) {}

    MqttListener(MqttEndpoint endpoint, InstantSource clock) {
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /**
     * Tells it as soon as the one under way is acknowledged, unless something newer takes its place.
     *
     * @param subject what it is about: newer news of the same take its place
     */
    void tell(String subject, News news) {
        waiting.put(subject, news);
        next();
    }

    void acknowledged(int packetId) {
        if (packetId == underWay) {
            underWay = NONE;
            next();
        }
    }

    private void next() {
        while (underWay == NONE && !waiting.isEmpty() && endpoint.isConnected()) {
            News news = take();
            Instant until = news.until();
            long seconds = until == null
                    ? FOR_EVER
                    : Duration.between(clock.instant(), until).toSeconds();
            if (seconds > 0) {
                publish(news, seconds);
            }
        }
    }

    /** What ends goes before what can wait. */
    private News take() {
        String subject = waiting.entrySet().stream()
                .filter(entry -> entry.getValue().until() != null)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> waiting.keySet().iterator().next());
        return requireNonNull(waiting.remove(subject), "it waited");
    }

    private void publish(News news, long seconds) {
        boolean isCounted = news.qos() == MqttQoS.AT_LEAST_ONCE;
        lastId = isCounted ? lastId % MAX_PACKET_ID + 1 : lastId;
        underWay = isCounted ? lastId : UNCOUNTED;
        MqttProperties properties = new MqttProperties();
        if (seconds < FOR_EVER && MqttReplies.isVersion5(endpoint)) {
            properties.add(new MqttProperties.IntegerProperty(
                    MqttProperties.PUBLICATION_EXPIRY_INTERVAL, Math.toIntExact(seconds)));
        }
        endpoint.publish(
                        news.topic(),
                        news.payload(),
                        news.qos(),
                        false,
                        news.isStanding(),
                        isCounted ? lastId : ANY_ID,
                        properties)
                .onSuccess(written -> acknowledged(UNCOUNTED))
                .onFailure(gone -> LOGGER.atDebug().log("gone before it could be told"));
    }
}
