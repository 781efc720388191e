package vn.kydai.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server under test, a process of its own with the default settings. It ends when it is closed. */
final class ServerChild implements AutoCloseable {
    static final String HEAP = "-Xmx1g";

    private static final Logger LOGGER = LoggerFactory.getLogger(ServerChild.class);
    private static final Pattern READY = Pattern.compile("ready (http://\\S+:(\\d+)) mqtt://(\\S+):(\\d+)");
    private static final long STOP_S = 120;

    /** It folds a grown journal from the beginning. */
    private static final long READY_MIN = 10;

    /** Its ready line says which it took; only the management port is not in it. */
    private static final String ANY_PORT = "0";

    private static final String MAIN_CLASS = "vn.kydai.Main";

    private final Process process;
    private final Path log;
    private final String managementPort;
    private final long beganNanos;
    private Matcher address = READY.matcher("");
    private double readySeconds;

    /**
     * Starts {@code serve}.
     *
     * @param options of the JVM, beside the usual ones
     */
    ServerChild(Path configuration, Path data, Map<String, String> settings, List<String> options) throws IOException {
        log = data.resolve("server.log");
        managementPort = freePort();
        ProcessBuilder builder = Java.process(
                Stream.concat(Stream.of(HEAP), options.stream()).toList(),
                MAIN_CLASS,
                List.of("serve", "--config", configuration.toString(), "--data", data.toString()));
        builder.environment().keySet().removeIf(name -> name.startsWith("KYDAI_"));
        builder.environment().putAll(settings);
        builder.environment().put("KYDAI_MANAGEMENT_PORT", managementPort);
        // A desk of the benchmark does in minutes what others do in years, and all of it is to be counted.
        builder.environment().put("KYDAI_AGGREGATE_EVENTS_PER_SOURCE_DAY", Integer.toString(Integer.MAX_VALUE));
        for (String port : List.of("KYDAI_HTTP_PORT", "KYDAI_INGEST_MQTT_PORT")) {
            builder.environment().put(port, ANY_PORT);
        }
        beganNanos = System.nanoTime();
        process = builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Returns when it has said that it is ready; ends it when that takes too long. */
    void awaitReady() throws IOException {
        CompletableFuture<Boolean> patience = new CompletableFuture<>();
        var unusedEnd =
                patience.completeOnTimeout(true, READY_MIN, TimeUnit.MINUTES).thenRunAsync(this::close);
        try {
            readReadyLine();
        } catch (IOException e) {
            throw patience.isDone() ? new IOException("the server was not ready within " + READY_MIN + " min", e) : e;
        } finally {
            boolean unused = patience.cancel(false);
        }
    }

    private void readReadyLine() throws IOException {
        BufferedReader lines = process.inputReader(UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            address = READY.matcher(line);
            if (address.matches()) {
                readySeconds = (System.nanoTime() - beganNanos) / 1e9;
                Thread.ofPlatform().daemon().name("server-output").start(() -> drain(lines));
                return;
            }
        }
        close();
        throw new IOException("the server ended before it was ready; its last words: " + lastWords());
    }

    /**
     * A JVM that writes an AOT cache has much to say, and would wait for ever once its pipe is full. On a thread of its
     * own: on two cores the common pool has one, and who waits for a process to end needs it.
     */
    private static void drain(BufferedReader lines) {
        try {
            long unused = lines.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            LOGGER.atDebug().setCause(e).log("a server's output ended");
        }
    }

    private String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.isEmpty() ? "none" : lines.getLast();
    }

    long pid() {
        return process.pid();
    }

    /** Returns how long it took from the start of the process to its line. */
    double readySeconds() {
        return readySeconds;
    }

    String http() {
        return address.group(1);
    }

    int httpPort() {
        return Integer.parseInt(address.group(2));
    }

    /** Returns where its metrics are. */
    String management() {
        return "http://127.0.0.1:" + managementPort;
    }

    String mqttHost() {
        return address.group(3);
    }

    int mqttPort() {
        return Integer.parseInt(address.group(4));
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    /** Stops it as a service manager would. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
