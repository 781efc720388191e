package vn.kydai.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.handler.codec.MessageToMessageCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.NetServerImpl;
import io.vertx.core.net.impl.NetServerInternal;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import vn.kydai.access.Network;
import vn.kydai.config.Settings;

/**
 * Makes MQTT servers whose every socket is bounded and guarded from its first byte. The library hands a connection over
 * only after its CONNECT, and keeps its channel private; so the network server under it is ours.
 */
final class MqttTransport {
    private static final int MAX_HANDSHAKE_BYTES = 8_192;
    private static final int HANDSHAKE_TIMEOUT_MS = 10_000;

    /** Largest WebSocket frame: clients put many packets into one, and can only send it again. */
    private static final int MAX_FRAME_BYTES = 1_048_576;

    private static final int MAX_CONNECT_BYTES = 16_384;

    /** A client may put what follows its CONNECT into the same frame. */
    private static final int MAX_FIRST_FRAME_BYTES = 262_144;

    private static final int PROBED_AFTER_SECONDS = 60;
    private static final int PROBED_EVERY_SECONDS = 15;
    private static final int PROBES = 4;

    private final Vertx vertx;
    private final IngestMetrics metrics;
    private final int maxKeepAliveSeconds;
    private final MqttStrangers strangers;
    private final Map<Ends, MqttGuard> guards = new HashMap<>();

    /** Creates it; what it bounds holds for all its servers together. */
    MqttTransport(Vertx vertx, IngestMetrics metrics, Settings.Mqtt settings) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.maxKeepAliveSeconds = settings.maxKeepAliveSeconds();
        this.strangers = new MqttStrangers(settings.maxConnections());
    }

    /** Both ends of a connection, by which the endpoint the library hands over is known again. */
    private record Ends(SocketAddress remote, SocketAddress local) {}

    /** Returns the guard of a connection; absent once it has gone. */
    Optional<MqttGuard> guardOf(MqttEndpoint endpoint) {
        return Optional.ofNullable(guards.get(new Ends(endpoint.remoteAddress(), endpoint.localAddress())));
    }

    /** Makes a server of plain TCP or TLS. */
    MqttServer server(MqttServerOptions options) {
        return MqttServer.create(new Guarded((VertxInternal) vertx, false), options);
    }

    /** Makes a server of MQTT over WebSocket at {@code /mqtt}, without compression: a small frame stays small. */
    MqttServer webSocketServer(MqttServerOptions options) {
        return MqttServer.create(new Guarded((VertxInternal) vertx, true), options);
    }

    private final class Guarded extends VertxWrapper {
        private final boolean isWebSocket;

        Guarded(VertxInternal vertx, boolean isWebSocket) {
            super(vertx);
            this.isWebSocket = isWebSocket;
        }

        @Override
        public NetServerInternal createNetServer(NetServerOptions options) {
            int maxFrame =
                    isWebSocket ? Math.max(MAX_FRAME_BYTES, ((MqttServerOptions) options).getMaxMessageSize()) : 0;
            return new NetServerImpl(delegate, options.copy()) {
                @Override
                public synchronized NetServerInternal connectHandler(Handler<NetSocket> handler) {
                    return super.connectHandler(socket -> accept(socket, handler, maxFrame));
                }
            };
        }
    }

    private void accept(NetSocket socket, Handler<NetSocket> library, int maxFrame) {
        ChannelHandlerContext context = ((NetSocketInternal) socket).channelHandlerContext();
        MqttGuard guard = new MqttGuard(metrics, maxKeepAliveSeconds);
        String address = Network.of(String.valueOf(socket.remoteAddress().hostAddress()));
        if (!strangers.enter(address, guard)) {
            metrics.closed("sockets");
            socket.close();
            return;
        }
        Ends ends = new Ends(socket.remoteAddress(), socket.localAddress());
        guards.put(ends, guard);
        guard.onSignedIn(() -> strangers.leave(address, guard));
        context.channel().closeFuture().addListener(closed -> {
            strangers.leave(address, guard);
            guards.remove(ends, guard);
        });
        noticeDeadPeers(context.channel());
        library.handle(socket);
        if (maxFrame > 0) {
            addWebSocket(context.pipeline(), maxFrame);
            context.pipeline().addBefore("http", MqttDoor.NAME, new MqttDoor(guard, MAX_FIRST_FRAME_BYTES));
        } else {
            context.pipeline().addBefore("mqttDecoder", MqttDoor.NAME, new MqttDoor(guard, MAX_CONNECT_BYTES));
        }
        context.pipeline().addBefore("handler", "guard", guard);
    }

    /** The kernel's own question whether the peer is there ends what lost its power or network within two minutes. */
    private static void noticeDeadPeers(Channel channel) {
        channel.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), PROBED_AFTER_SECONDS);
        channel.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), PROBED_EVERY_SECONDS);
        channel.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), PROBES);
    }

    private static void addWebSocket(ChannelPipeline pipeline, int maxFrame) {
        WebSocketServerProtocolConfig config = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/mqtt")
                .subprotocols("mqtt, mqttv3.1, mqttv3.1.1")
                .allowExtensions(false)
                .maxFramePayloadLength(maxFrame)
                .handshakeTimeoutMillis(HANDSHAKE_TIMEOUT_MS)
                .build();
        pipeline.addBefore("mqttEncoder", "http", new HttpServerCodec());
        pipeline.addBefore("mqttEncoder", "handshake", new HttpObjectAggregator(MAX_HANDSHAKE_BYTES));
        pipeline.addBefore("mqttEncoder", "webSocket", new WebSocketServerProtocolHandler(config));
        pipeline.addBefore("mqttEncoder", "bytes", new FrameBytes());
    }

    /**
     * MQTT bytes in binary frames, both ways. A packet may begin in one frame and end in another (MQTT 5, 6.0), so the
     * parts of a message in fragments need not be put together.
     */
    private static final class FrameBytes extends MessageToMessageCodec<WebSocketFrame, ByteBuf> {
        @Override
        protected void encode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) {
            out.add(new BinaryWebSocketFrame(bytes.retain()));
        }

        @Override
        protected void decode(ChannelHandlerContext context, WebSocketFrame frame, List<Object> out) {
            if (frame instanceof BinaryWebSocketFrame || frame instanceof ContinuationWebSocketFrame) {
                out.add(frame.content().retain());
            } else {
                out.add(frame.retain());
            }
        }
    }
}
