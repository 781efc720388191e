package vn.kydai.registry;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** What persons said of the machine's clock, in the database that command and server share. Any thread. */
public final class ClockWords {
    private final Pool pool;

    /** Uses a pool of the product's database, migrated. */
    public ClockWords(Pool pool) {
        this.pool = pool;
    }

    /**
     * Says that the machine's clock is right, in one transaction with its row of the audit.
     *
     * @param at what it shows
     */
    public Future<Void> say(Instant at) {
        return pool.withTransaction(transaction -> transaction
                .preparedQuery("insert into clock_word (at) values ($1)")
                .execute(Tuple.of(at.atOffset(ZoneOffset.UTC)))
                .compose(said -> transaction
                        .preparedQuery("insert into audit (at, who, remote, what, subject, result)"
                                + " values ($1, 'command line', '', 'clock confirm', $2, 'done')")
                        .execute(Tuple.of(at.atOffset(ZoneOffset.UTC), at.toString())))
                .mapEmpty());
    }

    /** Returns what was said last. */
    public Future<Optional<Instant>> last() {
        return pool.query("select at from clock_word order by id desc limit 1")
                .execute()
                .map(rows -> {
                    Optional<Instant> last = Optional.empty();
                    for (Row row : rows) {
                        last = Optional.of(row.getOffsetDateTime(0).toInstant());
                    }
                    return last;
                });
    }
}
