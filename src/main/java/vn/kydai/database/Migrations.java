package vn.kydai.database;

import io.vertx.pgclient.PgConnectOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;

/** Refuses a server whose COMMIT proves nothing, then brings the schema up to date. Blocks. */
final class Migrations {
    private static final int OLDEST_VERSION = 14;

    private Migrations() {}

    static void run(PgConnectOptions options) throws SQLException {
        try (Connection connection = connect(options, options.getDatabase())) {
            refuseUnsafe(connection);
            refusePooler(connection);
        }
        Properties properties = properties(options);
        Flyway.configure()
                .dataSource(url(options, options.getDatabase()), options.getUser(), options.getPassword())
                .jdbcProperties(properties.stringPropertyNames().stream()
                        .collect(java.util.stream.Collectors.toMap(name -> name, properties::getProperty)))
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    /** {@code synchronous_commit} is that of a session of our own user and database. */
    private static void refuseUnsafe(Connection connection) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < OLDEST_VERSION) {
            throw new UnsafeDatabase(
                    "PostgreSQL " + version + " is too old: at least " + OLDEST_VERSION + " is needed");
        }
        for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
            if (show(connection, setting).equals("off")) {
                throw new UnsafeDatabase("PostgreSQL runs with " + setting
                        + " = off: it could lose events already acknowledged; set it to on");
            }
        }
    }

    /**
     * PostgreSQL tells a client the number of its process when they meet. Who answers with another one stands between: it
     * hands each transaction to whatever connection is free, and a session's lock, settings and statements with it.
     */
    private static void refusePooler(Connection connection) throws SQLException {
        int told = connection.unwrap(PGConnection.class).getBackendPID();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select pg_backend_pid()")) {
            rows.next();
            if (rows.getInt(1) != told) {
                throw new UnsafeDatabase(
                        "database.uri names a connection pooler, such as PgBouncer: the journal's lock needs a"
                                + " connection of its own; name PostgreSQL itself");
            }
        }
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }

    static Connection connect(PgConnectOptions options, String database) throws SQLException {
        Properties properties = properties(options);
        properties.setProperty("user", options.getUser());
        if (options.getPassword() != null) {
            properties.setProperty("password", options.getPassword());
        }
        return DriverManager.getConnection(url(options, database), properties);
    }

    private static Properties properties(PgConnectOptions options) {
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", "10");
        properties.setProperty(
                "sslmode", options.getSslMode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        return properties;
    }

    private static String url(PgConnectOptions options, String database) {
        return "jdbc:postgresql://" + options.getHost() + ":" + options.getPort() + "/" + database;
    }
}
