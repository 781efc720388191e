package vn.kydai.journal;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.util.Set;

/** What a failed batch means. */
enum Failure {
    /** PostgreSQL answered that a value cannot be stored: the batch is split until the value is alone. */
    POISON,
    /** The program broke on it before PostgreSQL had a word: after some times its events are looked at one by one. */
    BROKEN,
    /** Anything else: the connection, the server, the disk. It is tried again until it goes. */
    DATABASE;

    /** Data exception, integrity constraint, program limit (an index row that is too long). */
    private static final Set<String> POISON_CLASSES = Set.of("22", "23", "54");

    /** What a missing partition is reported as: no event's fault. */
    private static final String CHECK_VIOLATION = "23514";

    static Failure of(Throwable cause) {
        if (!(cause instanceof PgException refused)) {
            boolean isOfConnection = cause instanceof VertxException || !isUnchecked(cause);
            return isOfConnection ? DATABASE : BROKEN;
        }
        String state = refused.getSqlState();
        boolean isPoison = POISON_CLASSES.contains(state.substring(0, 2)) && !state.equals(CHECK_VIOLATION);
        return isPoison ? POISON : DATABASE;
    }

    private static boolean isUnchecked(Throwable cause) {
        return cause instanceof RuntimeException || cause instanceof Error;
    }
}
