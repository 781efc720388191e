package vn.kydai.bench.load;

import java.util.List;

/** Gives what a schedule makes due to the lanes in turns. One thread. */
final class RoundRobin {
    private final Schedule schedule;
    private final List<Lane> lanes;
    private long issued;

    RoundRobin(Schedule schedule, List<Lane> lanes) {
        this.schedule = schedule;
        this.lanes = lanes;
    }

    /** Issues all that is due before a moment and was not yet. */
    void issueBefore(long nanos) {
        while (schedule.dueNanos(issued) - nanos < 0) {
            Lane lane = lanes.get((int) (issued % lanes.size()));
            issued++;
            lane.due();
            lane.pumpDue();
        }
    }

    /** Returns how much was issued and could not leave yet. */
    long waiting() {
        return lanes.stream().mapToLong(Lane::waiting).sum();
    }
}
