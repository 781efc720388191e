package vn.kydai.registry;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The ways out for alarms, from {@code channels.yaml}.
 *
 * @param all those in force, in the order of the file, each id once
 * @param disabled ids of those that are taken out
 */
public record Channels(Retry retry, List<OutboundChannel> all, Set<String> disabled) {
    /** Nothing goes out. */
    public static final Channels NONE = new Channels(
            new Retry(Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofHours(24)), List.of(), Set.of());

    /**
     * How often is tried again.
     *
     * @param first upper bound of the first wait; it doubles with each failure
     * @param longest upper bound of any wait
     * @param giveUp how old a message becomes before it is kept as undelivered
     */
    public record Retry(Duration first, Duration longest, Duration giveUp) {
        public Retry {
            requireNonNull(first, "first is null");
            requireNonNull(longest, "longest is null");
            requireNonNull(giveUp, "giveUp is null");
        }
    }

    public Channels {
        requireNonNull(retry, "retry is null");
        all = List.copyOf(all);
        disabled = Set.copyOf(disabled);
    }
}
