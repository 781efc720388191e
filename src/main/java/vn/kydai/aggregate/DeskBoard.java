package vn.kydai.aggregate;

import java.io.Serializable;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Moment.Phase;
import vn.kydai.event.Desk;
import vn.kydai.event.DossierStatus;
import vn.kydai.event.Ticket.Step;
import vn.kydai.registry.Procedures;

/**
 * What one desk tells its staff and those who wait: the ticket at each counter, what is due today, which results can be
 * fetched. Of a counter only its newest step by {@link Stamp} is kept, so the order of arrival matters not.
 */
final class DeskBoard implements Serializable {
    /** Real desks have under twenty; a runaway source must not eat the memory. The newest by event time stay. */
    private static final int MAX_COUNTERS = 64;

    /** As many codes as a screen has room for. */
    private static final int SHOWN_CODES = 24;

    /** A result nobody has fetched for so long is not announced any more. */
    private static final int ANNOUNCED_DAYS = 30;

    /** Codes that end alike are one line; among so many as are looked at a screen's worth is found, or there is none. */
    private static final int LOOKED_AT = 1_000;

    private final Horizon horizon;

    private final Map<String, Call> calls = new HashMap<>();
    private final TreeMap<Integer, TreeMap<String, Due>> dueByDay = new TreeMap<>();

    /** What waits to be fetched, by the day it was done: of those days alone that are announced. */
    private final TreeMap<Integer, NavigableSet<Result>> resultsByDay = new TreeMap<>();

    private transient @Nullable Desk shown;
    private transient @Nullable Phase shownAt;
    private boolean isChanged;

    /** The newest step of any ticket at a counter. */
    private record Call(Stamp stamp, String ticket, Step step) implements Serializable {}

    /** A running dossier. */
    private record Due(String procedure, DossierStatus status) implements Serializable {}

    /** A result that waits to be fetched. */
    private record Result(long ended, String code) implements Comparable<Result>, Serializable {
        private static final Comparator<Result> ORDER =
                Comparator.comparingLong(Result::ended).thenComparing(Result::code);

        @Override
        public int compareTo(Result other) {
            return ORDER.compare(this, other);
        }
    }

    DeskBoard(Horizon horizon) {
        this.horizon = horizon;
    }

    /** Takes a step that a counter took with a ticket. */
    void take(String counter, Stamp stamp, String ticket, Step step) {
        Call known = calls.get(counter);
        if (known != null && !stamp.isAfter(known.stamp())) {
            return;
        }
        calls.put(counter, new Call(stamp, ticket, step));
        if (calls.size() > MAX_COUNTERS) {
            calls.entrySet().stream()
                    .min(Comparator.comparing(entry -> entry.getValue().stamp()))
                    .map(Map.Entry::getKey)
                    .ifPresent(calls::remove);
        }
        isChanged = true;
    }

    /** Notes that a dossier runs and is due on a local day. */
    void addDue(int day, String code, String procedure, DossierStatus status) {
        dueByDay.computeIfAbsent(day, key -> new TreeMap<>()).put(code, new Due(Procedures.normal(procedure), status));
        isChanged = true;
    }

    void removeDue(int day, String code) {
        TreeMap<String, Due> due = dueByDay.get(day);
        if (due != null && due.remove(code) != null) {
            isChanged = true;
            if (due.isEmpty()) {
                dueByDay.remove(day);
            }
        }
    }

    /** Notes that a dossier's result can be fetched since an instant, µs. */
    void addResult(long ended, String code) {
        int day = Micros.day(ended);
        if (day >= firstAnnounced()) {
            isChanged |=
                    resultsByDay.computeIfAbsent(day, key -> new TreeSet<>()).add(new Result(ended, code));
        }
    }

    void removeResult(long ended, String code) {
        int day = Micros.day(ended);
        NavigableSet<Result> results = resultsByDay.get(day);
        if (results != null) {
            isChanged |= results.remove(new Result(ended, code));
            if (results.isEmpty()) {
                resultsByDay.remove(day);
            }
        }
    }

    /** Lets go of results that are announced no more. */
    void prune() {
        resultsByDay.headMap(firstAnnounced(), false).clear();
    }

    private int firstAnnounced() {
        int first = horizon.firstDay();
        return first == Integer.MIN_VALUE ? first : first - ANNOUNCED_DAYS;
    }

    /** Shows it, as the board of an area; the same instance as long as nothing of it changes. */
    Desk shown(String area, Phase phase) {
        Desk known = shown;
        if (known != null && !isChanged && phase.equals(shownAt)) {
            return known;
        }
        SortedMap<String, Due> due = dueByDay.getOrDefault(phase.day(), new TreeMap<>());
        NavigableMap<Integer, NavigableSet<Result>> waiting = resultsByDay.tailMap(phase.day() - ANNOUNCED_DAYS, true);
        int toFetch = waiting.values().stream().mapToInt(NavigableSet::size).sum();
        Desk next = Same.or(
                known, new Desk(counters(area, phase), due.size(), shownDue(due), toFetch, shownResults(waiting)));
        shown = next;
        shownAt = phase;
        isChanged = false;
        return next;
    }

    /** The counters that took a step on the day shown; none once the queue has closed. */
    private SortedMap<String, Desk.Counter> counters(String area, Phase phase) {
        TreeMap<String, Desk.Counter> counters = new TreeMap<>();
        calls.forEach((counter, call) -> {
            long at = call.stamp().micros();
            if (phase.isQueueOpen(area) && Micros.day(at) == phase.day()) {
                boolean isServing = call.step() == Step.CALLED;
                counters.put(counter, new Desk.Counter(call.ticket(), isServing, Micros.instant(at)));
            }
        });
        return Collections.unmodifiableSortedMap(counters);
    }

    private static SortedMap<String, Desk.Due> shownDue(SortedMap<String, Due> due) {
        TreeMap<String, Desk.Due> shown = new TreeMap<>();
        int looked = 0;
        for (Map.Entry<String, Due> entry : due.entrySet()) {
            if (shown.size() == SHOWN_CODES || looked++ == LOOKED_AT) {
                break;
            }
            Due dossier = entry.getValue();
            shown.put(Ticker.tail(entry.getKey()), new Desk.Due(dossier.procedure(), dossier.status()));
        }
        return Collections.unmodifiableSortedMap(shown);
    }

    /** The newest ones. */
    private static SortedMap<String, Instant> shownResults(NavigableMap<Integer, NavigableSet<Result>> waiting) {
        TreeMap<String, Instant> shown = new TreeMap<>();
        int looked = 0;
        for (NavigableSet<Result> day : waiting.descendingMap().values()) {
            for (Result result : day.descendingSet()) {
                if (shown.size() == SHOWN_CODES || looked++ == LOOKED_AT) {
                    return Collections.unmodifiableSortedMap(shown);
                }
                shown.putIfAbsent(Ticker.tail(result.code()), Micros.instant(result.ended()));
            }
        }
        return Collections.unmodifiableSortedMap(shown);
    }
}
