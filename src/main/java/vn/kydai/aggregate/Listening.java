package vn.kydai.aggregate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.codec.Json;

/**
 * When the server listened, as the journal tells it: silence is counted over that time alone, since nobody can be heard who
 * speaks to nobody. Instants are in microseconds since 1970.
 */
final class Listening implements Serializable {
    /** The last ones; time of earlier ones counts as listened to, and nothing is silent for that long and heard since. */
    private static final int MOST_GAPS = 256;

    /** Apart from one another, the earliest first; the last one may not have ended yet. */
    private final List<Gap> gaps = new ArrayList<>();

    /** Time in which nobody was heard, from the first instant to before the second. */
    private record Gap(long from, long to) implements Serializable {
        boolean isOpen() {
            return to == Long.MAX_VALUE;
        }
    }

    /**
     * Takes note of a gap: {@code {"until": "…", "from": "…"}}, listened until the one and again from the other; without
     * {@code from} it is not over yet.
     *
     * @return how long it was once it is over, else absent
     */
    @Nullable
    Long apply(String content) {
        JsonNode node = read(content);
        long until = micros(node.path("until"));
        long from = node.hasNonNull("from") ? micros(node.path("from")) : Long.MAX_VALUE;
        if (!gaps.isEmpty()) {
            Gap last = gaps.get(gaps.size() - 1);
            if (last.isOpen()) {
                gaps.remove(gaps.size() - 1);
                until = last.from();
            } else {
                until = Math.max(until, last.to());
            }
        }
        if (from <= until) {
            return null;
        }
        gaps.add(new Gap(until, from));
        if (gaps.size() > MOST_GAPS) {
            gaps.remove(0);
        }
        return from == Long.MAX_VALUE ? null : (Long) (from - until);
    }

    /** Returns the instant by which so much time was listened since an instant; the greatest there is while it is not known. */
    long after(long since, long time) {
        long at = since + time;
        for (Gap gap : gaps) {
            long start = Math.max(gap.from(), since);
            if (gap.to() > since && start < at) {
                if (gap.isOpen()) {
                    return Long.MAX_VALUE;
                }
                at += gap.to() - start;
            }
        }
        return at;
    }

    /** Returns the instant since when so much time was listened until an instant. */
    long before(long until, long time) {
        long at = until - time;
        for (int index = gaps.size() - 1; index >= 0; index--) {
            Gap gap = gaps.get(index);
            long end = Math.min(gap.to(), until);
            if (gap.from() < until && end > at) {
                at -= end - gap.from();
            }
        }
        return at;
    }

    private static long micros(JsonNode instant) {
        return Micros.of(Instant.parse(instant.asText()));
    }

    private static JsonNode read(String content) {
        try {
            return Json.MAPPER.readTree(content);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a gap in listening is no JSON", e);
        }
    }
}
