package vn.kydai.aggregate;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import vn.kydai.aggregate.Tally.Family;
import vn.kydai.event.Journaled;
import vn.kydai.event.Ticket;

/**
 * The tickets of the days that pictures show or rollups may still change. A ticket's number is unique at its source on
 * one local date.
 */
final class Tickets implements Serializable {
    private static final String PIECE = "tickets/";

    private final AreaCountersById areas;
    private final Horizon horizon;
    private final RollupDeltas rollups;

    /** Saved day by day: old ones hardly ever change. */
    private transient TreeMap<Integer, HashMap<Key, TicketTimes>> days = new TreeMap<>();

    private transient TreeSet<Integer> changed = new TreeSet<>();

    private record Key(String area, String source, String ticket) implements Serializable {}

    Tickets(AreaCountersById areas, Horizon horizon, RollupDeltas rollups) {
        this.areas = areas;
        this.horizon = horizon;
        this.rollups = rollups;
    }

    void apply(Journaled journaled, Ticket ticket) {
        long micros = Micros.of(journaled.event().eventTime());
        int day = Micros.day(micros);
        String areaId = journaled.event().area();
        AreaCounters area = areas.get(areaId);
        area.touch(Family.TICKETS, journaled.ingestTime());
        boolean isShown = horizon.covers(day);
        if (!isShown && !rollups.covers(day)) {
            return;
        }
        Key key = new Key(areaId, journaled.event().source(), ticket.ticket());
        TicketTimes times = days.computeIfAbsent(day, missing -> new HashMap<>())
                .computeIfAbsent(key, missing -> new TicketTimes());
        changed.add(day);
        if (isShown) {
            times.count(area, day, -1);
        }
        times.roll(rollups, areaId, -1);
        times.take(ticket.step(), micros, ticket.counter());
        if (isShown) {
            times.count(area, day, 1);
        }
        times.roll(rollups, areaId, 1);
    }

    /** Lets go of the days that nothing asks for any more. */
    void prune() {
        changed.addAll(days.headMap(horizon.firstDay(), false).keySet().stream()
                .filter(day -> !rollups.covers(day))
                .toList());
        days.keySet().removeIf(day -> !horizon.covers(day) && !rollups.covers(day));
    }

    /** Hands over the days that changed since the last time, by name; empty when a day is gone. */
    void drain(SortedMap<String, byte[]> pieces) {
        for (int day : changed) {
            HashMap<Key, TicketTimes> tickets = days.get(day);
            pieces.put(PIECE + day, tickets == null ? SavedState.GONE : SavedState.write(tickets));
        }
        changed.clear();
    }

    /** Takes back a day; tells whether the piece was one. */
    boolean restore(String name, byte[] piece) {
        if (!name.startsWith(PIECE)) {
            return false;
        }
        HashMap<Key, TicketTimes> tickets = new HashMap<>();
        ((Map<?, ?>) SavedState.read(piece)).forEach((key, times) -> tickets.put((Key) key, (TicketTimes) times));
        days.put(Integer.valueOf(name.substring(PIECE.length())), tickets);
        return true;
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        days = new TreeMap<>();
        changed = new TreeSet<>();
    }
}
