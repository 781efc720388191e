package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import vn.kydai.config.Settings;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Data;
import vn.kydai.event.Event;
import vn.kydai.event.Excess;
import vn.kydai.event.FoldBound;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;
import vn.kydai.event.Rating;
import vn.kydai.event.Rating.Level;
import vn.kydai.event.Reading;
import vn.kydai.event.Ticket;
import vn.kydai.event.Ticket.Step;

/** What a sender chooses the number of fills no memory, and who sends too much is named. */
class BoundsTest {
    private static final int QUOTA = 1_000;
    private static final Instant DAY = Story.at("2026-11-25T08:00");

    private final Figures figures = Figures.keepingRollups(new Settings.Aggregate(35, 50_000, 30, QUOTA));
    private long position;

    BoundsTest() {
        Story.begun().events().forEach(figures::apply);
        position = Story.begun().events().size();
    }

    @Test
    void freshDossiersOfOneSourceAndDayAreKeptUpToTheQuota() {
        for (int index = 0; index < 3 * QUOTA; index++) {
            tell("desk-19867", "19867", DAY, Story.dossier("d" + index, 2));
        }
        tell("desk-19870", "19870", DAY, Story.dossier("other", 2));
        assertEquals(QUOTA + 1, figures.dossiers());
        assertEquals(
                List.of(new Excess("desk-19867", "19867", FoldBound.DOSSIERS, 2L * QUOTA, DAY)), figures.excesses());
        Picture picture = figures.picture(DAY);
        assertEquals(QUOTA, Story.figure(picture, "19867", "received").value());
        assertEquals(1, Story.figure(picture, "19870", "received").value());
    }

    @Test
    void theNextDayBeginsAnew() {
        for (int index = 0; index < 2 * QUOTA; index++) {
            tell("desk-19867", "19867", DAY, Story.dossier("d" + index, 2));
        }
        tell("desk-19867", "19867", DAY.plus(Duration.ofDays(1)), Story.dossier("next", 2));
        assertEquals(QUOTA + 1, figures.dossiers());
    }

    @Test
    void oneKindsQuotaLeavesTheOthersAlone() {
        for (int index = 0; index < 2 * QUOTA; index++) {
            tell("desk-19867", "19867", DAY, new Ticket("t" + index, Step.ISSUED, null, null));
        }
        tell("desk-19867", "19867", DAY, Story.dossier("d", 2));
        tell("desk-19867", "19867", DAY, new Rating(Level.SATISFIED, null, null));
        Picture picture = figures.picture(DAY);
        assertEquals(QUOTA, Story.figure(picture, "19867", "issued").value());
        assertEquals(1, Story.figure(picture, "19867", "received").value());
        assertEquals(QUOTA, figures.excess(FoldBound.TICKETS));
    }

    @Test
    void whatEveryKindKeepsOfOneSourceDoesNotGrowBeyondTheQuota() {
        Random random = new Random(477);
        flood(random, QUOTA);
        long full = stateBytes();
        flood(random, 9 * QUOTA);
        long flooded = stateBytes();
        assertTrue(flooded < 1.2 * full, () -> full + " bytes, after ten times as much " + flooded);
    }

    @Test
    void receptionsStatedAgainAndAgainLeaveNothingBehind() {
        restate(0, 300);
        long before = figures.drainState().get("folds").length;
        restate(300, QUOTA);
        long after = figures.drainState().get("folds").length;
        assertTrue(after < 1.2 * before, () -> before + " bytes, after 700 more receptions " + after);
    }

    @Test
    void resultsNobodyFetchesAreForgottenAfterTheirTime() {
        for (int day = 0; day < 100; day++) {
            Instant time = DAY.plus(Duration.ofDays(day));
            tell("desk-19867", "19867", time, Story.dossier("d" + day, 2));
            tell("desk-19867", "19867", time.plusSeconds(60), Story.dossier("d" + day, 9));
        }
        Picture picture = figures.picture(DAY.plus(Duration.ofDays(99)).plusSeconds(60));
        assertEquals(31, picture.desks().get("19867").resultCount());
    }

    @Test
    void aGaugeThatSendsItsGreatestNumberForeverShowsNoNegativeRain() {
        RainMinutes minutes = new RainMinutes();
        minutes.moveTo(Micros.of(DAY));
        for (int index = 0; index < 10_000_000; index++) {
            minutes.add(Micros.of(DAY), 1_000_000_000_000L);
        }
        assertEquals(Long.MAX_VALUE, minutes.since(Micros.of(DAY) - Micros.MINUTE));
    }

