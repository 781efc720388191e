package vn.kydai.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.registry.PartFixtures.CONFIG;
import static vn.kydai.registry.Plausibility.ANYTHING;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.database.TestDatabase;
import vn.kydai.registry.Sources.Registration;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.Sources.SourceKind;

class SourceStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-24T01:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(3_600);

    private final Vertx vertx = Vertx.vertx();
    private final PgConnectOptions options = TestDatabase.freshDatabase().options();
    private final Pool pool = PgBuilder.pool()
            .using(vertx)
            .connectingTo(options)
            .with(new PoolOptions().setMaxSize(4))
            .build();
    private final SourceStore store = new SourceStore(pool);

    @AfterEach
    void close() throws Exception {
        await(pool.close());
        await(vertx.close());
    }

    @Test
    void whatWasImportedIsLoadedTheSame() throws Exception {
        await(store.importIfAbsent(CONFIG.sources(), NOW));
        assertEquals(
                List.copyOf(CONFIG.sources().all()),
                List.copyOf(await(store.load()).all()));
    }

    @Test
    void importingAgainChangesNothing() throws Exception {
        // Given
        await(store.importIfAbsent(CONFIG.sources(), NOW));
        await(store.add(addition("wl-sia", "19870", "hash"), LATER));
        await(store.markJournaled(await(store.unjournaled())));
        // When
        await(store.importIfAbsent(CONFIG.sources(), LATER));
        // Then
        assertEquals("19870", await(source("wl-sia")).areaAt(LATER));
        assertTrue(await(store.unjournaled()).sources().all().isEmpty());
    }

    @Test
    void aNewSourceIsRegisteredSinceEverAndHasItsToken() throws Exception {
        await(store.add(addition("wl-new", "19867", "hash"), NOW));
        Source source = await(source("wl-new"));
        assertEquals(List.of(new Registration("19867", null)), source.registrations());
        assertEquals(List.of(), source.metrics());
        assertEquals("hash", await(tokenHash("wl-new")));
    }

    @Test
    void addingInAnotherAreaMovesFromThatMomentAndKeepsTheTokenUnlessANewOneIsGiven() throws Exception {
        await(store.add(addition("wl-new", "19867", "hash"), NOW));
        await(store.add(addition("wl-new", "19870", null), LATER));
        assertEquals(
                List.of(new Registration("19867", null), new Registration("19870", LATER)),
                await(source("wl-new")).registrations());
        assertEquals("hash", await(tokenHash("wl-new")));
        await(store.add(addition("wl-new", "19867", "other"), LATER.plusSeconds(1)));
        assertEquals("other", await(tokenHash("wl-new")));
        assertEquals(3, await(source("wl-new")).registrations().size());
    }

    @Test
    void addingInTheSameAreaRenewsTheTokenOrChangesNothing() throws Exception {
        await(store.add(addition("wl-new", "19867", "hash"), NOW));
        await(store.add(addition("wl-new", "19867", "other"), LATER));
        await(store.add(addition("wl-new", "19867", null), LATER));
        assertEquals("other", await(tokenHash("wl-new")));
        assertEquals(1, await(source("wl-new")).registrations().size());
    }

    @Test
    void movesGoForwardInTimeAndAKindIsKept() throws Exception {
        await(store.add(addition("wl-new", "19867", null), NOW));
        await(store.add(addition("wl-new", "19870", null), NOW));
        assertEquals(
                "id: wl-new moved at " + NOW + "; it can move again after that",
                refusal(store.add(addition("wl-new", "19867", null), NOW)));
        assertEquals(
                "kind: wl-new is a sensor; a source keeps its kind",
                refusal(store.add(new Addition("wl-new", "19867", SourceKind.DESK, null, null), LATER)));
        assertEquals(2, await(source("wl-new")).registrations().size());
    }

    @Test
    void onlyAGatewaySpeaksForOthersAndIdsHaveAPattern() throws Exception {
        await(store.add(addition("wl-new", "19867", null), NOW));
        assertEquals(
                "behind: found wl-new, which is no gateway; allowed: a registered gateway",
                refusal(store.add(new Addition("wl-2", "19867", SourceKind.SENSOR, "wl-new", null), NOW)));
        assertEquals(
                "id: found a/b; allowed: [0-9A-Za-z_.-]{1,64}",
                refusal(store.add(addition("a/b", "19867", null), NOW)));
        await(store.add(new Addition("gw", "19867", SourceKind.GATEWAY, null, null), NOW));
        await(store.add(new Addition("wl-2", "19867", SourceKind.SENSOR, "gw", null), NOW));
        assertEquals("gw", await(source("wl-2")).behind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kydai", "-"})
    void noDeviceSpeaksInTheProductsName(String id) throws Exception {
        assertEquals(
                "id: found " + id + ", which the product itself is called; allowed: another id",
                refusal(store.add(addition(id, "19867", null), NOW)));
        assertTrue(await(store.load()).find(id).isEmpty());
    }

    @Test
    void whatASourceIsCalledAndMeasuresIsKeptUntilSomethingElseIsSaid() throws Exception {
        // Given
        List<Sources.Metric> siren =
                List.of(new Sources.Metric("siren", "1", 86_400, List.of(), null, false, ANYTHING, List.of()));
        await(store.add(new Addition("wl-new", "19867", SourceKind.SENSOR, null, "hash", "Còi hú", siren), NOW));

        // When
        await(store.add(addition("wl-new", "19867", "another"), LATER));

        // Then
        assertEquals("Còi hú", await(source("wl-new")).name());
        assertEquals(siren, await(source("wl-new")).metrics());
        assertTrue(await(source("wl-new")).isSiren());
        await(store.add(new Addition("wl-new", "19870", SourceKind.SENSOR, null, null, "Cột còi", siren), LATER));
        assertEquals("Cột còi", await(source("wl-new")).name());
    }

    @Test
    void aRevokedSourceStaysRegisteredUntilANewTokenEndsIt() throws Exception {
        await(store.add(addition("wl-new", "19867", "hash"), NOW));
        await(store.revoke("wl-new", LATER, Actor.COMMAND_LINE));
        assertTrue(await(source("wl-new")).isRevoked());
        await(store.add(addition("wl-new", "19867", "other"), LATER));
        assertFalse(await(source("wl-new")).isRevoked());
        assertEquals(
                "id: found wl-mew, which is not registered (nearest known: wl-new)",
                refusal(store.revoke("wl-mew", LATER, Actor.COMMAND_LINE)));
    }

    @Test
    void aChangeMadeWhileTheJournalTookAnEarlierOneStaysUnjournaled() throws Exception {
        // Given
        await(store.add(addition("a", "19867", null), NOW));
        await(store.add(addition("b", "19867", null), NOW));
        SourceStore.Changes read = await(store.unjournaled());
        assertEquals(Set.of("a", "b"), read.revisions().keySet());
        // When
        await(store.revoke("a", LATER, Actor.COMMAND_LINE));
        await(store.markJournaled(read));
        // Then
        SourceStore.Changes left = await(store.unjournaled());
        assertEquals(Set.of("a"), left.revisions().keySet());
        assertTrue(left.sources().find("a").orElseThrow().isRevoked());
    }

    @Test
    void everyChangeIsNotifiedAndRefusedOnesAreNot() throws Exception {
        // Given
        PgConnection listener = await(PgConnection.connect(vertx, options));
        AtomicInteger notified = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(4);
        listener.notificationHandler(notification -> {
            notified.incrementAndGet();
            all.countDown();
        });
        execute(listener, "listen " + SourceStore.CHANNEL);
        // When
        await(store.importIfAbsent(CONFIG.sources(), NOW));
        await(store.importIfAbsent(CONFIG.sources(), NOW));
        assertThrows(ExecutionException.class, () -> await(store.revoke("nobody", NOW, Actor.COMMAND_LINE)));
        await(store.add(addition("wl-new", "19867", null), NOW));
        await(store.add(addition("wl-new", "19870", null), LATER));
        await(store.revoke("wl-new", LATER, Actor.COMMAND_LINE));
        // Then
        assertTrue(all.await(10, TimeUnit.SECONDS));
        execute(listener, "select 1");
        assertEquals(4, notified.get());
        await(listener.close());
    }

    @Test
    void twoCommandsAtOnceLeaveOneRegistrationEach() throws Exception {
        await(store.add(addition("wl-new", "19867", null), NOW));
        Future<Void> one = store.add(addition("wl-new", "19870", null), LATER);
        Future<Void> other = store.add(addition("wl-new", "19870", null), LATER.plusSeconds(1));
        await(Future.all(one, other).<Void>mapEmpty());
        assertEquals(2, await(source("wl-new")).registrations().size());
    }

    private static Addition addition(String id, String area, @Nullable String tokenHash) {
        return new Addition(id, area, SourceKind.SENSOR, null, tokenHash);
    }

    private Future<Source> source(String id) {
        return store.load().map(sources -> sources.find(id).orElseThrow());
    }

    private Future<@Nullable String> tokenHash(String id) {
        return pool.query("select token_hash from device where id = '" + id + "'")
                .execute()
                .map(rows -> rows.iterator().next().getString("token_hash"));
    }

    private static void execute(PgConnection connection, String sql) throws Exception {
        Future<Void> done = connection.query(sql).execute().mapEmpty();
        await(done);
    }

    private static String refusal(Future<Void> change) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> await(change));
        return String.valueOf(
                assertInstanceOf(RegistrationRefused.class, e.getCause()).getMessage());
    }

    private static <T extends @Nullable Object> T await(Future<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
