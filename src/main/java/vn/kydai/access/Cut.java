package vn.kydai.access;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts the connection of a peer that does not read. Every close of Vert.x first waits until what is unsent has been
 * flushed, which such a peer never lets happen.
 */
public final class Cut {
    private static final Logger LOGGER = LoggerFactory.getLogger(Cut.class);

    private Cut() {}

    /** Returns what cuts a request's connection at once, also once it is a WebSocket. Any thread may run it. */
    public static Runnable of(HttpServerRequest request) {
        if (!(request.connection() instanceof HttpServerConnection connection)) {
            throw new IllegalArgumentException("no connection of a server: " + request.connection());
        }
        Channel channel = connection.channelHandlerContext().channel();
        return () -> cut(channel);
    }

    /** Starts at the first handler, so that none further in can hold it up. */
    private static void cut(Channel channel) {
        ChannelHandlerContext outermost = channel.pipeline().firstContext();
        if (outermost != null) {
            outermost
                    .close()
                    .addListener(done -> LOGGER.atDebug()
                            .addKeyValue("peer", channel.remoteAddress())
                            .log("a connection was cut"));
        }
    }
}
