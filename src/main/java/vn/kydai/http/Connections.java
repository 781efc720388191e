package vn.kydai.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.access.FailureLimit;
import vn.kydai.access.Network;
import vn.kydai.access.Peer;
import vn.kydai.access.Problem;
import vn.kydai.meter.Meters;

/**
 * Keeps the number of connections within its bounds. One on which nobody has signed in yet is a stranger's: of these an
 * address has at most a quarter of all places, and the last quarter is kept for addresses somebody has signed in from
 * within a day. A few beyond a bound are told so with 503 and closed; when even those are too many, connections are
 * closed without a word. Belongs to the server's event loop.
 */
final class Connections implements Handler<RoutingContext> {
    private static final Logger LOGGER = LoggerFactory.getLogger(Connections.class);
    /** How many may be told instead of just closed. */
    private static final int TOLD_AT_ONCE = 64;

    private static final int TOLD_WITHIN_MS = 5_000;

    /** Part of the places one address's strangers may have, and part that is kept from strangers: one of so many. */
    private static final int PART = 4;

    /** However small the server: a browser opens half a dozen connections, and many browsers share an address. */
    private static final int LEAST_OF_ADDRESS = 64;

    private static final int MAX_KNOWN = 10_000;
    private static final Duration KNOWN_FOR = Duration.ofHours(24);
    private static final Map<String, String> CLOSE_AND_RETRY = Map.of("Retry-After", "5", "Connection", "close");

    private final Vertx vertx;
    private final int bound;
    private final Counter refused;
    private final Counter slow;
    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
    private final Set<HttpConnection> beyond = ConcurrentHashMap.newKeySet();
    private final Map<HttpConnection, String> strangers = new HashMap<>();
    private final Map<String, Integer> byAddress = new HashMap<>();
    private final FailureLimit logged = new FailureLimit(1);

    /** Addresses and when somebody signed in from there last, the longest ago first ({@link System#nanoTime}). */
    private final Map<String, Long> known = new LinkedHashMap<>();

    Connections(Vertx vertx, int bound, MeterRegistry registry) {
        this.vertx = vertx;
        this.bound = bound;
        Meters meters = new Meters(registry, "http");
        this.refused = meters.counter("refused", "connections", "connections turned away at the bound");
        this.slow = meters.counter("slow", "connections", "connections cut whose request's head did not come in 10 s");
        meters.gauge("connections", "connections", "HTTP connections open, walls too", open::size);
        meters.gauge("limit.connections", "connections", "bound of HTTP connections: http.maxConnections", () -> bound);
    }

    /** Takes a new connection, or turns it away. */
    void opened(HttpConnection connection) {
        String address = Network.of(String.valueOf(connection.remoteAddress().hostAddress()));
        if (hasPlace(address)) {
            open.add(connection);
            strangers.put(connection, address);
            byAddress.merge(address, 1, Integer::sum);
            HeadDeadline.watch(connection, slow::increment);
            Peer.of(connection).onGone(() -> {
                open.remove(connection);
                String unused = noStranger(connection);
            });
            return;
        }
        refused.increment();
        if (logged.count(address, Instant.EPOCH.plusNanos(System.nanoTime()))) {
            LOGGER.atWarn().addKeyValue("address", address).log("connections are turned away");
        }
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

    private boolean hasPlace(String address) {
        boolean isAddressWithin = byAddress.getOrDefault(address, 0) < Math.max(LEAST_OF_ADDRESS, bound / PART);
        boolean areStrangersWithin = isKnown(address) || strangers.size() < bound - bound / PART;
        return open.size() < bound && isAddressWithin && areStrangersWithin;
    }

    private boolean isKnown(String address) {
        Long since = known.get(address);
        return since != null && System.nanoTime() - since < KNOWN_FOR.toNanos();
    }

    /** Notes that somebody has signed in on a connection. */
    void signedIn(HttpConnection connection) {
        String address = noStranger(connection);
        if (address != null) {
            known.remove(address);
            known.put(address, System.nanoTime());
            if (known.size() > MAX_KNOWN) {
                known.remove(known.keySet().iterator().next());
            }
        }
    }

    private @Nullable String noStranger(HttpConnection connection) {
        String address = strangers.remove(connection);
        if (address != null) {
            byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
        }
        return address;
    }

    @Override
    public void handle(RoutingContext context) {
        if (beyond.contains(context.request().connection())) {
            throw new Problem(
                    503,
                    "too many connections (http.maxConnections is " + bound + ", of which one address has a quarter)",
                    CLOSE_AND_RETRY);
        }
        context.next();
    }
}
