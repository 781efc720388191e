package vn.kydai.ingest;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import io.vertx.mqtt.messages.codes.MqttPubAckReasonCode;
import io.vertx.mqtt.messages.codes.MqttPubRecReasonCode;

/** What the server says on one connection, in the client's version of the protocol; nothing once it has closed. */
final class MqttReplies {
    private final MqttEndpoint endpoint;
    private final IngestMetrics metrics;

    MqttReplies(MqttEndpoint endpoint, IngestMetrics metrics) {
        this.endpoint = endpoint;
        this.metrics = metrics;
    }

    boolean isVersion5() {
        return isVersion5(endpoint);
    }

    static boolean isVersion5(MqttEndpoint endpoint) {
        return endpoint.protocolVersion() >= MqttVersion.MQTT_5.protocolLevel();
    }

    IngestMetrics.Way way() {
        return isVersion5() ? IngestMetrics.Way.MQTT5 : IngestMetrics.Way.MQTT3;
    }

    /** Acknowledges what has been committed; QoS 0 gets no answer. */
    void accept(int packetId, MqttQoS qos) {
        if (endpoint.isConnected()) {
            switch (qos) {
                case AT_LEAST_ONCE -> endpoint.publishAcknowledge(packetId);
                case EXACTLY_ONCE -> endpoint.publishReceived(packetId);
                case AT_MOST_ONCE, FAILURE -> {}
            }
        }
    }

    /** Acknowledges what has been rejected: with its reason in version 5, plainly in 3.1.1, which knows no other. */
    void reject(int packetId, MqttQoS qos, MqttReason reason) {
        if (!isVersion5()) {
            accept(packetId, qos);
        } else if (endpoint.isConnected()) {
            switch (qos) {
                case AT_LEAST_ONCE ->
                    endpoint.publishAcknowledge(
                            packetId, MqttPubAckReasonCode.valueOf((byte) reason.code()), because(reason.id()));
                case EXACTLY_ONCE ->
                    // The library leaves the code out; MqttGuard puts it back from the reason.
                    endpoint.publishReceived(
                            packetId, MqttPubRecReasonCode.valueOf((byte) reason.code()), because(reason.id()));
                case AT_MOST_ONCE, FAILURE -> {}
            }
        }
    }

    void complete(int packetId) {
        if (endpoint.isConnected()) {
            endpoint.publishComplete(packetId);
        }
    }

    /** Closes the connection, in version 5 with a reason. */
    void disconnect(MqttDisconnectReasonCode code, String cause) {
        if (endpoint.isConnected()) {
            metrics.closed(cause);
            endpoint.disconnect(code, because(cause));
        }
    }

    private static MqttProperties because(String reason) {
        MqttProperties properties = new MqttProperties();
        properties.add(new MqttProperties.StringProperty(MqttProperties.REASON_STRING, reason));
        return properties;
    }
}
