package vn.kydai.report;

import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import vn.kydai.journal.LedgerDay;
import vn.kydai.journal.ReadOnlyJournal;

/** A journal whose ledger says whatever the test says. */
final class RecordedJournal extends ReadOnlyJournal {
    private final Map<String, LedgerDay.Line> lines = new TreeMap<>();

    void count(String source, LedgerDay.Line line) {
        lines.put(source, line);
    }

    @Override
    public Future<LedgerDay> ledger(LocalDate date) {
        return Future.succeededFuture(new LedgerDay(date, new TreeMap<>(lines)));
    }
}
