package vn.kydai.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** What a load counts as time, with a clock of the test's own. */
class ScheduleTest {
    private static final long MS = 1_000_000;
    private static final int SECOND_MS = 1_000;

    private final Schedule schedule = new Schedule(1_000, 0, 10);
    private final Answers answers = new Answers(schedule);
    private final Sink sink = new Sink();
    private final Lane lane = new Lane(schedule, sink, 0, 1);

    /** A connection with a window of ten that answers when the test says so. */
    private final class Sink implements Line {
        private final Queue<Long> waiting = new ArrayDeque<>();

        @Override
        public Future<Void> open(Runnable whenRoom) {
            return Future.succeededFuture();
        }

        @Override
        public boolean hasRoom() {
            return waiting.size() < 10;
        }

        @Override
        public void send(long dueNanos) {
            answers.sent(new Outgoing("reading", "r", "", "", false, 0));
            waiting.add(dueNanos);
        }

        void answer(long nowNanos) {
            while (!waiting.isEmpty()) {
                answers.acknowledged(waiting.remove(), nowNanos, 1);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void aStallOfASecondIsChargedForAllThatShouldHaveBeenSentMeanwhile() {
        schedule.begin(0);
        for (int ms = 0; ms < 10 * SECOND_MS; ms++) {
            boolean isStalled = ms >= 4 * SECOND_MS && ms < 5 * SECOND_MS;
            lane.due();
            step(ms, isStalled);
        }
        while (lane.waiting() > 0) {
            step(10 * SECOND_MS, false);
        }

        LoadReport.Published report = answers.report(new WallWatch(schedule, false), 0);
        Times times = Times.decode(report.answerTimes());
        assertEquals(10 * SECOND_MS, report.acknowledged());
        assertEquals(10 * SECOND_MS, times.count());
        assertTrue(times.millis(50) < 1, "half of the time nothing stalled");
        assertEquals(500, times.millis(95), 30, "a tenth waited up to a second, evenly");
        assertEquals(1_000, times.maxMillis(), 10);
    }

    private void step(int ms, boolean isStalled) {
        lane.pumpDue();
        while (!isStalled && (!sink.waiting.isEmpty() || lane.waiting() > 0)) {
            sink.answer(ms * MS);
            lane.pumpDue();
        }
    }

    @Test
    void lanesShareTheScheduleInTurns() {
        schedule.begin(0);
        Lane second = new Lane(schedule, sink, 1, 2);
        second.due();
        second.due();

        second.pumpDue();

        assertEquals(List.of(MS, 3 * MS), List.copyOf(sink.waiting));
    }

    @Test
    void whatBecameDueInAStallOfTheClientIsIssuedBeforeTheEnd() {
        schedule.begin(0);
        RoundRobin issuing = new RoundRobin(schedule, List.of(lane, new Lane(schedule, sink, 1, 2)));

        issuing.issueBefore(3 * MS + 1);
        issuing.issueBefore(schedule.endNanos());

        assertEquals(10, sink.waiting.size(), "the window");
        assertEquals(10 * SECOND_MS - 10, issuing.waiting());
    }

    @Test
    void theWarmupIsNotMeasured() {
        Schedule warm = new Schedule(100, 2, 3);
        warm.begin(7 * MS);

        assertEquals(27 * MS, warm.dueNanos(2));
        assertFalse(warm.isMeasured(7 * MS + 1_999 * MS));
        assertTrue(warm.isMeasured(7 * MS + 2_000 * MS));
        assertTrue(warm.isMeasured(7 * MS + 4_999 * MS));
        assertFalse(warm.isMeasured(7 * MS + 5_000 * MS));
    }

    @Test
    void whatFailedIsNotWaitedFor() {
        schedule.begin(0);
        lane.due();
        lane.pumpDue();
        assertFalse(answers.isAllAnswered());

        answers.failed("connection lost", 1);

        assertTrue(answers.isAllAnswered());
        assertEquals(
                Map.of("connection lost", 1L),
                answers.report(new WallWatch(schedule, false), 0).failures());
    }
}
