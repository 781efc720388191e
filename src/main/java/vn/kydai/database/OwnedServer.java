package vn.kydai.database;

import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.database.Database.Ownership;

/**
 * The embedded PostgreSQL of a data directory, as one process has it: started and owned, or, by a command beside a
 * running server, only borrowed. Everything here blocks.
 */
final class OwnedServer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(OwnedServer.class);
    private static final String NAME = "kydai";
    private static final long LOOK_AGAIN_MS = 100;
    private static final int PATIENCE_LOOKS = 600;

    private final PgConnectOptions options;
    private final @Nullable Path directory;
    private @Nullable EmbeddedServer server;
    private final @Nullable DirectoryLock lock;

    private OwnedServer(
            PgConnectOptions options,
            @Nullable Path directory,
            @Nullable EmbeddedServer server,
            @Nullable DirectoryLock lock) {
        this.options = options;
        this.directory = directory;
        this.server = server;
        this.lock = lock;
    }

    /** Takes the directory, or finds who has it; waits for a command that has it to end. */
    static OwnedServer open(Path directory, int port, Ownership ownership)
            throws IOException, SQLException, InterruptedException {
        Files.createDirectories(directory);
        Path lockFile = directory.resolve("owner.lock");
        for (int look = 0; look < PATIENCE_LOOKS; look++) {
            Optional<DirectoryLock> lock = DirectoryLock.tryTake(lockFile, ownership);
            if (lock.isPresent()) {
                return own(directory, port, lock.get());
            }
            if (DirectoryLock.holder(lockFile).startsWith(Ownership.SERVER.name())) {
                if (ownership == Ownership.SERVER) {
                    throw new IOException("another server runs on " + directory.toAbsolutePath() + " ("
                            + DirectoryLock.holder(lockFile) + ")");
                }
                Optional<PgConnectOptions> running = running(directory);
                if (running.isPresent()) {
                    return new OwnedServer(running.get(), null, null, null);
                }
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
        throw new IOException(directory.toAbsolutePath() + " stays in use by " + DirectoryLock.holder(lockFile));
    }

    private static OwnedServer own(Path directory, int port, DirectoryLock lock)
            throws IOException, SQLException, InterruptedException {
        try {
            Files.deleteIfExists(connectionFile(directory));
            String password = Secrets.password(passwordFile(directory));
            EmbeddedServer server = EmbeddedServer.start(plan(directory, port));
            PgConnectOptions options = options(server.port(), password);
            createDatabase(options, NAME);
            Secrets.write(connectionFile(directory), uri(options));
            return new OwnedServer(options, directory, server, lock);
        } catch (IOException | SQLException | InterruptedException e) {
            lock.close();
            throw e;
        }
    }

    private static EmbeddedServer.Plan plan(Path directory, int port) {
        return new EmbeddedServer.Plan(directory, directory, port, passwordFile(directory), Map.of());
    }

    /** Starts PostgreSQL again, on the same port, when it has ended: after a full disk, or killed by the kernel or a hand. */
    synchronized void revive() throws IOException, InterruptedException {
        EmbeddedServer last = server;
        if (last == null || directory == null || last.isAlive()) {
            return;
        }
        LOGGER.atWarn().log("the embedded PostgreSQL has ended; starting it again");
        server = EmbeddedServer.start(plan(directory, last.port()));
    }

    /** Returns how to reach the server's PostgreSQL, once it has written that down. */
    private static Optional<PgConnectOptions> running(Path directory) throws IOException {
        try {
            return Optional.of(PgConnectOptions.fromUri(Files.readString(connectionFile(directory))));
        } catch (NoSuchFileException e) {
            LOGGER.atDebug().log("the server is still starting");
            return Optional.empty();
        }
    }

    static PgConnectOptions options(int port, String password) {
        return new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setUser(EmbeddedServer.USER)
                .setPassword(password)
                .setDatabase(NAME);
    }

    static String uri(PgConnectOptions options) {
        return "postgresql://%s:%s@%s:%d/%s"
                .formatted(
                        options.getUser(),
                        options.getPassword(),
                        options.getHost(),
                        options.getPort(),
                        options.getDatabase());
    }

    private static void createDatabase(PgConnectOptions options, String name) throws SQLException {
        try (Connection connection = Migrations.connect(options, "postgres");
                Statement statement = connection.createStatement()) {
            boolean isThere;
            try (ResultSet rows = statement.executeQuery("select 1 from pg_database where datname = '" + name + "'")) {
                isThere = rows.next();
            }
            if (!isThere) {
                statement.execute("create database " + name);
            }
        }
    }

    private static Path connectionFile(Path directory) {
        return directory.resolve("connection");
    }

    private static Path passwordFile(Path directory) {
        return directory.resolve("password");
    }

    PgConnectOptions options() {
        return options;
    }

    @Override
    public synchronized void close() throws IOException {
        EmbeddedServer last = server;
        server = null;
        try {
            if (last != null) {
                last.close();
            }
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }
}
