package vn.kydai.alarm;

import vn.kydai.event.Alarm.Step;
import vn.kydai.event.SirenOrder.State;

/** What a person may do to an order that has been prepared. */
enum OrderDeed {
    CONFIRM("confirm", Step.CONFIRMED, State.CONFIRMED),
    CANCEL("cancel", Step.CANCELLED, State.CANCELLED);

    private final String path;
    private final Step step;
    private final State made;

    OrderDeed(String path, Step step, State made) {
        this.path = path;
        this.step = step;
        this.made = made;
    }

    /** Returns the last part of its path. */
    String path() {
        return path;
    }

    /** Returns what it is in the journal. */
    Step step() {
        return step;
    }

    /** Returns how the order stands once it is done. */
    State made() {
        return made;
    }
}
