package vn.kydai.journal;

import io.vertx.pgclient.PgException;
import java.util.Set;

/** What a failed batch means. */
enum Failure {
    /** PostgreSQL answered that a value cannot be stored: the batch is split until the value is alone. */
    POISON,
    /** Anything else: the connection, the server, the disk. It is tried again until it goes. */
    DATABASE;

    /** Data exception, integrity constraint, program limit (an index row that is too long). */
    private static final Set<String> POISON_CLASSES = Set.of("22", "23", "54");

    /** What a missing partition is reported as: no event's fault. */
    private static final String CHECK_VIOLATION = "23514";

    static Failure of(Throwable cause) {
        if (!(cause instanceof PgException refused)) {
            return DATABASE;
        }
        String state = refused.getSqlState();
        boolean isPoison = POISON_CLASSES.contains(state.substring(0, 2)) && !state.equals(CHECK_VIOLATION);
        return isPoison ? POISON : DATABASE;
    }
}
