package vn.kydai.aggregate;

import java.util.HashMap;
import java.util.Map;
import vn.kydai.aggregate.Tally.Family;
import vn.kydai.event.Journaled;
import vn.kydai.event.Ticket;

/** The tickets of the days inside the horizon. A ticket's number is unique at its source on one local date. */
final class Tickets {
    private final AreaCountersById areas;
    private final Horizon horizon;
    private final Map<Key, TicketTimes> tickets = new HashMap<>();

    private record Key(String area, String source, String ticket, int day) {}

    Tickets(AreaCountersById areas, Horizon horizon) {
        this.areas = areas;
        this.horizon = horizon;
    }

    void apply(Journaled journaled, Ticket ticket) {
        long micros = Micros.of(journaled.event().eventTime());
        int day = Micros.day(micros);
        AreaCounters area = areas.get(journaled.event().area());
        area.touch(Family.TICKETS, journaled.ingestTime());
        if (!horizon.covers(day)) {
            return;
        }
        Key key = new Key(journaled.event().area(), journaled.event().source(), ticket.ticket(), day);
        TicketTimes times = tickets.computeIfAbsent(key, missing -> new TicketTimes());
        times.count(area, day, -1);
        times.take(ticket.step(), micros);
        times.count(area, day, 1);
    }

    /** Lets go of what fell behind the horizon. */
    void prune() {
        tickets.keySet().removeIf(key -> !horizon.covers(key.day()));
    }
}
