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
import vn.kydai.registry.Addition;
import vn.kydai.registry.SourceStore;
import vn.kydai.registry.Sources.SourceKind;

/** Registers many desks at once, as so many {@code device add} would, while no server runs. */
record TestTokens(Map<String, String> devices, String reader) {
    static TestTokens register(Path data, List<String> desks, String area) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Database database =
                    await(Database.open(vertx, Settings.DEFAULTS.database(), data, Database.Ownership.COMMAND));
            SourceStore sources = new SourceStore(database.pool());
            Instant now = Clock.systemUTC().instant();
            Map<String, String> devices = new HashMap<>();
            for (String desk : desks) {
                String token = Secrets.create();
                await(sources.add(new Addition(desk, area, SourceKind.DESK, null, Secrets.hash(token)), now));
                devices.put(desk, token);
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
