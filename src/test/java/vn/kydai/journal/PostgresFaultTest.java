package vn.kydai.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.journal.Drafts.DAY;
import static vn.kydai.journal.Drafts.NOW;
import static vn.kydai.journal.Drafts.await;
import static vn.kydai.journal.Drafts.deadLetter;
import static vn.kydai.journal.Drafts.draft;
import static vn.kydai.journal.Drafts.receipt;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.database.TestDatabase;
import vn.kydai.database.TestServer;
import vn.kydai.journal.LedgerDay.Line;

/** The journal while its database dies in every way. */
class PostgresFaultTest {
    private static final String END_WRITER = """
            select pg_terminate_backend(pid) from pg_stat_activity
            where application_name = 'kydai journal' and datname = current_database()""";

    private final PostgresSetup setup =
            new PostgresSetup(TestDatabase.freshDatabase().options());
    private Journal journal = await(setup.open(() -> NOW));
    private Future<?> probe = Future.succeededFuture();

    @AfterEach
    void close() {
        await(journal.close());
        setup.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void aWriterKilledAtAnyMomentCommitsEachEventExactlyOnce(long seed) {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<Future<Outcome>> outcomes = new ArrayList<>();
        for (int kill = 0; kill < 15; kill++) {
            for (int n = 0; n < 150; n++) {
                outcomes.add(submit(random.nextInt(20) == 0 ? deadLetter("bad") : any(random)));
            }
            await(outcomes.get(outcomes.size() - 1 - random.nextInt(150)));
            assertTrue(setup.column(END_WRITER).size() <= 1);
        }
        assertAllTrue(outcomes);
    }

    /** A standby that never answers keeps the COMMIT waiting after it has been made durable. */
    @Test
    void aCommitWhoseAnswerWasLostIsNotRepeated() {
        TestServer server = TestDatabase.server();
        await(submit(draft("gauge-1", "before")));
        Future<Outcome> outcome;
        server.execute("alter system set synchronous_standby_names = 'nobody'");
        try {
            server.execute("select pg_reload_conf()");
            eventually(this::aCommitWaitsForAStandby);
            outcome = submit(draft("gauge-1", "r-1"));
            eventually(() -> waitsForAStandby("= 'kydai journal'"));
            assertFalse(outcome.isComplete());
            assertEquals(1, setup.column(END_WRITER).size());
        } finally {
            server.execute("alter system reset synchronous_standby_names");
            server.execute("select pg_reload_conf()");
        }
        assertEquals(new Outcome.Committed(2), await(outcome, 20));
        assertEquals(List.of("2"), setup.column("select count(*) from journal"));
        assertEquals(
                new Line(2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                await(journal.ledger(DAY)).total());
        assertEquals(2, await(journal.read(0, 10)).size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsAppendedWhilePostgresIsAwayWaits(boolean isKilled) {
        try (TestServer server = TestServer.start(java.util.Map.of()).migrate();
                PostgresSetup own = new PostgresSetup(server.freshDatabase().options())) {
            Journal journal = await(own.open(() -> NOW));
            List<Future<Outcome>> outcomes = new ArrayList<>();
            for (int n = 0; n < 300; n++) {
                outcomes.add(submit(journal, draft("gauge-1", "before-" + n)));
            }
            await(outcomes.get(20));
            if (isKilled) {
                server.kill();
            } else {
                server.stop();
            }
            for (int n = 0; n < 300; n++) {
                outcomes.add(submit(journal, draft("gauge-1", "during-" + n)));
            }
            eventually(() -> !journal.isWritable());
            assertFalse(outcomes.get(599).isComplete());
            assertThrows(java.net.ConnectException.class, () -> await(journal.ledger(DAY)));
            server.startAgain();
            await(outcomes.get(599), 30);
            assertTrue(journal.isWritable());
            assertEquals(List.of("600"), own.column("select count(*) from journal"));
            assertEquals(600, await(journal.ledger(DAY)).total().committed());
            await(journal.close());
        }
    }

    @Test
    void aSecondWriterIsRefused() {
        Throwable refused = assertThrows(Throwable.class, () -> await(setup.open(() -> NOW), 30));
        assertInstanceOf(WriterSession.AnotherWriter.class, refused);
        assertInstanceOf(Outcome.Committed.class, await(submit(draft("gauge-1", "r-1"))));
    }

    @Test
    void oneValuePostgresCannotStoreHarmsNoOtherEvent() {
        List<Future<Outcome>> outcomes = new ArrayList<>();
        for (int n = 0; n < 200; n++) {
            String id = n % 67 == 5 ? "poison\0" + n : "r-" + n;
            outcomes.add(submit(draft("gauge-1", id)));
        }
        List<Outcome> ended = outcomes.stream().map(Drafts::await).toList();
        assertEquals(
                3, ended.stream().filter(Outcome.Rejected.class::isInstance).count());
        assertEquals(
                List.of("197"),
                setup.column("select count(*) from journal where id like 'r-%' and source = 'gauge-1'"));
        assertEquals(List.of("3"), setup.column("select count(*) from dead_letter where reason = 'malformed'"));
        assertEquals(
                new Line(200, 197, 0, 3, 0, 0, 0, 0, 0, 0, 0),
                await(journal.ledger(DAY)).total());
    }

    @Test
    void aFullQueueRefusesAtOnceAndGoesOnWhenThereIsRoom() {
        await(journal.close());
        journal = await(setup.open(() -> NOW, new vn.kydai.config.Settings.Journal(10, 10_000, 5, 8, 35, 1)));
        List<Future<Outcome>> outcomes = new ArrayList<>();
        CountDownLatch isLocked = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        Future<?> lock = setup.pool.withTransaction(connection -> connection
                .query("lock table event_identity in exclusive mode")
                .execute()
                .compose(locked -> {
                    isLocked.countDown();
                    return setup.vertx.executeBlocking(() -> {
                        mayGoOn.await();
                        return null;
                    });
                }));
        awaitLatch(isLocked);
        for (int n = 0; n < 40; n++) {
            outcomes.add(submit(draft("gauge-1", "r-" + n)));
        }
        List<Future<Outcome>> refused = outcomes.stream().filter(Future::failed).toList();
        mayGoOn.countDown();
        assertTrue(refused.size() >= 25, refused::toString);
        refused.forEach(outcome -> assertInstanceOf(JournalFull.class, outcome.cause()));
        await(lock);
        outcomes.stream().filter(outcome -> !outcome.failed()).forEach(Drafts::await);
        assertInstanceOf(Outcome.Committed.class, await(submit(draft("gauge-1", "later"))));
    }

    @Test
    void whatACrashedServerHadReceivedBecomesInterrupted() {
        journal.received(receipt("gauge-1"));
        journal.received(receipt("gauge-1"));
        await(journal.append(draft("gauge-1", "r-1")));
        assertEquals(1, await(journal.ledger(DAY)).total().inFlight());
        await(journal.close());
        journal = await(setup.open(() -> NOW));
        assertEquals(
                new Line(2, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0),
                await(journal.ledger(DAY)).total());
    }

    /** A reloaded setting takes effect some time later: commits another small transaction until one is kept waiting. */
    private boolean aCommitWaitsForAStandby() {
        if (probe.isComplete()) {
            probe = setup.pool
                    .query("select pg_logical_emit_message(true, 'probe', '')")
                    .execute();
        }
        return waitsForAStandby("<> 'kydai journal'");
    }

    private boolean waitsForAStandby(String application) {
        return !setup.column("select 1 from pg_stat_activity where wait_event = 'SyncRep' and application_name "
                        + application)
                .isEmpty();
    }

    private Submission any(Random random) {
        return draft("gauge-" + random.nextInt(3), "r-" + random.nextInt(2_000), random.nextInt(2), null);
    }

    private void assertAllTrue(List<Future<Outcome>> outcomes) {
        List<Long> positions = Collections.synchronizedList(new ArrayList<>());
        long duplicates = 0;
        long rejected = 0;
        for (Future<Outcome> future : outcomes) {
            switch (await(future, 30)) {
                case Outcome.Committed committed -> positions.add(committed.position());
                case Outcome.Duplicate duplicate -> duplicates++;
                case Outcome.Rejected rejection -> rejected++;
            }
        }
        List<String> stored = setup.column("select position from journal order by position");
        assertEquals(positions.stream().sorted().map(String::valueOf).toList(), stored);
        assertEquals(setup.column("select count(distinct (source, id)) from journal"), List.of("" + positions.size()));
        eventually(journal::isWritable);
        Line total = await(journal.ledger(DAY)).total();
        assertEquals(outcomes.size(), total.received());
        assertEquals(positions.size(), total.committed());
        assertEquals(duplicates, total.duplicate());
        assertEquals(rejected, total.rejected());
        assertEquals(0, total.inFlight());
    }

    @Test
    void aBacklogOfOldIdentitiesDelaysNoBatchByMoreThanATenth() {
        setup.column("insert into event_identity (source, id, digest, area, ingest_time)"
                + " select 'old', n::text, 'd', '19897', timestamptz '2026-10-01' from generate_series(1, 100000) n"
                + " returning 1");
        await(journal.close());
        journal = await(setup.open(() -> NOW));
        Future<Outcome> last = Future.succeededFuture();
        for (int n = 0; n < 20; n++) {
            last = submit(draft("gauge-1", "r-" + n));
            await(last);
        }

        long left = Long.parseLong(setup.column("select count(*) from event_identity where source = 'old'")
                .get(0));

        assertInstanceOf(Outcome.Committed.class, await(last));
        assertTrue(left > 50_000, "purged before the batches: " + left + " left");
        eventually(() -> setup.column("select count(*) from event_identity where source = 'old'")
                .get(0)
                .equals("0"));
    }

    @Test
    void aDatabaseThatTakesNoWriteIsAwayUntilOneCommits() {
        String database = setup.column("select current_database()").get(0);
        await(setup.pool
                .query("alter database " + database + " set default_transaction_read_only = on")
                .execute());
        assertEquals(1, setup.column(END_WRITER).size());
        Future<Outcome> outcome = submit(draft("gauge-1", "r-1"));
        eventually(() -> !journal.isWritable());
        for (int look = 0; look < 100; look++) {
            await(setup.vertx.timer(10, TimeUnit.MILLISECONDS));
            assertFalse(journal.isWritable(), "it flaps");
        }

        await(setup.pool
                .query("alter database " + database + " reset default_transaction_read_only")
                .execute());

        assertInstanceOf(Outcome.Committed.class, await(outcome));
        assertTrue(journal.isWritable());
    }

    private Future<Outcome> submit(Submission submission) {
        return submit(journal, submission);
    }

    private static Future<Outcome> submit(Journal journal, Submission submission) {
        journal.received(submission.receipt());
        return journal.append(submission);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks again and again, ten seconds at most. */
    private void eventually(java.util.function.BooleanSupplier condition) {
        for (int n = 0; n < 500; n++) {
            if (condition.getAsBoolean()) {
                return;
            }
            await(setup.vertx.timer(20, TimeUnit.MILLISECONDS));
        }
        throw new AssertionError("it never became true");
    }
}
