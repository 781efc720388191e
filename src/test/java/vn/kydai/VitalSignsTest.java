package vn.kydai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.journal.Drafts.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.access.SettableClock;
import vn.kydai.alarm.Vitals;
import vn.kydai.alarm.Vitals.Loss;
import vn.kydai.database.TestDatabase;
import vn.kydai.journal.Drafts;
import vn.kydai.journal.InMemoryJournal;
import vn.kydai.journal.Journal;
import vn.kydai.journal.LedgerDay;
import vn.kydai.journal.ReadOnlyJournal;
import vn.kydai.journal.Submission;
import vn.kydai.journal.TestingMachine;
import vn.kydai.journal.Timekeeper;

class VitalSignsTest {
    @TempDir
    private Path data = Path.of("target");

    private final Vertx vertx = Vertx.vertx();
    private final SettableClock clock = new SettableClock(Drafts.NOW);
    private final Journal journal = new InMemoryJournal(clock, head -> {});
    private final Pool pool = TestDatabase.freshPool(vertx);
    private VitalSigns signs = begun(journal);

    @AfterEach
    void close() {
        await(pool.close());
        await(vertx.close());
    }

    @Test
    void whatASourceLosesIsCountedOverTenMinutesOfLooks() {
        receive("wl-1", 95);
        reject("wl-1", 5);
        assertEquals(Map.of(), losses(), "what was before the first look is not of these minutes");

        receive("wl-2", 98);
        reject("wl-2", 2);

        for (int look = 1; look < VitalSigns.MOST_LOOKS; look++) {
            clock.advance(Duration.ofSeconds(20));
            assertEquals(Map.of("wl-2", new Loss(2, 100)), losses(), "look " + look);
        }
        clock.advance(Duration.ofSeconds(20));
        assertEquals(Map.of(), losses());
    }

    /** A server that stops, is killed, or stands still over midnight or for days says of losses what one that went on says. */
    @ParameterizedTest
    @ValueSource(strings = {"PT5S", "PT9M", "PT1H", "PT14H", "P3D"})
    void aRestartGoesOnWithTheMinutesItHad(Duration down) {
        assertEquals(Map.of(), losses());
        receive("wl-2", 98);
        reject("wl-2", 2);
        losses();
        receive("wl-3", 40);
        clock.advance(down);

        signs = begun(journal);

        assertEquals(Map.of("wl-2", new Loss(2, 100), "wl-3", new Loss(0, 40)), losses());
        for (int look = 3; look < VitalSigns.MOST_LOOKS; look++) {
            losses();
        }
        assertEquals(Map.of("wl-3", new Loss(0, 40)), losses());
        assertEquals(Map.of(), losses());
    }

    @Test
    void noMoreLooksAreKeptThanAreNeeded() {
        for (int look = 0; look < 3 * VitalSigns.MOST_LOOKS; look++) {
            losses();
        }
        assertEquals(VitalSigns.MOST_LOOKS, await(new LedgerLooks(pool).known()).size());
    }

    @Test
    void aLookThatCannotBeReadIsLeftOutWithThoseBeforeIt() {
        for (int look = 0; look < 5; look++) {
            losses();
        }
        await(pool.query("update ledger_look set lines = '{' where look = 3").execute());

        assertEquals(
                List.of(4L, 5L),
                await(new LedgerLooks(pool).known()).stream()
                        .map(LedgerLook::number)
                        .toList());
    }

    @Test
    void aGapInASequenceIsALoss() {
        Vitals before = await(signs.look());
        assertEquals(Map.of(), before.bySource());

        append(Drafts.draft("wl-1", "a", 1, 1L));
        append(Drafts.draft("wl-1", "b", 1, 5L));

        assertEquals(Map.of("wl-1", new Loss(3, 5)), await(signs.look()).bySource());
    }

    @Test
    void whatWasRefusedAtABoundIsCounted() {
        assertEquals(0.0, await(signs.look()).refused());

        journal.received(Drafts.receipt("wl-1"));
        journal.refused(Drafts.receipt("wl-1"));

        assertEquals(1.0, await(signs.look()).refused());
        assertEquals(1.0, signs.newest().refused());
    }

    @Test
    void midnightIsNoBeginning() {
        assertEquals(Map.of(), losses());
        receive("wl-1", 10);
        losses();
        reject("wl-1", 2);

        clock.advance(Duration.ofHours(14));
        receive("wl-1", 1);

        assertEquals(Map.of("wl-1", new Loss(2, 13)), losses());
    }

    @Test
    void theDisksRoomIsAPercentage() {
        double free = await(signs.look()).diskFreePercent();

        assertTrue(free > 0 && free <= 100, () -> free + " %");
    }

    @Test
    void whatCannotBeLookedAtIsNotKnown() {
        Journal broken = new ReadOnlyJournal() {
            @Override
            public Future<LedgerDay> ledger(LocalDate date) {
                return Future.failedFuture("the database is gone");
            }
        };

        assertEquals(Vitals.UNKNOWN, await(begun(broken).look()));
    }

    @Test
    void aClockThatIsNotBelievedIsAVitalSignUntilItIsBack() {
        TestingMachine machine = new TestingMachine(Drafts.NOW, Drafts.NOW.minus(Duration.ofDays(30)));
        Timekeeper time = Timekeeper.of(machine, Duration.ofMinutes(5));
        VitalSigns judged = new VitalSigns(vertx, data, journal, new LedgerLooks(pool), time);
        time.begin(Drafts.NOW);
        assertEquals(0.0, judged.newest().clockOffSeconds());

        machine.jump(Duration.ofHours(-2));
        time.look();

        assertEquals(7_200.0, judged.newest().clockOffSeconds());
        machine.jump(Duration.ofHours(2));
        time.look();
        assertEquals(0.0, judged.newest().clockOffSeconds());
    }

    private VitalSigns begun(Journal of) {
        return new VitalSigns(vertx, data, of, new LedgerLooks(pool), Timekeeper.believing(clock));
    }

    private @Nullable Map<String, Loss> losses() {
        return await(signs.look()).bySource();
    }

    private void receive(String source, int events) {
        for (int n = 0; n < events; n++) {
            append(Drafts.draft(source, clock.instant() + "-" + n));
        }
    }

    private void reject(String source, int events) {
        for (int n = 0; n < events; n++) {
            append(Drafts.deadLetter(source));
        }
    }

    private void append(Submission submission) {
        journal.received(submission.receipt());
        Drafts.await(journal.append(submission));
    }
}
