package vn.kydai.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.MessageToMessageCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetServerImpl;
import io.vertx.core.net.impl.NetServerInternal;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes MQTT servers whose every socket is bounded and guarded from its first byte. The library hands a connection over
 * only after its CONNECT, and keeps its channel private; so the network server under it is ours.
 */
final class MqttTransport {
    private static final int MAX_HANDSHAKE_BYTES = 8_192;
    private static final int HANDSHAKE_TIMEOUT_MS = 10_000;

    private final Vertx vertx;
    private final IngestMetrics metrics;
    private final int maxSockets;
    private final AtomicInteger sockets = new AtomicInteger();

    /**
     * Creates it.
     *
     * @param maxSockets most sockets at once over all its servers, signed in or not
     */
    MqttTransport(Vertx vertx, IngestMetrics metrics, int maxSockets) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.maxSockets = maxSockets;
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
            int maxFrame = ((MqttServerOptions) options).getMaxMessageSize();
            return new NetServerImpl(delegate, options.copy()) {
                @Override
                public synchronized NetServerInternal connectHandler(Handler<NetSocket> handler) {
                    return super.connectHandler(socket -> accept(socket, handler, isWebSocket ? maxFrame : 0));
                }
            };
        }
    }

    private void accept(NetSocket socket, Handler<NetSocket> library, int maxFrame) {
        ChannelHandlerContext context = ((NetSocketInternal) socket).channelHandlerContext();
        if (sockets.incrementAndGet() > maxSockets) {
            sockets.decrementAndGet();
            metrics.closed("sockets");
            socket.close();
            return;
        }
        context.channel().closeFuture().addListener(closed -> sockets.decrementAndGet());
        library.handle(socket);
        if (maxFrame > 0) {
            addWebSocket(context.pipeline(), maxFrame);
        }
        context.pipeline().addBefore("handler", "guard", new MqttGuard(metrics));
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
        pipeline.addBefore("mqttEncoder", "frames", new WebSocketFrameAggregator(maxFrame));
        pipeline.addBefore("mqttEncoder", "bytes", new FrameBytes());
    }

    /** MQTT bytes in binary frames, both ways. */
    private static final class FrameBytes extends MessageToMessageCodec<BinaryWebSocketFrame, ByteBuf> {
        @Override
        protected void encode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) {
            out.add(new BinaryWebSocketFrame(bytes.retain()));
        }

        @Override
        protected void decode(ChannelHandlerContext context, BinaryWebSocketFrame frame, List<Object> out) {
            out.add(frame.content().retain());
        }
    }
}
