package vn.kydai.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import vn.kydai.bench.load.CopyText;
import vn.kydai.bench.load.Fleet;

/**
 * What the database does at best on one connection: COPY of the same rows into the same table, in one transaction. They go
 * to a partition of a day long past that is dropped at once; the server must be idle.
 */
final class CopyBaseline {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String DAY = "2000-01-01";
    private static final String PARTITION = "journal_20000101";
    private static final String NOON = DAY + "T05:00:00Z";
    private static final long NOON_MICROS = 946_702_800_000_000L;

    private final Connection sql;

    CopyBaseline(Connection sql) {
        this.sql = sql;
    }

    /** Returns rows a second; the rows are composed before the clock starts. */
    double rowsPerSecond(Fleet fleet, int rows) throws SQLException, IOException {
        byte[] text = CopyText.rows(fleet, "copy", rows, NOON, NOON_MICROS);
        long partitions = partitions();
        execute("select make_journal_partition('" + DAY + "')");
        double seconds;
        try {
            seconds = copy(text, rows);
        } finally {
            execute("drop table " + PARTITION);
            checkpoint();
        }
        if (partitions() != partitions) {
            throw new IllegalStateException("the partition of the baseline is still there");
        }
        return rows / seconds;
    }

    private double copy(byte[] text, int rows) throws SQLException, IOException {
        long began = System.nanoTime();
        long copied = sql.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy journal (" + CopyText.COLUMNS + ") from stdin", new ByteArrayInputStream(text));
        if (copied != rows) {
            throw new IllegalStateException("COPY wrote " + copied + " of " + rows + " rows");
        }
        return (System.nanoTime() - began) / 1e9;
    }

    /** Else the load's commits would wait for the disk to take what the baseline wrote. */
    private void checkpoint() throws SQLException {
        try {
            execute("checkpoint");
        } catch (SQLException e) {
            if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    private long partitions() throws SQLException {
        try (Statement statement = sql.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from pg_inherits where inhparent = 'journal'::regclass")) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String text) throws SQLException {
        try (Statement statement = sql.createStatement()) {
            statement.execute(text);
        }
    }
}
