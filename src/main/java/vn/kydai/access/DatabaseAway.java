package vn.kydai.access;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** What is answered while PostgreSQL cannot do its part: 503, never the 500 of a bug. */
public final class DatabaseAway {
    /**
     * Connection, read-only, rolled back by a conflict, out of resources, wrong state (a lock, a standby), intervention
     * (cancelled, shut down), system error.
     */
    private static final Set<String> CLASSES = Set.of("08", "25", "40", "53", "55", "57", "58");

    /** What ends at {@code statement_timeout}. */
    private static final String CANCELLED = "57014";

    private DatabaseAway() {}

    /** Returns the answer. */
    public static Problem problem() {
        return new Problem(
                503, "database_away", "the database does not answer; try again later", Map.of("Retry-After", "5"));
    }

    /** Returns the answer to a failure that {@link #is} the database's. */
    public static Problem problem(Throwable failure) {
        return failure instanceof PgException refused && CANCELLED.equals(refused.getSqlState())
                ? new Problem(
                        503,
                        "too_much_to_read",
                        "the database worked on this for longer than it may (database.readSeconds); ask for less",
                        Map.of("Retry-After", "60"))
                : problem();
    }

    /** Tells whether a failure is the database's and will pass. */
    public static boolean is(Throwable failure) {
        return switch (failure) {
            case PgException refused ->
                refused.getSqlState() != null
                        && refused.getSqlState().length() > 1
                        && CLASSES.contains(refused.getSqlState().substring(0, 2));
            case VertxException connection -> true;
            case IOException connection -> true;
            case TimeoutException waited -> true;
            default -> false;
        };
    }
}
