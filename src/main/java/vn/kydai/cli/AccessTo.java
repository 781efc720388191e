package vn.kydai.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import vn.kydai.access.Access;
import vn.kydai.database.Database;

/** The access rules of a database, for a command that nobody measures. */
final class AccessTo {
    /** Names the command line in the audit log. */
    static final String WHO = "command line";

    /** Its address there. */
    static final String REMOTE = "-";

    /** A command opens no sessions. */
    private static final int SESSION_MINUTES = 1;

    private AccessTo() {}

    static Access tokens(Database database, InstantSource clock) {
        return new Access(database.pool(), clock, SESSION_MINUTES, new SimpleMeterRegistry());
    }
}
