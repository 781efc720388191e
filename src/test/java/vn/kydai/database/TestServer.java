package vn.kydai.database;

import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL in a temporary directory, which a test may stop, kill and start again on the same port. */
public final class TestServer implements AutoCloseable {
    private static final Path PROGRAMS = Path.of("target", "postgres");
    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Path directory;
    private final Map<String, String> settings;
    private final PgConnectOptions options;
    private EmbeddedServer server;

    private TestServer(Path directory, Map<String, String> settings) throws IOException, InterruptedException {
        this.directory = directory;
        this.settings = settings;
        String secret = Secrets.password(password());
        this.server = start(0);
        this.options = OwnedServer.options(server.port(), secret);
    }

    /** Starts one with these settings beside or instead of the product's own. */
    public static TestServer start(Map<String, String> settings) {
        try {
            Map<String, String> all = new HashMap<>(settings);
            all.put("max_connections", "200");
            return new TestServer(Files.createTempDirectory("kydai-test-"), all);
        } catch (IOException e) {
            throw new IllegalStateException("the test PostgreSQL does not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private EmbeddedServer start(int port) throws IOException, InterruptedException {
        return EmbeddedServer.start(new EmbeddedServer.Plan(PROGRAMS, directory, port, password(), settings));
    }

    private Path password() {
        return directory.resolve("password");
    }

    /** Makes an empty database without a schema. */
    public TestDatabase.Fresh emptyDatabase() {
        String name = "test" + NUMBER.incrementAndGet();
        execute("create database " + name);
        return fresh(name);
    }

    /** Makes an empty, migrated database. */
    public TestDatabase.Fresh freshDatabase() {
        String name = "test" + NUMBER.incrementAndGet();
        execute("create database " + name + " template " + TEMPLATE);
        return fresh(name);
    }

    /** Migrates the template of fresh databases; once, before the first. */
    public TestServer migrate() {
        execute("create database " + TEMPLATE);
        try {
            Migrations.run(fresh(TEMPLATE).options());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    private TestDatabase.Fresh fresh(String name) {
        PgConnectOptions fresh = new PgConnectOptions(options).setDatabase(name).setCachePreparedStatements(true);
        return new TestDatabase.Fresh(fresh, OwnedServer.uri(fresh));
    }

    /** Runs one statement as superuser in the database {@code postgres}. */
    public void execute(String sql) {
        try (Connection connection = Migrations.connect(options, "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops it cleanly. */
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Kills every one of its processes at once. */
    public void kill() {
        kill(directory.resolve("cluster"));
    }

    /** Kills every process that lives in a cluster's directory. */
    static void kill(Path cluster) {
        List<ProcessHandle> processes = ProcessHandle.allProcesses()
                .filter(process -> Orphans.livesIn(process, cluster))
                .toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }

    /** Starts it again, on the same port. */
    public void startAgain() {
        try {
            server = start(server.port());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Ends it without writing down what it has in memory, and has it deleted: nobody reads it again. Hundreds of databases are
     * a million files, more than may be waited for at the end of the tests.
     */
    @Override
    public void close() {
        Path cluster = directory.resolve("cluster");
        try {
            Path pid = cluster.resolve("postmaster.pid");
            if (Files.exists(pid)) {
                ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst()))
                        .filter(process -> Orphans.livesIn(process, cluster))
                        .ifPresent(TestServer::quit);
            }
            new ProcessBuilder("rm", "-rf", directory.toString()).start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PostgreSQL's "immediate shutdown"; what it shares with its children is given back, as a kill does not. */
    private static void quit(ProcessHandle postmaster) {
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(postmaster.pid()))
                    .start()
                    .waitFor();
            postmaster.onExit().join();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
