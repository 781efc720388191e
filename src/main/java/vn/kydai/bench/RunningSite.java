package vn.kydai.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.LocalDate;
import vn.kydai.bench.load.LoadOrder;
import vn.kydai.registry.WorkingCalendar;

/** A site whose server runs, and what can be asked of it from outside. */
final class RunningSite {
    private static final double MIB = 1024 * 1024;

    private final Site site;
    private final ServerChild server;
    private final Connection sql;
    private final Proc proc = new Proc();
    private final InstantSource clock = InstantSource.system();
    private final Api api;
    private final ServerMetrics metrics;
    private final LocalDate since;
    private final long postgres;

    /**
     * Looks at one.
     *
     * @param sql a connection of its own to the server's database
     */
    RunningSite(Site site, ServerChild server, Connection sql) throws SQLException {
        this.site = site;
        this.server = server;
        this.sql = sql;
        this.api = new Api(server.http(), site.tokens().admin());
        this.metrics = new ServerMetrics(server.management());
        this.since = WorkingCalendar.dateOf(clock.instant());
        this.postgres = postmaster();
    }

    Site site() {
        return site;
    }

    Connection sql() {
        return sql;
    }

    Proc proc() {
        return proc;
    }

    double readySeconds() {
        return server.readySeconds();
    }

    int httpPort() {
        return server.httpPort();
    }

    LoadOrder.Server address() {
        return new LoadOrder.Server(
                server.http(),
                server.mqttHost(),
                server.mqttPort(),
                site.tokens().wall(),
                site.tokens().scope());
    }

    /** Returns the ledger of every day since the server was first looked at. */
    LedgerCount ledger() throws IOException, InterruptedException {
        return api.ledger(since, WorkingCalendar.dateOf(clock.instant()));
    }

    /** Returns how many walls the server has ended because they did not read. */
    double stalledWalls() throws IOException, InterruptedException {
        return metrics.value("kydai_wall_closed_sockets_total{code=\"4008\"}");
    }

    Usage usage(LoadChild... children) {
        double load = 0;
        for (LoadChild child : children) {
            load += proc.cpuSeconds(child.pid());
        }
        return new Usage(
                System.nanoTime(),
                proc.cpuSeconds(server.pid()),
                proc.treeCpuSeconds(postgres),
                load,
                proc.machineCpuSeconds());
    }

    double serverMib() {
        return proc.residentBytes(server.pid()) / MIB;
    }

    double postgresMib() {
        return proc.treeProportionalBytes(postgres) / MIB;
    }

    /** Returns the parent of our own backend, or 0 when PostgreSQL runs elsewhere. */
    private long postmaster() throws SQLException {
        long backend = number("select pg_backend_pid()");
        return proc.stat(backend)
                .filter(stat -> stat.name().startsWith("postgres"))
                .map(Proc.Stat::parent)
                .orElse(0L);
    }

    private long number(String query) throws SQLException {
        try (Statement statement = sql.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
