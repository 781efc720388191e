package vn.kydai.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;

/** MQTT 3.1.1, whose acknowledgement knows no refusal: what is acknowledged here may have become a dead letter. */
final class Mqtt3Wire implements Wire {
    private static final int KEEP_ALIVE_S = 30;
    private static final Set<Mqtt3ConnAckReturnCode> NOT_WANTED =
            Set.of(Mqtt3ConnAckReturnCode.NOT_AUTHORIZED, Mqtt3ConnAckReturnCode.BAD_USER_NAME_OR_PASSWORD);

    private final Context context;
    private final InetSocketAddress server;
    private final Credentials credentials;
    private Runnable whenLost = () -> {};
    private final Mqtt3AsyncClient client;

    Mqtt3Wire(Context context, InetSocketAddress server, Credentials credentials) {
        this.context = context;
        this.server = server;
        this.credentials = credentials;
        this.client = MqttClient.builder()
                .useMqttVersion3()
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
                                .cleanSession(true)
                                .keepAlive(KEEP_ALIVE_S)
                                .simpleAuth()
                                .username(credentials.id())
                                .password(credentials.token().getBytes(UTF_8))
                                .applySimpleAuth()
                                .send(),
                        context)
                .<Void>mapEmpty()
                .recover(problem -> Future.failedFuture(explained(problem)));
    }

    @Override
    public Future<Answer> send(List<Parcel> parcels) {
        Parcel parcel = parcels.getFirst();
        return Future.fromCompletionStage(
                        client.publishWith()
                                .topic(parcel.topic())
                                .qos(MqttQos.AT_LEAST_ONCE)
                                .payload(parcel.bytes())
                                .send(),
                        context)
                .map(published -> Answer.taken());
    }

    @Override
    public Future<Void> close() {
        whenLost = () -> {};
        return Future.fromCompletionStage(client.disconnect(), context)
                .otherwiseEmpty()
                .mapEmpty();
    }

    private Throwable explained(Throwable problem) {
        return problem instanceof Mqtt3ConnAckException refusal
                        && NOT_WANTED.contains(refusal.getMqttMessage().getReturnCode())
                ? new SignInRefused(credentials.id() + " may not sign in at mqtt://" + server.getHostString() + ":"
                        + server.getPort())
                : problem;
    }
}
