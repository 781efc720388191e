package vn.kydai.wall;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import vn.kydai.access.Caller;
import vn.kydai.access.Callers;
import vn.kydai.access.Problem;
import vn.kydai.access.Role;
import vn.kydai.bus.MessageHandover;
import vn.kydai.bus.Topic;
import vn.kydai.config.Settings;
import vn.kydai.event.Picture;

/** A wall on a real port. A token is the scope it is good for, a person's with its role before it; the clock moves when the test says so. */
final class WallServer implements AutoCloseable {
    static final Settings.Wall QUICK = new Settings.Wall(20, 100, 10_000, 50, 100, 2);

    final Vertx vertx = Vertx.vertx();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final ListJournal journal = new ListJournal();
    final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Instant> now;
    private final WebSocketClient client;
    private final WallVerticle wall;
    private final String deployment;
    private final int port;

    WallServer(Settings.Wall settings, Instant start) {
        this(settings, start, new HttpServerOptions());
    }

    WallServer(Settings.Wall settings, Instant start, HttpServerOptions options) {
        now = new AtomicReference<>(start);
        MessageHandover.register(vertx.eventBus());
        wall = new WallVerticle(new WallParts(
                settings, "0.1.0+test", journal, CountingFold::new, CountingFold::isArea, clock(), meters));
        Router router = Router.router(vertx);
        router.route().handler(this::signIn).failureHandler(WallServer::fail);
        wall.mount(router);
        deployment = await(vertx.deployVerticle(wall));
        port = await(vertx.createHttpServer(options).requestHandler(router).listen(0, "127.0.0.1"))
                .actualPort();
        client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(10_000)
                .setMaxFrameSize(1_048_576)
                .setMaxMessageSize(16_777_216));
    }

    private static String bearer(RoutingContext request) {
        String header = request.request().getHeader("Authorization");
        return header == null ? "" : header.substring("Bearer ".length());
    }

    private void signIn(RoutingContext request) {
        String token = bearer(request);
        if (!token.isEmpty()) {
            String[] parts = token.split(":", 2);
            Caller caller = parts.length == 1
                    ? new Caller.Viewer("test", Role.WALL, token)
                    : new Caller.Viewer("test", Role.ofId(parts[0]).orElseThrow(), parts[1]);
            Callers.put(
                    request,
                    caller,
                    request.request().getHeader("Cookie") != null,
                    () -> Future.succeededFuture(revoked.contains(token) ? Optional.empty() : Optional.of(caller)));
        }
        // As behind a real sign-in, which asks a database first.
        request.request().pause();
        vertx.runOnContext(v -> {
            request.request().resume();
            request.next();
        });
    }

    private static void fail(RoutingContext request) {
        int status = request.failure() instanceof Problem problem ? problem.status() : 500;
        request.response().setStatusCode(status).end(String.valueOf(request.failure()));
    }

    Future<Void> firstShown() {
        return wall.firstShown();
    }

    InstantSource clock() {
        return now::get;
    }

    Instant now() {
        return requireNonNull(now.get());
    }

    void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    int port() {
        return port;
    }

    void show(Picture picture) {
        Topic.PICTURES.publish(vertx.eventBus(), picture);
    }

    /** Opens a socket and waits for its hello. */
    WallClient connect(String token) {
        WallClient opened = await(open(token, List.of(Frames.SUBPROTOCOL)));
        opened.hello = opened.take("hello");
        return opened;
    }

    Future<WallClient> open(String token, List<String> subprotocols) {
        WallClient opened = new WallClient();
        return client.webSocket()
                .textMessageHandler(opened::heard)
                .closeHandler(v -> opened.closed())
                .connect(request(token, subprotocols))
                .map(opened::attached);
    }

    /** Opens a socket that keeps nothing. */
    Future<WebSocket> raw(String token, Handler<String> handler) {
        return client.webSocket()
                .textMessageHandler(handler)
                .connect(request(token, List.of(Frames.SUBPROTOCOL)))
                .map(socket -> requireNonNull(socket));
    }

    private WebSocketConnectOptions request(String token, List<String> subprotocols) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/api/v1/wall")
                .setSubProtocols(subprotocols);
        if (token.equals("cookie")) {
            options.putHeader("Cookie", "kydai=x").putHeader("Origin", "http://elsewhere");
        }
        return token.isEmpty() ? options : options.putHeader("Authorization", "Bearer " + token);
    }

    double count(String counter) {
        return meters.get(counter).counter().count();
    }

    /** Returns how often a time was recorded. */
    long timed(String timer) {
        return meters.get(timer).timer().count();
    }

    double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    Future<Void> stopWall() {
        return vertx.undeploy(deployment);
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
