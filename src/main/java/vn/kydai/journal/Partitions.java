package vn.kydai.journal;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Makes each day's partition of the journal, some days ahead, so that midnight costs nothing. */
final class Partitions {
    private final int daysAhead;
    private @Nullable LocalDate doneFor;

    Partitions(int daysAhead) {
        this.daysAhead = daysAhead;
    }

    /** Makes those of a day and the days ahead, unless that was done before. */
    Future<Void> make(WriterSession session, LocalDate day) {
        if (day.equals(doneFor)) {
            return Future.succeededFuture();
        }
        return session.connection()
                .preparedQuery("select make_journal_partition($1::date + n) from generate_series(0, $2::integer) as n")
                .execute(Tuple.of(day, daysAhead))
                .onSuccess(made -> doneFor = day)
                .mapEmpty();
    }

    /** Looks again before the next batch: one was missing. */
    void forget() {
        doneFor = null;
    }
}
