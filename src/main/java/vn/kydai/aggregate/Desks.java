package vn.kydai.aggregate;

import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Moment.Phase;
import vn.kydai.event.Desk;
import vn.kydai.event.DossierStatus;
import vn.kydai.event.Event;
import vn.kydai.event.Ticket;
import vn.kydai.event.Ticket.Step;

/** The boards of all desks, by area: what is due by the deciding area, what can be fetched by the receiving one. */
final class Desks implements Serializable {
    private final Horizon horizon;
    private final Map<String, DeskBoard> byArea = new HashMap<>();
    private transient @Nullable SortedMap<String, Desk> shown;

    Desks(Horizon horizon) {
        this.horizon = horizon;
    }

    /** Takes a ticket's step; one that names no counter concerns no board. */
    void apply(Event event, Ticket ticket) {
        String counter = ticket.counter();
        Step step = ticket.step();
        if (counter != null && (step == Step.CALLED || step == Step.SERVED || step == Step.ABSENT)) {
            board(event.area()).take(counter, Stamp.of(event), ticket.ticket(), step);
        }
    }

    /** Puts a dossier as it stands where it is due, or its result waits. */
    void add(String code, Standing standing) {
        if (isDue(standing)) {
            board(standing.area()).addDue(standing.dueDay(), code, standing.procedure(), standing.status());
        }
        if (isResult(standing)) {
            board(standing.receivedIn()).addResult(standing.ended(), code);
        }
    }

    /** Takes a dossier as it stood away again. */
    void remove(String code, Standing standing) {
        if (isDue(standing)) {
            board(standing.area()).removeDue(standing.dueDay(), code);
        }
        if (isResult(standing)) {
            board(standing.receivedIn()).removeResult(standing.ended(), code);
        }
    }

    /** Shows every desk heard of; the same instance as long as nothing changes. */
    SortedMap<String, Desk> shown(Phase phase) {
        SortedMap<String, Desk> known = shown;
        TreeMap<String, Desk> next = new TreeMap<>();
        boolean isSame = known != null && byArea.size() == known.size();
        for (Map.Entry<String, DeskBoard> entry : byArea.entrySet()) {
            Desk desk = entry.getValue().shown(entry.getKey(), phase);
            isSame &= known != null && Same.instance(desk, known.get(entry.getKey()));
            next.put(entry.getKey(), desk);
        }
        if (isSame && known != null) {
            return known;
        }
        SortedMap<String, Desk> desks = Collections.unmodifiableSortedMap(next);
        shown = desks;
        return desks;
    }

    /** Lets go of what fell behind the horizon. */
    void prune() {
        byArea.values().forEach(DeskBoard::prune);
    }

    private DeskBoard board(String area) {
        return byArea.computeIfAbsent(area, key -> new DeskBoard(horizon));
    }

    private static boolean isDue(Standing standing) {
        return standing.isReceived() && standing.isRunning() && standing.dueDay() != Standing.NO_DAY;
    }

    private static boolean isResult(Standing standing) {
        return standing.isReceived() && standing.status() == DossierStatus.DONE;
    }
}
