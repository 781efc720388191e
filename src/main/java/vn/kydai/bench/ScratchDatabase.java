package vn.kydai.bench;

import io.vertx.pgclient.PgConnectOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;

/**
 * A database of its own on an external server, dropped when it is closed; or none, when the embedded server is used. The
 * database that is named is only used to create others.
 *
 * @param named how to reach the server; empty = embedded
 * @param name of the database
 */
record ScratchDatabase(String named, String name) implements AutoCloseable {
    static ScratchDatabase create(String named) throws SQLException {
        ScratchDatabase scratch = new ScratchDatabase(
                named, "kydai_bench_" + UUID.randomUUID().toString().replace('-', '_'));
        scratch.execute("create database " + scratch.name());
        return scratch;
    }

    /** Returns how a server reaches it; empty = embedded. */
    String uri() {
        return named.replaceFirst("^(postgres(?:ql)?://[^/]+)(?:/[^?]*)?", "$1/" + name);
    }

    Map<String, String> settings() {
        return named.isEmpty() ? Map.of() : Map.of("KYDAI_DATABASE_URI", uri());
    }

    @Override
    public void close() throws SQLException {
        execute("drop database " + name + " with (force)");
    }

    private void execute(String statement) throws SQLException {
        if (named.isEmpty()) {
            return;
        }
        PgConnectOptions options = PgConnectOptions.fromUri(named);
        String url = "jdbc:postgresql://" + options.getHost() + ":" + options.getPort() + "/" + options.getDatabase();
        try (Connection connection = DriverManager.getConnection(url, options.getUser(), options.getPassword());
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
