package vn.kydai.aggregate;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.config.Settings;
import vn.kydai.database.TestDatabase;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Journaled;
import vn.kydai.event.Reading;
import vn.kydai.event.Reading.Quality;
import vn.kydai.registry.WorkingCalendar;
import vn.kydai.report.CounterSeries;
import vn.kydai.verify.FallenTotals;
import vn.kydai.verify.Verification;
import vn.kydai.verify.Verification.Difference;
import vn.kydai.verify.Verification.Result;
import vn.kydai.verify.Verification.Scope;

/** What series say fell from one running total to the next is what independent SQL says of the journal. */
class TotalsVerificationTest {
    /** One of the metric's own most an hour, one of its own, one that measures something else, and one that sends increments. */
    private static final String GAUGES = """
            {"sources": [
              {"id": "total", "kind": "sensor", "area": "19867", "metrics": [
                {"metric": "rain", "unit": "mm", "cadenceSeconds": 600, "counter": true}]},
              {"id": "strict", "kind": "sensor", "area": "19870", "metrics": [
                {"metric": "rain", "unit": "mm", "cadenceSeconds": 600, "counter": true, "max": 4}]},
              {"id": "meter", "kind": "sensor", "area": "19870", "metrics": [
                {"metric": "energy", "unit": "kW.h", "cadenceSeconds": 600, "counter": true}]},
              {"id": "increments", "kind": "sensor", "area": "19894", "metrics": [
                {"metric": "rain", "unit": "mm", "cadenceSeconds": 600}]}]}
            """;

    private static final String WITH_ENERGY = Story.THRESHOLDS.replace(
            "\"rain\":", "\"energy\": {\"unit\": \"kW.h\", \"resolution\": 0.001, \"cadenceSeconds\": 600}, \"rain\":");

    private static final FallenTotals NOTHING =
            (mostPerHour, told) -> told.stream().map(each -> 0L).toList();

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool = TestDatabase.freshPool(vertx);

