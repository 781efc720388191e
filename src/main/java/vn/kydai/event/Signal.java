package vn.kydai.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a siren (còi hú) sounds, after the city's regulation on sirens (Huế, October 2025): so many blasts of so many
 * seconds with a gap between them, repeated so often at most.
 */
public enum Signal {
    /** Storm or tropical depression (bão, áp thấp nhiệt đới). */
    STORM(3, 20, 10, 3),
    /** Flood above alert level II, or likely to reach III (lũ trên báo động II). */
    FLOOD2(2, 10, 10, 2),
    /** Flood above alert level III, emergency storm, tsunami (lũ trên báo động III, bão khẩn cấp, sóng thần). */
    FLOOD3(5, 30, 5, 3);

    private final int blasts;
    private final int seconds;
    private final int gap;
    private final int repeats;

    Signal(int blasts, int seconds, int gap, int repeats) {
        this.blasts = blasts;
        this.seconds = seconds;
        this.gap = gap;
        this.repeats = repeats;
    }

    /** Returns how many blasts. */
    public int blasts() {
        return blasts;
    }

    /** Returns how long each is, in seconds. */
    public int seconds() {
        return seconds;
    }

    /** Returns how long it is silent between two, in seconds. */
    public int gap() {
        return gap;
    }

    /** Returns how often the blasts are repeated at most. */
    public int repeats() {
        return repeats;
    }

    /** Returns the name in the journal: {@code flood3}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Finds a signal by its name. */
    public static Optional<Signal> ofId(String id) {
        return Arrays.stream(values()).filter(signal -> signal.id().equals(id)).findFirst();
    }
}
