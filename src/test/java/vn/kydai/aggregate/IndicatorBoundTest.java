package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import vn.kydai.event.FoldBound;
import vn.kydai.event.Indicator;
import vn.kydai.event.Picture;
import vn.kydai.event.Picture.Slow;
import vn.kydai.event.Rating;
import vn.kydai.event.Rating.Level;

/** What a sender may name as it likes fills no screen and no memory. */
class IndicatorBoundTest {
    private static final String NOON = "2026-11-25T12:00";

    private final Story story = Story.begun();

    @Test
    void tenThousandIndicatorsShowTheFirstOnesAndTheRestIsCounted() {
        indicator("poverty_rate", "2026");
        for (int index = 0; index < 10_000; index++) {
            indicator("a" + index, "2026");
        }
        indicator("poverty_rate", "2027");
        Picture picture = story.picture(NOON);
        var shown = Objects.requireNonNull(picture.areas().get("19867")).indicators();
        assertEquals(Indicators.MAX_INDICATORS, shown.size());
        assertEquals("2027", Objects.requireNonNull(shown.get("poverty_rate")).period());
        assertEquals(10_001 - Indicators.MAX_INDICATORS, story.folded().excess(FoldBound.INDICATORS));
    }

    @Test
    void ofAnIndicatorTheLastPeriodsAreShown() {
        for (int year = 1970; year < 2076; year++) {
            indicator("poverty_rate", Integer.toString(year));
            indicator("poverty_rate", year + "-01");
        }
        Slow shown = Objects.requireNonNull(
                Objects.requireNonNull(story.picture(NOON).areas().get("19867"))
                        .indicators()
                        .get("poverty_rate"));
        assertEquals(Indicators.MAX_PERIODS, shown.history().size());
        assertTrue(shown.history().containsKey("2075-01"));
    }

    @Test
    void ratingsOfMoreCountersThanADeskHasAreSuspect() {
        for (int index = 0; index < RatingDay.MAX_COUNTERS + 10; index++) {
            story.tell("desk-19867", "19867", "2026-11-25T08:00", new Rating(Level.SATISFIED, "c" + index, null));
        }
        Picture picture = story.picture(NOON);
        assertEquals(10, Story.figure(picture, "19867", "ratingsSuspect").value());
        assertEquals(10, story.folded().excess(FoldBound.RATING_COUNTERS));
    }

    @Test
    void aSumOfBinaryFractionsIsShownAtTheResolution() {
        story.level("2026-11-25T11:59", 0.1 + 0.2);
        var sensor = Objects.requireNonNull(story.picture(NOON).sensors().get("wl-sia"));
        assertEquals(0.3, sensor.value());
        assertEquals(0.3, sensor.history().get(sensor.history().lastKey()));
    }

    private void indicator(String id, String period) {
        story.tell("desk-19867", "19867", NOON, new Indicator(id, period, 1.0, "1", null, null, null, null));
    }
}
