package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import vn.kydai.config.YamlFile;
import vn.kydai.transfer.Mapping;
import vn.kydai.transfer.Totals;
import vn.kydai.transfer.TransferFailed;
import vn.kydai.transfer.Upload;

/**
 * Imports files of generated rows as the command line does, one that was cut off again until it is in, and holds the report
 * of what was refused against what had to be.
 */
public final class GeneratedCsv implements GeneratedSource {
    private static final int PATIENCE = 5;

    private final URI server;
    private final String source;
    private final String token;
    private final GeneratedRows rows;
    private final Path directory;
    private final Mapping mapping;
    private final BitSet acknowledged = new BitSet();
    private long taken;
    private long repeats;

    public GeneratedCsv(URI server, String source, String token, GeneratedRows rows, Path directory) {
        this.server = server;
        this.source = source;
        this.token = token;
        this.rows = rows;
        this.directory = directory;
        this.mapping = Mapping.of(rows.sheet(), YamlFile.of("decimal.yaml", "decimal: \".\""));
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public BitSet acknowledged() {
        return acknowledged;
    }

    @Override
    public long taken() {
        return taken;
    }

    @Override
    public long repeats() {
        return repeats;
    }

    @Override
    public void send(int count, Gate gate) throws InterruptedException {
        try {
            List<GeneratedRows.Row> file = new ArrayList<>();
            for (int n = 0; n < count; n++) {
                file.add(rows.next());
            }
            Path csv = Files.writeString(
                    directory.resolve(source + ".csv"),
                    file.stream()
                            .map(GeneratedRows.Row::line)
                            .collect(Collectors.joining("\r\n", rows.headings() + "\r\n", "\r\n")));
            Path refused = directory.resolve(source + ".refused.csv");
            check(file, imported(csv, refused, gate), Files.exists(refused) ? Files.readAllLines(refused) : List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        // Each import closes its own.
    }

    private Totals imported(Path csv, Path refused, Gate gate) throws IOException, InterruptedException {
        Upload.Order order = new Upload.Order(csv, rows.sheet(), mapping, server, source, token, refused, false);
        for (int tries = 1; ; tries++) {
            gate.await();
            try {
                return new Upload(order, new Silent()).run();
            } catch (TransferFailed cutOff) {
                if (tries == PATIENCE) {
                    throw cutOff;
                }
            }
        }
    }

    private void check(List<GeneratedRows.Row> file, Totals totals, List<String> report) {
        Set<Integer> refused = new HashSet<>();
        report.stream().skip(1).forEach(line -> {
            String[] cells = line.split(";", 3);
            int index = Integer.parseInt(cells[0]) - 2;
            GeneratedRows.Row row = file.get(index);
            assertTrue(row.flaws().contains(cells[1]), () -> line + " of " + row);
            assertTrue(cells[2].length() > 2, line);
            refused.add(index);
        });
        for (int index = 0; index < file.size(); index++) {
            GeneratedRows.Row row = file.get(index);
            assertEquals(!row.flaws().isEmpty(), refused.contains(index), row::toString);
            if (row.flaws().isEmpty()) {
                acknowledged.set(row.number());
                taken++;
            }
        }
        repeats += totals.duplicate();
        assertEquals(file.size(), totals.rows(), totals::toString);
        assertEquals(refused.size(), totals.refusedRows(), totals::toString);
        assertEquals(file.size() - refused.size(), totals.committed() + totals.duplicate(), totals::toString);
    }

    /** Says nothing. */
    private static final class Silent implements Upload.Progress {
        @Override
        public void begun(List<String> unusedHeadings, long resumedAfterLine) {
            assertEquals(List.of(), unusedHeadings);
        }

        @Override
        public void at(long bytes, long size, Totals totals) {
            assertTrue(bytes <= size, () -> bytes + " of " + size);
        }
    }
}
