package vn.kydai.journal;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Makes each day's partition of the journal, some days ahead and beside the batches, so that midnight costs nothing. */
final class Partitions {
    private static final String MAKE =
            "select make_journal_partition($1::date + n) from generate_series(0, $2::integer) as n";

    private final int daysAhead;
    private @Nullable LocalDate doneFor;

    Partitions(int daysAhead) {
        this.daysAhead = daysAhead;
    }

    /** Makes those of a day and the days ahead, unless the day's were made before. */
    Future<Void> make(WriterSession session, LocalDate day) {
        LocalDate last = doneFor;
        if (last != null && !day.isBefore(last) && !day.isAfter(last.plusDays(daysAhead))) {
            return Future.succeededFuture();
        }
        return done(session, day);
    }

    /**
     * Makes those of the days ahead, in time. Waits for no lock: a long VACUUM or dump on the table would hold up every
     * reader that comes after.
     */
    Future<Void> makeAhead(WriterSession session, LocalDate day) {
        if (areAheadOf(day)) {
            return Future.succeededFuture();
        }
        return session.execute("set lock_timeout = '500ms'")
                .compose(set -> done(session, day))
                .eventually(() -> session.execute("reset lock_timeout"));
    }

    boolean areAheadOf(LocalDate day) {
        return day.equals(doneFor);
    }

    private Future<Void> done(WriterSession session, LocalDate day) {
        return session.connection()
                .preparedQuery(MAKE)
                .execute(Tuple.of(day, daysAhead))
                .onSuccess(made -> doneFor = day)
                .mapEmpty();
    }

    /** Looks again before the next batch: one was missing. */
    void forget() {
        doneFor = null;
    }
}
