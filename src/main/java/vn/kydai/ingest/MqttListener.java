package vn.kydai.ingest;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttEndpoint;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one connection is still to be told: of each topic only the newest, one message of QoS 1 under way. A device that
 * does not acknowledge is told no more, and costs one message a topic it may hear. Confined to the connection's event
 * loop.
 */
final class MqttListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(MqttListener.class);
    private static final int NONE = 0;
    private static final int MAX_PACKET_ID = 65_535;

    private final MqttEndpoint endpoint;
    private final Map<String, News> waiting = new LinkedHashMap<>();
    private int underWay = NONE;
    private int lastId;

    /**
     * One message.
     *
     * @param isStanding whether it was so before the device asked: sent as retained
     */
    record News(Buffer payload, MqttQoS qos, boolean isStanding) {}

    MqttListener(MqttEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Tells it as soon as the one under way is acknowledged, unless something newer takes its place. */
    void tell(String topic, News news) {
        waiting.put(topic, news);
        next();
    }

    void acknowledged(int packetId) {
        if (packetId == underWay) {
            underWay = NONE;
            next();
        }
    }

    private void next() {
        Iterator<Map.Entry<String, News>> oldest = waiting.entrySet().iterator();
        while (underWay == NONE && oldest.hasNext() && endpoint.isConnected()) {
            Map.Entry<String, News> entry = oldest.next();
            News news = entry.getValue();
            oldest.remove();
            int id = NONE;
            if (news.qos() == MqttQoS.AT_LEAST_ONCE) {
                lastId = lastId % MAX_PACKET_ID + 1;
                id = lastId;
                underWay = id;
            }
            publish(entry.getKey(), news, id);
        }
    }

    private void publish(String topic, News news, int id) {
        (id == NONE
                        ? endpoint.publish(topic, news.payload(), news.qos(), false, news.isStanding())
                        : endpoint.publish(topic, news.payload(), news.qos(), false, news.isStanding(), id))
                .onFailure(gone -> LOGGER.atDebug().log("gone before it could be told"));
    }
}
