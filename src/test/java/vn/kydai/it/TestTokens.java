package vn.kydai.it;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import vn.kydai.access.Access;
import vn.kydai.access.Role;
import vn.kydai.access.Secrets;
import vn.kydai.config.Settings;
import vn.kydai.database.Database;
import vn.kydai.event.Reading;
import vn.kydai.registry.Addition;
import vn.kydai.registry.Plausibility;
import vn.kydai.registry.SourceStore;
import vn.kydai.registry.Sources.Metric;
import vn.kydai.registry.Sources.SourceKind;

/** Registers many devices at once, as so many {@code device add} would, while no server runs. */
record TestTokens(Map<String, String> devices, String reader) {
    static TestTokens register(Path data, List<String> desks, String area) throws Exception {
        return register(data, desks, SourceKind.DESK, List.of(), area);
    }

    /** Registers sensors that measure anything. */
    static TestTokens registerSensors(Path data, List<String> sensors, String area) throws Exception {
        return register(data, sensors, SourceKind.SENSOR, List.of(), area);
    }

    /** Registers a desk that also has instruments of some metrics. */
    static TestTokens registerMeasuringDesk(Path data, String desk, Map<String, String> unitByMetric, String area)
            throws Exception {
        List<Metric> metrics = unitByMetric.entrySet().stream()
                .map(each -> new Metric(
                        each.getKey(), each.getValue(), 600, List.of(), null, false, Plausibility.ANYTHING, List.of()))
                .toList();
        return register(data, List.of(desk), SourceKind.DESK, metrics, area);
    }

    /** Registers sirens, as {@code --metric siren} does. */
    static TestTokens registerSirens(Path data, List<String> sirens, String area) throws Exception {
        Metric siren = new Metric(Reading.SIREN, "1", 86_400, List.of(), null, false, Plausibility.ANYTHING, List.of());
        return register(data, sirens, SourceKind.SENSOR, List.of(siren), area);
    }

    private static TestTokens register(Path data, List<String> ids, SourceKind kind, List<Metric> metrics, String area)
            throws Exception {
        return registerAll(
                data,
                ids.stream()
                        .map(id -> new Addition(id, area, kind, null, null, null, metrics))
                        .toList());
    }

    /** Registers whatever it is, each with a token of its own but what stands behind a gateway. */
    static TestTokens registerAll(Path data, List<Addition> additions) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Database database =
                    await(Database.open(vertx, Settings.DEFAULTS.database(), data, Database.Ownership.COMMAND));
            SourceStore sources = new SourceStore(database.pool());
            Instant now = Clock.systemUTC().instant();
            Map<String, String> devices = new HashMap<>();
            for (Addition addition : additions) {
                String token = Secrets.create();
                if (addition.behind() == null) {
                    devices.put(addition.id(), token);
                }
                await(sources.add(
                        new Addition(
                                addition.id(),
                                addition.area(),
                                addition.kind(),
                                addition.behind(),
                                addition.behind() == null ? Secrets.hash(token) : null,
                                null,
                                addition.metrics()),
                        now));
            }
            Access access = new Access(database.pool(), Clock.systemUTC(), 30, new SimpleMeterRegistry());
            String reader = await(access.addToken(Role.READER, "477", 0, "test", now, "test"));
            await(database.close());
            return new TestTokens(devices, reader);
        } finally {
            await(vertx.close());
        }
    }

    /** Returns the token of a desk. */
    String of(String desk) {
        String token = devices.get(desk);
        if (token == null) {
            throw new IllegalArgumentException(desk + " was not registered");
        }
        return token;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
