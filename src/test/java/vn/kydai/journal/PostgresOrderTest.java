package vn.kydai.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.journal.Drafts.NOW;
import static vn.kydai.journal.Drafts.await;
import static vn.kydai.journal.Drafts.draft;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.kydai.bus.Topic;
import vn.kydai.database.TestDatabase;
import vn.kydai.event.Journaled;

/** Order, days, and what falls out of the windows. */
class PostgresOrderTest {
    private static final Instant BEFORE_MIDNIGHT = Instant.parse("2026-11-24T16:59:59.999Z");

    private final PostgresSetup setup =
            new PostgresSetup(TestDatabase.freshDatabase().options());
    private Instant now = NOW;

    @AfterEach
    void close() {
        setup.close();
    }

    @Test
    void aReaderThatPullsSeesEveryPositionOnceInOrder() {
        Journal journal = await(setup.open(() -> NOW));
        List<Long> seen = new ArrayList<>();
        Promise<Void> done = Promise.promise();
        AtomicBoolean isReading = new AtomicBoolean();
        Vertx vertx = setup.vertx;
        await(vertx.deployVerticle(context -> Future.succeededFuture(
                Topic.HEADS.subscribe(vertx.eventBus(), head -> pull(journal, seen, isReading, done)))));
        List<Future<String>> callers = new ArrayList<>();
        for (int caller = 0; caller < 4; caller++) {
            String source = "gauge-" + caller;
            callers.add(vertx.deployVerticle(context -> appendMany(journal, source)));
        }
        callers.forEach(Drafts::await);
        await(done.future());
        assertEquals(LongStream.rangeClosed(1, 2_000).boxed().toList(), seen);
        await(journal.close());
    }

    private static Future<?> appendMany(Journal journal, String source) {
        List<Future<Outcome>> outcomes = new ArrayList<>();
        for (int n = 0; n < 500; n++) {
            outcomes.add(journal.append(draft(source, "r-" + n)));
        }
        return Future.all(outcomes);
    }

    private static void pull(Journal journal, List<Long> seen, AtomicBoolean isReading, Promise<Void> done) {
        if (!isReading.compareAndSet(false, true)) {
            return;
        }
        long after = seen.isEmpty() ? 0 : seen.get(seen.size() - 1);
        journal.read(after, 100)
                .onSuccess(events -> {
                    events.forEach(event -> seen.add(event.position()));
                    isReading.set(false);
                    if (seen.size() >= 2_000) {
                        done.tryComplete();
                    } else if (!events.isEmpty()) {
                        pull(journal, seen, isReading, done);
                    }
                })
                .onFailure(done::tryFail);
    }

    @Test
    void outcomesAreToldOnTheCallersContext() {
        Journal journal = await(setup.open(() -> NOW));
        Promise<Boolean> isSame = Promise.promise();
        Context caller = setup.vertx.getOrCreateContext();
        caller.runOnContext(begun -> journal.append(draft("gauge-1", "r-1"))
                .onComplete(ended -> isSame.complete(caller.equals(Vertx.currentContext()))));
        assertTrue(await(isSame.future()));
        await(journal.close());
    }

    @Test
    void eachLocalDayHasItsOwnPartitionMadeAhead() {
        now = BEFORE_MIDNIGHT;
        Journal journal = await(setup.open(() -> now));
        await(journal.append(draft("gauge-1", "last of the day")));
        now = BEFORE_MIDNIGHT.plusMillis(1);
        await(journal.append(draft("gauge-1", "first of the day")));
        assertEquals(
                List.of("journal_20261124", "journal_20261125"),
                setup.column("select tableoid::regclass::text from journal order by position"));
        String partitions =
                "select inhrelid::regclass::text from pg_inherits where inhparent = 'journal'::regclass order by 1";
        while (setup.column(partitions).size() < 4) {
            await(setup.vertx.timer(20, TimeUnit.MILLISECONDS));
        }
        assertEquals(
                List.of("journal_20261124", "journal_20261125", "journal_20261126", "journal_20261127"),
                setup.column(partitions));
        await(journal.close());
        Journal reopened = await(setup.open(() -> now));
        assertEquals(
                List.of("last of the day"),
                await(reopened.read(0, 10)).stream()
                        .map(event -> event.event().id())
                        .toList());
        assertEquals(1, await(reopened.read(1, 10)).size());
        await(reopened.close());
    }

    @Test
    void aPageTouchesOnePartition() {
        Journal journal = await(setup.open(() -> now));
        for (int day = 0; day < 5; day++) {
            now = NOW.plus(Duration.ofDays(day));
            await(journal.append(draft("gauge-1", "r-" + day)));
        }
        String plan = String.join(
                "\n",
                setup.column("explain select position from journal where partition = 0 and position > 2"
                        + " and ingest_time >= '2026-11-25T17:00:00Z' and ingest_time < '2026-11-26T17:00:00Z'"
                        + " order by position limit 10"));
        assertTrue(plan.contains("journal_20261126"), plan);
        assertFalse(plan.contains("journal_20261125"), plan);
        await(journal.close());
    }

    @Test
    void thePastIsReadTheSameFromMemoryAndFromTheTable() {
        Journal journal = await(setup.open(() -> NOW));
        for (int n = 0; n < 8; n++) {
            await(journal.append(draft("gauge-1", "r-" + n, 0.1 * n, (long) n)));
        }
        List<Journaled> live = await(journal.read(0, 10));
        await(journal.close());
        Journal reopened = await(setup.open(() -> NOW));
        assertEquals(live, await(reopened.read(0, 10)));
        await(reopened.close());
    }

    @Test
    void aRepeatIsForgottenAfterTheWindow() {
        Journal journal = await(setup.open(() -> now));
        await(journal.append(draft("gauge-1", "r-1")));
        await(journal.close());
        now = NOW.plus(Duration.ofDays(PostgresSetup.SETTINGS.dedupDays()).plusSeconds(1));
        Journal later = await(setup.open(() -> now));
        assertEquals(new Outcome.Committed(2), await(later.append(draft("gauge-1", "r-1"))));
        await(later.close());
    }
}
