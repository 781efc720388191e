package vn.kydai.database;

import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One real PostgreSQL for all tests of a JVM, started by the first that asks and removed at the JVM's end. Every test
 * takes a database of its own.
 */
public final class TestDatabase {
    private static final Path PROGRAMS = Path.of("target", "postgres");
    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestDatabase() {}

    /**
     * An empty, migrated database.
     *
     * @param options how to connect
     * @param uri the same as {@code database.uri} takes it
     */
    public record Fresh(PgConnectOptions options, String uri) {}

    /** Makes one; takes about 50 ms. */
    public static Fresh freshDatabase() {
        String name = "test" + NUMBER.incrementAndGet();
        execute("create database " + name + " template " + TEMPLATE);
        PgConnectOptions options =
                new PgConnectOptions(Running.OPTIONS).setDatabase(name).setCachePreparedStatements(true);
        return new Fresh(options, OwnedServer.uri(options));
    }

    /** Runs one statement as superuser in the database {@code postgres}. */
    static void execute(String sql) {
        try (Connection connection = Migrations.connect(Running.OPTIONS, "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Running {
        static final PgConnectOptions OPTIONS = start();

        private static PgConnectOptions start() {
            try {
                Path directory = Files.createTempDirectory("kydai-test-");
                Path password = directory.resolve("password");
                String secret = Secrets.password(password);
                EmbeddedServer server = EmbeddedServer.start(
                        new EmbeddedServer.Plan(PROGRAMS, directory, 0, password, Map.of("max_connections", "200")));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, directory)));
                return migrated(OwnedServer.options(server.port(), secret));
            } catch (IOException | SQLException e) {
                throw new IllegalStateException("the test PostgreSQL does not start", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private static PgConnectOptions migrated(PgConnectOptions options) throws SQLException {
            try (Connection connection = Migrations.connect(options, "postgres");
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + TEMPLATE);
            }
            Migrations.run(options.setDatabase(TEMPLATE));
            return options;
        }

        private static void stop(EmbeddedServer server, Path directory) {
            try {
                server.close();
                PostgresBinaries.delete(directory);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
