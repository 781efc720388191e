package vn.kydai.transfer;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A CSV file in UTF-8, with or without a byte order mark, whose separator is told from its first lines. */
final class CsvFile implements AutoCloseable {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int LOOK_AHEAD_CHARS = 8_192;

    /** The earlier wins a tie: where commas are decimal marks, spreadsheets separate with semicolons. */
    private static final char[] SEPARATORS = {';', '\t', ','};

    private final FileChannel channel;
    private final long size;
    private final char separator;
    private final CsvReader reader;

    private CsvFile(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
        BufferedReader in = new BufferedReader(Channels.newReader(
                channel,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT),
                -1));
        this.separator = separator(in);
        this.reader = new CsvReader(in, separator);
    }

    static CsvFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            return new CsvFile(channel);
        } catch (CharacterCodingException e) {
            channel.close();
            throw new UnreadableFile("found " + CsvReader.NOT_UTF_8);
        } catch (IOException e) {
            channel.close();
            throw new UnreadableFile("cannot be read: " + e.getMessage());
        }
    }

    Optional<CsvRecord> next() throws IOException {
        return reader.next();
    }

    char separator() {
        return separator;
    }

    /** Returns how many bytes it has. */
    long size() {
        return size;
    }

    /** Returns how many bytes have been read, ahead included. */
    long position() throws IOException {
        return channel.position();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Skips the byte order mark and finds the separator: the one that stands most often in one of the first lines. */
    private static char separator(BufferedReader in) throws IOException {
        in.mark(1);
        if (in.read() != BYTE_ORDER_MARK) {
            in.reset();
        }
        in.mark(LOOK_AHEAD_CHARS);
        char[] ahead = new char[LOOK_AHEAD_CHARS];
        int length = Math.max(0, in.read(ahead, 0, LOOK_AHEAD_CHARS));
        in.reset();
        String[] lines =
                new String(ahead, 0, length).replaceAll("\"[^\"]*\"", "").split("\\R", -1);
        char best = ',';
        long most = 0;
        for (char candidate : SEPARATORS) {
            long count = Arrays.stream(lines)
                    .mapToLong(line -> line.chars().filter(c -> c == candidate).count())
                    .max()
                    .orElse(0);
            if (count > most) {
                best = candidate;
                most = count;
            }
        }
        return best;
    }
}
