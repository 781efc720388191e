package vn.kydai.ingest;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttTopicSubscription;
import io.vertx.mqtt.messages.MqttSubscribeMessage;
import io.vertx.mqtt.messages.MqttUnsubscribeMessage;
import io.vertx.mqtt.messages.codes.MqttSubAckReasonCode;
import io.vertx.mqtt.messages.codes.MqttUnsubAckReasonCode;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Grants a device what it may hear: alarms and figures of its own area (sirens, LED boards), and nothing else; and tells
 * it the alarms and the orders to sirens. Confined to the connection's event loop.
 */
final class MqttSubscriptions {
    private final MqttEndpoint endpoint;
    private final String sender;
    private final Senders senders;
    private final MqttBoards boards;
    private final MqttOrders orders;
    private final MqttListener listener;
    private final InstantSource clock;
    /** By the topic's area, the area it is told of: its own, whatever that was when it was set up. */
    private final Map<String, String> areas = new HashMap<>();

    MqttSubscriptions(
            MqttEndpoint endpoint,
            String sender,
            Senders senders,
            MqttBoards boards,
            MqttOrders orders,
            InstantSource clock) {
        this.endpoint = endpoint;
        this.sender = sender;
        this.senders = senders;
        this.boards = boards;
        this.orders = orders;
        this.clock = clock;
        this.listener = new MqttListener(endpoint, clock);
    }

    void subscribe(MqttSubscribeMessage request) {
        List<MqttSubAckReasonCode> codes =
                request.topicSubscriptions().stream().map(this::answer).toList();
        endpoint.subscribeAcknowledge(request.messageId(), codes, MqttProperties.NO_PROPERTIES);
        for (int index = 0; index < codes.size(); index++) {
            MqttSubAckReasonCode code = codes.get(index);
            String area =
                    MqttTopic.alarmArea(request.topicSubscriptions().get(index).topicName());
            boolean isOnce = code == MqttSubAckReasonCode.GRANTED_QOS0;
            if (area != null && (isOnce || code == MqttSubAckReasonCode.GRANTED_QOS1)) {
                remove(area);
                String own = senders.areaOf(sender, clock.instant()).orElse(area);
                areas.put(area, own);
                MqttQoS qos = isOnce ? MqttQoS.AT_MOST_ONCE : MqttQoS.AT_LEAST_ONCE;
                orders.add(area, listener, sender, qos);
                boards.add(own, new MqttBoards.Ear(area, listener), qos);
            }
        }
    }

    /** Takes the device's acknowledgement of what it was told. */
    void acknowledged(int packetId) {
        listener.acknowledged(packetId);
    }

    /** Ends them with the connection. */
    void close() {
        List.copyOf(areas.keySet()).forEach(this::remove);
    }

    private void remove(String area) {
        String own = areas.remove(area);
        if (own != null) {
            boards.remove(own, new MqttBoards.Ear(area, listener));
            orders.remove(area, listener);
        }
    }

    void unsubscribe(MqttUnsubscribeMessage request) {
        for (String filter : request.topics()) {
            String area = MqttTopic.alarmArea(filter);
            if (area != null) {
                remove(area);
            }
        }
        List<MqttUnsubAckReasonCode> codes = request.topics().stream()
                .map(topic -> MqttUnsubAckReasonCode.SUCCESS)
                .toList();
        endpoint.unsubscribeAcknowledge(request.messageId(), codes, MqttProperties.NO_PROPERTIES);
    }

    private MqttSubAckReasonCode answer(MqttTopicSubscription wanted) {
        boolean isOwn = MqttTopic.subscribedArea(wanted.topicName())
                .flatMap(area -> senders.find(sender).filter(source -> source.wasEverIn(area)))
                .isPresent();
        if (isOwn) {
            return wanted.qualityOfService() == MqttQoS.AT_MOST_ONCE
                    ? MqttSubAckReasonCode.GRANTED_QOS0
                    : MqttSubAckReasonCode.GRANTED_QOS1;
        }
        // 3.1.1 knows one failure, 0x80.
        return MqttReplies.isVersion5(endpoint)
                ? MqttSubAckReasonCode.NOT_AUTHORIZED
                : MqttSubAckReasonCode.UNSPECIFIED_ERROR;
    }
}
