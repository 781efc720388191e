package vn.kydai.simulation;

/** Bugs that are planted on purpose, one at a time, to see that the simulation finds them. */
enum Plant {
    NONE,
    /** A commit is answered and was not done. */
    LOST_OUTCOME,
    /** What the alarm stage decides is appended twice, under two ids. */
    REPEATED_STEP,
    /** What people shelved is not there any more after a restart. */
    FORGOTTEN_SHELF,
    /** A late reading takes the place of the newest value. */
    LATE_READING_IS_NEWEST,
    /** A checkpoint says that it is one position older than it is. */
    CHECKPOINT_ONE_BEHIND,
    /** A patch does not say what is gone. */
    PATCH_WITHOUT_REMOVALS,
    /** After a restart a person is told again of what he was told before. */
    TOLD_AGAIN_AFTER_RESTART,
    /** Who prepared an order confirms it. */
    ORDER_BY_ONE_PERSON,
    /** The ledger counts a repeat as committed. */
    DUPLICATE_COUNTED_COMMITTED,
    /** An alarm is cleared because its sensor is silent. */
    CLEARED_BY_SILENCE
}
