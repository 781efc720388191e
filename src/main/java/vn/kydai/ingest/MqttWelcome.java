package vn.kydai.ingest;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.vertx.mqtt.MqttEndpoint;
import java.util.OptionalInt;

/**
 * The CONNACK: what the server offers and, in either version of the protocol, why it does not.
 *
 * @param maxInFlight Receive Maximum
 * @param maxPacketBytes Maximum Packet Size
 */
record MqttWelcome(int maxInFlight, int maxPacketBytes) {
    /** Why a CONNECT is refused. */
    enum Refusal {
        WRONG_CREDENTIALS(
                MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD,
                MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD),
        NO_CREDENTIALS(
                MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED,
                MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5),
        BUSY(
                MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE,
                MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_BUSY),
        UNAVAILABLE(
                MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE,
                MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE_5);

        private final MqttConnectReturnCode version3;
        private final MqttConnectReturnCode version5;

        Refusal(MqttConnectReturnCode version3, MqttConnectReturnCode version5) {
            this.version3 = version3;
            this.version5 = version5;
        }
    }

    /**
     * Takes the connection. No session outlives it: what a device has to keep, the journal keeps.
     *
     * @param keepAliveSeconds the keep-alive that holds instead of what the client asked for, if so
     */
    void accept(MqttEndpoint endpoint, boolean isClientIdAssigned, OptionalInt keepAliveSeconds) {
        MqttProperties offer = new MqttProperties();
        if (MqttReplies.isVersion5(endpoint)) {
            offer.add(new IntegerProperty(MqttProperties.RECEIVE_MAXIMUM, maxInFlight));
            offer.add(new IntegerProperty(MqttProperties.MAXIMUM_PACKET_SIZE, maxPacketBytes));
            offer.add(new IntegerProperty(MqttProperties.TOPIC_ALIAS_MAXIMUM, 0));
            offer.add(new IntegerProperty(MqttProperties.SESSION_EXPIRY_INTERVAL, 0));
            offer.add(new IntegerProperty(MqttProperties.RETAIN_AVAILABLE, 1));
            offer.add(new IntegerProperty(MqttProperties.WILDCARD_SUBSCRIPTION_AVAILABLE, 1));
            offer.add(new IntegerProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER_AVAILABLE, 0));
            offer.add(new IntegerProperty(MqttProperties.SHARED_SUBSCRIPTION_AVAILABLE, 0));
            keepAliveSeconds.ifPresent(
                    seconds -> offer.add(new IntegerProperty(MqttProperties.SERVER_KEEP_ALIVE, seconds)));
            if (isClientIdAssigned) {
                offer.add(new StringProperty(MqttProperties.ASSIGNED_CLIENT_IDENTIFIER, endpoint.clientIdentifier()));
            }
        }
        endpoint.accept(false, offer);
    }

    /** Refuses the connection. */
    static void reject(MqttEndpoint endpoint, Refusal refusal) {
        endpoint.reject(MqttReplies.isVersion5(endpoint) ? refusal.version5 : refusal.version3);
    }
}
