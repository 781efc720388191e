package vn.kydai.bench.load;

import java.util.Map;
import java.util.TreeMap;

/** Counts what was sent and answered, and how long it took from the moment it was due. One thread. */
final class Answers {
    private final Schedule schedule;
    private final Times times = new Times();
    private final Map<String, Long> failures = new TreeMap<>();
    private long sent;
    private long repeats;
    private long acknowledged;
    private long answered;

    Answers(Schedule schedule) {
        this.schedule = schedule;
    }

    void sent(Outgoing event) {
        sent++;
        if (event.isRepeat()) {
            repeats++;
        }
    }

    /** So many events, due at one moment, have been acknowledged. */
    void acknowledged(long dueNanos, long nowNanos, long events) {
        acknowledged += events;
        if (schedule.isMeasured(nowNanos)) {
            answered += events;
        }
        if (schedule.isMeasured(dueNanos)) {
            times.add(dueNanos, nowNanos, events);
        }
    }

    /** So many events will not be acknowledged. */
    void failed(String cause, long events) {
        failures.merge(cause, events, Long::sum);
    }

    boolean isAllAnswered() {
        return sent
                == acknowledged
                        + failures.values().stream().mapToLong(Long::longValue).sum();
    }

    LoadReport.Published report(WallWatch wall, long unsent) {
        return new LoadReport.Published(
                sent,
                acknowledged,
                repeats,
                failures,
                schedule.seconds(),
                answered,
                times.encoded(),
                wall.times().encoded(),
                wall.unseen(),
                wall.alarmTimes().encoded(),
                wall.unseenAlarms(),
                unsent);
    }
}
