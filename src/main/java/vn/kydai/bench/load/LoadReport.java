package vn.kydai.bench.load;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a load process saw, its last line of standard output. Exactly one part is there.
 *
 * <p>Times are HdrHistograms of microseconds, compressed, base64.
 */
public record LoadReport(
        @Nullable Published published, @Nullable Watched watched) {
    /**
     * What became of the events sent.
     *
     * @param sent all, warm-up and repeats included
     * @param acknowledged of those
     * @param repeats events sent a second time
     * @param failures what went wrong, by cause
     * @param measuredSeconds the window all that follows is of
     * @param answered events acknowledged in the window
     * @param answerTimes from the scheduled moment, for an unpaced load the moment of sending, to the acknowledgement
     * @param wallTimes from the same moment to the first frame that shows the event
     * @param unseen events that should have appeared on the watched wall and did not
     * @param alarmTimes from the moment of the reading that raised an alarm to the first frame that shows it so
     * @param unseenAlarms raises that the watched wall never showed
     * @param unsent events that were due and never left, so that no time counts them
     */
    public record Published(
            long sent,
            long acknowledged,
            long repeats,
            Map<String, Long> failures,
            double measuredSeconds,
            long answered,
            String answerTimes,
            String wallTimes,
            long unseen,
            String alarmTimes,
            long unseenAlarms,
            long unsent) {
        public Published {
            failures = Map.copyOf(failures);
        }
    }

    /**
     * What walls got in the window.
     *
     * @param patches over all sockets
     * @param chars of those
     * @param skipped ticks that a reading socket got merged into a later one
     * @param delays from a patch's {@code at} to its arrival
     * @param closed reading sockets that were closed, by code
     */
    public record Watched(
            double measuredSeconds, long patches, long chars, long skipped, String delays, Map<String, Long> closed) {
        public Watched {
            closed = Map.copyOf(closed);
        }
    }
}
