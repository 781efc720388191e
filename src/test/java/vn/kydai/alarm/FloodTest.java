package vn.kydai.alarm;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vn.kydai.aggregate.Figures;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Measure;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.Picture;

/** Alarms that come too fast to be read one by one, and what is told beside each. */
class FloodTest {
    private static final Measure MEASURE = new Measure(2, 1, "temperature", 39.5, 39.0, "Cel");

    private final Site site = new Site("2026-11-25T08:00");
    private int told;

    @Test
    void aFloodBeginsAboveTenInTenMinutesAndEndsBelowFive() {
        for (int alarm = 0; alarm < 10; alarm++) {
            raise("t-" + alarm);
            site.pass(Duration.ofSeconds(30));
        }
        assertTrue(site.picture().floods().isEmpty(), "ten are not more than ten");
        Instant begin = site.now();
        raise("t-10");

        Picture.Flood flood = requireNonNull(site.picture().floods().get("19867"));
        assertEquals(new Picture.Flood(begin, 11, 11, 2), flood);
        assertEquals(flood, site.picture().floods().get("477"), "whoever has it in his subtree");
        assertEquals(Set.of("19867", "477"), site.picture().floods().keySet());
        site.pass(Duration.ofSeconds(479));
        assertEquals(5, requireNonNull(site.picture().floods().get("477")).raised());
        site.pass(Duration.ofSeconds(1));
        assertTrue(site.picture().floods().isEmpty(), "four are fewer than five");
    }

    @Test
    void aFloodIsTheSameWhoeverLooksWheneverAndAfterARestart() {
        for (int alarm = 0; alarm < 40; alarm++) {
            raise("t-" + alarm);
            site.pass(Duration.ofSeconds(17 * (alarm % 5)));
            assertEquals(unseen().floods(), site.picture().floods());
        }
        assertFalse(site.picture().floods().isEmpty());
        Figures restored = Figures.restored(unseenFigures().drainState());
        assertEquals(site.picture().floods(), restored.picture(site.now()).floods());
    }

    @Test
    void whatIsAcknowledgedIsStillOpenAndWhatIsSetAsideIsNot() {
        for (int alarm = 0; alarm < 12; alarm++) {
            raise("t-" + alarm);
        }
        tell("t-0", Step.ACKNOWLEDGED, 1, null);
        tell("t-1", Step.REMOVED, 1, null);

        assertEquals(11, requireNonNull(site.picture().floods().get("477")).open());
    }

    @Test
    void threeTimesInAMinuteIsChatterForTenMinutes() {
        for (int occurrence = 1; occurrence <= 3; occurrence++) {
            tell("t-1", Step.RAISED, occurrence, MEASURE);
            assertEquals(occurrence == 3, site.alarm("heat:t-1").marks().isChattering());
            site.pass(Duration.ofSeconds(15));
            tell("t-1", Step.CLEARED, occurrence, null);
            site.pass(Duration.ofSeconds(15));
        }
        site.pass(Duration.ofSeconds(569));
        assertTrue(site.alarm("heat:t-1").marks().isChattering());
        site.pass(Duration.ofSeconds(1));
        assertFalse(site.alarm("heat:t-1").marks().isChattering());
    }

    @Test
    void whatGoesWithinAMinuteBeforeAnybodySawItIsFleeting() {
        tell("t-1", Step.RAISED, 1, MEASURE);
        tell("t-2", Step.RAISED, 1, MEASURE);
        tell("t-2", Step.ACKNOWLEDGED, 1, null);
        tell("t-3", Step.RAISED, 1, MEASURE);
        site.pass(Duration.ofSeconds(60));
        tell("t-1", Step.CLEARED, 1, null);
        tell("t-2", Step.CLEARED, 1, null);
        site.pass(Duration.ofSeconds(1));
        tell("t-3", Step.CLEARED, 1, null);
        tell("t-1", Step.ACKNOWLEDGED, 1, null);

        assertTrue(site.alarm("heat:t-1").marks().isFleeting());
        assertFalse(site.alarm("heat:t-2").marks().isFleeting(), "somebody saw it");
        assertFalse(site.alarm("heat:t-3").marks().isFleeting(), "longer than a minute");
    }

    @Test
    void alarmsOfOneCauseNameIt() {
        tell("wl-1", Step.RAISED, 1, new Measure(3, 1, "silent", 1.0, 1.0, null));
        tell("gw-1", Step.RAISED, 1, new Measure(3, 1, "silent", 5.0, 5.0, null));
        tell("desk-1", Step.RAISED, 1, new Measure(3, 1, "silent", 1.0, 1.0, null));
        tell("wl-2:salinity", Step.RAISED, 1, new Measure(3, 1, "salinity", 2.0, 1.0, "g/L"));

        assertEquals("gateway:gw-1", site.alarm("heat:wl-1").marks().cause());
        assertEquals("gateway:gw-1", site.alarm("heat:gw-1").marks().cause());
        assertEquals("rule:heat", site.alarm("heat:desk-1").marks().cause());
        assertEquals("metric:salinity", site.alarm("heat:wl-2:salinity").marks().cause());
    }

    private void raise(String source) {
        tell(source, Step.RAISED, 1, MEASURE);
    }

    private void tell(String source, Step step, long occurrence, @Nullable Measure measure) {
        site.append("a-" + told++, "19867", new Alarm("heat", source, occurrence, step, measure, null, null, null));
    }

    private Picture unseen() {
        return unseenFigures().picture(site.now());
    }

    private Figures unseenFigures() {
        Figures figures = new Figures();
        site.journal().forEach(figures::apply);
        return figures;
    }
}
