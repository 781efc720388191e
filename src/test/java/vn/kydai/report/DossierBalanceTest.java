package vn.kydai.report;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.aggregate.Figures;
import vn.kydai.event.Dossier.Channel;
import vn.kydai.event.DossierState;
import vn.kydai.event.Figure;
import vn.kydai.event.Picture;
import vn.kydai.registry.Areas;
import vn.kydai.registry.Procedures;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources;
import vn.kydai.registry.Thresholds;
import vn.kydai.registry.WorkingCalendar;
import vn.kydai.report.DossierTally.Count;

/** Two years of random dossiers around a merger: the reports' sums, against each other and against the wall. */
class DossierBalanceTest {
    private static final String AREAS = """
            {"areas": [
              {"id": "46", "name": "Huế", "level": "province"},
              {"id": "477", "name": "Quảng Điền", "level": "district", "parent": "46", "validTo": "2025-07-01"},
              {"id": "a", "name": "A", "level": "commune", "parent": "477", "validTo": "2025-07-01", "successor": "n"},
              {"id": "b", "name": "B", "level": "commune", "parent": "477", "validTo": "2025-07-01", "successor": "n"},
              {"id": "n", "name": "N", "level": "commune", "parent": "46", "validFrom": "2025-07-01"},
              {"id": "m", "name": "M", "level": "commune", "parent": "46"}]}
            """;

    private static final LocalDate MERGER = LocalDate.of(2025, 7, 1);
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);
    private static final List<String> PERIODS = List.of(
            "2025",
            "2026",
            "2025-Q2",
            "2025-Q3",
            "2025-06",
            "2025-07",
            "2025-W26",
            "2025-W27",
            "2026-W11",
            "2025-06-30",
            "2025-07-01",
            "2026-03-10",
            "2024");

    private final Registry registry = new Registry(
            Areas.of(ReportFixture.tree(AREAS)),
            Sources.NONE,
            Procedures.of(ReportFixture.tree(ReportFixture.PROCEDURES)),
            WorkingCalendar.PLAIN,
            Thresholds.NONE);

    @ParameterizedTest
    @ValueSource(longs = {477, 20250701, 9})
    void theBalanceHoldsForEveryAreaAndPeriodInAnyOrderAndAParentIsTheSumOfItsChildren(long seed) {
        System.out.println("balance: seed " + seed + "L");
        Random random = new Random(seed);
        Desk desk = desk(random);
        List<DossierState> inOrder = desk.folded(null).dossierStates();
        List<DossierState> anyOrder = desk.folded(random).dossierStates();
        for (String text : PERIODS) {
            Period period = Period.of(text, TODAY);
            for (String area : List.of("46", "477", "a", "b", "n", "m")) {
                for (boolean isByReceiver : new boolean[] {false, true}) {
                    DossierTally tally = query(area, period, isByReceiver).total(inOrder);
                    String where = area + " " + text;
                    assertEquals(
                            tally.get(Count.CARRIED) + tally.received(),
                            tally.done() + tally.closedOther() + tally.processing(),
                            where);
                    DossierTally other = query(area, period, isByReceiver).total(anyOrder);
                    for (Count count : Count.values()) {
                        assertEquals(tally.get(count), other.get(count), where + " " + count);
                    }
                }
            }
            String below = period.last().isBefore(MERGER) ? "477" : "n";
            for (Count count : Count.values()) {
                long children = get(below, period, inOrder, count) + get("m", period, inOrder, count);
                assertEquals(get("46", period, inOrder, count), children, text + " " + count);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {477, 4})
    void aReportOfADayIsWhatTheWallShowsAtItsEnd(long seed) {
        System.out.println("balance: seed " + seed + "L");
        Desk desk = desk(new Random(seed));
        Figures figures = desk.folded(null);
        Instant end = Desk.at("2026-03-10T23:59");
        Picture picture = figures.picture(end);
        for (String area : List.of("46", "n", "m")) {
            DossierTally tally = query(area, Period.day(TODAY), false).total(figures.dossierStates());
            assertEquals(value(picture, area, "carried"), tally.get(Count.CARRIED), area);
            assertEquals(value(picture, area, "received"), tally.received(), area);
            assertEquals(value(picture, area, "done"), tally.done(), area);
            assertEquals(value(picture, area, "closedOther"), tally.closedOther(), area);
            assertEquals(value(picture, area, "processing"), tally.processing(), area);
            assertEquals(value(picture, area, "overdueNow"), tally.get(Count.OVERDUE), area);
            assertEquals(value(picture, area, "paused"), tally.get(Count.PAUSED), area);
        }
    }

    private static Desk desk(Random random) {
        Desk desk = new Desk(AREAS);
        Instant from = Desk.at("2024-06-01T07:00");
        Instant merger = Desk.at("2025-07-01T00:00");
        for (int index = 0; index < 3_000; index++) {
            int number = random.nextInt(700);
            Instant at = from.plusSeconds(900L * random.nextInt(648 * 96));
            String area = number % 3 == 2 ? "m" : !at.isBefore(merger) ? "n" : number % 3 == 0 ? "a" : "b";
            String procedure = List.of("1.001193", Desk.PROCEDURE, "9.999999").get(random.nextInt(3));
            Channel channel = Channel.values()[random.nextInt(3)];
            desk.step("d" + number, area, at, 1 + random.nextInt(10), procedure, channel);
        }
        return desk;
    }

    private long get(String area, Period period, List<DossierState> dossiers, Count count) {
        return query(area, period, false).total(dossiers).get(count);
    }

    private DossierQuery query(String area, Period period, boolean isByReceiver) {
        LocalDate day = period.last().isBefore(TODAY) ? period.last() : TODAY;
        return new DossierQuery(
                registry,
                area,
                Members.of(registry.areas(), area, day, isByReceiver),
                period,
                Grouping.PROCEDURE,
                TODAY,
                false);
    }

    private static long value(Picture picture, String area, String figure) {
        Figure shown = requireNonNull(
                requireNonNull(picture.areas().get(area)).figures().get(figure));
        Double value = requireNonNull(shown.value());
        return value.longValue();
    }
}
