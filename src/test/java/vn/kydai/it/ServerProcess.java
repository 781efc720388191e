package vn.kydai.it;

import io.vertx.pgclient.PgConnectOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.codec.Json;

/** The built jar as a process of its own, started, killed and started again on the same ports and data. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready (http://\\S+) mqtt://(\\S+):(\\d+)");
    private static final int READY_SECONDS = 240;
    private static final int FOLDS_MINUTES = 20;
    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Path data;
    private final Path config;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private @Nullable Process process;

    /** Chooses free ports on loopback and keeps everything under a data directory. */
    ServerProcess(Path data) {
        this(data, Path.of("config"));
    }

    /** The same, with another configuration than the shipped one. */
    ServerProcess(Path data, Path config) {
        this.data = data;
        this.config = config;
        settings.put("KYDAI_HTTP_PORT", Integer.toString(FreePort.find()));
        settings.put("KYDAI_INGEST_MQTT_PORT", Integer.toString(FreePort.find()));
        settings.put("KYDAI_MANAGEMENT_PORT", Integer.toString(FreePort.find()));
    }

    /** Sets an environment override for the next start. */
    void set(String variable, String value) {
        settings.put(variable, value);
    }

    URI http(String path) {
        return URI.create("http://127.0.0.1:" + settings.get("KYDAI_HTTP_PORT") + path);
    }

    URI management(String path) {
        return URI.create("http://127.0.0.1:" + settings.get("KYDAI_MANAGEMENT_PORT") + path);
    }

    int mqttPort() {
        return Integer.parseInt(settings.get("KYDAI_INGEST_MQTT_PORT"));
    }

    /** Starts {@code serve} and returns when it has said that it is ready. */
    void start() throws IOException {
        start("serve");
    }

    /** Starts a command that serves, {@code demo} among them, and returns when it has said that it is ready. */
    void start(String... command) throws IOException {
        Process started = launch(command);
        process = started;
        CompletableFuture<Void> ready = new CompletableFuture<>();
        // Reading a pipe keeps its carrier, so on two cores two virtual readers would leave none to the clients.
        Thread.ofPlatform().daemon().start(() -> {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Matcher matcher = READY.matcher(line);
                    if (matcher.matches()) {
                        ready.complete(null);
                    }
                }
                ready.completeExceptionally(new IOException("the server ended before it was ready, see " + log()));
            } catch (IOException e) {
                ready.completeExceptionally(e);
            }
        });
        ready.orTimeout(READY_SECONDS, TimeUnit.SECONDS).join();
        // Ready is ready to receive; the tests look at walls too.
        awaitFolds();
    }

    /** Folding a long journal anew takes its time. */
    private void awaitFolds() {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(FOLDS_MINUTES);
        while (!folds().equals("current")) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the folds are not current, see " + log());
            }
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
    }

    private String folds() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            String report = client.send(
                            HttpRequest.newBuilder(management("/health/ready")).build(), BodyHandlers.ofString())
                    .body();
            return Json.MAPPER.readTree(report).at("/folds/status").asText();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs another command beside the server, or alone, and returns what it printed. */
    Result run(String... command) throws IOException, InterruptedException {
        Process other = launch(command);
        String printed = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(other.waitFor(), printed.strip());
    }

    /** What a command printed on standard output, and how it ended. */
    record Result(int exitCode, String output) {}

    /** Kills the server and every PostgreSQL process under its data directory with SIGKILL, at once. */
    void killAll() throws InterruptedException {
        Process server = process;
        List<ProcessHandle> postgres = postgresProcesses();
        if (server != null) {
            server.destroyForcibly();
        }
        postgres.forEach(ProcessHandle::destroyForcibly);
        if (server != null) {
            server.waitFor();
        }
        postgres.forEach(handle -> handle.onExit().join());
    }

    /** Returns the resident memory of the server's Java process, MiB. */
    long residentMiB() throws IOException {
        Process server = process;
        if (server == null) {
            return 0;
        }
        return Files.readAllLines(Path.of("/proc/" + server.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1_024)
                .sum();
    }

    /** Asks the PostgreSQL of the running server; one column is returned, as text. */
    List<String> sql(String query) throws IOException, SQLException {
        PgConnectOptions at = PgConnectOptions.fromUri(Files.readString(data.resolve("postgres/connection")));
        String uri = "jdbc:postgresql://127.0.0.1:" + at.getPort() + "/" + at.getDatabase();
        List<String> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(uri, at.getUser(), at.getPassword());
                Statement statement = connection.createStatement()) {
            boolean hasRows = statement.execute(query);
            try (ResultSet rows = hasRows ? statement.getResultSet() : null) {
                while (rows != null && rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    /** Stops the server as a service manager would, and returns its exit code. */
    int stop() throws InterruptedException {
        Process server = process;
        if (server == null) {
            return 0;
        }
        server.destroy();
        if (!server.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server did not stop within 30 s, see " + log());
        }
        return server.exitValue();
    }

    /** Returns the PostgreSQL server processes working in the data directory, the postmaster first. */
    List<ProcessHandle> postgresProcesses() {
        List<ProcessHandle> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            processes
                    .filter(entry -> entry.getFileName().toString().chars().allMatch(Character::isDigit))
                    .filter(this::isPostgresOfOurs)
                    .map(entry ->
                            ProcessHandle.of(Long.parseLong(entry.getFileName().toString())))
                    .forEach(handle -> handle.ifPresent(found::add));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private boolean isPostgresOfOurs(Path entry) {
        try {
            Path workingDirectory = Files.readSymbolicLink(entry.resolve("cwd"));
            return workingDirectory.startsWith(data.toRealPath())
                    && Files.readString(entry.resolve("comm")).startsWith("postgres");
        } catch (IOException | SecurityException gone) {
            return false;
        }
    }

    private Path log() {
        return data.resolve("server.log");
    }

    private Process launch(String... command) throws IOException {
        List<String> line =
                new ArrayList<>(List.of(javaBinary(), "--enable-native-access=ALL-UNNAMED", "-Xmx512m", "-jar", jar()));
        line.addAll(List.of(command));
        line.addAll(List.of("--config", config.toString(), "--data", data.toString()));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().putAll(settings);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()));
        return builder.start();
    }

    private static String javaBinary() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String jar() {
        return System.getProperty("kydai.jar", "target/kydai.jar");
    }

    @Override
    public void close() {
        try {
            killAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
