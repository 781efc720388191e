package vn.kydai.aggregate;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.config.Settings;
import vn.kydai.event.Excess;
import vn.kydai.event.FoldBound;
import vn.kydai.event.Reading;

/** Who sends what is older than the series allow is named, since its clock may be wrong. */
class LateSourcesTest {
    private static final Instant RECEIVED = Story.at("2026-11-20T00:00");
    private static final int LATENESS_DAYS = 35;

    private final Story story = Story.begun();

    @ParameterizedTest
    @ValueSource(
            strings = {"1970-01-01T00:00:07Z", "2000-01-01T00:00:00Z", "2007-04-11T05:00:00Z", "2023-11-25T05:00:00Z"})
    void aDeviceWithoutAClockIsNamed(String then) {
        story.tell("gauge", "19867", Instant.parse(then), null, level());

        assertEquals(List.of("gauge 19867 1"), named());
    }

    @Test
    void aDossierOfAnotherCenturyIsNamedByWhoSentItAndCountsAllTheSame() {
        story.tell("desk", "19867", Instant.EPOCH, null, Story.dossier("d", 2));

        assertEquals(List.of("desk 19867 1"), named());
        assertEquals(1, folded().dossierStates().size());
    }

    @Test
    void whatWasSentAsSoonAsItCouldBeIsNotNamed() {
        story.tell("gauge", "19867", RECEIVED.minus(Duration.ofDays(LATENESS_DAYS)), null, level());

        assertEquals(List.of(), named());
    }

    @Test
    void theSameSourcesAreNamedInWhateverOrderTheirEventsCame() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<Instant> times = new ArrayList<>();
        for (int step = 0; step < 200; step++) {
            times.add(RECEIVED.minus(Duration.ofDays(random.nextInt(20_000))));
        }
        long late = times.stream()
                .filter(time -> time.isBefore(RECEIVED.minus(Duration.ofDays(LATENESS_DAYS + 1L))))
                .count();
        Collections.shuffle(times, random);
        times.forEach(time -> story.tell("gauge", "19867", time, null, level()));

        List<Excess> excesses = folded().excesses();

        assertEquals(1, excesses.size());
        assertEquals(FoldBound.LATENESS, excesses.getFirst().bound());
        assertEquals(late, excesses.getFirst().events());
    }

    private Figures folded() {
        Figures figures = Figures.keepingRollups(Settings.DEFAULTS.aggregate());
        story.events().forEach(figures::apply);
        return figures;
    }

    private static Reading level() {
        return new Reading("water_level", 1.5, "m", null);
    }

    private List<String> named() {
        return folded().excesses().stream()
                .filter(excess -> excess.bound() == FoldBound.LATENESS)
                .map(excess -> excess.source() + " " + excess.area() + " " + excess.events())
                .collect(toCollection(TreeSet::new))
                .stream()
                .toList();
    }
}
