package vn.kydai.alarm;

import vn.kydai.event.Alarm.Step;

/** What a person may do to an alarm. */
enum Deed {
    ACKNOWLEDGE("acknowledge", Step.ACKNOWLEDGED),
    NOTE("note", Step.NOTED),
    SHELVE("shelve", Step.SHELVED),
    UNSHELVE("unshelve", Step.UNSHELVED),
    RESET("reset", Step.RESET),
    REMOVE("remove-from-service", Step.REMOVED),
    RESTORE("return-to-service", Step.RESTORED),
    TAKE_OVER("take-over", Step.TAKEN);

    private final String path;
    private final Step step;

    Deed(String path, Step step) {
        this.path = path;
        this.step = step;
    }

    /** Returns the last part of its path. */
    String path() {
        return path;
    }

    /** Returns what it is in the journal. */
    Step step() {
        return step;
    }

    /** Tells whether it must say why. */
    boolean needsText() {
        return this == NOTE || this == SHELVE || this == REMOVE;
    }
}
