package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.config.Settings;
import vn.kydai.database.TestDatabase;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.event.Rating.Level;
import vn.kydai.event.Reading;
import vn.kydai.event.Ticket;
import vn.kydai.event.Ticket.Step;
import vn.kydai.report.CounterSeries;
import vn.kydai.verify.Verification;
import vn.kydai.verify.Verification.Difference;
import vn.kydai.verify.Verification.Result;
import vn.kydai.verify.Verification.Scope;

/** What the folds count and what independent SQL counts from the journal is the same, and a planted difference is found. */
class RollupVerificationTest {
    private static final int CONFIGURATION = 5;
    private static final Instant FIRST_INGEST = Story.at("2026-11-19T00:00");
    private static final String IN_HOURS = Story.PROCEDURES
            .replace("\"sameDay\",", "\"workingHours\", \"time\": 6,")
            .replace("\"workingDays\", \"time\": 3", "\"calendarDays\", \"time\": 2");
    private static final String OWN_HOURS = """
            {"workingWeekdays": ["MON", "TUE", "WED", "THU", "FRI"],
             "hours": [
               {"months": [1,2,3,4,5,6,7,8,9,10,11,12], "sessions": ["07:30-11:30", "13:00-17:00"]},
               {"validFrom": "2026-11-23", "months": [11], "sessions": ["07:00-11:00", "13:30-16:30"]}],
             "desks": [
               {"area": "19870", "hours": [{"months": [11, 12], "sessions": ["08:00-14:00"]}]},
               {"desk": "desk-19894", "hours": [{"months": [11], "sessions": ["09:00-10:30", "15:00-18:45"]}]}],
             "deadline": {"timeOfDay": "same", "sameDayUntil": "14:30", "agencyPauses": true},
             "daysOff": [{"date": "2026-11-23", "kind": "holiday", "name": "Bão"}],
             "workedDays": [{"date": "2026-11-28"}]}
            """;
    private static final String MERGED = """
            {"areas": [
              {"id": "477", "name": "Quảng Điền", "level": "region", "members": ["19867", "19870", "19894"]},
              {"id": "19867", "name": "Sịa", "level": "commune", "validTo": "2026-11-23", "successor": "new"},
              {"id": "19870", "name": "Quảng Thái", "level": "commune", "validTo": "2026-11-23", "successor": "new"},
              {"id": "19894", "name": "Quảng Thọ", "level": "commune", "validTo": "2025-07-01"},
              {"id": "new", "name": "Quảng Điền", "level": "commune", "validFrom": "2026-11-23"}]}
            """;

    /** Another gauge of the same id, one that sends totals, and a zero of its own. */
    private static final String EXCHANGED = """
            {"sources": [
              {"id": "rain-1", "kind": "sensor", "area": "19894", "metrics": [
                {"metric": "rain", "unit": "mm", "cadenceSeconds": 600, "unitFactor": 0.7}]},
              {"id": "stray", "kind": "sensor", "area": "19867", "metrics": [
                {"metric": "rain", "unit": "mm", "cadenceSeconds": 600, "counter": true}]}]}
            """;

    private static final String STUCK_RAIN = "\"rain\": {\"unit\": \"mm\", \"units\": {\"m\": 1000},";

    private static final String OTHER_UNITS =
            Story.THRESHOLDS.replace("{\"mm\": 0.001}", "{\"mm\": {\"factor\": 0.0005555555555555556, \"zero\": 32}}");

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool = TestDatabase.freshPool(vertx);

    @AfterEach
    void close() throws Exception {
        await(pool.close());
        await(vertx.close());
    }

    @ParameterizedTest
    @ValueSource(longs = {477, 19867, 2026})
    void aWeekOfLateAndDisorderedEventsHasNoDifference(long seed) throws Exception {
        Result result = verified(journaled(seed), all());
        assertEquals(List.of(), result.shown());
        assertEquals(0, result.differences());
        assertEquals(0, result.bounded());
        assertTrue(result.buckets() > 1_000, () -> result.buckets() + " buckets");
    }

    @ParameterizedTest
    @ValueSource(longs = {478, 19870, 2027, 11, 12, 13})
    void aWeekInWhichTheRulesChangeHasNoDifference(long seed) throws Exception {
        Result result = verified(withChangedRules(journaled(seed)), all());
        assertEquals(List.of(), result.shown());
        assertEquals(0, result.differences());
        assertEquals(0, result.bounded());
    }

