package vn.kydai.wall;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Context;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.access.Caller;
import vn.kydai.access.Callers;
import vn.kydai.access.Peer;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;

/** {@code GET /api/v1/wall}: the upgrade to the wall's WebSocket. On the server's context. */
final class SocketRoute {
    private static final String PROTOCOL_HEADER = "Sec-WebSocket-Protocol";
    private static final Logger LOGGER = LoggerFactory.getLogger(SocketRoute.class);

    /** However few places there are. */
    private static final int LEAST_OF_ONE = 64;

    private final Supplier<@Nullable Hub> hubs;
    private final WallParts parts;
    private final WallMetrics metrics;
    private final ConcurrentMap<String, Integer> byCaller = new ConcurrentHashMap<>();

    SocketRoute(Supplier<@Nullable Hub> hubs, WallParts parts, WallMetrics metrics) {
        this.hubs = hubs;
        this.parts = parts;
        this.metrics = metrics;
    }

    void handle(RoutingContext request) {
        Caller.Viewer viewer = Callers.viewer(request, Role.WALL);
        Callers.checkOrigin(request);
        checkUpgrade(request);
        Hub hub = DocumentRoute.opened(hubs.get());
        requireNonNull(hub.picture(), "refused while there is none");
        Peer peer = Peer.of(request.request().connection());
        String caller = viewer.role().id() + " " + viewer.scope() + " " + viewer.name();
        takePlace(caller);
        request.request()
                .toWebSocket()
                .onSuccess(socket -> open(
                        hub,
                        socket,
                        hub.greet(viewer, socket, peer, () -> Callers.isStillSignedIn(request)),
                        () -> leavePlace(caller)))
                .onFailure(failure -> {
                    leavePlace(caller);
                    LOGGER.atDebug().setCause(failure).log("an upgrade failed");
                });
    }

    private static void checkUpgrade(RoutingContext request) {
        if (!"websocket".equalsIgnoreCase(request.request().getHeader(HttpHeaders.UPGRADE))) {
            throw new Problem(426, "this is a WebSocket", Map.of("Upgrade", "websocket"));
        }
        String offered = request.request().getHeader(PROTOCOL_HEADER);
        if (offered != null) {
            if (Arrays.stream(offered.split(",", -1)).map(String::strip).noneMatch(Frames.SUBPROTOCOL::equals)) {
                throw new Problem(400, PROTOCOL_HEADER + ": " + Frames.SUBPROTOCOL + " is allowed");
            }
            request.response().putHeader(PROTOCOL_HEADER, Frames.SUBPROTOCOL);
        }
    }

    private void leavePlace(String caller) {
        metrics.sockets.decrementAndGet();
        byCaller.computeIfPresent(caller, (key, count) -> count == 1 ? null : count - 1);
    }

    private void takePlace(String caller) {
        int most = Math.max(LEAST_OF_ONE, parts.settings().maxSockets() / 2);
        if (byCaller.merge(caller, 1, Integer::sum) > most) {
            byCaller.computeIfPresent(caller, (key, count) -> count - 1);
            metrics.refused.increment();
            throw new Problem(
                    429,
                    "too many walls of one token or person are open (at most " + most + ")",
                    Map.of("Retry-After", "5"));
        }
        if (metrics.sockets.incrementAndGet() > parts.settings().maxSockets()) {
            leavePlace(caller);
            metrics.refused.increment();
            throw new Problem(503, "too many walls are open", Map.of("Retry-After", "5"));
        }
    }

    private void open(Hub hub, ServerWebSocket socket, Session session, Runnable gone) {
        Context wall = hub.context();
        Context server = wall.owner().getOrCreateContext();
        socket.closeHandler(v -> {
            gone.run();
            wall.runOnContext(w -> hub.forget(session));
        });
        socket.exceptionHandler(failure -> {
            LOGGER.atDebug().setCause(failure).log("a socket failed");
            if (!(failure instanceof HttpClosedException)) {
                wall.runOnContext(v -> session.offend(null, "cannot be read, or is too large"));
            }
        });
        socket.binaryMessageHandler(
                data -> wall.runOnContext(v -> session.offend(null, "text is allowed, not binary")));
        socket.frameHandler(frame -> {
            if (frame.isPing()) {
                session.pinged();
            }
        });
        // One message at a time: what a client sends meanwhile waits in its own connection.
        socket.textMessageHandler(text -> {
            socket.pause();
            wall.runOnContext(v -> {
                hub.hear(session, text);
                server.runOnContext(w -> socket.resume());
            });
        });
    }
}
