package vn.kydai.ingest;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttTopicSubscription;
import io.vertx.mqtt.messages.MqttSubscribeMessage;
import io.vertx.mqtt.messages.MqttUnsubscribeMessage;
import io.vertx.mqtt.messages.codes.MqttSubAckReasonCode;
import io.vertx.mqtt.messages.codes.MqttUnsubAckReasonCode;
import java.util.List;

/** Grants a device what it may hear: alarms and figures of its own area (sirens, LED boards), and nothing else. */
final class MqttSubscriptions {
    private final MqttEndpoint endpoint;
    private final String sender;
    private final Senders senders;

    MqttSubscriptions(MqttEndpoint endpoint, String sender, Senders senders) {
        this.endpoint = endpoint;
        this.sender = sender;
        this.senders = senders;
    }

    void subscribe(MqttSubscribeMessage request) {
        List<MqttSubAckReasonCode> codes =
                request.topicSubscriptions().stream().map(this::answer).toList();
        endpoint.subscribeAcknowledge(request.messageId(), codes, MqttProperties.NO_PROPERTIES);
    }

    void unsubscribe(MqttUnsubscribeMessage request) {
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
