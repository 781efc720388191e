package vn.kydai.transfer;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The rows that were not taken, one a line: where, which field, why. No cell is repeated whole: a report may hold names of
 * people. There is no file as long as everything is taken.
 */
final class RefusalReport implements AutoCloseable {
    private static final String HEADINGS = "\uFEFFline;field;reason\r\n";

    private final Path file;
    private @Nullable BufferedWriter writer;

    private RefusalReport(Path file) {
        this.file = file;
    }

    /** Begins a report; one of an earlier run is continued, or goes. */
    static RefusalReport open(Path file, boolean isContinued) throws IOException {
        if (!isContinued) {
            Files.deleteIfExists(file);
        }
        return new RefusalReport(file);
    }

    void add(long line, String field, String reason) throws IOException {
        BufferedWriter out = writer;
        if (out == null) {
            boolean isNew = !Files.exists(file);
            out = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            writer = out;
            out.write(isNew ? HEADINGS : "");
        }
        out.write(line + ";" + quoted(field) + ";" + quoted(reason) + "\r\n");
    }

    void flush() throws IOException {
        if (writer != null) {
            writer.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }

    private static String quoted(String text) {
        return text.matches("[^;\"\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