    @AfterEach
    void close() throws Exception {
        pool.close().await(20, TimeUnit.SECONDS);
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatFellAtGaugesThatBlinkFallAndAreExchangedHasNoDifference(long seed) throws Exception {
        Random random = new Random(seed);
        Story story = begun();
        for (String gauge : List.of("total", "strict", "meter", "increments")) {
            double now = random.nextInt(500);
            for (int index = 0; index < 600; index++) {
                now += random.nextInt(4) == 0 ? random.nextInt(30) / 10.0 : 0;
                now = random.nextInt(60) == 0 ? random.nextInt(900) : now;
                boolean isBlink = random.nextInt(12) == 0;
                boolean isHair = random.nextInt(12) == 0;
                double told = isBlink ? random.nextInt(3) : isHair ? now - now / (4 + random.nextInt(9)) : now;
                Instant at = Story.at("2026-11-14T00:00").plusSeconds(index * 600L + random.nextInt(600));
                tell(story, gauge, at, told, random.nextInt(30) == 0 ? Quality.SUSPECT : null);
            }
        }
        Result result = verified(shuffled(story.events(), random));
        assertEquals(List.of(), result.shown());
        assertEquals(0, result.differences());
        assertTrue(result.buckets() > 3_000, () -> result.buckets() + " buckets");
    }

    @Test
    void theRuleSaysOfABlinkAHairAStartAJumpAndAnotherGaugeWhatFell() throws Exception {
        Story story = begun();
        total(story, "2026-11-15", 37.2, 37.4, 0, 37.6);
        total(story, "2026-11-16", 54.0, 54.2, 54.0, 54.2);
        total(story, "2026-11-17", 60.0, 900, 60.2, 60.4);
        total(story, "2026-11-18", 120.4, 90.0, 90.2, 90.4);
        total(story, "2026-11-19", 120.4, 0.2, 0.4);
        assertEquals(0, verified(story.events()).differences());

        Map<LocalDate, Long> fell = verification(NOTHING).shown().stream()
                .collect(groupingBy(
                        difference -> WorkingCalendar.dateOf(difference.start()),
                        TreeMap::new,
                        summingLong(difference -> Long.parseLong(difference
                                .recomputed()
                                .substring(difference.recomputed().indexOf(' ') + 1)))));

        assertEquals(
                Map.of(
                        LocalDate.of(2026, 11, 15), 400_000L,
                        LocalDate.of(2026, 11, 16), 16_600_000L,
                        LocalDate.of(2026, 11, 17), 6_200_000L,
                        LocalDate.of(2026, 11, 18), 60_400_000L,
                        LocalDate.of(2026, 11, 19), 30_400_000L),
                fell);
    }

    @Test
    void aSeriesThatCountsABlinkIsNamedByItsGauge() throws Exception {
        Story story = begun();
        total(story, "2026-11-15", 37.2, 37.4, 0, 37.6);
        assertEquals(0, verified(story.events()).differences());

        Result result = verification((mostPerHour, told) -> told.stream()
                .map(each -> each.minute() == told.get(3).minute() ? 37_600_000L : 0L)
                .toList());

        assertEquals(
                List.of(
                        "fallen:rain total 15m 2026-11-14T17:15:00Z 1 0, 1 200000",
                        "fallen:rain total 15m 2026-11-14T17:45:00Z 1 37600000, 1 200000"),
                result.shown().stream().map(TotalsVerificationTest::text).toList());
        assertEquals(2, result.differences());
    }

    @Test
    void aTotalChangedInTheTableIsFoundInItsBucketAndInWhatFell() throws Exception {
        Story story = begun();
        total(story, "2026-11-15", 37.2, 37.4, 37.6);
        assertEquals(0, verified(story.events()).differences());
        pool.query("update rollup set min = min - 100000, max = max - 100000 where width = '15m'"
                        + " and figure = 'reading:rain' and window_start = '2026-11-14T17:15:00Z'")
                .execute()
                .await(20, TimeUnit.SECONDS);

        Result result = verification(CounterSeries::fallen);

        assertEquals(
                Set.of(
                        "fallen:rain 2026-11-14T17:15:00Z",
                        "fallen:rain 2026-11-14T17:30:00Z",
                        "reading:rain 2026-11-14T17:15:00Z"),
                result.shown().stream()
                        .map(difference -> difference.figure() + " " + difference.start())
                        .collect(toSet()));
    }

    private static Story begun() {
        Story story = Story.begun();
        story.configure(Part.THRESHOLDS, WITH_ENERGY);
        story.configure(Part.SOURCES, GAUGES);
        return story;
    }

    /** One in a quarter of an hour from midnight. */
    private static void total(Story story, String day, double... totals) {
        for (int index = 0; index < totals.length; index++) {
            tell(story, "total", Story.at(day + "T00:00").plusSeconds(index * 900L), totals[index], null);
        }
    }

    private static void tell(Story story, String gauge, Instant at, double value, @Nullable Quality quality) {
        String metric = gauge.equals("meter") ? "energy" : "rain";
        story.tell(
                gauge, "19867", at, null, new Reading(metric, value, metric.equals("rain") ? "mm" : "kW.h", quality));
    }

    private static List<Journaled> shuffled(List<Journaled> told, Random random) {
        List<Journaled> readings = new ArrayList<>(told.stream()
                .filter(each -> each.event().data() instanceof Reading)
                .toList());
        Collections.shuffle(readings, random);
        List<Journaled> journaled = new ArrayList<>(told.stream()
                .filter(each -> !(each.event().data() instanceof Reading))
                .toList());
        for (Journaled reading : readings) {
            long position = journaled.size() + 1L;
            journaled.add(new Journaled(position, told.get((int) position - 1).ingestTime(), reading.event()));
        }
        return journaled;
    }

    private Result verified(List<Journaled> events) throws Exception {
        return VerifiedRollups.of(events, pool, Settings.DEFAULTS.aggregate(), all());
    }

    private Result verification(FallenTotals series) throws Exception {
        return new Verification(pool, Settings.DEFAULTS.aggregate(), series)
                .run(all())
                .await(60, TimeUnit.SECONDS)
                .orElseThrow();
    }

    private static Scope all() {
        return new Scope(LocalDate.of(2000, 1, 1), LocalDate.of(2100, 1, 1), null);
    }

    private static String text(Difference difference) {
        return difference.figure() + " " + difference.area() + " " + difference.width() + " " + difference.start() + " "
                + difference.stored() + ", " + difference.recomputed();
    }
}
