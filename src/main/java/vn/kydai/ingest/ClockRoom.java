package vn.kydai.ingest;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import vn.kydai.journal.Timekeeper;

/**
 * Where messages wait, unacknowledged, until the server believes its clock. Bounded in number and bytes over all
 * connections: past a bound a message is refused as by a full journal. Thread-safe.
 */
final class ClockRoom {
    private static final int MAX_MESSAGES = 100_000;
    private static final long MAX_BYTES = 32L * 1024 * 1024;

    /** What a message weighs besides its payload. */
    private static final long OVERHEAD_BYTES = 512;

    private final Timekeeper time;
    private final Set<Place> places = new LinkedHashSet<>();
    private long bytes;

    ClockRoom(Timekeeper time) {
        this.time = time;
        time.onTrust(this::open);
    }

    /** A message that waits. */
    final class Place {
        private final long bytes;
        private final Context context;
        private final Runnable again;

        private Place(long bytes, Context context, Runnable again) {
            this.bytes = bytes;
            this.context = context;
            this.again = again;
        }

        /** Gives the place up. */
        void leave() {
            remove(this);
        }
    }

    /**
     * Lets a message wait.
     *
     * @param payload bytes it holds
     * @param again decides on it anew, on the caller's context
     * @return empty when there is no place left
     */
    Optional<Place> enter(int payload, Runnable again) {
        Place place = new Place(
                OVERHEAD_BYTES + payload,
                requireNonNull(Vertx.currentContext(), "messages arrive on an event loop"),
                again);
        synchronized (this) {
            if (places.size() >= MAX_MESSAGES || bytes + place.bytes > MAX_BYTES) {
                return Optional.empty();
            }
            places.add(place);
            bytes += place.bytes;
        }
        if (time.isTrusted()) {
            // It became so between the decision and now: nobody would call again.
            open();
        }
        return Optional.of(place);
    }

    synchronized int size() {
        return places.size();
    }

    private synchronized void remove(Place place) {
        if (places.remove(place)) {
            bytes -= place.bytes;
        }
    }

    private void open() {
        List<Place> waiting;
        synchronized (this) {
            waiting = List.copyOf(places);
            places.clear();
            bytes = 0;
        }
        waiting.forEach(place -> place.context.runOnContext(opened -> place.again.run()));
    }
}
