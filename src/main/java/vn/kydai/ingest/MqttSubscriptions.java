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
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
    private final Set<String> areas = new HashSet<>();

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
                areas.add(area);
                MqttQoS qos = isOnce ? MqttQoS.AT_MOST_ONCE : MqttQoS.AT_LEAST_ONCE;
                orders.add(area, listener, sender, qos);
                boards.add(area, listener, qos);
            }
        }
    }

    /** Takes the device's acknowledgement of what it was told. */
    void acknowledged(int packetId) {
        listener.acknowledged(packetId);
    }

    /** Ends them with the connection. */
    void close() {
        areas.forEach(this::remove);
        areas.clear();
    }

    private void remove(String area) {
        boards.remove(area, listener);
        orders.remove(area, listener);
    }

    void unsubscribe(MqttUnsubscribeMessage request) {
        for (String filter : request.topics()) {
            String area = MqttTopic.alarmArea(filter);
            if (area != null && areas.remove(area)) {
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
