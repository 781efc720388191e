package vn.kydai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.journal.Drafts.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.access.SettableClock;
import vn.kydai.alarm.Vitals;
import vn.kydai.alarm.Vitals.Loss;
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
    private final VitalSigns signs = new VitalSigns(vertx, data, journal, Timekeeper.believing(clock));

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void whatASourceLosesIsCountedOverTenMinutes() {
        receive("wl-1", 95);
        reject("wl-1", 5);
        assertEquals(
                Map.of(), await(signs.look()).bySource(), "what was before the first look is not of these minutes");

        clock.advance(Duration.ofMinutes(5));
        receive("wl-2", 98);
        reject("wl-2", 2);

        assertEquals(Map.of("wl-2", new Loss(2, 100)), await(signs.look()).bySource());
        clock.advance(Duration.ofMinutes(5));
        assertEquals(Map.of("wl-2", new Loss(2, 100)), await(signs.look()).bySource(), "ten minutes since the first");
        clock.advance(Duration.ofMinutes(1));
        assertEquals(Map.of(), await(signs.look()).bySource());
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
    void aNewDayBeginsAnew() {
        Vitals before = await(signs.look());
        receive("wl-1", 10);
        assertEquals(0, before.bySource().size());

        clock.advance(Duration.ofHours(14));

        assertEquals(Map.of(), await(signs.look()).bySource());
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

        assertEquals(Vitals.UNKNOWN, await(new VitalSigns(vertx, data, broken, Timekeeper.believing(clock)).look()));
    }

    @Test
    void aClockThatIsNotBelievedIsAVitalSignUntilItIsBack() {
        TestingMachine machine = new TestingMachine(Drafts.NOW, Drafts.NOW.minus(Duration.ofDays(30)));
        Timekeeper time = Timekeeper.of(machine, Duration.ofMinutes(5));
        VitalSigns judged = new VitalSigns(vertx, data, journal, time);
        time.begin(Drafts.NOW);
        assertEquals(0.0, judged.newest().clockOffSeconds());

        machine.jump(Duration.ofHours(-2));
        time.look();

        assertEquals(7_200.0, judged.newest().clockOffSeconds());
        machine.jump(Duration.ofHours(2));
        time.look();
        assertEquals(0.0, judged.newest().clockOffSeconds());
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
