package vn.kydai.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttUtf8String;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAck;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** MQTT 5. */
final class Mqtt5Wire implements Wire {
    private static final int KEEP_ALIVE_S = 30;
    private static final Set<Mqtt5ConnAckReasonCode> NOT_WANTED =
            Set.of(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED, Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD);

    private final Context context;
    private final InetSocketAddress server;
    private final Credentials credentials;
    private final MqttQos qos;
    private final @Nullable Listening listening;
    private Runnable whenLost = () -> {};
    private final Mqtt5AsyncClient client;

    /**
     * What it asks to hear.
     *
     * @param heard takes each message, on the wire's context
     */
    record Listening(String topic, Consumer<byte[]> heard) {}

    Mqtt5Wire(Context context, InetSocketAddress server, Credentials credentials, MqttQos qos) {
        this(context, server, credentials, qos, null);
    }

    Mqtt5Wire(
            Context context,
            InetSocketAddress server,
            Credentials credentials,
            MqttQos qos,
            @Nullable Listening listening) {
        this.context = context;
        this.server = server;
        this.credentials = credentials;
        this.qos = qos;
        this.listening = listening;
        this.client = MqttClient.builder()
                .useMqttVersion5()
                .identifier(credentials.client())
                .serverHost(server.getHostString())
                .serverPort(server.getPort())
                .addDisconnectedListener(event -> context.runOnContext(ignored -> whenLost.run()))
                .buildAsync();
    }

    @Override
    public Future<Void> connect(Runnable whenLost) {
        this.whenLost = whenLost;
        return Future.fromCompletionStage(
                        client.connectWith()
                                .cleanStart(true)
                                .keepAlive(KEEP_ALIVE_S)
                                .simpleAuth()
                                .username(credentials.id())
                                .password(credentials.token().getBytes(UTF_8))
                                .applySimpleAuth()
                                .send(),
                        context)
                .compose(connected -> listen())
                .recover(problem -> Future.failedFuture(explained(problem)));
    }

    private Future<Void> listen() {
        Listening wanted = listening;
        return wanted == null
                ? Future.succeededFuture()
                : Future.fromCompletionStage(
                                client.subscribeWith()
                                        .topicFilter(wanted.topic())
                                        .qos(MqttQos.AT_LEAST_ONCE)
                                        .callback(publish -> context.runOnContext(
                                                ignored -> wanted.heard().accept(publish.getPayloadAsBytes())))
                                        .send(),
                                context)
                        .mapEmpty();
    }

    @Override
    public Future<Answer> send(List<Parcel> parcels) {
        Parcel parcel = parcels.getFirst();
        return Future.fromCompletionStage(
                        client.publishWith()
                                .topic(parcel.topic())
                                .payload(parcel.bytes())
                                .qos(qos)
                                .send(),
                        context)
                .transform(result -> result.succeeded() ? answer(result.result()) : unlessRefused(result.cause()));
    }

    @Override
    public Future<Void> close() {
        whenLost = () -> {};
        return Future.fromCompletionStage(client.disconnect(), context)
                .otherwiseEmpty()
                .mapEmpty();
    }

    private static Future<Answer> answer(Mqtt5PublishResult result) {
        return result.getError().map(Mqtt5Wire::unlessRefused).orElseGet(() -> Future.succeededFuture(Answer.taken()));
    }

    /** A negative acknowledgement is an answer; anything else leaves us not knowing. */
    private static Future<Answer> unlessRefused(Throwable problem) {
        return problem instanceof Mqtt5PubAckException refusal
                ? Future.succeededFuture(Answer.refused(reason(refusal.getMqttMessage()), 1))
                : Future.failedFuture(problem);
    }

    private static String reason(Mqtt5PubAck refusal) {
        return refusal.getReasonString()
                .map(MqttUtf8String::toString)
                .orElseGet(() -> refusal.getReasonCode().name().toLowerCase(Locale.ROOT));
    }

    private Throwable explained(Throwable problem) {
        return problem instanceof Mqtt5ConnAckException refusal
                        && NOT_WANTED.contains(refusal.getMqttMessage().getReasonCode())
                ? new SignInRefused(credentials.id() + " may not sign in at mqtt://" + server.getHostString() + ":"
                        + server.getPort())
                : problem;
    }
}
