package vn.kydai.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.config.ConfigurationException;
import vn.kydai.config.YamlFile;
import vn.kydai.event.codec.Json;

class SheetTest {
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([A-Za-z]+)` \\|");

    @TempDir
    private Path directory = Path.of("");

    static Stream<Sheet> sheets() {
        return Stream.of(new DossierSheet(), new TicketSheet(), new ReadingSheet(), new IndicatorSheet());
    }

    @Test
    void aDossierOfAReportIsOneEventADate() throws IOException {
        String report = """
                BÁO CÁO CHI TIẾT HỒ SƠ;;;;;;;
                Mã hồ sơ;Mã TTHC;Họ và tên;Hình thức nộp;Trạng thái hồ sơ;Ngày tiếp nhận;Hạn trả;Ngày có kết quả;Ngày trả kết quả;Lệ phí
                000.00.11.H57-261123-0001;1.004873;Nguyễn Văn A;Trực tuyến;Đã trả kết quả;23/11/2026 08:05;26/11/2026;25/11/2026 10:00;25/11/2026;15.000
                """;

        List<String> events = events(new DossierSheet(), report);

        String common = "\"channel\":\"online\",\"dossier\":\"000.00.11.H57-261123-0001\","
                + "\"dueAt\":\"2026-11-25T17:00:00.000Z\",";
        String received = "\"procedure\":\"1.004873\",\"receivedAt\":\"2026-11-23T01:05:00.000Z\",";
        assertEquals(
                List.of(
                        "2026-11-23T01:05:00.000Z {" + common + received + "\"status\":2}",
                        "2026-11-25T03:00:00.000Z {" + common + received + "\"status\":9}",
                        "2026-11-25T03:00:00.001Z {" + common + "\"fee\":15000," + received + "\"status\":10}"),
                events);
    }

    @Test
    void stepsThatAFilePutsAtOneMomentKeepTheirOrder() throws IOException {
        List<String> events = events(new DossierSheet(), """
                Mã hồ sơ,Mã TTHC,Kênh tiếp nhận,Ngày tiếp nhận,Ngày có kết quả,Ngày trả kết quả
                000.00.11.H57-261123-0001,1.004873,Trực tiếp,23/11/2026,23/11/2026,23/11/2026
                """);

        assertEquals(
                List.of("2026-11-22T17:00:00.000Z", "2026-11-22T17:00:00.001Z", "2026-11-22T17:00:00.002Z"),
                events.stream().map(event -> event.substring(0, 24)).toList());
    }

    @Test
    void aStatusThatNoDateProvesIsRefused() {
        UnusableRow paused = assertThrows(UnusableRow.class, () -> events(new DossierSheet(), """
                        Mã hồ sơ,Mã TTHC,Kênh tiếp nhận,Trạng thái,Ngày tiếp nhận
                        000.00.11.H57-261123-0001,1.004873,Trực tiếp,Yêu cầu bổ sung giấy tờ,23/11/2026 08:05
                        """));

        assertEquals("status", paused.field());
        assertTrue(paused.why().contains("since when"), paused::why);
    }

    @Test
    void aWithdrawnDossierEndsWhereTheReportSaysItEnded() throws IOException {
        List<String> events = events(new DossierSheet(), """
                Mã hồ sơ,Mã TTHC,Kênh tiếp nhận,Trạng thái,Ngày tiếp nhận,Ngày kết thúc xử lý
                000.00.11.H57-261123-0001,1.004873,Trực tiếp,Rút hồ sơ,23/11/2026 08:05,24/11/2026 09:00
                """);

        assertTrue(events.getLast().contains("\"status\":7"), events::toString);
        assertEquals(2, events.size());
    }

    @Test
    void aVisitIsOneEventATime() throws IOException {
        List<String> events = events(new TicketSheet(), """
                Ngày;Số thứ tự;Quầy;Trạng thái;Giờ lấy số;Giờ gọi;Giờ kết thúc
                24/11/2026;A001;2;Hoàn thành;08:05;08:17;08:30
                24/11/2026;A002;2;Vắng mặt;08:06;08:31;
                """);

        assertEquals(
                List.of(
                        "2026-11-24T01:05:00.000Z {\"step\":\"issued\",\"ticket\":\"A001\"}",
                        "2026-11-24T01:17:00.000Z {\"counter\":\"2\",\"step\":\"called\",\"ticket\":\"A001\"}",
                        "2026-11-24T01:30:00.000Z {\"counter\":\"2\",\"step\":\"served\",\"ticket\":\"A001\"}",
                        "2026-11-24T01:06:00.000Z {\"step\":\"issued\",\"ticket\":\"A002\"}",
                        "2026-11-24T01:31:00.000Z {\"counter\":\"2\",\"step\":\"called\",\"ticket\":\"A002\"}",
                        "2026-11-24T01:31:00.001Z {\"counter\":\"2\",\"step\":\"absent\",\"ticket\":\"A002\"}"),
                events);
    }

    @Test
    void aStationMayHaveAColumnForEachMetric() throws IOException {
        List<String> events = events(new ReadingSheet(), """
                Thời gian;Mực nước (m);Lượng mưa (mm)
                24/11/2026 08:00;1,25;
                24/11/2026 08:10;1,3;0,4
                """);

        assertEquals(
                List.of(
                        "2026-11-24T01:00:00.000Z {\"metric\":\"water_level\",\"unit\":\"m\",\"value\":1.25}",
                        "2026-11-24T01:10:00.000Z {\"metric\":\"water_level\",\"unit\":\"m\",\"value\":1.3}",
                        "2026-11-24T01:10:00.000Z {\"metric\":\"rain\",\"unit\":\"mm\",\"value\":0.4}"),
                events);
    }

    @Test
    void percentOfAnIndicatorBecomeAFraction() throws IOException {
        List<String> events = events(new IndicatorSheet(), """
                Chỉ tiêu;Kỳ;Giá trị;Đơn vị tính;Chuẩn;Ngày công bố
                Tỷ lệ hộ nghèo;Năm 2023;1,7;%;nd07-2021;14/12/2023
                Số lao động được giải quyết việc làm;Quý IV/2023;1.517;Người;;15/01/2024
                """);

        assertEquals(
                List.of(
                        "2023-12-13T17:00:00.000Z {\"indicator\":\"poverty_rate\",\"period\":\"2023\","
                                + "\"standard\":\"nd07-2021\",\"unit\":\"1\",\"value\":0.017}",
                        "2024-01-14T17:00:00.000Z {\"indicator\":\"jobs_created\",\"period\":\"2023-Q4\","
                                + "\"unit\":\"1\",\"value\":1517}"),
                events);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.850 0.200 0.25|0.85 0.2 0.25",
                "0,850 1,200|0.85 1.2",
                "1.234 0.850|1.234 0.85",
                "1.234,5 12.000|1234.5 12000",
                "1,234.5 12,000|1234.5 12000",
                "1.234.567 1.234|1234567 1234",
                "0,5 12.000|0.5 12000",
                "-1.234 -0.2|-1.234 -0.2",
                "1234.500 2.125|1234.5 2.125",
                "1_234,125 0,5|1234.125 0.5",
                "1.1400000000000001|1.1400000000000001",
                "7 12|7 12",
                "007.5|7.5"
            })
    void theCellsOfAColumnProveItsDecimalMark(String cells, String expected) throws IOException {
        List<String> events =
                events(new ReadingSheet(), readings(cells.replace("_", "\u00a0").split(" ")));

        List<String> values = events.stream()
                .map(event -> event.replaceAll(".*\"value\":(.*)}", "$1"))
                .toList();
        assertEquals(expected, String.join(" ", values));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.234", "12,000", "-1.234 5", "1.234 2.500", "3,11 3.11", "1.234,5 1,234.5", "1.234.567 0.5"})
    void aColumnThatLeavesItsDecimalMarkOpenIsRefusedAskingForIt(String cells) {
        String file = readings(cells.split(" "));

        UnreadableFile problem = assertThrows(UnreadableFile.class, () -> events(new ReadingSheet(), file));

        assertTrue(problem.getMessage().startsWith("column \"Giá trị\": found "), problem::getMessage);
        assertTrue(problem.getMessage().contains("in line 2"), problem::getMessage);
        assertTrue(problem.getMessage().contains("--mapping"), problem::getMessage);
    }

    @Test
    void whatTheMappingSaysOfTheDecimalMarkHoldsForEveryCell() throws IOException {
        Sheet sheet = new ReadingSheet();
        Mapping mapping = Mapping.of(sheet, YamlFile.of("own.yaml", "decimal: \".\"\n"));

        List<String> events = events(sheet, mapping, readings("1.234", "1,234.5"));

        assertTrue(events.getFirst().contains("\"value\":1.234}"), events::toString);
        assertTrue(events.getLast().contains("\"value\":1234.5}"), events::toString);
    }

    @Test
    void eachColumnHasItsOwnDecimalMark() throws IOException {
        List<String> events = events(new ReadingSheet(), """
                Thời gian;Mực nước (m);Lượng mưa (mm)
                24/11/2026 08:00;0.850;0,4
                """);

        assertTrue(events.getFirst().contains("\"value\":0.85}"), events::toString);
        assertTrue(events.getLast().contains("\"value\":0.4}"), events::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"11/03/2026 11/14/2026 12/01/2026", "24/11/2026 11/24/2026", "11-14-2026", "10/30/2026"})
    void aColumnWithAMonthInFrontIsRefusedWhole(String dates) {
        String rows = Arrays.stream(dates.split(" "))
                .map(date -> date + " 08:00;water_level;1,25;m\n")
                .collect(Collectors.joining());

        UnreadableFile problem = assertThrows(
                UnreadableFile.class,
                () -> events(new ReadingSheet(), "Thời gian;Thông số;Giá trị;Đơn vị tính\n" + rows));

        assertTrue(problem.getMessage().startsWith("column \"Thời gian\": found "), problem::getMessage);
        assertTrue(problem.getMessage().contains("which has the month first"), problem::getMessage);
    }

    @Test
    void whatIsTypedInTwoWaysOfUnicodeIsOneTicket() throws IOException {
        String row = "Số thứ tự;Quầy;Trạng thái;Thời gian\nĐ-01;Quầy 1;Đã gọi;24/11/2026 08:05\n";

        List<String> composed = events(new TicketSheet(), Normalizer.normalize(row, Normalizer.Form.NFC));
        List<String> decomposed = events(new TicketSheet(), Normalizer.normalize(row, Normalizer.Form.NFD));

        assertEquals(composed, decomposed);
    }

    @Test
    void whatIsOddAboutADossierIsSaidThoughItIsTaken() throws IOException {
        Sheet sheet = new DossierSheet(code -> code.equals("1.004873"));
        Path file = Files.writeString(directory.resolve("odd.csv"), """
                Mã hồ sơ;Mã TTHC;Kênh tiếp nhận;Ngày tiếp nhận;Ngày có kết quả
                000.00.11.H57-261123-0001;9.999999;Trực tiếp;23/11/2026;24/11/2026
                000.00.11.H57-261123-0002;1.004873;Trực tiếp;24/11/2026;23/11/2026
                000.00.11.H57-261123-0003;1.004873;Trực tiếp;23/11/2026;23/11/2026 08:00
                """);

        List<String> odd = new ArrayList<>();
        try (CsvFile csv = CsvFile.open(file)) {
            Layout layout = Layout.find(csv, Mapping.of(sheet), sheet, Map.of());
            for (Optional<CsvRecord> next = csv.next(); next.isPresent(); next = csv.next()) {
                sheet.oddities(layout.row(next.get())).forEach(each -> odd.add(each.field() + " " + each.what()));
            }
        }

        assertEquals(
                List.of(
                        "procedure is not in procedures.yaml, so it has no time limit: 9.999999",
                        "doneAt is before receivedAt"),
                odd);
    }

    private static String readings(String... values) {
        return Arrays.stream(values)
                .map(value -> "24/11/2026 08:00;water_level;" + value + ";m\n")
                .collect(Collectors.joining("", "Thời gian;Thông số;Giá trị;Đơn vị tính\n", ""));
    }

    @Test
    void aMappingOfOnesOwnGoesBeforeTheBuiltInOne() throws IOException {
        Sheet sheet = new DossierSheet();
        Mapping mapping = Mapping.of(sheet, YamlFile.of("own.yaml", """
                columns: {"Biên nhận": dossier, "Bước": status, "Lúc": time}
                values: {status: {"Xong": 9}}
                constants: {procedure: "1.004873", channel: counter}
                """));

        List<String> events = events(sheet, mapping, """
                Biên nhận,Bước,Lúc
                000.00.11.H57-261123-0001,xong,2026-11-24 08:05
                """);

        assertEquals(
                List.of("2026-11-24T01:05:00.000Z {\"channel\":\"counter\",\"dossier\":\"000.00.11.H57-261123-0001\","
                        + "\"procedure\":\"1.004873\",\"status\":9}"),
                events);
    }

    @Test
    void aWrongMappingIsNamedWithWhatIsAllowed() {
        ConfigurationException problem = assertThrows(
                ConfigurationException.class,
                () -> Mapping.of(new TicketSheet(), YamlFile.of("own.yaml", "columns:\n  \"Số\": tiket\n")));

        assertTrue(
                problem.getMessage().startsWith("own.yaml:2 /columns/Số: found tiket (nearest known: ticket)"),
                problem::getMessage);
    }

    @Test
    void aFileWithoutAColumnThatIsNeededIsRefusedWhole() {
        UnreadableFile problem = assertThrows(
                UnreadableFile.class,
                () -> events(new DossierSheet(), "Mã hồ sơ,Ngày tiếp nhận\n000.00.11.H57-261123-0001,24/11/2026\n"));

        assertEquals(
                "line 1: found no column of channel, procedure; allowed: the headings of docs/import.md, or those of"
                        + " --mapping",
                problem.getMessage());
    }

    @ParameterizedTest
    @MethodSource("sheets")
    void everyFieldIsDocumented(Sheet sheet) throws IOException {
        String page = Files.readString(Path.of("docs/import.md"));
        int start = page.indexOf("\n## " + sheet.id());
        int end = page.indexOf("\n## ", start + 1);
        Matcher rows = DOCUMENTED.matcher(page.substring(start, end < 0 ? page.length() : end));

        assertEquals(sheet.fields(), rows.results().map(row -> row.group(1)).collect(Collectors.toSet()));
    }

    private List<String> events(Sheet sheet, String text) throws IOException {
        return events(sheet, Mapping.of(sheet), text);
    }

    private List<String> events(Sheet sheet, Mapping mapping, String text) throws IOException {
        Path file = Files.writeString(directory.resolve("sheet.csv"), text);
        List<String> events = new ArrayList<>();
        try (CsvFile csv = CsvFile.open(file)) {
            Layout layout = Layout.find(csv, mapping, sheet, Survey.of(file, mapping, sheet));
            Optional<CsvRecord> next = csv.next();
            while (next.isPresent()) {
                sheet.events(layout.row(next.get())).stream()
                        .map(Draft::toJson)
                        .map(event -> event.path("time").asText() + " " + Json.text(event.path("data")))
                        .forEach(events::add);
                next = csv.next();
            }
        }
        return events;
    }
}
