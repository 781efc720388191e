package vn.kydai.ingest;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.mqtt.MqttAuth;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.access.Caller;
import vn.kydai.bus.RateLimitedLog;
import vn.kydai.bus.Topic;
import vn.kydai.config.Settings;
import vn.kydai.event.Message;
import vn.kydai.event.Picture;

/**
 * The embedded MQTT endpoint: 3.1.1 and 5, over TCP, TLS and WebSocket. One instance, one event loop: its bounds and its
 * take-overs hold for all connections.
 */
public final class MqttVerticle extends VerticleBase {
    private static final Logger LOGGER = LoggerFactory.getLogger(MqttVerticle.class);

    /** How often it is asked whether an open connection's token is still good. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private static final int CONNECT_TIMEOUT_SECONDS = 10;
    private static final int MAX_CLIENT_ID_CHARS = 256;

    /** Room for the topic and the properties of the largest event. */
    private static final int PACKET_OVERHEAD_BYTES = 4_096;

    private final Settings.Mqtt settings;
    private final int maxPacketBytes;
    private final Intake intake;
    private final SignIn signIn;
    private final Duration again;
    private final MqttConnections connections;
    private final MqttWelcome welcome;
    private final MqttBoards boards = new MqttBoards();
    private final MqttOrders orders;
    private final RateLimitedLog foreignLog = new RateLimitedLog();
    private final List<MqttServer> servers = new ArrayList<>();
    private @Nullable MessageConsumer<Message> pictures;
    private volatile int port;
    private volatile int tlsPort;
    private volatile int webSocketPort;

    /**
     * Creates it.
     *
     * @param signIn checks user name (the source's id) and password (its token)
     */
    public MqttVerticle(Settings.Ingest settings, Intake intake, SignIn signIn) {
        this(settings, intake, signIn, AGAIN);
    }

    MqttVerticle(Settings.Ingest settings, Intake intake, SignIn signIn, Duration again) {
        this.settings = settings.mqtt();
        // Twice the largest event: one that is merely too large gets its answer, and only a larger packet the door.
        this.maxPacketBytes = 2 * settings.maxEventBytes() + PACKET_OVERHEAD_BYTES;
        this.intake = intake;
        this.signIn = signIn;
        this.again = again;
        this.orders = new MqttOrders(intake.senders(), intake.clock());
        this.connections = new MqttConnections(
                settings.mqtt().maxConnections(),
                settings.mqtt().maxConnectionsPerSource(),
                intake.metrics().connections());
        this.welcome = new MqttWelcome(settings.mqtt().maxInFlight(), maxPacketBytes);
    }

    /** Returns the port of plain TCP, once started. */
    public int port() {
        return port;
    }

    /** Returns the devices that are connected and listen for orders to sirens just now; from any thread. */
    public Set<String> listening() {
        return orders.listening();
    }

    /** Returns the port of TLS; 0 when there is none. */
    public int tlsPort() {
        return tlsPort;
    }

    /** Returns the port of MQTT over WebSocket; 0 when there is none. */
    public int webSocketPort() {
        return webSocketPort;
    }

    @Override
    public Future<?> start() {
        pictures = Topic.PICTURES.subscribe(vertx.eventBus(), this::show);
        MqttTransport transport = new MqttTransport(vertx, intake.metrics(), settings);
        return listen(transport, transport.server(options()), settings.port())
                .onSuccess(found -> port = found)
                .compose(done -> hasTls() ? listen(transport, transport.server(tls()), settings.tlsPort()) : none())
                .onSuccess(found -> tlsPort = found)
                .compose(done -> settings.webSocketPort() == 0
                        ? none()
                        : listen(
                                transport,
                                transport.webSocketServer(hasTls() ? tls() : options()),
                                settings.webSocketPort()))
                .onSuccess(found -> webSocketPort = found);
    }

    @Override
    public Future<?> stop() {
        connections.closeAll();
        List<Future<Void>> closed =
                new ArrayList<>(servers.stream().map(MqttServer::close).toList());
        if (pictures != null) {
            closed.add(pictures.unregister());
        }
        return Future.join(closed);
    }

    private void show(Picture picture) {
        if (picture.catchingUp() != null) {
            return;
        }
        orders.show(picture);
        boards.show(picture);
    }

    private static Future<Integer> none() {
        return Future.succeededFuture(0);
    }

    private Future<Integer> listen(MqttTransport transport, MqttServer server, int wanted) {
        servers.add(server);
        return server.endpointHandler(endpoint -> connect(endpoint, transport))
                .listen(wanted, settings.host())
                .map(MqttServer::actualPort);
    }

    private boolean hasTls() {
        return !settings.tlsCertificate().isEmpty();
    }

    private MqttServerOptions options() {
        MqttServerOptions options = new MqttServerOptions()
                .setMaxMessageSize(maxPacketBytes)
                .setMaxClientIdLength(MAX_CLIENT_ID_CHARS)
                .setTimeoutOnConnect(CONNECT_TIMEOUT_SECONDS)
                .setAutoClientId(false);
        options.setTcpKeepAlive(true).setReuseAddress(true);
        return options;
    }

