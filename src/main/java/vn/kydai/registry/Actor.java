package vn.kydai.registry;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;

/** Who changes the registry: what is not theirs is refused, and what they do is noted, in the transaction that does it. */
public interface Actor {
    /** Whoever is at the server's command line: everything is theirs, and the journal alone tells what was done. */
    Actor COMMAND_LINE = new Actor() {};

    /** Throws when a source, as it stands, is not theirs to change. */
    default void check(Sources.Source source) {}

    /** Notes in the transaction that it was done. */
    default Future<Void> note(SqlClient transaction) {
        return Future.succeededFuture();
    }
}
