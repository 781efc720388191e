package vn.kydai.aggregate;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Data;
import vn.kydai.event.Dossier;
import vn.kydai.event.FoldBound;
import vn.kydai.event.Journaled;
import vn.kydai.event.Rating;
import vn.kydai.event.Ticket;

/**
 * How many events of dossiers, of tickets and of ratings one source may add to the folds on one local day of receipt: the
 * first ones by position. What they add is kept, and its number is the sender's choice. By receipt, since only that day cannot
 * be chosen. Of other kinds the folds keep what the configuration names, whatever is sent.
 */
final class Quota implements Serializable {
    private final int eventsPerDay;
    private final Map<FoldBound, Map<String, Day>> taken = new EnumMap<>(FoldBound.class);

    /** What one source has added on its newest day. */
    private static final class Day implements Serializable {
        private int day = Integer.MIN_VALUE;
        private int events;
    }

    Quota(int eventsPerDay) {
        this.eventsPerDay = eventsPerDay;
    }

    /** Takes an event; returns the bound that it goes beyond. */
    @Nullable
    FoldBound exceeded(Journaled journaled) {
        FoldBound bound = boundOf(journaled.event().data());
        if (bound == null) {
            return null;
        }
        Day day = taken.computeIfAbsent(bound, key -> new HashMap<>())
                .computeIfAbsent(journaled.event().source(), key -> new Day());
        int today = Micros.day(journaled.ingestTime());
        if (today != day.day) {
            day.day = today;
            day.events = 0;
        }
        if (day.events == eventsPerDay) {
            return bound;
        }
        day.events++;
        return null;
    }

    private static @Nullable FoldBound boundOf(Data data) {
        if (data instanceof Dossier) {
            return FoldBound.DOSSIERS;
        }
        if (data instanceof Ticket) {
            return FoldBound.TICKETS;
        }
        return data instanceof Rating ? FoldBound.RATINGS : null;
    }
}