    private MqttServerOptions tls() {
        return options()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(settings.tlsCertificate())
                        .setKeyPath(settings.tlsKey()));
    }

    private void connect(MqttEndpoint endpoint, MqttTransport transport) {
        Optional<MqttGuard> guard = transport.guardOf(endpoint);
        MqttAuth auth = endpoint.auth();
        if (guard.isEmpty() || auth == null || auth.getUsername() == null || auth.getPassword() == null) {
            refuse(endpoint, MqttWelcome.Refusal.NO_CREDENTIALS, "no_credentials");
            return;
        }
        signIn.device(auth.getUsername(), auth.getPassword())
                .timeout(CONNECT_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .onComplete(
                        found -> context.runOnContext(ignored -> signedIn(endpoint, guard.get(), found)),
                        failure -> context.runOnContext(
                                ignored -> refuse(endpoint, MqttWelcome.Refusal.UNAVAILABLE, "sign_in_unavailable")));
    }

    private void signedIn(MqttEndpoint endpoint, MqttGuard guard, Optional<Caller.Device> device) {
        noted(endpoint, device.isPresent());
        if (device.isEmpty()) {
            refuse(endpoint, MqttWelcome.Refusal.WRONG_CREDENTIALS, "wrong_credentials");
            return;
        }
        try {
            open(endpoint, guard, device.get().id(), endpoint.auth().getPassword());
        } catch (IllegalArgumentException closed) {
            // The library throws on every call once the peer has gone, which it may do while the sign-in is checked.
            LOGGER.atDebug().log("closed before its CONNACK");
        }
    }

    private void noted(MqttEndpoint endpoint, boolean isGood) {
        try {
            signIn.noted(
                    endpoint.auth().getUsername(),
                    String.valueOf(endpoint.remoteAddress().hostAddress()),
                    isGood);
        } catch (IllegalArgumentException closed) {
            LOGGER.atDebug().log("closed while its sign-in was checked");
        }
    }

    private void refuse(MqttEndpoint endpoint, MqttWelcome.Refusal refusal, String cause) {
        intake.metrics().closed(cause);
        try {
            MqttWelcome.reject(endpoint, refusal);
        } catch (IllegalArgumentException closed) {
            LOGGER.atDebug().log("closed before its refusal");
        }
    }

    private void open(MqttEndpoint endpoint, MqttGuard guard, String sender, String token) {
        boolean isUnnamed = endpoint.clientIdentifier() == null;
        if (isUnnamed) {
            endpoint.setClientIdentifier(UUID.randomUUID().toString());
        }
        MqttReplies replies = new MqttReplies(endpoint, intake.metrics());
        MqttConnections.Client client = new MqttConnections.Client(sender, endpoint.clientIdentifier());
        MqttWindow window = new MqttWindow(vertx, guard, replies.isVersion5(), settings.maxInFlight());
        MqttSession session = new MqttSession(sender, intake, replies, foreignLog, window);
        MqttSubscriptions subscriptions =
                new MqttSubscriptions(endpoint, sender, intake.senders(), boards, orders, intake.clock());
        // Before the place is taken: the peer may be gone already, and this says so by throwing.
        endpoint.closeHandler(closed -> {
            connections.remove(client, replies);
            session.close();
            subscriptions.close();
        });
        if (!connections.put(client, replies, guard::heardNs)) {
            refuse(endpoint, MqttWelcome.Refusal.BUSY, "connections");
            return;
        }
        askAgainEachWhile(endpoint, sender, token, replies);
        endpoint.publishHandler(session::publish)
                .publishReleaseHandler(session::release)
                .subscribeHandler(subscriptions::subscribe)
                .unsubscribeHandler(subscriptions::unsubscribe)
                .publishAcknowledgeHandler(subscriptions::acknowledged);
        welcome.accept(endpoint, isUnnamed, guard.serverKeepAliveSeconds());
    }

    private void askAgainEachWhile(MqttEndpoint endpoint, String sender, String token, MqttReplies replies) {
        Optional<String> area = areaOf(sender);
        long unused = vertx.setPeriodic(again.toMillis(), due -> {
            if (endpoint.isConnected()) {
                askAgain(sender, token, area, replies);
            } else {
                vertx.cancelTimer(due);
            }
        });
    }

    private Optional<String> areaOf(String sender) {
        return intake.senders().areaOf(sender, intake.clock().instant());
    }

    /**
     * A connection lives for months: it ends when its token does, stays while nobody can tell, and begins anew where the
     * device belongs to another area, for what it may hear.
     */
    private void askAgain(String sender, String token, Optional<String> before, MqttReplies replies) {
        Optional<String> area = areaOf(sender);
        if (area.isPresent() && before.isPresent() && !area.equals(before)) {
            replies.disconnect(MqttDisconnectReasonCode.ADMINISTRATIVE_ACTION, "moved");
            return;
        }
        signIn.device(sender, token)
                .onSuccess(found -> context.runOnContext(ignored -> {
                    if (found.isEmpty()) {
                        replies.disconnect(MqttDisconnectReasonCode.NOT_AUTHORIZED, "revoked");
                    }
                }))
                .onFailure(failure -> LOGGER.atDebug().log("nobody can tell whether a token is still good"));
    }
}
