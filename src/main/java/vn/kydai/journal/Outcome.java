package vn.kydai.journal;

import vn.kydai.event.Reason;

/** How a submission ended; known only after the COMMIT. */
public sealed interface Outcome {
    /** It is in the journal. */
    record Committed(long position) implements Outcome {}

    /**
     * The same (source, id) had been committed before.
     *
     * @param isConflict whether the content differs from the first one's
     */
    record Duplicate(boolean isConflict) implements Outcome {}

    /** It is in the dead letters. */
    record Rejected(Reason reason, String detail) implements Outcome {}
}
