package vn.kydai.simulation;

import java.util.PriorityQueue;

/**
 * Time that passes only when it is told to. What is to be done runs in order of its instant, then of when it was asked for,
 * on the one thread there is.
 */
final class VirtualTime {
    /** A centre that does more than this without coming to rest turns in a circle. */
    private static final long MOST_AT_ONCE = 2_000_000;

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long nowMs;
    private long asked;
    private long budget = Long.MAX_VALUE;
    private Runnable onSpent = () -> {};

    private record Task(long atMs, long number, Runnable work) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            int byTime = Long.compare(atMs, other.atMs);
            return byTime == 0 ? Long.compare(number, other.number) : byTime;
        }
    }

    /** Returns how much time has passed. */
    long nowMs() {
        return nowMs;
    }

    /** Has something done after a while. */
    void after(long delayMs, Runnable work) {
        tasks.add(new Task(nowMs + Math.max(0, delayMs), asked++, work));
    }

    /** Has something done between two tasks: once that many more have run. */
    void interruptAfter(long more, Runnable interruption) {
        budget = more;
        onSpent = interruption;
    }

    /** Lets time pass. */
    void pass(long ms) {
        long until = nowMs + ms;
        long ran = 0;
        while (!tasks.isEmpty() && tasks.peek().atMs <= until) {
            if (budget-- == 0) {
                budget = Long.MAX_VALUE;
                onSpent.run();
                continue;
            }
            Task task = tasks.remove();
            nowMs = Math.max(nowMs, task.atMs);
            task.work.run();
            Violation.unless(++ran < MOST_AT_ONCE, "the centre never comes to rest");
        }
        nowMs = until;
    }
}
