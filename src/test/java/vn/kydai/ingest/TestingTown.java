package vn.kydai.ingest;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Caller;
import vn.kydai.access.Callers;
import vn.kydai.access.Problem;
import vn.kydai.access.SettableClock;
import vn.kydai.config.Settings;
import vn.kydai.journal.Timekeeper;
import vn.kydai.registry.Registry;

/** Both ways in, on free ports, before a journal the test holds in hand. A device's token is {@code secret-} + its id. */
final class TestingTown implements AutoCloseable {
    private static final Duration AGAIN = Duration.ofMillis(200);

    static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    final SettableClock clock = new SettableClock(NOW);
    final Vertx vertx = Vertx.vertx();
    final TestingJournal journal = new TestingJournal();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final AtomicReference<Registry> registry = new AtomicReference<>(TestingRegistry.TOWN);
    final AtomicReference<Registry> newerRegistry = new AtomicReference<>(TestingRegistry.TOWN);
    final AtomicInteger refreshes = new AtomicInteger();
    final AtomicReference<SignIn> signIn = new AtomicReference<>(TestingTown::bySecret);
    final MqttVerticle mqtt;
    final HttpServer http;

    TestingTown(Settings.Ingest settings, Duration wait) {
        this(settings, wait, null);
    }

    /** Opens a town whose clock may be in doubt. */
    TestingTown(Settings.Ingest settings, Duration wait, @Nullable Timekeeper judged) {
        Timekeeper time = judged == null ? Timekeeper.believing(clock) : judged;
        RegistryRefresh refresh = new RegistryRefresh(vertx, () -> {
            refreshes.incrementAndGet();
            registry.set(newerRegistry.get());
            return Future.succeededFuture();
        });
        Intake intake = new Intake(
                registry::get,
                new Admission(registry::get, Schemas.load(), settings, time),
                journal,
                new Shares(settings, Settings.DEFAULTS.journal()),
                refresh,
                new IngestMetrics(meters, settings),
                time);
        mqtt = new MqttVerticle(settings, intake, (id, token) -> signIn.get().device(id, token), AGAIN);
        await(vertx.deployVerticle(mqtt));
        Router router = Router.router(vertx);
        router.route().handler(TestingTown::signIn).failureHandler(TestingTown::problem);
        new EventRoutes(settings, intake, new EventRoutes.Waits(wait, wait)).mount(router);
        http = await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    }

    /** Opens the town with few connections and messages in flight. */
    static TestingTown open() {
        return new TestingTown(settings(100, 20, 100), Duration.ofSeconds(5));
    }

    static Settings.Ingest settings(int maxConnections, int maxInFlight, int maxRequests) {
        return new Settings.Ingest(
                300,
                65_536,
                25,
                new Settings.Mqtt("embedded", "127.0.0.1", 0, 0, "", "", 0, maxConnections, 10, maxInFlight, 300),
                new Settings.HttpIngest(4_194_304, 5_000, maxRequests, 67_108_864));
    }

    @CanIgnoreReturnValue
    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("waited in vain", e);
        }
    }

    double counted(String name, String... tags) {
        return meters.find(name).tags(tags).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    /** Waits until a gauge stands at a value. */
    void awaitGauge(String name, double value) {
        awaitTrue(name, () -> meters.get(name).gauge().value() == value);
    }

    /** Waits until a condition holds. */
    static void awaitTrue(String what, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError(what + " did not come to what it should be");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static Future<Optional<Caller.Device>> bySecret(String id, String token) {
        return Future.succeededFuture(
                token.equals("secret-" + id) ? Optional.of(new Caller.Device(id)) : Optional.empty());
    }

    private static void signIn(RoutingContext context) {
        String given = String.valueOf(context.request().getHeader("Authorization"));
        if (given.startsWith("Bearer secret-")) {
            Callers.put(context, new Caller.Device(given.substring("Bearer secret-".length())));
        } else if (given.startsWith("Basic ")) {
            String pair = new String(Base64.getDecoder().decode(given.substring(6)), StandardCharsets.UTF_8);
            Callers.put(context, new Caller.Device(pair.substring(0, pair.indexOf(':'))));
        }
        context.next();
    }

    private static void problem(RoutingContext context) {
        int otherwise = context.statusCode() > 0 ? context.statusCode() : 500;
        int status = context.failure() instanceof Problem problem ? problem.status() : otherwise;
        if (context.failure() instanceof Problem problem) {
            for (Map.Entry<String, String> header : problem.headers().entrySet()) {
                context.response().putHeader(header.getKey(), header.getValue());
            }
        }
        context.response().setStatusCode(status).end(String.valueOf(context.failure()));
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    /** Connects a device by MQTT 5, as one that listens does. */
    Mqtt5BlockingClient connect(String device) {
        Mqtt5BlockingClient client = MqttClient.builder()
                .serverHost("127.0.0.1")
                .serverPort(mqtt.port())
                .identifier("listener-" + device)
                .useMqttVersion5()
                .buildBlocking();
        client.connectWith()
                .simpleAuth()
                .username(device)
                .password(("secret-" + device).getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send();
        return client;
    }
}
