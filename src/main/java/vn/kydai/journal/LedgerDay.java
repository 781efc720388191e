package vn.kydai.journal;

import java.time.LocalDate;
import java.util.SortedMap;

/**
 * What became of everything received on one local day.
 *
 * @param sources by source id; {@link Receipt#UNKNOWN} for unknown senders
 */
public record LedgerDay(LocalDate date, SortedMap<String, Line> sources) {
    /**
     * Counts of one source. {@code received = committed + duplicate + rejected + refused + interrupted + inFlight};
     * the rest stands outside the sum.
     *
     * @param interrupted read, but the process died before it ended
     * @param inFlight not ended yet
     * @param gaps numbers missing in the source's own sequence
     * @param conflict duplicates whose content differed
     * @param unidentified committed without an id, a time or a sequence number
     * @param qos0 received by MQTT QoS 0
     */
    public record Line(
            long received,
            long committed,
            long duplicate,
            long rejected,
            long refused,
            long interrupted,
            long inFlight,
            long gaps,
            long conflict,
            long unidentified,
            long qos0) {
        /** Nothing counted. */
        public static final Line NONE = new Line(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        /** Adds another line to this one. */
        public Line plus(Line other) {
            return new Line(
                    received + other.received,
                    committed + other.committed,
                    duplicate + other.duplicate,
                    rejected + other.rejected,
                    refused + other.refused,
                    interrupted + other.interrupted,
                    inFlight + other.inFlight,
                    gaps + other.gaps,
                    conflict + other.conflict,
                    unidentified + other.unidentified,
                    qos0 + other.qos0);
        }
    }

    /** Returns the sum over the sources. */
    public Line total() {
        return sources.values().stream().reduce(Line.NONE, Line::plus);
    }
}
