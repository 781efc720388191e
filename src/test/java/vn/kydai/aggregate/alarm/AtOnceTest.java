package vn.kydai.aggregate.alarm;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Measure;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;
import vn.kydai.registry.Registry;

/** What the fold makes of deeds that did not know of one another. */
class AtOnceTest {
    private static final Instant NOW = Instant.parse("2026-11-25T02:00:00Z");

    private final Alarms alarms = new Alarms();
    private long position;

    @BeforeEach
    void raise() {
        Measure measure = new Measure(1, 1, "water_level", 3.11, 3.0, "m");
        take(new Alarm("flood", "wl-1", 1, Step.RAISED, measure, null, null, null));
    }

    @Test
    void ofTwoWhoTakeItAtOnceTheSecondOneIsIgnoredUnlessHeTakesItFromTheFirst() {
        take("An", null);
        take("Bình", null);
        Picture.Said first = shown().holder();
        take("Chi", "Bình");
        Picture.Said second = shown().holder();
        take("Chi", "An");

        assertEquals("An", requireNonNull(first).by());
        assertEquals("An", requireNonNull(second).by());
        assertEquals("Chi", requireNonNull(shown().holder()).by());
    }

    @Test
    void aShelfIsExtendedThreeTimesHoweverManyExtendItAtOnce() {
        for (int each = 0; each < 4; each++) {
            shelve(30);
        }
        Picture.Shelf last = shown().shelf();

        shelve(240);

        assertEquals(3, requireNonNull(last).extensions());
        assertEquals(last, shown().shelf());
    }

    private void take(String by, @Nullable String from) {
        take(Alarm.taken("flood", "wl-1", 1, by, null, from));
    }

    private void shelve(int minutes) {
        Instant until = NOW.plusSeconds(60L * minutes);
        take(new Alarm("flood", "wl-1", 1, Step.SHELVED, null, "An", "why", until));
    }

    private void take(Alarm alarm) {
        position++;
        Event event = new Event("e" + position, "kydai", "19867", NOW, false, null, alarm);
        alarms.apply(new Journaled(position, NOW, event), alarm);
    }

    private Picture.Alarm shown() {
        return requireNonNull(alarms.shown(Places.at(Registry.NONE, NOW)).get("flood:wl-1"));
    }
}
