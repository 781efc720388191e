package vn.kydai.alarm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How long what was committed has waited for its picture. Looks at most once a second, and back for at most an hour. */
final class Lag {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final int MOST_LOOKS = 3_600;
    private static final double MILLIS = 1_000;

    private final Deque<Look> looks = new ArrayDeque<>();

    /** What could be read at an instant. */
    private record Look(Instant at, long readable) {}

    /**
     * Looks.
     *
     * @param readable last position that can be read now
     * @param shown last position the newest picture shows
     * @return seconds
     */
    double seconds(Instant now, long readable, long shown) {
        while (!looks.isEmpty() && looks.getFirst().readable() <= shown) {
            looks.removeFirst();
        }
        boolean isDue = looks.isEmpty() || !now.isBefore(looks.getLast().at().plus(LOOK_EVERY));
        if (readable > shown && isDue && looks.size() < MOST_LOOKS) {
            looks.addLast(new Look(now, readable));
        }
        return looks.isEmpty()
                ? 0
                : Duration.between(looks.getFirst().at(), now).toMillis() / MILLIS;
    }
}
