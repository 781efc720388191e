package vn.kydai.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import vn.kydai.bench.load.LoadOrder;
import vn.kydai.bench.load.LoadProcess;
import vn.kydai.bench.load.LoadReport;
import vn.kydai.bench.load.Phase;
import vn.kydai.event.codec.Json;

/** A load process, as who ordered it sees it. It ends when it is closed. */
final class LoadChild implements AutoCloseable {
    /** A pause of the client would be measured as the server's: what it makes in a window fits the young generation. */
    private static final List<String> OPTIONS =
            List.of("-Xms1g", "-Xmx1g", "-Xmn768m", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch");

    private final Process process;
    private final BufferedWriter input;
    private final BufferedReader output;
    private final Path log;

    private LoadChild(Process process, Path log) {
        this.process = process;
        this.input = process.outputWriter(UTF_8);
        this.output = process.inputReader(UTF_8);
        this.log = log;
    }

    /** Starts one on an order. */
    static LoadChild start(LoadOrder order, Path log) throws IOException {
        Process process = Java.process(OPTIONS, LoadProcess.class.getName(), List.of())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        LoadChild child = new LoadChild(process, log);
        child.say(Json.MAPPER.writeValueAsString(order));
        return child;
    }

    long pid() {
        return process.pid();
    }

    /** Waits until it is so far. */
    void await(Phase phase) throws IOException {
        String line = line();
        if (!line.equals(phase.name())) {
            throw new IOException("a load process said " + line + " instead of " + phase + ", see " + log);
        }
    }

    /** Ends its work early. */
    void stop() throws IOException {
        say("stop");
    }

    /** Waits for what it saw; passes over phases. */
    LoadReport report() throws IOException {
        String line = line();
        while (!line.startsWith("{")) {
            line = line();
        }
        return Json.MAPPER.readValue(line, LoadReport.class);
    }

    private void say(String line) throws IOException {
        input.write(line);
        input.newLine();
        input.flush();
    }

    private String line() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("a load process ended before its report, see " + log);
        }
        return line;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