    @Test
    void aCorruptedRollupIsNamedAndNothingElse() throws Exception {
        List<Journaled> events = journaled(31);
        assertEquals(0, verified(events, all()).differences());
        await(pool.query(
                        "update rollup set count = count + 1 where figure = 'received' and area = '19867' and width = '1M'"
                                + " and window_start > '2026-10-15'")
                .execute());
        Result result = await(new Verification(pool, Settings.DEFAULTS.aggregate(), CounterSeries::fallen).run(all()))
                .orElseThrow();
        assertEquals(1, result.differences());
        Difference difference = result.shown().get(0);
        assertEquals(
                "received 19867 1M 2026-10-31T17:00:00Z",
                difference.figure() + " " + difference.area() + " " + difference.width() + " " + difference.start());
        assertEquals(0, differences(null, "2026-11-19", "2026-12-01"), "the month began before");
        assertEquals(0, differences(Set.of("19870"), "2000-01-01", "2100-01-01"));
        assertEquals(1, differences(Set.of("19867"), "2000-01-01", "2100-01-01"));
    }

    @Test
    void everySumAndBinAndExtremeIsCompared() throws Exception {
        List<Journaled> events = journaled(32);
        assertEquals(0, verified(events, all()).differences());
        await(pool.query("delete from rollup where figure = 'ratings' and width = '1y'")
                .execute());
        await(pool.query("update rollup set max = max + 1 where figure like 'reading:%' and width = '1y'")
                .execute());
        await(pool.query("update rollup set bins[2] = coalesce(bins[2], 0) + 1 where figure = 'wait' and width = '1y'")
                .execute());
        await(pool.query("update rollup set count = count - 1 where figure = 'onTime' and width = '1d'")
                .execute());
        Set<String> found = new TreeSet<>();
        await(new Verification(pool, Settings.DEFAULTS.aggregate(), CounterSeries::fallen).run(all()))
                .orElseThrow()
                .shown()
                .forEach(difference -> found.add(difference.figure()));
        assertTrue(
                found.containsAll(Set.of("onTime", "ratings", "reading:rain", "reading:water_level", "wait")),
                found::toString);
        assertEquals(5, found.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aDossierOfThreeHundredStepsHasTheSameRowsInAnyOrder(long seed) throws Exception {
        Story story = Story.begun();
        story.configure(Part.PROCEDURES, IN_HOURS);
        int configured = story.events().size();
        int[] statuses = {6, 4, 5, 4, 6, 6, 4};
        story.tell("desk-19870", "19870", "2026-11-02T08:00", Story.decided("d", 2, "19867"));
        for (int index = 0; index < 600; index++) {
            Instant at = Story.at("2026-11-02T09:00").plusSeconds(index * 3_600L);
            story.tell("desk-19867", "19867", at, null, Story.dossier("d", statuses[index % statuses.length]));
        }
        story.dossier("d", "19867", "2026-11-28T08:00", 9);
        List<Journaled> rest = new ArrayList<>(
                story.events().subList(configured, story.events().size()));
        SortedMap<String, String> inOrder = RollupTexts.of(story.events());
        Collections.shuffle(rest, new Random(seed));
        List<Journaled> shuffled = new ArrayList<>(story.events().subList(0, configured));
        for (Journaled told : rest) {
            shuffled.add(new Journaled(shuffled.size() + 1L, Story.at("2026-11-28T09:00"), told.event()));
        }
        Result result = verified(shuffled, all());
        assertEquals(List.of(), result.shown());
        assertEquals(inOrder, RollupTexts.of(shuffled));
        assertEquals(
                1L,
                await(pool.query(
                                        "select count from rollup where figure = 'receivedHere' and area = '19870' and width = '1y'")
                                .execute())
                        .iterator()
                        .next()
                        .getLong(0));
    }

    @Test
    void gaugesStuckAtTheirGreatestNumberFillNoSum() throws Exception {
        Story story = Story.begun();
        story.configure(Part.SOURCES, EXCHANGED);
        story.configure(Part.THRESHOLDS, Story.THRESHOLDS.replace("\"rain\": {\"unit\": \"mm\",", STUCK_RAIN));
        for (int index = 0; index < 1_500; index++) {
            Instant time = Story.at("2026-11-25T08:00").plusSeconds(index);
            story.tell("stray", "19867", time, null, new Reading("rain", 1e12, "mm", null));
            story.tell("stray", "19867", time, null, new Reading("rain", 1e12, "m", null));
            story.tell("low", "19867", time, null, new Reading("unheard_of", -1e12, "x", null));
        }
        Result result = verified(story.events(), all());
        assertEquals(List.of(), result.shown());
        assertEquals(0, result.differences());
        assertEquals(
                "1500 1500000000000000000000",
                await(pool.query("select count || ' ' || sum from rollup where area = 'stray' and width = '1y'")
                                .execute())
                        .iterator()
                        .next()
                        .getString(0));
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void whatGoesBeyondADaysQuotaCountsNowhere(long seed) throws Exception {
        Settings.Aggregate few = new Settings.Aggregate(35, 50_000, 30, 20);
        List<Journaled> events = withChangedRules(journaled(seed));
        long whole = verified(events, all()).buckets();
        await(pool.query("truncate journal, rollup, checkpoint, checkpoint_part")
                .execute());
        Result result = verified(events, all(), few);
        assertEquals(List.of(), result.shown());
        assertEquals(0, result.differences());
        assertTrue(result.buckets() < whole, () -> result.buckets() + " of " + whole + " buckets");
    }

    @Test
    void ofManyCountersTheFirstOnesToldOfAreCountedApart() throws Exception {
        Story story = Story.begun();
        for (int index = 0; index < 300; index++) {
            Instant time = Story.at("2026-11-25T08:00").plusSeconds(index);
            story.tell(
                    "desk-19867",
                    "19867",
                    time,
                    null,
                    new Ticket("t" + index, Step.CALLED, null, "Quầy " + index % 100));
        }
        Result result = verified(story.events(), all());
        assertEquals(List.of(), result.shown());
        assertEquals(
                "65 300 108",
                await(pool.query(
                                        "select count(*) || ' ' || sum(count) || ' ' || sum(count) filter (where figure = 'counter:')"
                                                + " from rollup where figure like 'counter:%' and width = '1d'")
                                .execute())
                        .iterator()
                        .next()
                        .getString(0));
    }

    @Test
    void withoutACheckpointThereIsNothingToVerify() throws Exception {
        assertTrue(await(new Verification(pool, Settings.DEFAULTS.aggregate(), CounterSeries::fallen).run(all()))
                .isEmpty());
    }

    /** A week told in any order, as it would be journaled, with a few events later than is allowed. */
    private static List<Journaled> journaled(long seed) {
        Story story = RandomDays.of(seed, 2_500);
        story.rating("19867", "2026-10-01T08:00", Level.SATISFIED);
        story.level("2026-10-01T08:00", 1.25);
        story.ticket("t-late", "2026-10-01T08:00", Step.ISSUED);
        story.dossier("d-late", "19867", "2026-10-01T08:00", 2);
        story.ticket("t-served", "2026-11-20T08:00", Step.ISSUED);
        story.ticket("t-served", "2026-11-20T08:15", Step.CALLED);
        story.ticket("t-served", "2026-11-20T08:20", Step.SERVED);
        List<Journaled> events = story.events();
        List<Journaled> rest = new ArrayList<>(events.subList(CONFIGURATION, events.size()));
        Collections.shuffle(rest, new Random(seed));
        List<Journaled> journaled = new ArrayList<>();
        for (Journaled told : events.subList(0, CONFIGURATION)) {
            journaled.add(told);
        }
        Instant ingestTime = FIRST_INGEST;
        for (Journaled told : rest) {
            ingestTime = ingestTime.plus(Duration.ofMinutes(3));
            journaled.add(new Journaled(journaled.size() + 1L, ingestTime, told.event()));
        }
        return journaled;
    }

    /**
     * In the week a commune's and a desk's own hours, another holiday, a worked Saturday, other procedures and a merger come
     * into force, gauges are exchanged, and some of it is taken back.
     */
    private static List<Journaled> withChangedRules(List<Journaled> week) {
        List<Configuration> changes = List.of(
                new Configuration(Part.PROCEDURES, "", IN_HOURS),
                new Configuration(Part.CALENDAR, "", OWN_HOURS),
                new Configuration(Part.SOURCES, "", EXCHANGED),
                new Configuration(Part.THRESHOLDS, "", OTHER_UNITS),
                new Configuration(Part.AREAS, "", MERGED),
                new Configuration(Part.SOURCES, "", Story.SOURCES),
                new Configuration(Part.PROCEDURES, "", Story.PROCEDURES),
                new Configuration(Part.CALENDAR, "", Story.CALENDAR));
        List<Journaled> changed = new ArrayList<>();
        int apart = week.size() / (changes.size() + 1);
        for (Journaled told : week) {
            int place = told.position() % apart == 0 ? (int) (told.position() / apart) - 1 : changes.size();
            if (place < changes.size()) {
                Instant at = told.ingestTime();
                Event change = new Event("c" + place, "configuration", "-", at, false, null, changes.get(place));
                changed.add(new Journaled(changed.size() + 1L, at, change));
            }
            changed.add(new Journaled(changed.size() + 1L, told.ingestTime(), told.event()));
        }
        return changed;
    }

    private Result verified(List<Journaled> events, Scope scope) throws Exception {
        return verified(events, scope, Settings.DEFAULTS.aggregate());
    }

    private Result verified(List<Journaled> events, Scope scope, Settings.Aggregate settings) throws Exception {
        return VerifiedRollups.of(events, pool, settings, scope);
    }

    private long differences(@Nullable Set<String> areas, String from, String to) throws Exception {
        Scope scope = new Scope(LocalDate.parse(from), LocalDate.parse(to), areas);
        return await(new Verification(pool, Settings.DEFAULTS.aggregate(), CounterSeries::fallen).run(scope))
                .map(Result::differences)
                .orElse(0L);
    }

    private static Scope all() {
        return new Scope(LocalDate.of(2000, 1, 1), LocalDate.of(2100, 1, 1), null);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
