package vn.kydai.journal;

/** The bound of the journal's queue was hit; the event was not taken. */
public final class JournalFull extends RuntimeException {
    /** Names the bound. */
    public JournalFull(String bound) {
        super(bound, null, false, false);
    }
}
