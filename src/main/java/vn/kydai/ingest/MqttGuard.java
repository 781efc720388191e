package vn.kydai.ingest;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttIdentifierRejectedException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.ReferenceCountUtil;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the MQTT codec and the endpoint of one connection, and lets through only what the protocol allows at
 * that moment; everything else closes the connection with a reason and is counted. Runs on the event loop.
 *
 * <p>It stops reading, for each {@link Pause}, so that a peer which can only send the same again is slowed by its own
 * TCP window and never closed: what had been read by then waits in the codec, and at most a packet or two here. It keeps
 * the keep-alive itself, which the endpoint cannot: time in which the server did not read counts for nothing, and one
 * that asked for no keep-alive, or for hours, is held to the server's own.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Of a write or a close that fails, the channel itself tells.
final class MqttGuard extends ChannelDuplexHandler {
    private final IngestMetrics metrics;
    private final int maxKeepAliveSeconds;
    private final Set<Pause> pauses = EnumSet.noneOf(Pause.class);
    private final Deque<MqttMessage> held = new ArrayDeque<>();
    private Stage stage = Stage.NEW;
    private boolean isVersion5;
    private boolean mayExplain = true;
    private int askedKeepAliveSeconds;
    private long heardNs;
    private Runnable signedIn = () -> {};
    private @Nullable ChannelHandlerContext own;
    private @Nullable ScheduledFuture<?> keepAlive;

    private enum Stage {
        /** Nothing but a CONNECT may come. */
        NEW,
        /** The CONNECT is being checked; what follows waits. */
        CONNECTING,
        OPEN,
        CLOSED
    }

    /** Why nothing is read for a while. */
    enum Pause {
        /** The CONNECT is being checked: nothing more is kept of who has not signed in. */
        SIGN_IN,
        /** As many messages wait for their commit as may. */
        WINDOW,
        /** The journal has no room for the next message. */
        JOURNAL,
        /** The peer does not read what it is told. */
        PEER
    }

    /**
     * Creates it.
     *
     * @param maxKeepAliveSeconds the longest keep-alive it grants
     */
    MqttGuard(IngestMetrics metrics, int maxKeepAliveSeconds) {
        this.metrics = metrics;
        this.maxKeepAliveSeconds = maxKeepAliveSeconds;
    }

    /** Runs an action once the connection is open. */
    void onSignedIn(Runnable action) {
        signedIn = action;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        own = context;
    }

    /** Tells whether nothing has come that could be a CONNECT. */
    boolean isMute() {
        return stage == Stage.NEW;
    }

    /** Closes one that has not said who it is, for another. */
    void giveWay() {
        closeUnsigned("gave_way");
    }

    /** Closes one that sent more than a CONNECT may be. */
    void tooLarge() {
        closeUnsigned("too_large");
    }

    /** Returns the keep-alive a client must be told of (MQTT 5, 3.2.2.3.14); absent where it has what it asked for. */
    OptionalInt serverKeepAliveSeconds() {
        return keepAliveSeconds() == askedKeepAliveSeconds ? OptionalInt.empty() : OptionalInt.of(keepAliveSeconds());
    }

    /** Returns when something was heard of the peer last ({@link System#nanoTime}). */
    long heardNs() {
        return heardNs;
    }

    private int keepAliveSeconds() {
        return askedKeepAliveSeconds == 0 ? maxKeepAliveSeconds : Math.min(askedKeepAliveSeconds, maxKeepAliveSeconds);
    }

    /** Stops reading. */
    void pause(Pause why) {
        if (pauses.add(why)) {
            read(false);
        }
    }

    /** Goes on reading once there is no other reason not to. */
    void resume(Pause why) {
        if (pauses.remove(why) && pauses.isEmpty() && own != null) {
            // Not at once: this may be called from within the codec's own reading.
            own.executor().execute(this::goOn);
        }
    }

    private void read(boolean isReading) {
        if (own != null) {
            MqttDecoder decoder = own.pipeline().get(MqttDecoder.class);
            if (decoder != null) {
                decoder.setSingleDecode(!isReading);
            }
            if (own.channel().config().isAutoRead() != isReading) {
                own.channel().config().setAutoRead(isReading);
            }
        }
    }

