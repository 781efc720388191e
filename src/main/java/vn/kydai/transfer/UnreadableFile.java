package vn.kydai.transfer;

/** A file that cannot be read any further as CSV in UTF-8. */
public final class UnreadableFile extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableFile(String message) {
        super(message, null, false, false);
    }
}