    @Test
    void aSumOfDaysIsTheSameWhateverDaysThereAre() {
        Random random = new Random(2026);
        DayTable table = new DayTable();
        TreeMap<Integer, Long> plain = new TreeMap<>();
        for (int index = 0; index < 5_000; index++) {
            int day = random.nextInt(-800_000, 3_000_000) >> random.nextInt(12);
            table.add(day, DayTable.Column.RECEIVED, index);
            plain.merge(day, (long) index, Long::sum);
            int asked = random.nextInt(-800_000, 3_000_000) >> random.nextInt(12);
            assertEquals(sum(plain.headMap(asked, true)), table.upTo(asked, DayTable.Column.RECEIVED));
        }
        plain.forEach((day, amount) -> table.add(day, DayTable.Column.RECEIVED, -amount));
        assertEquals(0, table.size());
    }

    @Test
    void aChangeOfRulesSavesNoDossierAgainThatStandsAsBefore() {
        for (int index = 0; index < QUOTA; index++) {
            tell("desk-19867", "19867", DAY.plusSeconds(index), Story.dossier("d" + index, index < 600 ? 9 : 2));
        }
        figures.drainState();
        Story changed = new Story();
        changed.configure(Part.CALENDAR, Story.CALENDAR.replace("2026-11-28", "2026-12-05"));
        figures.apply(new Journaled(++position, DAY, changed.events().getFirst().event()));
        SortedMap<String, byte[]> pieces = figures.drainState();
        assertEquals(
                List.of("dossiers/1"),
                pieces.keySet().stream()
                        .filter(name -> name.startsWith("dossiers/"))
                        .toList());
    }

    @Test
    void aTicketMoreSavesOnePieceOfItsDay() {
        for (int index = 0; index < QUOTA - 1; index++) {
            tell("desk-19867", "19867", DAY, new Ticket("t" + index, Step.ISSUED, null, null));
        }
        figures.drainState();
        tell("desk-19867", "19867", DAY, new Ticket("t0", Step.CALLED, null, null));
        long saved = figures.drainState().keySet().stream()
                .filter(name -> name.startsWith("tickets/"))
                .count();
        assertEquals(1, saved);
    }

    @Test
    void aRestartBeginsNoBoundAnew() {
        Random random = new Random(19867);
        flood(random, QUOTA / 2);
        Figures restarted = Figures.restored(figures.drainState());
        Figures running = figures;
        long before = position;
        flood(running, new Random(2), QUOTA);
        position = before;
        flood(restarted, new Random(2), QUOTA);
        assertEquals(running.excesses(), restarted.excesses());
        assertEquals(running.picture(DAY), restarted.picture(DAY));
        assertTrue(running.excess(FoldBound.COUNTERS) > 0);
        assertEquals(QUOTA / 2, running.excess(FoldBound.TICKETS));
    }

    @Test
    void aDayThatIsLetGoOfLeavesNoPieceBehind() {
        TreeMap<String, byte[]> kept = new TreeMap<>();
        for (int day = 0; day < 60; day++) {
            tell("desk-19867", "19867", DAY.plus(Duration.ofDays(day)), new Ticket("t", Step.CALLED, null, "1"));
            figures.drainState().forEach((name, piece) -> {
                kept.put(name, piece);
                kept.values().removeIf(each -> each.length == 0);
            });
        }
        long pieces = kept.keySet().stream()
                .filter(name -> name.startsWith("tickets/"))
                .count();
        assertEquals(2 * 36, pieces, "a piece of tickets and one of counters for each day that rollups cover");
    }

    private void flood(Random random, int events) {
        flood(figures, random, events);
    }

    private void flood(Figures folds, Random random, int events) {
        for (int index = 0; index < events; index++) {
            Instant time = DAY.plusMillis(random.nextInt(3_600_000));
            String name = Long.toString(random.nextLong(1_000_000_000_000L), 36);
            tell(folds, "desk-19867", "19867", time, Story.dossier(name, 2));
            tell(folds, "desk-19867", "19867", time, new Ticket(name, Step.CALLED, null, name));
            tell(folds, "desk-19867", "19867", time, new Rating(Level.SATISFIED, name, null));
            tell(folds, "wl-sia", "19867", time, new Reading("water_level", random.nextDouble(), "m", null));
        }
    }

    private void restate(int from, int to) {
        for (int index = from; index < to; index++) {
            Instant received = DAY.plus(Duration.ofDays(index % 2 == 0 ? 20L * index : -10L * index));
            tell("desk-19867", "19867", DAY.plusSeconds(index), Story.dossier("d", 2, "1.004873", received, received));
        }
    }

    private long stateBytes() {
        long drained = figures.drainState().values().stream()
                .mapToLong(piece -> piece.length)
                .sum();
        Object unused = figures.drainRollups();
        return drained;
    }

    private static long sum(Map<Integer, Long> amounts) {
        return amounts.values().stream().mapToLong(Long::longValue).sum();
    }

    private void tell(String source, String area, Instant time, Data data) {
        tell(figures, source, area, time, data);
    }

    private void tell(Figures folds, String source, String area, Instant time, Data data) {
        position++;
        folds.apply(new Journaled(position, time, new Event("e" + position, source, area, time, false, null, data)));
    }
}
