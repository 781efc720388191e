package vn.kydai.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.journal.ClockDoubt.Why;

/** What a server makes of its machine's clock. */
class TimekeeperTest {
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final Instant BUILT = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant TRUTH = Instant.parse("2026-11-24T03:00:00Z");

    private final TestingMachine machine = new TestingMachine(TRUTH, BUILT);
    private final Timekeeper time = Timekeeper.of(machine, SKEW);

    private static Duration of(String text) {
        return text.startsWith("-") ? Duration.parse(text.substring(1)).negated() : Duration.parse(text);
    }

    private Why why() {
        return time.doubt().orElseThrow().why();
    }

    /** Lets time go by as a running server does, second by second. */
    private void run(Duration span) {
        for (long second = 0; second < span.toSeconds(); second++) {
            machine.pass(Duration.ofSeconds(1));
            time.look();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,",
        "PT-5M,",
        "PT-301S,BEHIND_JOURNAL",
        "PT-2H,BEHIND_JOURNAL",
        "PT24H,",
        "PT24H1S,AHEAD_OF_JOURNAL",
        "PT960H,AHEAD_OF_JOURNAL",
        "PT613200H,AHEAD_OF_JOURNAL",
        "PT-1400H,BEHIND_BUILD",
        "PT-498000H,BEHIND_BUILD"
    })
    void aStartComparesTheClockWithTheJournalAndTheBuild(String ahead, Why why) {
        machine.jump(Duration.parse(ahead));

        time.begin(TRUTH);

        assertEquals(why, time.doubt().map(ClockDoubt::why).orElse(null));
        assertEquals(why == null ? machine.instant() : TRUTH, time.instant());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T03:00:00Z,",
        "2026-09-30T00:00:00Z,",
        "2026-09-29T23:59:59Z,BEHIND_BUILD",
        "1970-01-01T00:00:00Z,BEHIND_BUILD",
        "2033-01-01T00:00:00Z,",
        "2096-11-24T03:00:00Z,AHEAD_OF_JOURNAL"
    })
    void aFirstStartComparesTheClockWithTheBuildAlone(Instant now, Why why) {
        machine.set(now);

        time.begin(Instant.EPOCH);

        assertEquals(why, time.doubt().map(ClockDoubt::why).orElse(null));
    }

    @Test
    void aClockOfNoMachineIsItsOwnersWord() {
        Timekeeper taken = Timekeeper.of(() -> Instant.EPOCH, SKEW);

        taken.begin(TRUTH);

        assertEquals(new Timekeeper.Reading(Instant.EPOCH, true), taken.reading());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "-PT1H", "PT960H", "-PT960H", "PT613200H", "PT5M1S"})
    void aClockThatJumpsAndComesBackLeavesNoMark(String by) {
        time.begin(TRUTH);
        machine.jump(of(by));
        Timekeeper.Reading jumped = time.reading();
        run(Duration.ofMinutes(3));
        Instant meanwhile = time.instant();
        machine.jump(of(by).negated());
        time.look();

        assertEquals(new Timekeeper.Reading(TRUTH, false), jumped);
        assertEquals(TRUTH.plusSeconds(180), meanwhile);
        assertEquals(new Timekeeper.Reading(TRUTH.plusSeconds(180), true), time.reading());
    }

    @Test
    void aClockThatIsSlowlyCorrectedIsBelieved() {
        time.begin(TRUTH);

        for (int second = 0; second < 7_200; second++) {
            machine.pass(Duration.ofSeconds(1));
            machine.jump(Duration.ofMillis(500));
            time.look();
        }

        assertTrue(time.isTrusted());
        assertEquals(TRUTH.plusSeconds(7_200 + 3_600), time.instant());
    }

    @Test
    void aClockBehindTheJournalIsMendedByTheTimeServiceHoweverLongTheStop() {
        machine.jump(Duration.ofHours(-2));
        time.begin(TRUTH);
        run(Duration.ofSeconds(90));
        machine.jump(Duration.ofHours(20));

        time.look();

        assertTrue(time.isTrusted());
        assertEquals(TRUTH.plus(Duration.ofHours(18)).plusSeconds(90), time.instant());
    }

    @Test
    void aMonthsStopIsBelievedWhenTwoSourcesAgree() {
        machine.jump(Duration.ofDays(30));
        time.begin(TRUTH);
        time.hear("one", machine.instant().minusSeconds(2));
        time.hear("one", machine.instant().minusSeconds(1));
        boolean byOne = time.isTrusted();

        time.hear("two", machine.instant().minusSeconds(200));

        assertFalse(byOne);
        assertTrue(time.isTrusted());
        assertEquals(TRUTH.plus(Duration.ofDays(30)), time.instant());
    }

    @Test
    void aMonthsStopIsBelievedThoughSourcesFirstSendWhatTheyHadKept() {
        machine.jump(Duration.ofDays(30));
        time.begin(TRUTH);
        for (String source : new String[] {"one", "two", "three"}) {
            time.hear(source, TRUTH.plusSeconds(10));
            time.hear(source, TRUTH.plus(Duration.ofDays(15)));
        }

        time.hear("one", machine.instant());
        time.hear("two", machine.instant());

        assertTrue(time.isTrusted());
    }

    @Test
    void aClockFortyDaysAheadIsNotBelievedWhileSourcesContradictIt() {
        machine.jump(Duration.ofDays(40));
        time.begin(TRUTH);
        for (int minute = 0; minute < 60; minute++) {
            time.hear("one", TRUTH.plusSeconds(minute * 60));
            time.hear("two", TRUTH.plusSeconds(minute * 60));
            time.hear("wrong too", machine.instant());
            run(Duration.ofMinutes(1));
        }

        assertEquals(Why.AHEAD_OF_JOURNAL, why());
        assertEquals(TRUTH.plus(Duration.ofHours(1)), time.instant());
    }

    @Test
    void oneSourceAloneIsAWitnessAfterTenMinutes() {
        machine.jump(Duration.ofDays(3));
        time.begin(TRUTH);
        time.hear("one", machine.instant());
        run(Duration.ofSeconds(599));
        boolean before = time.isTrusted();

        run(Duration.ofSeconds(1));

        assertFalse(before);
        assertTrue(time.isTrusted());
    }

    @Test
    void withoutAnySourceAStopOfMoreThanADayNeedsAPerson() {
        machine.jump(Duration.ofDays(3));
        time.begin(TRUTH);
        run(Duration.ofHours(2));
        boolean before = time.isTrusted();
        time.confirm(machine.instant().minus(Duration.ofHours(1)));
        boolean byAnOldWord = time.isTrusted();

        time.confirm(machine.instant().minusSeconds(20));

        assertFalse(before);
        assertFalse(byAnOldWord);
        assertTrue(time.isTrusted());
    }

    @Test
    void sourcesWithoutABatteryCannotVouchForAClockBehindTheBuild() {
        machine.set(Instant.EPOCH.plusSeconds(30));
        time.begin(TRUTH);
        for (int source = 0; source < 50; source++) {
            time.hear("source-" + source, Instant.EPOCH.plusSeconds(30));
        }
        run(Duration.ofMinutes(20));

        assertEquals(Why.BEHIND_BUILD, why());
    }

    @Test
    void aJumpOfHoursThatNobodyContradictsIsBelievedInTenMinutesButSuchJumpsMakeNoDay() {
        time.begin(TRUTH);
        machine.jump(Duration.ofHours(20));
        run(Duration.ofMinutes(11));
        boolean first = time.isTrusted();
        machine.jump(Duration.ofHours(20));

        run(Duration.ofHours(1));

        assertTrue(first);
        assertFalse(time.isTrusted());
        assertEquals(TRUTH.plus(Duration.ofHours(21)).plus(Duration.ofMinutes(11)), time.instant());
    }

    @Test
    void aJumpBackIsNotBelievedOnlyBecauseNobodyContradicts() {
        time.begin(TRUTH);
        machine.jump(Duration.ofHours(-2));

        run(Duration.ofHours(1));

        assertFalse(time.isTrusted());
    }

    @Test
    void whoeverWaitsIsCalledOnceTheClockIsBelieved() {
        AtomicInteger calls = new AtomicInteger();
        machine.jump(Duration.ofHours(-2));
        time.begin(TRUTH);
        time.onTrust(calls::incrementAndGet);
        run(Duration.ofSeconds(5));
        machine.jump(Duration.ofHours(2));

        run(Duration.ofSeconds(5));

        assertEquals(1, calls.get());
    }

    /** Whatever the clock does, nobody's word and no source: the time kept runs with the true time, or a day in all before. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noClockCarriesTheTimeKeptMoreThanADay(long seed) {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        time.begin(TRUTH);
        Duration passed = Duration.ZERO;
        for (int n = 0; n < 300; n++) {
            machine.jump(Duration.ofSeconds((long) (random.nextGaussian() * 100_000)));
            Duration span = Duration.ofSeconds(random.nextInt(1_200));
            run(span);
            passed = passed.plus(span);
            Duration carried = Duration.between(TRUTH.plus(passed), time.instant());
            assertTrue(carried.compareTo(Duration.ofDays(1)) <= 0, carried::toString);
        }
    }
}
