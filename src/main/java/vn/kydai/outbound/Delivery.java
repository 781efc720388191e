package vn.kydai.outbound;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/**
 * One step of one alarm on its way out by one channel.
 *
 * @param number of its row
 * @param key the same at every attempt: receivers recognise a repeat by it
 * @param alarm id of the alarm, whose steps go out in order
 * @param ingestTime when the journal took the step
 * @param document the message as JSON
 * @param places what templates show, by name
 * @param attempts made before
 */
record Delivery(
        long number,
        String key,
        String alarm,
        Instant ingestTime,
        String document,
        Map<String, String> places,
        int attempts) {
    Delivery {
        requireNonNull(key, "key is null");
        requireNonNull(alarm, "alarm is null");
        requireNonNull(ingestTime, "ingestTime is null");
        requireNonNull(document, "document is null");
        places = Map.copyOf(places);
    }

    /** Returns what a template shows at a place; empty where nothing is known. */
    String place(String name) {
        return places.getOrDefault(name, "");
    }
}
