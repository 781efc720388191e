package vn.kydai.report;

import java.util.EnumMap;
import java.util.Map;
import vn.kydai.event.DossierState;
import vn.kydai.event.DossierState.Outcome;

/**
 * Dossiers counted over a period. Each one that was received by its end and had not ended before it began is in exactly
 * one number of the way in and one of the way out, so that carried + received = done + closed otherwise + processing.
 */
final class DossierTally {
    /** What is counted. */
    enum Count {
        /** Way in: received before the period and not ended then, or received in it, by channel. */
        CARRIED,
        RECEIVED_ONLINE,
        RECEIVED_COUNTER,
        RECEIVED_POST,
        /** Way out: ended in the period, or at its end still in process. */
        EARLY,
        ON_TIME,
        LATE,
        WITHDRAWN,
        STOPPED,
        IN_TIME,
        OVERDUE,
        PAUSED,
        /** Of those received in the period. */
        DIGITISED,
        WITH_FEE,
        PAID_ONLINE,
        OF_FULL_PROCEDURES,
        FULL_ONLINE
    }

    private final int first;
    private final int last;
    private final int asOf;
    private final Map<Count, Long> counts = new EnumMap<>(Count.class);

    /**
     * Starts at nothing.
     *
     * @param today a period that goes on is looked at as it stands today
     */
    DossierTally(Period period, int today) {
        this.first = Math.toIntExact(period.first().toEpochDay());
        this.last = Math.toIntExact(period.last().toEpochDay());
        this.asOf = Math.min(last, today);
    }

    /** Tells whether a dossier counts in the period at all. */
    boolean concerns(DossierState dossier) {
        return dossier.isReceived() && dossier.receivedDay() <= last && dossier.endedDay() >= first;
    }

    /**
     * Counts a dossier that concerns the period.
     *
     * @param isFull whether its procedure is published as fully online (toàn trình)
     */
    void add(DossierState dossier, boolean isFull) {
        if (dossier.receivedDay() < first) {
            add(Count.CARRIED, true);
        } else {
            addReceived(dossier, isFull);
        }
        add(wayOut(dossier), true);
    }

    long get(Count count) {
        return counts.getOrDefault(count, 0L);
    }

    long received() {
        return get(Count.RECEIVED_ONLINE) + get(Count.RECEIVED_COUNTER) + get(Count.RECEIVED_POST);
    }

    long done() {
        return get(Count.EARLY) + get(Count.ON_TIME) + get(Count.LATE);
    }

    long closedOther() {
        return get(Count.WITHDRAWN) + get(Count.STOPPED);
    }

    long processing() {
        return get(Count.IN_TIME) + get(Count.OVERDUE) + get(Count.PAUSED);
    }

    private void addReceived(DossierState dossier, boolean isFull) {
        Count channel = switch (dossier.channel()) {
            case ONLINE -> Count.RECEIVED_ONLINE;
            case COUNTER -> Count.RECEIVED_COUNTER;
            case POST -> Count.RECEIVED_POST;
        };
        add(channel, true);
        add(Count.DIGITISED, dossier.isDigitised());
        add(Count.WITH_FEE, dossier.hasFee());
        add(Count.PAID_ONLINE, dossier.hasFee() && dossier.isPaidOnline());
        add(Count.OF_FULL_PROCEDURES, isFull);
        add(Count.FULL_ONLINE, isFull && channel == Count.RECEIVED_ONLINE);
    }

    private Count wayOut(DossierState dossier) {
        boolean hasEnded = dossier.endedDay() <= last;
        Outcome outcome = hasEnded ? dossier.outcome() : Outcome.RUNNING;
        return switch (outcome) {
            case EARLY -> Count.EARLY;
            case ON_TIME -> Count.ON_TIME;
            case LATE -> Count.LATE;
            case CLOSED -> dossier.isWithdrawn() ? Count.WITHDRAWN : Count.STOPPED;
            case RUNNING -> dossier.isPaused() ? Count.PAUSED : dossier.dueDay() < asOf ? Count.OVERDUE : Count.IN_TIME;
        };
    }

    private void add(Count count, boolean isTrue) {
        if (isTrue) {
            counts.merge(count, 1L, Long::sum);
        }
    }
}
