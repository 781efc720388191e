package vn.kydai.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.Pipeline;
import vn.kydai.config.TestSettings;
import vn.kydai.event.codec.Json;
import vn.kydai.ops.Metrics;

/** Files through the command line into a real server over HTTP. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportTest {
    private static final String HEADINGS =
            "\uFEFFSTT;Mã hồ sơ;Mã TTHC;Họ và tên;Hình thức nộp;Trạng thái;Ngày tiếp nhận;Hạn trả;Ngày có kết quả\r\n";

    @TempDir
    private static Path directory = Path.of("");

    private final Metrics metrics = new Metrics();
    private final Vertx vertx = metrics.vertx(new VertxOptions()).build();
    private final HttpClient http = HttpClient.newHttpClient();
    private Pipeline pipeline;
    private Commands commands;
    private String server;
    private String reader;

    @BeforeAll
    void start() throws Exception {
        commands = new Commands(directory);
        pipeline = new Pipeline(new Pipeline.Environment(
                vertx, metrics, TestSettings.onFreePorts(), Path.of("config"), directory, InstantSource.system()));
        server = "http://127.0.0.1:" + Waiting.on(pipeline.start()).httpPort();
        assertEquals(0, commands.run("token", "add", "--role", "reader", "--scope", "477"), commands::err);
        reader = commands.out().strip();
    }

    @AfterAll
    void stop() throws Exception {
        Waiting.on(pipeline.stop());
        Waiting.on(vertx.close());
        metrics.close();
        http.close();
    }

    @Test
    void aReportOfADeskGoesInOnceHoweverOftenItIsImported() throws Exception {
        Path file = file(
                "twice.csv",
                HEADINGS
                        + IntStream.rangeClosed(1, 1_500)
                                .mapToObj(number -> number
                                        + ";000.00.11.H57-251103-%04d;1.004873;Nguyễn Văn A;Trực tuyến;Đang xử lý;03/11/2025 08:%02d;06/11/2025;\r\n"
                                                .formatted(number, number % 60))
                                .collect(Collectors.joining()));

        int first = importing("dossiers", file, "desk-twice", "19867");
        String firstOut = commands.out();
        int second = again("dossiers", file, "desk-twice");

        assertEquals(0, first, commands::err);
        assertEquals(List.of("1500", "1500", "1500", "0", "0", "0"), numbers(firstOut));
        assertEquals(0, second, commands::err);
        assertEquals(List.of("1500", "1500", "0", "1500", "0", "0"), numbers(commands.out()));
        assertEquals(1_500, events("desk-twice").size());
        assertTrue(commands.err().contains("not read: STT, Họ và tên"), commands::err);
        assertFalse(Files.exists(refusals(file)));
        assertFalse(Files.exists(Path.of(file + ".import")));
    }

    @Test
    void whatIsRefusedIsReportedByLineAndTheRestGoesIn() throws Exception {
        Path file = file(
                "wrong.csv",
                HEADINGS
                        + "1;000.00.11.H57-251104-0001;1.004873;A;Trực tuyến;Đã xử lý xong;04/11/2025 08:00;06/11/2025;05/11/2025 09:00\r\n"
                        + "2;000.00.11.H57-251104-0002;1.004873;A;Trực tuyến;Đang chạy;04/11/2025 08:00;06/11/2025;\r\n"
                        + "3;không mã;1.004873;A;Trực tuyến;Đang xử lý;04/11/2025 08:00;06/11/2025;\r\n"
                        + "4;000.00.11.H57-251104-0004;1.004873;A;Trực tuyến;Đang xử lý;32/11/2025 08:00;06/11/2025;\r\n"
                        + "\r\n"
                        + "5;000.00.11.H57-251104-0005;1.004873;A;Trực tuyến;Đang xử lý;04/11/2099 08:00;06/11/2025;\r\n");

        int code = importing("dossiers", file, "desk-wrong", "19867");

        assertEquals(1, code, commands::err);
        assertEquals(List.of("5", "4", "2", "0", "2"), numbers(commands.out()).subList(0, 5));
        assertEquals(2, events("desk-wrong").size());
        List<String> report = Files.readAllLines(refusals(file));
        assertEquals("\uFEFFline;field;reason", report.getFirst());
        assertEquals(5, report.size(), report::toString);
        assertTrue(report.contains("3;status;is no code and no known name: Đang chạy"), report::toString);
        assertTrue(report.contains("5;receivedAt;is no date and time such as 24/11/2026 08:05"), report::toString);
        assertTrue(
                report.stream().anyMatch(line -> line.startsWith("4;dossier;") && line.endsWith("(schema)")),
                report::toString);
        assertTrue(
                report.stream().anyMatch(line -> line.startsWith("7;receivedAt;") && line.endsWith("(schema)")),
                report::toString);
    }

    @Test
    void anInterruptedImportGoesOnWhereItStopped() throws Exception {
        String rows = IntStream.rangeClosed(1, 2_400)
                .mapToObj(number -> number
                        + ";000.00.11.H57-251105-%04d;1.004873;A;Trực tiếp;Đang xử lý;05/11/2025 08:00;07/11/2025;\r\n"
                                .formatted(number))
                .collect(Collectors.joining());
        Path file = file("broken.csv", HEADINGS + rows + "\"never closed\r\n");

        int broken = importing("dossiers", file, "desk-broken", "19867");
        int resumed = again("dossiers", file, "desk-broken");

        assertEquals(2, broken);
        assertTrue(commands.err().contains("a quote that is never closed"), commands::err);
        assertEquals(2, resumed);
        assertTrue(commands.err().contains("going on after line 2001; --anew begins anew"), commands::err);
        assertEquals(2_000, events("desk-broken").size());
    }

    @Test
    void readingsOfAGatewayBelongToTheSourcesBehindIt() throws Exception {
        assertEquals(0, commands.run("device", "add", "--area", "19867", "--id", "gw-csv", "--kind", "gateway"));
        Path token = file("gw.token", commands.out());
        assertEquals(
                0,
                commands.run(
                        "device", "add", "--area", "19897", "--id", "wl-csv", "--kind", "sensor", "--behind", "gw-csv"),
                commands::err);
        Path file = file(
                "levels.csv", "Mã trạm,Thời gian,Thông số,Giá trị,Đơn vị\nwl-csv,2025-11-03 08:00,Mực nước,4.50,m\n");

        int code = commands.run(
                "import",
                "readings",
                file.toString(),
                "--url",
                server,
                "--source",
                "gw-csv",
                "--token-file",
                token.toString());

        assertEquals(0, code, commands::err);
        JsonNode event = events("wl-csv").getFirst();
        assertEquals("19897", event.path("area").asText());
        assertEquals(4.5, event.path("data").path("value").asDouble());
    }

    @Test
    void whatWasExportedGoesInAgainWithoutCountingTwice() throws Exception {
        Path file = file(
                "life.csv",
                HEADINGS
                        + "1;000.00.11.H57-251106-0001;1.004873;A;Trực tuyến;Đã xử lý xong;06/11/2025 08:00;10/11/2025;07/11/2025 09:00\r\n");
        assertEquals(0, importing("dossiers", file, "desk-life", "19867"), commands::err);
        Path token = file("reader.token", reader);
        Path table = directory.resolve("exported.csv");

        int exported = commands.run(
                "export",
                "--kind",
                "dossier",
                "--from",
                "2025-11-06",
                "--to",
                "2025-11-07",
                "--format",
                "csv",
                "--out",
                table.toString(),
                "--url",
                server,
                "--token-file",
                token.toString());
        String exportedErr = commands.err();
        int imported = again("dossiers", table, "desk-life");

        assertEquals(0, exported, () -> exportedErr);
        assertEquals("2 events", exportedErr.strip());
        assertEquals(0, imported, commands::err);
        assertEquals(List.of("2", "2", "0", "2", "0", "0"), numbers(commands.out()));
    }

    @Test
    void anErrorThatEveryRowHasIsOneErrorOnTheConsole() throws Exception {
        String rows = IntStream.rangeClosed(1, 40)
                .mapToObj(number -> number
                        + ";không mã %d;9.999999;A;Trực tuyến;Đã xử lý xong;04/11/2025 08:00;06/11/2025;05/11/2025 09:00\r\n"
                                .formatted(number))
                .collect(Collectors.joining());
        Path file = file("systematic.csv", HEADINGS + rows);

        int code = importing("dossiers", file, "desk-systematic", "19867");

        assertEquals(1, code);
        assertEquals(41, Files.readAllLines(refusals(file)).size());
        List<String> said =
                commands.err().lines().filter(line -> line.startsWith("  ")).toList();
        assertEquals(2, said.size(), commands::err);
        assertTrue(said.getFirst().startsWith("  40 rows, lines 2, 3, 4 …: dossier has not the form"), commands::err);
        assertTrue(said.getLast().startsWith("  40 rows, lines 2, 3, 4 …: procedure is not in"), commands::err);
    }

    @Test
    void oddIdentitiesAndNumbersComeBackFromATableAsTheyWere() throws Exception {
        assertEquals(
                0,
                commands.run("device", "add", "--area", "19867", "--id", "odd-out", "--kind", "sensor"),
                commands::err);
        Files.writeString(directory.resolve("odd-out.token"), commands.out());
        assertEquals(
                0,
                commands.run("device", "add", "--area", "19867", "--id", "odd-desk", "--kind", "desk"),
                commands::err);
        Files.writeString(directory.resolve("odd-desk.token"), commands.out());
        List<String> ids =
                List.of("-1", "=r1", "'-x", "-x", "'", " both ", "+2", "@a", "\u00a0n", "a,b", "\"q\"", "t;t");
        List<String> values = List.of("1.1400000000000001", "1.234", "-0.85", "12000", "0.1", "3.5");
        for (int index = 0; index < ids.size(); index++) {
            post(
                    "odd-out",
                    "reading",
                    ids.get(index),
                    "\"metric\":\"water_level\",\"unit\":\"m\",\"value\":" + values.get(index % values.size()));
            post(
                    "odd-desk",
                    "ticket",
                    ids.get(index),
                    "\"ticket\":\"T%d\",\"step\":\"issued\",\"counter\":\" 1\",\"seq\":%d".formatted(index, index));
        }

        List<String> readings = outAndIn("readings", "reading", "odd-out");
        List<String> tickets = outAndIn("tickets", "ticket", "odd-desk");

        assertEquals(List.of("12", "12", "0", "12", "0", "0"), readings);
        assertEquals(List.of("12", "12", "0", "12", "0", "0"), tickets);
        assertEquals(0, conflicts());
    }

    /** Exports what a source said as a table, imports that again, and returns the numbers it ended with. */
    private List<String> outAndIn(String sheet, String kind, String source) throws Exception {
        Path all = directory.resolve(source + ".csv");
        Path token = file("reader.token", reader);
        assertEquals(
                0,
                commands.run(
                        "export",
                        "--kind",
                        kind,
                        "--from",
                        "2025-10-01",
                        "--to",
                        "2025-10-01",
                        "--format",
                        "csv",
                        "--out",
                        all.toString(),
                        "--url",
                        server,
                        "--token-file",
                        token.toString()),
                commands::err);
        assertEquals(0, again(sheet, all, source), commands::err);
        return numbers(commands.out());
    }

    private void post(String source, String kind, String id, String data) throws Exception {
        String event = """
                {"specversion":"1.0","id":%s,"type":"vn.kydai.%s.v1","time":"2025-10-01T01:00:00Z","data":{%s}}""".formatted(Json.text(Json.MAPPER.getNodeFactory().textNode(id)), kind, data);
        String token = Files.readString(directory.resolve(source + ".token")).strip();
        String answer = http.send(
                        HttpRequest.newBuilder(URI.create(server + "/api/v1/events"))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/cloudevents+json")
                                .POST(HttpRequest.BodyPublishers.ofString(event))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        assertTrue(answer.contains("\"committed\":1"), answer + event);
    }

    private long conflicts() throws Exception {
        URI ledger = URI.create(server + "/api/v1/ledger");
        return Json.MAPPER
                .readTree(http.send(
                                HttpRequest.newBuilder(ledger)
                                        .header("Authorization", "Bearer " + reader)
                                        .build(),
                                BodyHandlers.ofString())
                        .body())
                .path("total")
                .path("conflict")
                .asLong(-1);
    }

    @Test
    void aTokenThatIsNotGoodIsWrongUsage() throws Exception {
        Path token = file("bad.token", "no such token");
        Path file = file("any.csv", "Số phiếu,Trạng thái,Thời gian\nA1,Đã gọi,03/11/2025 08:00\n");

        int code = commands.run(
                "import",
                "tickets",
                file.toString(),
                "--url",
                server,
                "--source",
                "desk-19867",
                "--token-file",
                token.toString());

        assertEquals(2, code);
        assertTrue(commands.err().contains("--source: found desk-19867"), commands::err);
    }

    private int importing(String sheet, Path file, String source, String area) throws Exception {
        assertEquals(0, commands.run("device", "add", "--area", area, "--id", source, "--kind", "desk"), commands::err);
        Path token = file(source + ".token", commands.out());
        assertTrue(Files.exists(token));
        return again(sheet, file, source);
    }

    private int again(String sheet, Path file, String source) {
        String token = directory.resolve(source + ".token").toString();
        return commands.run(
                "import", sheet, file.toString(), "--url", server, "--source", source, "--token-file", token);
    }

    private List<JsonNode> events(String source) throws Exception {
        List<JsonNode> found = new ArrayList<>();
        String after = "";
        while (true) {
            URI page = URI.create(server + "/api/v1/events?limit=1000" + after);
            JsonNode answer = Json.MAPPER.readTree(http.send(
                            HttpRequest.newBuilder(page)
                                    .header("Authorization", "Bearer " + reader)
                                    .build(),
                            BodyHandlers.ofString())
                    .body());
            if (answer.path("events").isEmpty()) {
                return found;
            }
            answer.path("events").forEach(event -> {
                if (event.path("source").asText().equals("/sources/" + source)) {
                    found.add(event);
                }
            });
            after = "&after=" + answer.path("next").asText();
        }
    }

    private static List<String> numbers(String table) {
        return table.lines()
                .map(line -> line.replaceAll("^.*  +", "").replaceAll(":.*", ""))
                .toList();
    }

    private static Path refusals(Path file) {
        return Path.of(file + ".refused.csv");
    }

    private static Path file(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text);
    }
}
