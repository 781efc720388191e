package vn.kydai.access;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other end of a connection, for what Vert.x does not do: its close waits until what is unsent has been flushed,
 * which a peer that does not read never lets happen, and its close handler is lost when the connection becomes a
 * WebSocket. Any thread may call it.
 */
public final class Peer {
    private static final Logger LOGGER = LoggerFactory.getLogger(Peer.class);

    private final Channel channel;

    private Peer(Channel channel) {
        this.channel = channel;
    }

    /** Returns the peer of a connection to this server, which it stays when the connection becomes a WebSocket. */
    public static Peer of(HttpConnection connection) {
        if (!(connection instanceof HttpServerConnection server)) {
            throw new IllegalArgumentException("no connection to this server: " + connection);
        }
        return new Peer(server.channelHandlerContext().channel());
    }

    /** Returns its channel. */
    public Channel channel() {
        return channel;
    }

    /** Ends the connection at once, whatever is unsent; starts at the first handler, so that none can hold it up. */
    public void cut() {
        ChannelHandlerContext outermost = channel.pipeline().firstContext();
        if (outermost != null) {
            outermost
                    .close()
                    .addListener(done -> LOGGER.atDebug()
                            .addKeyValue("peer", channel.remoteAddress())
                            .log("a connection was cut"));
        }
    }

    /** Runs an action once when the connection is gone, at once if it is already; on its event loop. */
    public void onGone(Runnable action) {
        channel.closeFuture().addListener(gone -> action.run());
    }
}
