package vn.kydai.ingest;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttIdentifierRejectedException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.ReferenceCountUtil;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Stands between the MQTT codec and the endpoint of one connection, and lets through only what the protocol allows at
 * that moment; everything else closes the connection with a reason and is counted. It holds back what a client sends
 * before its CONNACK (allowed by the protocol, refused by the endpoint), stops reading while the client does not read
 * its acknowledgements, and gives a PUBREC its reason code, which the endpoint leaves out. Runs on the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Of a write or a close that fails, the channel itself tells.
final class MqttGuard extends ChannelDuplexHandler {
    /** Most packets held back before the CONNACK. */
    private static final int MAX_EARLY = 64;

    private final IngestMetrics metrics;
    private final Deque<MqttMessage> early = new ArrayDeque<>();
    private Stage stage = Stage.NEW;
    private boolean isVersion5;
    private boolean mayExplain = true;

    private enum Stage {
        /** Nothing but a CONNECT may come. */
        NEW,
        /** The CONNECT is being checked; what follows waits. */
        CONNECTING,
        OPEN,
        CLOSED
    }

    MqttGuard(IngestMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (stage == Stage.CLOSED) {
            ReferenceCountUtil.release(message);
        } else if (!(message instanceof MqttMessage packet)) {
            ReferenceCountUtil.release(message);
            close(context, MqttDisconnectReasonCode.MALFORMED_PACKET, "not_mqtt");
        } else if (packet.decoderResult().isFailure()) {
            undecodable(context, packet);
        } else {
            receive(context, packet);
        }
    }

    private void receive(ChannelHandlerContext context, MqttMessage packet) {
        switch (stage) {
            case NEW -> {
                if (packet instanceof MqttConnectMessage connect) {
                    connect(context, connect);
                } else {
                    refuse(context, packet, MqttDisconnectReasonCode.PROTOCOL_ERROR, "no_connect");
                }
            }
            case CONNECTING -> {
                if (early.size() < MAX_EARLY && packet.fixedHeader().messageType() != MqttMessageType.CONNECT) {
                    early.add(packet);
                } else {
                    refuse(context, packet, MqttDisconnectReasonCode.PROTOCOL_ERROR, "early");
                }
            }
            case OPEN -> {
                String fault = MqttRules.fault(packet);
                if (fault.isEmpty()) {
                    context.fireChannelRead(packet);
                } else {
                    refuse(context, packet, MqttRules.code(fault), fault);
                }
            }
            case CLOSED -> ReferenceCountUtil.release(packet);
        }
    }

    private void connect(ChannelHandlerContext context, MqttConnectMessage connect) {
        stage = Stage.CONNECTING;
        isVersion5 = connect.variableHeader().version() >= MqttVersion.MQTT_5.protocolLevel();
        MqttProperties.MqttProperty<?> problems =
                connect.variableHeader().properties().getProperty(MqttProperties.REQUEST_PROBLEM_INFORMATION);
        mayExplain = problems == null || !Integer.valueOf(0).equals(problems.value());
        context.fireChannelRead(connect);
    }

    private void undecodable(ChannelHandlerContext context, MqttMessage packet) {
        Throwable cause = packet.decoderResult().cause();
        ReferenceCountUtil.release(packet);
        if (cause instanceof TooLongFrameException) {
            close(context, MqttDisconnectReasonCode.PACKET_TOO_LARGE, "too_large");
        } else if (stage == Stage.NEW && cause instanceof MqttUnacceptableProtocolVersionException) {
            refuseConnect(context, MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION, "version");
        } else if (stage == Stage.NEW && cause instanceof MqttIdentifierRejectedException) {
            refuseConnect(context, MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED, "client_id");
        } else {
            close(context, MqttDisconnectReasonCode.MALFORMED_PACKET, "malformed");
        }
    }

    private void refuseConnect(ChannelHandlerContext context, MqttConnectReturnCode code, String cause) {
        stage = Stage.CLOSED;
        metrics.closed(cause);
        context.writeAndFlush(MqttMessageBuilders.connAck().returnCode(code).build())
                .addListener(ChannelFutureListener.CLOSE);
    }

    private void refuse(
            ChannelHandlerContext context, MqttMessage packet, MqttDisconnectReasonCode code, String cause) {
        ReferenceCountUtil.release(packet);
        close(context, code, cause);
    }

    private void close(ChannelHandlerContext context, MqttDisconnectReasonCode code, String cause) {
        boolean mayTell = stage == Stage.OPEN && isVersion5;
        stage = Stage.CLOSED;
        metrics.closed(cause);
        if (mayTell) {
            context.writeAndFlush(MqttMessageBuilders.disconnect()
                            .reasonCode(code.value())
                            .build())
                    .addListener(ChannelFutureListener.CLOSE);
        } else {
            context.close();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        context.write(
                message instanceof MqttMessage packet ? MqttRules.explained(packet, mayExplain) : message, promise);
        if (message instanceof MqttMessage packet && MqttRules.isLast(packet)) {
            stage = Stage.CLOSED;
        } else if (stage == Stage.CONNECTING && message instanceof MqttConnAckMessage) {
            // Not at once: the endpoint counts itself connected only after this write has returned.
            context.executor().execute(() -> open(context));
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        // What has been decoded but not handed on must not reach an endpoint that has closed.
        stage = Stage.CLOSED;
        context.close(promise);
    }

    private void open(ChannelHandlerContext context) {
        if (stage == Stage.CONNECTING) {
            stage = Stage.OPEN;
            while (!early.isEmpty()) {
                channelRead(context, early.remove());
            }
            // The network layer flushes what it wrote while reading only when it is told that the reading has ended.
            context.fireChannelReadComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(context.channel().isWritable());
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (stage != Stage.CLOSED) {
            stage = Stage.CLOSED;
            metrics.closed(cause instanceof IOException ? "reset" : "transport");
        }
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stage = Stage.CLOSED;
        early.forEach(ReferenceCountUtil::release);
        early.clear();
        context.fireChannelInactive();
    }
}
