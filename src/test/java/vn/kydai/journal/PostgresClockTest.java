package vn.kydai.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.journal.Drafts.NOW;
import static vn.kydai.journal.Drafts.await;
import static vn.kydai.journal.Drafts.draft;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.database.TestDatabase;

/** What a wrong clock leaves in the journal: nothing. */
class PostgresClockTest {
    private final PostgresSetup setup =
            new PostgresSetup(TestDatabase.freshDatabase().options());
    private final TestingMachine machine = new TestingMachine(NOW, NOW.minus(Duration.ofDays(20)));
    private Timekeeper time = Timekeeper.of(machine, Duration.ofMinutes(5));
    private Journal journal = open();

    @AfterEach
    void close() {
        await(journal.close());
        setup.close();
    }

    private Journal open() {
        return await(PostgresJournal.open(
                new PostgresJournal.Environment(
                        setup.vertx, setup.options, setup.pool, time, new SimpleMeterRegistry()),
                PostgresSetup.SETTINGS));
    }

    private void restart() {
        await(journal.close());
        time = Timekeeper.of(machine, Duration.ofMinutes(5));
        journal = open();
    }

    private List<String> ingestTimes() {
        return await(journal.read(0, 100)).stream()
                .map(event -> event.ingestTime().toString())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 24 * 40, 24 * 365 * 73})
    void aBatchWrittenWhileTheClockIsAheadCarriesTheHeadNowhere(long hours) {
        await(journal.append(draft("gauge-1", "r-1")));
        machine.pass(Duration.ofSeconds(1));
        machine.jump(Duration.ofHours(hours));
        await(journal.append(draft("gauge-1", "r-2")));
        machine.pass(Duration.ofSeconds(1));
        machine.jump(Duration.ofHours(-hours));

        await(journal.append(draft("gauge-1", "r-3")));

        assertEquals(
                List.of(
                        NOW.toString(),
                        NOW.plusSeconds(1).toString(),
                        NOW.plusSeconds(2).toString()),
                ingestTimes());
    }

    @Test
    void aStartWithAClockOfTheFutureCarriesTheHeadNowhere() {
        await(journal.append(draft("gauge-1", "r-1")));
        machine.jump(Duration.ofDays(365 * 70));
        restart();
        await(journal.append(draft("gauge-1", "r-2")));
        machine.set(NOW.plusSeconds(30));
        restart();

        await(journal.append(draft("gauge-1", "r-3")));

        assertTrue(time.isTrusted());
        assertEquals(List.of(NOW.toString(), NOW.toString(), NOW.plusSeconds(30).toString()), ingestTimes());
    }

    @Test
    void aRepeatIsRecognisedWhileTheClockIsFortyDaysAhead() {
        await(journal.append(draft("gauge-1", "r-1")));
        machine.jump(Duration.ofDays(40));
        restart();
        await(journal.append(draft("gauge-1", "r-2")));

        Outcome repeat = await(journal.append(draft("gauge-1", "r-1")));

        assertFalse(time.isTrusted());
        assertEquals(new Outcome.Duplicate(false), repeat);
    }

    @Test
    void aQuietServerSignsTheJournalSoThatItsRestartIsNoLongStop() {
        await(journal.append(draft("gauge-1", "r-1")));
        for (int n = 0; n < 2; n++) {
            machine.pass(Duration.ofHours(13));
            String due = machine.instant().toString();
            while (!setup.column("select to_char(ingest_time at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
                            + " from journal_head")
                    .equals(List.of(due))) {
                await(setup.vertx.timer(20, TimeUnit.MILLISECONDS));
            }
        }

        restart();

        assertTrue(time.isTrusted());
    }
}
