package vn.kydai.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.journal.Drafts.DAY;
import static vn.kydai.journal.Drafts.NOW;
import static vn.kydai.journal.Drafts.await;
import static vn.kydai.journal.Drafts.deadLetter;
import static vn.kydai.journal.Drafts.draft;
import static vn.kydai.journal.Drafts.receipt;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.event.Configuration;
import vn.kydai.event.Dossier;
import vn.kydai.event.DossierStatus;
import vn.kydai.event.Journaled;
import vn.kydai.event.Reason;
import vn.kydai.journal.LedgerDay.Line;
import vn.kydai.journal.Submission.Content;
import vn.kydai.journal.Submission.Draft;

/** What every journal must do. */
abstract class JournalContract {
    /** The journal's clock. */
    protected Instant now = NOW;

    private Journal journal = new InMemoryJournal(() -> now, head -> {});

    abstract Journal open();

    /** Closes what the journal lived on. */
    abstract void closeAround();

    @BeforeEach
    void openJournal() {
        journal = open();
    }

    @AfterEach
    void closeJournal() {
        await(journal.close());
        closeAround();
    }

    @Test
    void whatAnEventSaidIsFoundByItsIdentityOnceItIsCommitted() {
        Draft draft = draft("gauge-1", "r-1", 3.11, 7L);
        assertEquals(Optional.empty(), await(journal.digest("gauge-1", "r-1")));

        assertEquals(new Outcome.Committed(1), append(draft));

        assertEquals(Optional.of(draft.content().digest()), await(journal.digest("gauge-1", "r-1")));
        assertEquals(Optional.empty(), await(journal.digest("gauge-2", "r-1")));
    }

    @Test
    void anEventIsReadBackAsItWasAppended() {
        Draft draft = draft("gauge-1", "r-1", 3.11, 7L);
        Outcome outcome = append(draft);
        List<Journaled> events = await(journal.read(0, 10));
        assertEquals(new Outcome.Committed(1), outcome);
        assertEquals(1, events.size());
        Journaled journaled = events.get(0);
        assertEquals(1, journaled.position());
        assertEquals(NOW, journaled.ingestTime());
        assertEquals("gauge-1", journaled.event().source());
        assertEquals("r-1", journaled.event().id());
        assertEquals("46-quang-dien", journaled.event().area());
        assertEquals(draft.eventTime(), journaled.event().eventTime());
        assertEquals(draft.content().data(), journaled.event().data());
        assertEquals(7L, journaled.event().seq());
        assertEquals(1, journal.readable());
    }

    @Test
    void anEventWithoutATimeGetsItsIngestTimeAndSaysSo() {
        Draft timed = draft("gauge-1", "r-1");
        Draft untimed = new Draft(
                timed.receipt(),
                200,
                "gauge-1",
                "r-1",
                false,
                timed.area(),
                null,
                Content.of(timed.content().data(), null, "digest"));
        now = NOW.plusNanos(1_234_567);
        append(untimed);
        Journaled journaled = await(journal.read(0, 10)).get(0);
        assertTrue(journaled.event().timeAssumed());
        assertEquals(NOW.plusMillis(1), journaled.event().eventTime());
        assertEquals(NOW.plusMillis(1), journaled.ingestTime());
        assertEquals(1, line("gauge-1").unidentified());
    }

    @Test
    void ingestTimeNeverDecreases() {
        append(draft("gauge-1", "r-1"));
        now = NOW.minusSeconds(3_600);
        append(draft("gauge-1", "r-2"));
        List<Journaled> events = await(journal.read(0, 10));
        assertEquals(NOW, events.get(1).ingestTime());
    }

    @Test
    void aRepeatIsADuplicateAndTheFirstStays() {
        append(draft("gauge-1", "r-1", 3.11, null));
        assertEquals(new Outcome.Duplicate(false), append(draft("gauge-1", "r-1", 3.11, null)));
        assertEquals(new Outcome.Duplicate(true), append(draft("gauge-1", "r-1", 4.0, null)));
        assertEquals(new Outcome.Committed(2), append(draft("gauge-2", "r-1", 4.0, null)));
        List<Journaled> events = await(journal.read(0, 10));
        assertEquals(2, events.size());
        assertEquals(
                draft("gauge-1", "r-1", 3.11, null).content().data(),
                events.get(0).event().data());
        assertEquals(new Line(3, 1, 2, 0, 0, 0, 0, 0, 1, 0, 0), line("gauge-1"));
    }

