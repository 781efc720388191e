package vn.kydai.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Stands before the MQTT codec until a CONNECT has been decoded: what has not signed in may keep no more than a CONNECT
 * waiting in the codec. {@link MqttGuard} takes it away.
 */
final class MqttDoor extends ChannelInboundHandlerAdapter {
    static final String NAME = "door";

    private final MqttGuard guard;
    private final int maxBytes;
    private long bytes;

    /**
     * Creates it.
     *
     * @param maxBytes most bytes without a CONNECT among them
     */
    MqttDoor(MqttGuard guard, int maxBytes) {
        this.guard = guard;
        this.maxBytes = maxBytes;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf part) {
            bytes += part.readableBytes();
        }
        context.fireChannelRead(message);
        if (bytes > maxBytes && guard.isMute()) {
            guard.tooLarge();
        }
    }
}
