package vn.kydai.database;

/** The server cannot keep the promise that acknowledged means committed. The message tells the operator what to change. */
public final class UnsafeDatabase extends RuntimeException {
    /** Tells what is wrong and what is allowed. */
    public UnsafeDatabase(String message) {
        super(message);
    }
}
