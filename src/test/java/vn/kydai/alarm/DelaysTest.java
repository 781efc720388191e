package vn.kydai.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On- and off-delays when levels skip, and when nothing can be judged in between. */
class DelaysTest {
    private static final String STEEP = """
            'id': 'steep', 'watch': 'value', 'metric': 'water_level', 'onDelaySeconds': 600,
            'steps': [{'at': 1, 'severity': 'low'}, {'at': 2, 'severity': 'medium', 'onDelaySeconds': 900},
                {'at': 3, 'severity': 'high', 'onDelaySeconds': 60}]""";
    private static final String SALT = """
            'id': 'salt', 'watch': 'value', 'metric': 'salinity', 'onDelaySeconds': 1800, 'offDelaySeconds': 1800,
            'steps': [{'at': 1, 'severity': 'low'}]""";
    private static final String WATER = """
            'id': 'water', 'watch': 'value', 'metric': 'water_level', 'deadband': 0.5, 'offDelaySeconds': 600,
            'steps': [{'at': 3, 'severity': 'medium'}, {'at': 5, 'severity': 'high'}]""";

    @Test
    void aLevelThatWasOnlyTouchedIsNotFallenTo() {
        Site site = new Site("2026-11-25T08:00", WATER);
        site.reading("wl-2", 5.5);
        assertEquals(List.of("water:wl-2 1 raised"), site.settle());
        site.pass(Duration.ofMinutes(10));
        site.reading("wl-2", 4.4);
        assertEquals(List.of(), site.settle());
        site.pass(Duration.ofSeconds(595));
        site.reading("wl-2", 2.4);
        assertEquals(List.of(), site.settle());
        assertEquals(List.of("water:wl-2 1 changed"), site.after(Duration.ofSeconds(5)), "what held for ten minutes");
        assertEquals(1, site.alarm("water:wl-2").measure().level());
        assertEquals(List.of(), site.after(Duration.ofSeconds(594)));
        assertEquals(List.of("water:wl-2 1 cleared"), site.after(Duration.ofSeconds(1)));
    }

    @Test
    void aMilderLevelThatComesBackHoldsFromThereOn() {
        Site site = new Site("2026-11-25T08:00", WATER);
        site.reading("wl-2", 5.5);
        assertEquals(List.of("water:wl-2 1 raised"), site.settle());
        site.pass(Duration.ofMinutes(1));
        site.reading("wl-2", 1);
        assertEquals(List.of(), site.settle());
        site.pass(Duration.ofMinutes(5));
        site.reading("wl-2", 4);
        assertEquals(List.of(), site.settle());
        site.pass(Duration.ofMinutes(4));
        site.reading("wl-2", 1);
        assertEquals(List.of(), site.settle());
        assertEquals(List.of("water:wl-2 1 changed"), site.after(Duration.ofMinutes(1)));
        assertEquals(List.of("water:wl-2 1 cleared"), site.after(Duration.ofMinutes(9)));
    }

    @Test
    void aStepThatIsSkippedUpwardsWaitsForItsOwnDelay() {
        Site site = new Site("2026-11-25T08:00", STEEP);
        site.reading("wl-2", 2.5);
        assertEquals(List.of(), site.settle());
        assertEquals(List.of("steep:wl-2 1 raised"), site.after(Duration.ofMinutes(10)), "the first step's");
        assertEquals(1, site.alarm("steep:wl-2").measure().level());
        assertEquals(List.of("steep:wl-2 2 realarmed"), site.after(Duration.ofMinutes(5)), "the second's");
        site.reading("wl-2", 3.5);
        assertEquals(List.of(), site.settle());
        site.pass(Duration.ofSeconds(59));
        site.reading("wl-2", 2.9);
        assertEquals(List.of(), site.settle());
        site.pass(Duration.ofSeconds(1));
        site.reading("wl-2", 3.5);
        assertEquals(List.of(), site.settle(), "it began anew");
        assertEquals(List.of("steep:wl-2 3 realarmed"), site.after(Duration.ofMinutes(1)));
    }

    @Test
    void timeInWhichNothingCanBeJudgedCountsForNoDelay() {
        Site site = new Site("2026-11-25T08:00", SALT);
        site.further("salinity", 1.2, "g/L");
        assertEquals(List.of(), site.settle());
        site.pass(Duration.ofMinutes(10));
        for (int minutes = 0; minutes < 60; minutes += 10) {
            site.bad("salinity", "g/L");
            assertEquals(List.of(), site.settle());
            site.pass(Duration.ofMinutes(10));
        }
        site.further("salinity", 1.2, "g/L");
        assertEquals(List.of(), site.settle(), "ten minutes so far");
        assertEquals(List.of(), site.after(Duration.ofMinutes(19)));
        assertEquals(List.of("salt:wl-1:salinity 1 raised"), site.after(Duration.ofMinutes(1)));

        site.further("salinity", 0.5, "g/L");
        assertEquals(List.of(), site.settle());
        site.pass(Duration.ofMinutes(10));
        site.bad("salinity", "g/L");
        assertEquals(List.of(), site.settle());
        site.pass(Duration.ofMinutes(30));
        site.further("salinity", 0.6, "g/L");
        assertEquals(List.of(), site.settle());
        assertEquals(List.of("salt:wl-1:salinity 1 cleared"), site.after(Duration.ofMinutes(20)));
    }
}
