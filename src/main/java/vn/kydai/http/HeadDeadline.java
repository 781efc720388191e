package vn.kydai.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Peer;

/**
 * Cuts a connection on which the head of a request does not come whole within {@value #SECONDS} s: of the first one
 * counted from the connection's beginning, of every other from its first byte. Idle time-outs start anew with each byte,
 * so that a byte now and then would hold a place for ever. Confined to the connection's event loop.
 */
final class HeadDeadline {
    private static final int SECONDS = 10;
    private static final String BYTES = "headBytes";
    private static final String HEADS = "heads";

    private final Channel channel;
    private final Peer peer;
    private final Runnable cut;
    private boolean isHeadNext = true;
    private @Nullable ScheduledFuture<?> deadline;

    private HeadDeadline(Channel channel, Peer peer, Runnable cut) {
        this.channel = channel;
        this.peer = peer;
        this.cut = cut;
    }

    /**
     * Watches a new connection.
     *
     * @param cut runs when it is cut
     */
    static void watch(HttpConnection connection, Runnable cut) {
        Peer peer = Peer.of(connection);
        Channel channel = peer.channel();
        ChannelHandlerContext decoder = channel.pipeline().context(HttpRequestDecoder.class);
        if (decoder != null) {
            HeadDeadline heads = new HeadDeadline(channel, peer, cut);
            channel.pipeline().addBefore(decoder.name(), BYTES, heads.new Bytes());
            channel.pipeline().addAfter(decoder.name(), HEADS, heads.new Heads());
            heads.start();
        }
    }

    private void start() {
        if (deadline == null) {
            deadline = channel.eventLoop().schedule(this::expire, SECONDS, TimeUnit.SECONDS);
        }
    }

    private void expire() {
        if (channel.isActive()) {
            cut.run();
            peer.cut();
        }
    }

    private void stop() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** Sees that something comes. */
    private final class Bytes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (context.pipeline().get(HttpRequestDecoder.class) == null) {
                // It has become a WebSocket.
                stop();
                context.pipeline().remove(this);
            } else if (isHeadNext) {
                start();
            }
            context.fireChannelRead(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            stop();
            context.fireChannelInactive();
        }
    }

    /** Sees that a head, or a whole request, has come. */
    private final class Heads extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest) {
                isHeadNext = false;
                stop();
            }
            if (message instanceof LastHttpContent) {
                isHeadNext = true;
            }
            context.fireChannelRead(message);
        }
    }
}
