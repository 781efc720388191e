package vn.kydai.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void quotesHoldSeparatorsLineEndsAndQuotes() throws IOException {
        assertEquals(
                List.of(List.of("a", "b;\"c\"\nd", ""), List.of("e")),
                cells(records("a;\"b;\"\"c\"\"\r\nd\";\r\ne", ';')));
    }

    @Test
    void aRecordKnowsTheLineItBeginsIn() throws IOException {
        List<CsvRecord> records = records("a\n\"b\nb\"\r\nc\r\rd", ',');

        assertEquals(
                List.of(1L, 2L, 4L, 5L, 6L),
                records.stream().map(CsvRecord::line).toList());
        assertTrue(records.get(3).isBlank());
    }

    @Test
    void aQuoteThatIsNeverClosedIsNamed() {
        UnreadableFile problem = assertThrows(UnreadableFile.class, () -> records("a\nb,\"c\nd", ','));

        assertEquals("line 2: found a quote that is never closed", problem.getMessage());
    }

    @Test
    void aCellHasABound() {
        String text = "\"" + "x".repeat(100_000);

        assertThrows(UnreadableFile.class, () -> records(text, ','));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 19867, 2026})
    void whatIsWrittenIsReadAgain(long seed) throws IOException {
        Random random = new Random(seed);
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < 200; row++) {
            List<String> cells = new ArrayList<>();
            for (int cell = 0; cell <= random.nextInt(6); cell++) {
                cells.add(text(random));
            }
            rows.add(cells);
        }
        StringBuilder written = new StringBuilder();
        rows.forEach(cells -> written.append(String.join(
                        ",", cells.stream().map(CsvReaderTest::quoted).toList()))
                .append(random.nextBoolean() ? "\r\n" : "\n"));

        assertEquals(rows, cells(records(written.toString(), ',')), "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(strings = {";", ",", "\t"})
    void theSeparatorIsToldFromTheHeadings(String separator) throws IOException {
        Path file = directory.resolve("report.csv");
        String headings = String.join(separator, "Mã hồ sơ", "\"Phí; lệ phí, khác; khác; khác, khác\"", "Trạng thái");
        Files.writeString(file, "\uFEFFBáo cáo, tháng 11\r\n" + headings + "\r\n");

        try (CsvFile csv = CsvFile.open(file)) {
            assertEquals(separator.charAt(0), csv.separator());
            assertTrue(csv.next().orElseThrow().cells().getFirst().startsWith("Báo cáo"));
            assertEquals("Mã hồ sơ", csv.next().orElseThrow().cells().getFirst());
        }
    }

    @Test
    void bytesThatAreNotUtf8AreNamed() throws IOException {
        Path file = directory.resolve("latin.csv");
        Files.write(file, "Mã hồ sơ".getBytes(StandardCharsets.UTF_16));

        UnreadableFile problem = assertThrows(UnreadableFile.class, () -> CsvFile.open(file));

        assertEquals(
                "found bytes that are not UTF-8; allowed: UTF-8, in a spreadsheet \"CSV UTF-8\"", problem.getMessage());
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(12), 0, 9)
                .mapToObj(index -> String.valueOf("aá\",;\r\n €".charAt(index)))
                .reduce("", String::concat)
                .replace("\r", "");
    }

    private static String quoted(String cell) {
        return '"' + cell.replace("\"", "\"\"") + '"';
    }

    private static List<CsvRecord> records(String text, char separator) throws IOException {
        CsvReader reader = new CsvReader(new BufferedReader(new StringReader(text)), separator);
        List<CsvRecord> records = new ArrayList<>();
        Optional<CsvRecord> next = reader.next();
        while (next.isPresent()) {
            records.add(next.get());
            next = reader.next();
        }
        return records;
    }

    private static List<List<String>> cells(List<CsvRecord> records) {
        return records.stream().map(CsvRecord::cells).toList();
    }
}
