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
    private static final String SERVER_AND_PATH = "^(postgres(?:ql)?://[^/?]+)(?:/[^?]*)?";
    private static final String SERVER_WITHOUT_PATH = "^(postgres(?:ql)?://[^/?]+)/?(?=\\?|$)";

    /** Gives one a name; it is not there yet. */
    static ScratchDatabase on(String named) {
        return new ScratchDatabase(
                named, "kydai_bench_" + UUID.randomUUID().toString().replace('-', '_'));
    }

    void create() throws SQLException {
        execute("create database " + name);
    }

    /** Returns how a server reaches it; empty = embedded. */
    String uri() {
        return named.replaceFirst(SERVER_AND_PATH, "$1/" + name);
    }

    /** Returns how to reach the database that creates others: the one named, else the one every server has. */
    String creator() {
        return named.replaceFirst(SERVER_WITHOUT_PATH, "$1/postgres");
    }

    Map<String, String> settings() {
        return named.isEmpty() ? Map.of() : Map.of("KYDAI_DATABASE_URI", uri());
    }

    @Override
    public void close() throws SQLException {
        execute("drop database if exists " + name + " with (force)");
    }

    private void execute(String statement) throws SQLException {
        if (named.isEmpty()) {
            return;
        }
        PgConnectOptions options = PgConnectOptions.fromUri(creator());
        String url = "jdbc:postgresql://" + options.getHost() + ":" + options.getPort() + "/" + options.getDatabase();
        try (Connection connection = DriverManager.getConnection(url, options.getUser(), options.getPassword());
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
