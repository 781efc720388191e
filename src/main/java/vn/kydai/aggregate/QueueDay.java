package vn.kydai.aggregate;

import java.io.Serializable;
import java.util.TreeMap;

/** The ticket queue of one area on one local day, as sums. */
final class QueueDay implements Serializable {
    private final TreeMap<Long, Integer> waitingSince = new TreeMap<>();
    private final WaitBins waits = new WaitBins();
    private int waiting;
    private long waitMicros;
    private long serviceMicros;
    private int served;
    private int noShows;

    void addWaiting(long issued, int sign) {
        waiting += sign;
        if (waitingSince.merge(issued, sign, Integer::sum) == 0) {
            waitingSince.remove(issued);
        }
    }

    void addWait(long micros, int sign) {
        waits.add(micros, sign);
        waitMicros += sign * micros;
    }

    void addService(long micros, int sign) {
        served += sign;
        serviceMicros += sign * micros;
    }

    void addNoShow(int sign) {
        noShows += sign;
    }

    /** Writes it into a tally; tickets still waiting long after closing have expired. */
    void into(Tally tally, boolean isQueueOpen) {
        if (isQueueOpen && waiting > 0) {
            tally.add(Tally.Sum.WAITING, waiting);
            tally.waitingSince(waitingSince.firstKey());
        }
        tally.add(Tally.Sum.WAIT_MICROS, waitMicros);
        tally.add(Tally.Sum.SERVICE_MICROS, serviceMicros);
        tally.add(Tally.Sum.SERVED, served);
        tally.add(Tally.Sum.NO_SHOWS, noShows);
        tally.waits(waits);
    }
}
