package vn.kydai.bench.load;

/** What one line has to send: with a rate its share of the schedule, else as much as its window takes. One thread. */
final class Lane {
    private final Schedule schedule;
    private final Line line;
    private final int stride;
    private long next;
    private long waiting;

    /**
     * Creates it.
     *
     * @param first number of the first thing that is this lane's
     * @param stride how many lanes there are
     */
    Lane(Schedule schedule, Line line, int first, int stride) {
        this.schedule = schedule;
        this.line = line;
        this.next = first;
        this.stride = stride;
    }

    Line line() {
        return line;
    }

    /** One more is due. */
    void due() {
        waiting++;
    }

    /** Returns how much is due and has not left. */
    long waiting() {
        return waiting;
    }

    /** Sends what is due and was not yet sent, as far as there is room; each counts from its own moment. */
    void pumpDue() {
        while (waiting > 0 && line.hasRoom()) {
            waiting--;
            line.send(schedule.dueNanos(next));
            next += stride;
        }
        line.flush();
    }

    /** Sends as long as there is room. */
    void pumpAll() {
        while (line.hasRoom()) {
            line.send(System.nanoTime());
        }
        line.flush();
    }
}
