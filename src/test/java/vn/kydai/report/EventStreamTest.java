package vn.kydai.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.kydai.access.Role;

@Timeout(60)
class EventStreamTest {
    private final ReportFixture report = new ReportFixture();

    EventStreamTest() throws IOException {}

    @AfterEach
    void close() {
        report.close();
    }

    @Test
    void aStreamGoesOnWithWhatComesAndResumesAfterTheLastOneSeen() throws Exception {
        report.reading(5, "wl-phu", "19894");
        report.reading(7, "wl-xuan", "19700");
        report.reading(9, "wl-phu", "19894");
        String reader = report.token(Role.READER, "477");

        List<String> ids;
        try (BufferedReader stream = open(report.http.request("/api/v1/events", reader))) {
            ids = new ArrayList<>(ids(stream, 2));
            report.reading(11, "wl-phu", "19894");
            ids.addAll(ids(stream, 1));
        }
        assertEquals(
                List.of("0:5", "0:9", "0:11"),
                ids.stream().map(EventStreamTest::decoded).toList());

        try (BufferedReader resumed =
                open(report.http.request("/api/v1/events", reader).header("Last-Event-ID", ids.get(0)))) {
            assertEquals(List.of(ids.get(1), ids.get(2)), ids(resumed, 2));
        }
    }

    @Test
    void aCallerThatOpensAllItMayLeavesRoomForOthersAndGetsRoomBack() throws Exception {
        String greedy = report.token(Role.READER, "477");
        String other = report.token(Role.READER, "46");
        List<BufferedReader> streams = new ArrayList<>();
        for (int opened = 0; opened < 50; opened++) {
            streams.add(open(report.http.request("/api/v1/events", greedy)));
        }

        HttpResponse<String> refused =
                report.http.send(report.http.request("/api/v1/events", greedy).header("Accept", "text/event-stream"));

        assertEquals(429, refused.statusCode());
        assertTrue(refused.headers().firstValue("Retry-After").isPresent());
        open(report.http.request("/api/v1/events", other)).close();
        for (BufferedReader stream : streams) {
            stream.close();
        }
        while (report.meters.get("kydai.report.streams").gauge().value() > 0) {
            Thread.onSpinWait();
        }
        open(report.http.request("/api/v1/events", greedy)).close();
    }

    @Test
    void aReaderThatNeverReadsHoldsNoMoreThanABatch() throws Exception {
        for (int position = 1; position <= 40_000; position++) {
            report.reading(position, "wl-phu", "19894");
        }
        String reader = report.token(Role.READER, "477");
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress("127.0.0.1", report.http.port()));
            socket.getOutputStream()
                    .write(
                            ("GET /api/v1/events HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nAuthorization: Bearer "
                                            + reader + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            assertEquals('H', socket.getInputStream().read());

            // Another reader is served meanwhile, whole and in order.
            try (BufferedReader stream = open(report.http.request("/api/v1/events", reader))) {
                List<String> ids = ids(stream, 10_000);
                assertEquals("0:10000", decoded(ids.get(ids.size() - 1)));
            }
        }
    }

    private BufferedReader open(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = report.http.client.send(
                request.header("Accept", "text/event-stream").build(), BodyHandlers.ofInputStream());
        assertEquals(200, response.statusCode());
        assertEquals(
                "text/event-stream",
                response.headers().firstValue("Content-Type").orElse(""));
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** Reads on until so many events have come. */
    private static List<String> ids(BufferedReader stream, int count) throws IOException {
        List<String> ids = new ArrayList<>();
        String id = "";
        while (ids.size() < count) {
            String line = stream.readLine();
            if (line == null) {
                throw new AssertionError("the stream ended after " + ids);
            }
            if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.startsWith("data: ")) {
                assertTrue(line.contains("\"specversion\":\"1.0\""), line);
                ids.add(id);
            }
        }
        return ids;
    }

    private static String decoded(String cursor) {
        return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII)
                .replaceAll(":[0-9a-f]{12}$", "");
    }
}
