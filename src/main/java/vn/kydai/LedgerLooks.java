package vn.kydai;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the newest looks at the ledger in the database, so that a start goes on with them. */
record LedgerLooks(Pool pool) {
    private static final Logger LOGGER = LoggerFactory.getLogger(LedgerLooks.class);
    private static final long PATIENCE_MS = 10_000;

    private static final String KNOWN = "select look, day, lines from ledger_look order by look";
    private static final String NOTE = """
            with old as (delete from ledger_look where look <= $1::bigint - $4::bigint or look > $1)
            insert into ledger_look (look, day, lines) values ($1, $2, $3)
            on conflict (look) do update set day = excluded.day, lines = excluded.lines""";

    /** Reads them, the oldest first; those before one that cannot be read are left out. */
    Future<List<LedgerLook>> known() {
        return pool.query(KNOWN).execute().map(rows -> {
            List<LedgerLook> looks = new ArrayList<>();
            for (Row row : rows) {
                try {
                    looks.add(LedgerLook.of(row.getLong(0), row.getLocalDate(1), row.getString(2)));
                } catch (JsonProcessingException e) {
                    LOGGER.atWarn()
                            .setCause(e)
                            .log("a look at the ledger cannot be read: those before it are left out");
                    looks.clear();
                }
            }
            return looks;
        });
    }

    /**
     * Writes one.
     *
     * @param most how many are kept
     */
    Future<Void> note(LedgerLook look, int most) {
        return pool.preparedQuery(NOTE)
                .execute(Tuple.of(look.number(), look.day(), look.json(), (long) most))
                .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                .mapEmpty();
    }
}
