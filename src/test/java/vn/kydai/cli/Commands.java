package vn.kydai.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs commands on the shipped configuration and a data directory of the test. */
final class Commands {
    private final Path data;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    Commands(Path data) {
        this.data = data;
    }

    /** Returns the exit code. */
    int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> line = new ArrayList<>(List.of("--config", "config", "--data", data.toString()));
        line.addAll(List.of(words));
        return runAsIs(line.toArray(String[]::new));
    }

    int runAsIs(String... words) {
        Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true));
        return CommandLine.create(console).execute(words);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
