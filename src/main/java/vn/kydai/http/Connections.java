package vn.kydai.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import vn.kydai.access.Peer;
import vn.kydai.access.Problem;
import vn.kydai.meter.Meters;

/**
 * Keeps the number of connections within its bound. A few beyond it are told so with 503 and closed; when even those
 * are too many, connections are closed without a word. Belongs to the server's event loop.
 */
final class Connections implements Handler<RoutingContext> {
    /** How many may be told instead of just closed. */
    private static final int TOLD_AT_ONCE = 64;

    private static final int TOLD_WITHIN_MS = 5_000;
    private static final Map<String, String> CLOSE_AND_RETRY = Map.of("Retry-After", "5", "Connection", "close");

    private final Vertx vertx;
    private final int bound;
    private final Counter refused;
    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
    private final Set<HttpConnection> beyond = ConcurrentHashMap.newKeySet();

    Connections(Vertx vertx, int bound, MeterRegistry registry) {
        this.vertx = vertx;
        this.bound = bound;
        Meters meters = new Meters(registry, "http");
        this.refused = meters.counter("refused", "connections", "connections turned away at the bound");
        meters.gauge("connections", "connections", "HTTP connections open, walls too", open::size);
        meters.gauge("limit.connections", "connections", "bound of HTTP connections: http.maxConnections", () -> bound);
    }

    /** Takes a new connection, or turns it away. */
    void opened(HttpConnection connection) {
        if (open.size() < bound) {
            open.add(connection);
            Peer.of(connection).onGone(() -> open.remove(connection));
            return;
        }
        refused.increment();
        if (beyond.size() >= TOLD_AT_ONCE) {
            connection.close();
            return;
        }
        beyond.add(connection);
        long timer = vertx.setTimer(TOLD_WITHIN_MS, late -> connection.close());
        Peer.of(connection).onGone(() -> {
            beyond.remove(connection);
            vertx.cancelTimer(timer);
        });
    }

    @Override
    public void handle(RoutingContext context) {
        if (beyond.contains(context.request().connection())) {
            throw new Problem(503, "too many connections (http.maxConnections is " + bound + ")", CLOSE_AND_RETRY);
        }
        context.next();
    }
}
