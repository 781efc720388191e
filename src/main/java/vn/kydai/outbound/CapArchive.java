package vn.kydai.outbound;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The table {@code cap_message}: alerts as they were first given to anybody. A receiver tells a message by its identifier, so
 * one must say the same for ever, whatever rule, sender, area or map has changed since.
 */
final class CapArchive {
    private static final Duration KEPT = Duration.ofDays(90);
    private static final String FIND = "select xml from cap_message where identifier = $1";
    private static final String KEEP =
            "insert into cap_message (identifier, xml, kept_at) values ($1, $2, $3) on conflict (identifier) do nothing";
    private static final String CLEAN = "delete from cap_message where kept_at < $1";

    private final Pool pool;

    CapArchive(Pool pool) {
        this.pool = pool;
    }

    /** Finds a message that was given before. */
    Future<Optional<String>> find(String identifier) {
        return pool.preparedQuery(FIND).execute(Tuple.of(identifier)).map(rows -> {
            Optional<String> found = Optional.empty();
            for (Row row : rows) {
                found = Optional.of(row.getString(0));
            }
            return found;
        });
    }

    /** Keeps a message, unless somebody was given another one meanwhile; returns the one that is kept. */
    Future<String> keep(String identifier, String xml, Instant now) {
        return pool.preparedQuery(KEEP)
                .execute(Tuple.of(identifier, xml, Outbox.utc(now)))
                .compose(kept -> find(identifier))
                .map(kept -> kept.orElse(xml));
    }

    /** Deletes what has expired long since. */
    Future<Void> clean(Instant now) {
        return pool.preparedQuery(CLEAN)
                .execute(Tuple.of(Outbox.utc(now.minus(KEPT))))
                .mapEmpty();
    }
}
