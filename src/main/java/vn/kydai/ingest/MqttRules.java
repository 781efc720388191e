package vn.kydai.ingest;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import io.vertx.mqtt.messages.codes.MqttPubRelReasonCode;
import org.jspecify.annotations.Nullable;

/** What a client may send on an open connection, and how the server's acknowledgements are put. */
final class MqttRules {
    private static final String PROTOCOL = "protocol";
    private static final String TOPIC_ALIAS = "topic_alias";

    private MqttRules() {}

    /** Names what is wrong with a decoded packet; empty when nothing is. */
    static String fault(MqttMessage packet) {
        return switch (packet.fixedHeader().messageType()) {
            case PUBLISH -> hasTopicAlias((MqttPublishMessage) packet) ? TOPIC_ALIAS : "";
            case PUBREL -> protocol(isPubRel((MqttPubReplyMessageVariableHeader) packet.variableHeader()));
            case SUBSCRIBE ->
                protocol(!((MqttSubscribeMessage) packet)
                        .payload()
                        .topicSubscriptions()
                        .isEmpty());
            case UNSUBSCRIBE ->
                protocol(!((MqttUnsubscribeMessage) packet).payload().topics().isEmpty());
            // PUBACK: of what the server itself published; an id that is not under way means nothing.
            case PINGREQ, PUBACK -> "";
            case DISCONNECT ->
                protocol(isDisconnect((MqttReasonCodeAndPropertiesVariableHeader) packet.variableHeader()));
            case CONNECT, CONNACK, PUBREC, PUBCOMP, SUBACK, UNSUBACK, PINGRESP, AUTH -> PROTOCOL;
        };
    }

    /** Returns what a client is told of a fault. */
    static MqttDisconnectReasonCode code(String fault) {
        return TOPIC_ALIAS.equals(fault)
                ? MqttDisconnectReasonCode.TOPIC_ALIAS_INVALID
                : MqttDisconnectReasonCode.PROTOCOL_ERROR;
    }

    /**
     * Returns a packet as it is to be written: a PUBREC with the code of its Reason String, and no Reason String for a
     * client that asked for none.
     */
    static MqttMessage explained(MqttMessage packet, boolean mayExplain) {
        if (packet.fixedHeader().messageType() == MqttMessageType.PUBREC
                && packet.variableHeader() instanceof MqttMessageIdAndPropertiesVariableHeader header) {
            MqttProperties.MqttProperty<?> reason = header.properties().getProperty(MqttProperties.REASON_STRING);
            int code = reason == null ? 0 : MqttReason.codeOf(String.valueOf(reason.value()));
            return reply(packet, header.messageId(), (byte) code, mayExplain ? header.properties() : null);
        }
        if (!mayExplain && packet.variableHeader() instanceof MqttPubReplyMessageVariableHeader header) {
            return reply(packet, header.messageId(), header.reasonCode(), null);
        }
        return packet;
    }

    /** Tells whether the server's packet ends the connection: a DISCONNECT, or a CONNACK that refuses. */
    static boolean isLast(MqttMessage packet) {
        return packet.fixedHeader().messageType() == MqttMessageType.DISCONNECT
                || (packet instanceof MqttConnAckMessage answer
                        && answer.variableHeader().connectReturnCode() != MqttConnectReturnCode.CONNECTION_ACCEPTED);
    }

    private static MqttMessage reply(MqttMessage packet, int id, byte code, @Nullable MqttProperties properties) {
        return new MqttMessage(
                packet.fixedHeader(),
                new MqttPubReplyMessageVariableHeader(
                        id, code, properties == null ? MqttProperties.NO_PROPERTIES : properties));
    }

    private static String protocol(boolean isRight) {
        return isRight ? "" : PROTOCOL;
    }

    private static boolean hasTopicAlias(MqttPublishMessage publish) {
        return publish.variableHeader().properties().getProperty(MqttProperties.TOPIC_ALIAS) != null;
    }

    private static boolean isPubRel(MqttPubReplyMessageVariableHeader header) {
        return header.reasonCode() == MqttPubRelReasonCode.SUCCESS.value()
                || header.reasonCode() == MqttPubRelReasonCode.PACKET_IDENTIFIER_NOT_FOUND.value();
    }

    private static boolean isDisconnect(MqttReasonCodeAndPropertiesVariableHeader header) {
        for (MqttDisconnectReasonCode code : MqttDisconnectReasonCode.values()) {
            if (code.value() == header.reasonCode()) {
                return true;
            }
        }
        return false;
    }
}