    @Test
    void repeatsAppendedAtOnceAreDuplicatesToo() {
        List<Future<Outcome>> outcomes = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            outcomes.add(submit(draft("gauge-1", "r-" + n % 4, n < 10 ? 1 : 2, null)));
        }
        List<Outcome> ended = outcomes.stream().map(Drafts::await).toList();
        assertEquals(
                4, ended.stream().filter(Outcome.Committed.class::isInstance).count());
        assertEquals(
                10, ended.stream().filter(new Outcome.Duplicate(true)::equals).count());
        assertEquals(4, await(journal.read(0, 100)).size());
    }

    @Test
    void aRejectionIsRecordedAndNotJournaled() {
        assertEquals(new Outcome.Rejected(Reason.SCHEMA, "/value is no number"), append(deadLetter("gauge-1")));
        assertEquals(List.of(), await(journal.read(0, 10)));
        assertEquals(0, journal.readable());
        assertEquals(1, line("gauge-1").rejected());
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepeat() {
        for (int n = 0; n < 25; n++) {
            now = NOW.plus(Duration.ofHours(3L * n));
            append(draft("gauge-1", "r-" + n));
        }
        List<Long> positions = new ArrayList<>();
        List<Journaled> page = await(journal.read(0, 7));
        while (!page.isEmpty()) {
            assertTrue(page.size() <= 7);
            page.forEach(event -> positions.add(event.position()));
            page = await(journal.read(positions.get(positions.size() - 1), 7));
        }
        assertEquals(LongStream.rangeClosed(1, 25).boxed().toList(), positions);
    }

    @Test
    void whatIsReceivedAndNotEndedIsInFlight() {
        journal.received(receipt("gauge-1"));
        journal.received(new Receipt("gauge-1", DAY, true));
        journal.refused(receipt("gauge-1"));
        assertEquals(new Line(2, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1), line("gauge-1"));
        assertEquals(Map.of(), await(journal.ledger(DAY.plusDays(1))).sources());
    }

    @Test
    void theProductsOwnEventsAreNotCounted() {
        append(configuration(Configuration.Part.AREAS, "a1"));
        assertEquals(Map.of(), await(journal.ledger(DAY)).sources());
        assertEquals(1, journal.readable());
    }

    @Test
    void theNewestDigestOfEachPartIsKnown() {
        append(configuration(Configuration.Part.AREAS, "a1"));
        append(configuration(Configuration.Part.CALENDAR, "c1"));
        append(configuration(Configuration.Part.AREAS, "a2"));
        assertEquals(
                Map.of(Configuration.Part.AREAS, "a2", Configuration.Part.CALENDAR, "c1"),
                await(journal.configurationDigests()));
    }

    @Test
    void theNewestContentOfAPartIsKnown() {
        append(configuration(Configuration.Part.AREAS, "a1"));
        append(configuration(Configuration.Part.AREAS, "a2"));
        assertEquals(
                Optional.of("a2"),
                await(journal.configuration(Configuration.Part.AREAS)).map(Configuration::digest));
        assertEquals(Optional.empty(), await(journal.configuration(Configuration.Part.CALENDAR)));
    }

    @Test
    void numbersMissingInASourcesSequenceAreGapsUntilTheyCome() {
        for (long seq : new long[] {5, 6, 9, 9, 12}) {
            append(draft("gauge-1", "r-" + seq + "-" + journal.readable(), 1, seq));
        }
        assertEquals(4, line("gauge-1").gaps());
        append(draft("gauge-1", "late", 1, 8L));
        assertEquals(3, line("gauge-1").gaps());
    }

    @Test
    void everyFieldOfADossierSurvives() {
        Dossier dossier = new Dossier(
                "H57.15-261124-0001",
                "1.000656",
                DossierStatus.RECEIVED,
                Dossier.Channel.ONLINE,
                "3",
                NOW.minusSeconds(60),
                NOW.minusMillis(1),
                NOW.plusSeconds(86_400),
                null,
                "46-hue",
                null,
                true,
                false,
                15_000.5);
        Draft any = draft("desk-1", "d-1");
        append(new Draft(
                any.receipt(), 400, "desk-1", "d-1", true, any.area(), NOW, Content.of(dossier, null, "digest")));
        assertEquals(dossier, await(journal.read(0, 1)).get(0).event().data());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theLedgerAddsUpWhateverHappens(long seed) {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Map<String, Long> received = new HashMap<>();
        List<Future<Outcome>> outcomes = new ArrayList<>();
        for (int n = 0; n < 400; n++) {
            String source = "source-" + random.nextInt(4);
            received.merge(source, 1L, Long::sum);
            switch (random.nextInt(10)) {
                case 0 -> outcomes.add(submit(deadLetter(source)));
                case 1 -> {
                    journal.received(receipt(source));
                    journal.refused(receipt(source));
                }
                default -> outcomes.add(submit(draft(source, "r-" + random.nextInt(60), random.nextInt(3), null)));
            }
        }
        outcomes.forEach(Drafts::await);
        LedgerDay ledger = await(journal.ledger(DAY));
        received.forEach(
                (source, count) -> assertEquals(count, line(ledger, source).received()));
        for (Line line : ledger.sources().values()) {
            assertEquals(0, line.inFlight());
            assertEquals(line.received(), line.committed() + line.duplicate() + line.rejected() + line.refused());
        }
        assertEquals(ledger.total().committed(), journal.readable());
    }

    @Test
    void aClosedJournalTakesNothing() {
        await(journal.close());
        assertFalse(journal.isWritable());
        assertThrows(IllegalStateException.class, () -> await(journal.append(draft("gauge-1", "r-1"))));
        journal = open();
    }

    @CanIgnoreReturnValue
    private Outcome append(Submission submission) {
        Outcome outcome = await(submit(submission));
        assertInstanceOf(Outcome.class, outcome);
        return outcome;
    }

    private Future<Outcome> submit(Submission submission) {
        journal.received(submission.receipt());
        return journal.append(submission);
    }

    private Line line(String source) {
        return line(await(journal.ledger(DAY)), source);
    }

    private static Line line(LedgerDay ledger, String source) {
        Line line = ledger.sources().get(source);
        assertNotNull(line);
        return line;
    }

    private static Draft configuration(Configuration.Part part, String digest) {
        Receipt receipt = new Receipt(Receipt.SELF, DAY, false);
        Configuration data = new Configuration(part, digest, "{\"a\":1}");
        return new Draft(receipt, 100, Receipt.SELF, part + digest, true, "46", NOW, Content.of(data, null, digest));
    }
}
