package vn.kydai.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL that belongs to one data directory and to whoever holds its lock. A postmaster that outlived its JVM is
 * stopped, never adopted: it would run with the settings of then. Everything here blocks.
 */
final class EmbeddedServer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddedServer.class);

    static final String USER = "postgres";

    /**
     * What an acknowledgement rests on is said on the command line, above every file. No archive or replica: WAL level
     * minimal would save little and forbid a base backup.
     */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("shared_buffers", "128MB"),
            Map.entry("max_wal_size", "1GB"),
            Map.entry("wal_compression", "pglz"),
            Map.entry("max_connections", "120"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("client_connection_check_interval", "1s"),
            Map.entry("log_line_prefix", "'%m [%p] '"));

    private static final int ATTEMPTS = 8;
    private static final long MAX_LOG_BYTES = 16L * 1024 * 1024;

    /** Recovery after a crash may take long; a server that dies is noticed at once whatever this says. */
    private static final String START_WAIT_S = "300";

    private static final String STOP_WAIT_S = "60";

    private final Programs programs;
    private final Path cluster;
    private final int port;

    private EmbeddedServer(Programs programs, Path cluster, int port) {
        this.programs = programs;
        this.cluster = cluster;
        this.port = port;
    }

    /**
     * Where it lives and how it starts.
     *
     * @param programs the directory that holds the unpacked programs
     * @param directory holds the cluster and the log
     * @param port 0 takes a free one
     * @param password of the superuser, in a file only its owner reads
     * @param settings beyond or instead of {@link #SETTINGS}
     */
    record Plan(Path programs, Path directory, int port, Path password, Map<String, String> settings) {}

    static EmbeddedServer start(Plan plan) throws IOException, InterruptedException {
        Files.createDirectories(plan.directory());
        Programs programs = new Programs(
                PostgresBinaries.unpackedUnder(plan.programs()).toAbsolutePath(),
                plan.directory().resolve("server.log").toAbsolutePath());
        programs.boundLog(MAX_LOG_BYTES);
        Path cluster = plan.directory().resolve("cluster").toAbsolutePath();
        if (!Files.exists(cluster)) {
            initialise(programs, cluster, plan.password().toAbsolutePath());
        }
        return start(programs, cluster, plan);
    }

    private static EmbeddedServer start(Programs programs, Path cluster, Plan plan)
            throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Orphans.stop(programs, cluster);
            int port = plan.port() == 0 ? freePort() : plan.port();
            int exit = programs.run("pg_ctl", startArguments(cluster, port, plan.settings()));
            if (exit == 0) {
                LOGGER.atInfo().addKeyValue("port", port).log("embedded PostgreSQL started");
                return new EmbeddedServer(programs, cluster, port);
            }
            if (attempt == ATTEMPTS) {
                throw new IOException(
                        "embedded PostgreSQL does not start; the end of " + programs.log() + ":\n" + programs.logEnd());
            }
            LOGGER.atWarn().addKeyValue("attempt", attempt).log("embedded PostgreSQL did not start, trying again");
            TimeUnit.MILLISECONDS.sleep(250L * attempt);
        }
    }

    private static String[] startArguments(Path cluster, int port, Map<String, String> more) {
        Map<String, String> settings = new TreeMap<>(SETTINGS);
        settings.putAll(more);
        List<String> options = new ArrayList<>(List.of("-p " + port));
        settings.forEach((name, value) -> options.add("-c " + name + "=" + (value.isEmpty() ? "''" : value)));
        return new String[] {
            "-D", cluster.toString(), "-w", "-t", START_WAIT_S, "-o", String.join(" ", options), "start"
        };
    }

    /** Made beside and moved into place, so that a crash in between leaves no half-made cluster. */
    private static void initialise(Programs programs, Path cluster, Path password)
            throws IOException, InterruptedException {
        Path unfinished = cluster.resolveSibling("cluster.unfinished");
        if (Files.exists(unfinished)) {
            PostgresBinaries.delete(unfinished);
        }
        String[] arguments = {
            "-D",
            unfinished.toString(),
            "-U",
            USER,
            "-E",
            "UTF-8",
            "--auth=scram-sha-256",
            "--pwfile=" + password,
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "--lc-messages=C",
            "--data-checksums"
        };
        if (programs.run("initdb", arguments) != 0) {
            throw new IOException("initdb failed; the end of " + programs.log() + ":\n" + programs.logEnd());
        }
        Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Tells whether its postmaster runs. */
    boolean isAlive() throws IOException {
        return Orphans.named(cluster.resolve("postmaster.pid"))
                .filter(postmaster -> Orphans.livesIn(postmaster, cluster))
                .isPresent();
    }

    int port() {
        return port;
    }

    /** Stops it cleanly; sessions that are open are ended. */
    @Override
    public void close() throws IOException {
        try {
            stop(programs, cluster);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while PostgreSQL stopped", e);
        }
    }

    static void stop(Programs programs, Path cluster) throws IOException, InterruptedException {
        int exit = programs.run("pg_ctl", "-D", cluster.toString(), "-m", "fast", "-w", "-t", STOP_WAIT_S, "stop");
        LOGGER.atInfo().addKeyValue("exit", exit).log("embedded PostgreSQL stopped");
    }
}
