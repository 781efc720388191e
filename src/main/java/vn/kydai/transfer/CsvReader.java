package vn.kydai.transfer;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads CSV (RFC 4180) record by record: any line ending, any separator, quoted cells over several lines. A cell has a
 * bound, so an unclosed quote does not swallow a file into memory.
 */
final class CsvReader {
    private static final int END = -1;
    private static final char QUOTE = '"';
    private static final int MAX_CELL_CHARS = 64 * 1_024;
    private static final int MAX_CELLS = 1_000;

    /** What is found in a file of another encoding, and what is allowed. */
    static final String NOT_UTF_8 = "bytes that are not UTF-8; allowed: UTF-8, in a spreadsheet \"CSV UTF-8\"";

    private final BufferedReader in;
    private final char separator;
    private long line = 1;

    CsvReader(BufferedReader in, char separator) {
        this.in = in;
        this.separator = separator;
    }

    /** Reads the next record; empty at the end. Fails with {@link UnreadableFile}. */
    Optional<CsvRecord> next() throws IOException {
        try {
            int first = read();
            return first == END ? Optional.empty() : Optional.of(recordFrom(first));
        } catch (CharacterCodingException e) {
            throw new UnreadableFile("after line " + line + ": found " + NOT_UTF_8);
        }
    }

    private CsvRecord recordFrom(int first) throws IOException {
        long start = line;
        List<String> cells = new ArrayList<>();
        int next = first;
        while (true) {
            StringBuilder cell = new StringBuilder();
            int end = next == QUOTE ? quoted(cell) : plain(next, cell);
            cells.add(cell.toString());
            if (end != separator) {
                line++;
                return new CsvRecord(start, cells);
            }
            if (cells.size() == MAX_CELLS) {
                throw new UnreadableFile("line " + start + ": found more than " + MAX_CELLS + " cells");
            }
            next = read();
        }
    }

    /** Takes a cell up to what ends it, and returns that: the separator, a line end or the end. */
    private int plain(int first, StringBuilder cell) throws IOException {
        int next = first;
        while (next != separator && next != '\n' && next != END) {
            append(cell, next);
            next = read();
        }
        return next;
    }

    /** A quote inside is written twice; what follows the closing one is kept, as spreadsheets do. */
    private int quoted(StringBuilder cell) throws IOException {
        long start = line;
        while (true) {
            int next = read();
            if (next == END) {
                throw new UnreadableFile("line " + start + ": found a quote that is never closed");
            }
            if (next == QUOTE) {
                int after = read();
                if (after != QUOTE) {
                    return plain(after, cell);
                }
            } else if (next == '\n') {
                line++;
            }
            append(cell, next);
        }
    }

    private void append(StringBuilder cell, int character) {
        if (cell.length() == MAX_CELL_CHARS) {
            throw new UnreadableFile("line " + line + ": found a cell of more than " + MAX_CELL_CHARS
                    + " characters; is a quote never closed?");
        }
        cell.append((char) character);
    }

    private int read() throws IOException {
        int next = in.read();
        if (next != '\r') {
            return next;
        }
        in.mark(1);
        if (in.read() != '\n') {
            in.reset();
        }
        return '\n';
    }
}
