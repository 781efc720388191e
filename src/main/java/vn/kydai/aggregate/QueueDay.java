package vn.kydai.aggregate;

import java.io.Serializable;
import java.util.TreeMap;
import vn.kydai.aggregate.Tally.Sum;

/** The ticket queue of one area on one local day, as sums. */
final class QueueDay implements Serializable {
    private static final int RECENT_MINUTES = 60;

    private final TreeMap<Long, Integer> waitingSince = new TreeMap<>();
    private final WaitBins waits = new WaitBins();
    private final WaitBins services = new WaitBins();

    /** What the waits of the last hour are taken from, by the epoch minute of the call that ended them. */
    private final TreeMap<Long, MinuteWaits> waitsByMinute = new TreeMap<>();

    private final Counts<Sum> sums = new Counts<>(Sum.class);

    /** The few waits that ended in one minute. */
    private static final class MinuteWaits implements Serializable {
        private final TreeMap<Integer, Integer> bins = new TreeMap<>();
        private long micros;

        void add(long wait, int sign) {
            micros += sign * wait;
            if (bins.merge(WaitBins.bin(wait), sign, Integer::sum) == 0) {
                bins.remove(WaitBins.bin(wait));
            }
        }
    }

    /** Counts what is a plain number: issued, called, abandoned, not shown up. */
    void add(Sum sum, int sign) {
        sums.add(sum, sign);
    }

    void addWaiting(long issued, int sign) {
        sums.add(Sum.WAITING, sign);
        if (waitingSince.merge(issued, sign, Integer::sum) == 0) {
            waitingSince.remove(issued);
        }
    }

    void addWait(long called, long micros, int sign) {
        waits.add(micros, sign);
        sums.add(Sum.WAIT_MICROS, sign * micros);
        waitsByMinute
                .computeIfAbsent(Math.floorDiv(called, Micros.MINUTE), key -> new MinuteWaits())
                .add(micros, sign);
    }

    void addService(long micros, int sign) {
        services.add(micros, sign);
        sums.add(Sum.SERVED, sign);
        sums.add(Sum.SERVICE_MICROS, sign * micros);
    }

    /**
     * Writes it into a tally; tickets still waiting long after closing have expired.
     *
     * @param minute the epoch minute that the last hour ends with
     */
    void into(Tally tally, boolean isQueueOpen, long minute) {
        long waiting = sums.get(Sum.WAITING);
        tally.add(sums);
        if (!isQueueOpen) {
            tally.add(Sum.WAITING, -waiting);
            tally.add(Sum.EXPIRED, waiting);
        } else if (waiting > 0) {
            tally.waitingSince(waitingSince.firstKey());
        }
        tally.bins(Tally.Bins.WAITS, waits);
        tally.bins(Tally.Bins.SERVICES, services);
        WaitBins recent = new WaitBins();
        for (MinuteWaits waited :
                waitsByMinute.subMap(minute - RECENT_MINUTES + 1, minute + 1).values()) {
            tally.add(Sum.RECENT_WAIT_MICROS, waited.micros);
            waited.bins.forEach(recent::addToBin);
        }
        tally.bins(Tally.Bins.RECENT_WAITS, recent);
    }
}
