package vn.kydai.aggregate;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Tally.Family;
import vn.kydai.event.FoldBound;
import vn.kydai.event.Journaled;
import vn.kydai.event.Ticket;

/** The tickets of the days that pictures show or rollups may still change. */
final class Tickets implements Serializable {
    private static final String PIECE = "tickets/";

    private final AreaCountersById areas;
    private final Horizon horizon;
    private final RollupDeltas rollups;
    private final Excesses excesses;

    /** Saved in pieces: old ones hardly ever change. */
    private transient TreeMap<Integer, TicketDay> days = new TreeMap<>();

    private transient TreeSet<Integer> changed = new TreeSet<>();

    /** Days let go of, as they are to be taken out of what is saved. */
    private transient TreeMap<Integer, TicketDay> gone = new TreeMap<>();

    Tickets(AreaCountersById areas, Horizon horizon, RollupDeltas rollups, Excesses excesses) {
        this.areas = areas;
        this.horizon = horizon;
        this.rollups = rollups;
        this.excesses = excesses;
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
        TicketDay tickets = days.computeIfAbsent(day, Tickets::dayOf);
        TicketTimes times =
                tickets.ticket(new TicketDay.Key(areaId, journaled.event().source(), ticket.ticket()));
        changed.add(day);
        if (isShown) {
            times.count(area, day, -1);
        }
        times.roll(rollups, areaId, -1);
        times.take(ticket.step(), micros, counter(journaled, ticket, tickets));
        if (isShown) {
            times.count(area, day, 1);
        }
        times.roll(rollups, areaId, 1);
    }

    /** The counter that a call names; those beyond the bound are one without a name. */
    private @Nullable String counter(Journaled journaled, Ticket ticket, TicketDay tickets) {
        String counter = ticket.counter();
        if (counter == null
                || ticket.step() != Ticket.Step.CALLED
                || tickets.takeCounter(journaled.event().area(), counter)) {
            return counter;
        }
        excesses.add(FoldBound.COUNTERS, journaled);
        return TicketTimes.OTHER_COUNTERS;
    }

    /** Lets go of the days that nothing asks for any more. */
    void prune() {
        days.entrySet().removeIf(entry -> {
            boolean isKept = horizon.covers(entry.getKey()) || rollups.covers(entry.getKey());
            if (!isKept) {
                gone.put(entry.getKey(), entry.getValue());
            }
            return !isKept;
        });
    }

    /** Hands over the pieces that changed since the last time, by name; empty when one is gone. */
    void drain(SortedMap<String, byte[]> pieces) {
        gone.values().forEach(day -> day.drainGone(pieces));
        gone.clear();
        for (int day : changed) {
            TicketDay tickets = days.get(day);
            if (tickets != null) {
                tickets.drain(pieces);
            }
        }
        changed.clear();
    }

    /** Takes back a piece; tells whether it was one. */
    boolean restore(String name, byte[] piece) {
        if (!name.startsWith(PIECE)) {
            return false;
        }
        int day = Integer.parseInt(name.substring(PIECE.length(), name.lastIndexOf('/')));
        days.computeIfAbsent(day, Tickets::dayOf).restore(name, piece);
        return true;
    }

    private static TicketDay dayOf(int day) {
        return new TicketDay(PIECE + day + "/");
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        days = new TreeMap<>();
        changed = new TreeSet<>();
        gone = new TreeMap<>();
    }
}