    /** Takes up what waits, in its order: what was decoded, then what was read, then what the peer has sent since. */
    private void goOn() {
        ChannelHandlerContext context = own;
        if (context == null || stage == Stage.CLOSED) {
            return;
        }
        heardNs = System.nanoTime();
        while (pauses.isEmpty() && !held.isEmpty()) {
            channelRead(context, held.remove());
        }
        ChannelHandlerContext decoder = context.pipeline().context(MqttDecoder.class);
        if (pauses.isEmpty() && decoder != null && stage == Stage.OPEN) {
            MqttDecoder codec = (MqttDecoder) decoder.handler();
            codec.setSingleDecode(false);
            try {
                codec.channelRead(decoder, Unpooled.EMPTY_BUFFER);
            } catch (Exception broken) {
                context.pipeline().fireExceptionCaught(broken);
            }
        }
        if (pauses.isEmpty()) {
            read(true);
        }
        // The network layer flushes what it wrote while reading only when it is told that the reading has ended.
        context.fireChannelReadComplete();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        heardNs = System.nanoTime();
        if (stage == Stage.CLOSED) {
            ReferenceCountUtil.release(message);
        } else if (!pauses.isEmpty() && message instanceof MqttMessage early) {
            held.add(early);
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
            case CONNECTING -> refuse(context, packet, MqttDisconnectReasonCode.PROTOCOL_ERROR, "early");
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
        askedKeepAliveSeconds = connect.variableHeader().keepAliveTimeSeconds();
        if (context.pipeline().get(MqttDoor.NAME) != null) {
            context.pipeline().remove(MqttDoor.NAME);
        }
        pause(Pause.SIGN_IN);
        context.fireChannelRead(withoutKeepAlive(connect));
    }

    /** The endpoint's own keep-alive would take a pause of ours for a peer that is gone. */
    private static MqttConnectMessage withoutKeepAlive(MqttConnectMessage connect) {
        MqttConnectVariableHeader header = connect.variableHeader();
        return new MqttConnectMessage(
                connect.fixedHeader(),
                new MqttConnectVariableHeader(
                        header.name(),
                        header.version(),
                        header.hasUserName(),
                        header.hasPassword(),
                        header.isWillRetain(),
                        header.willQos(),
                        header.isWillFlag(),
                        header.isCleanSession(),
                        0,
                        header.properties()),
                connect.payload());
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
            signedIn.run();
            heardNs = System.nanoTime();
            watch(context, limitNs());
            resume(Pause.SIGN_IN);
        }
    }

    /** One and a half times the keep-alive (MQTT 3.1.1 and 5, 3.1.2.10). */
    private long limitNs() {
        return TimeUnit.SECONDS.toNanos(keepAliveSeconds()) * 3 / 2;
    }

    private void watch(ChannelHandlerContext context, long inNs) {
        keepAlive = context.executor().schedule(() -> heard(context), inNs, TimeUnit.NANOSECONDS);
    }

    private void heard(ChannelHandlerContext context) {
        boolean isOurs = !pauses.isEmpty() && !pauses.contains(Pause.PEER);
        long restNs = isOurs ? limitNs() : heardNs + limitNs() - System.nanoTime();
        if (restNs > 0) {
            watch(context, restNs);
        } else if (stage == Stage.OPEN) {
            close(context, MqttDisconnectReasonCode.KEEP_ALIVE_TIMEOUT, "keep_alive");
        }
    }

    private void closeUnsigned(String cause) {
        if (own != null && stage != Stage.CLOSED) {
            close(own, MqttDisconnectReasonCode.UNSPECIFIED_ERROR, cause);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            resume(Pause.PEER);
        } else {
            heardNs = System.nanoTime();
            pause(Pause.PEER);
        }
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
        held.forEach(ReferenceCountUtil::release);
        held.clear();
        if (keepAlive != null) {
            keepAlive.cancel(false);
        }
        context.fireChannelInactive();
    }
}
