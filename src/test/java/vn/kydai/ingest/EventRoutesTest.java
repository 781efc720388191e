package vn.kydai.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.config.Settings;
import vn.kydai.registry.Sources.SourceKind;

class EventRoutesTest {
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String DATA = "{\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\"}";

    private TestingTown town = TestingTown.open();

    @AfterEach
    void close() {
        town.close();
    }

    private static String event(String id, String more) {
        return "{\"specversion\":\"1.0\",\"type\":\"vn.kydai.reading.v1\",\"id\":\"" + id + "\"" + more + ",\"data\":"
                + DATA + "}";
    }

    private static String batch(int events) {
        return IntStream.range(0, events).mapToObj(i -> event("r-" + i, "")).collect(Collectors.joining(",", "[", "]"));
    }

    private HttpRequest<Buffer> request(String device, String contentType) {
        return WebClient.create(town.vertx)
                .post(town.http.actualPort(), "127.0.0.1", "/api/v1/events")
                .putHeader("Authorization", "Bearer secret-" + device)
                .putHeader("Content-Type", contentType);
    }

    private HttpResponse<Buffer> post(String device, String contentType, String body) {
        return TestingTown.await(request(device, contentType).sendBuffer(Buffer.buffer(body)));
    }

    private static JsonNode json(HttpResponse<Buffer> response) {
        assertEquals(200, response.statusCode(), response::bodyAsString);
        return TestingRegistry.json(String.valueOf(response.bodyAsString()));
    }

    @Test
    void answersAStructuredEventAfterItsCommit() {
        town.journal.hold();
        Future<HttpResponse<Buffer>> answer =
                request("wl-1", STRUCTURED + "; charset=utf-8").sendBuffer(Buffer.buffer(event("r-1", "")));
        while (town.journal.received() == 0) {
            Thread.onSpinWait();
        }
        assertFalse(answer.isComplete());
        town.journal.release();
        assertEquals(
                TestingRegistry.json("{\"committed\":1,\"duplicate\":0,\"rejected\":[]}"),
                json(TestingTown.await(answer)));
    }

    @Test
    void answersABatchByIndex() {
        String body = "[" + event("r-1", "") + "," + event("r-1", "") + ",5,"
                + event("r-2", "").replace("\"value\":1", "\"value\":\"0.628|0.614\"") + ","
                + event("r-3", ",\"area\":\"477\"") + "," + event("r-4", ",\"citizen\":\"A\"") + ","
                + event("r-5", ",\"subject\":\"" + "x".repeat(65_536) + "\"") + "]";
        JsonNode answer = json(post("wl-1", BATCH, body));
        assertEquals(1, answer.get("committed").intValue());
        assertEquals(1, answer.get("duplicate").intValue());
        assertEquals(TestingRegistry.json("""
            [{"index":2,"reason":"malformed","detail":"5 is not a CloudEvent"},
             {"index":3,"reason":"schema","detail":"/data/value: \\"0.628|0.614\\" is not a number"},
             {"index":4,"reason":"source_mismatch","detail":"/area: \\"477\\" never was the area of the source"}]\
            """), firstThree(answer.get("rejected")));
        assertEquals("unknown_field", answer.at("/rejected/3/reason").textValue());
        assertEquals("too_large", answer.at("/rejected/4/reason").textValue());
        assertEquals(7, town.journal.counts("wl-1").received);
        assertEquals(town.journal.received(), town.journal.accounted());
    }

    private static JsonNode firstThree(JsonNode rejected) {
        return TestingRegistry.json("[" + rejected.get(0) + "," + rejected.get(1) + "," + rejected.get(2) + "]");
    }

    @Test
    void takesABinaryEvent() {
        HttpResponse<Buffer> response = TestingTown.await(request("wl-1", "application/json")
                .putHeader("ce-specversion", "1.0")
                .putHeader("ce-type", "vn.kydai.reading.v1")
                .putHeader("ce-source", "/sources/wl-1")
                .putHeader("ce-id", "r%2D1")
                .putHeader("ce-time", "2026-11-24T14:00:00+07:00")
                .sendBuffer(Buffer.buffer(DATA)));
        assertEquals(1, json(response).get("committed").intValue());
        assertEquals("r-1", town.journal.drafts().getFirst().id());
    }

    @Test
    void answersAnEmptyBatch() {
        assertEquals(0, json(post("wl-1", BATCH, "[]")).get("committed").intValue());
    }

    @Test
    void letsAGatewayPostForTheSourcesBehindIt() {
        town.newerRegistry.set(TestingRegistry.with(TestingRegistry.source("new-1", SourceKind.SENSOR, "gw-1", false)));
        String body = "[" + event("a", ",\"source\":\"/sources/gauge-1\"") + ","
                + event("a", ",\"source\":\"/sources/new-1\"") + "," + event("a", ",\"source\":\"/sources/wl-1\"")
                + "]";
        JsonNode answer = json(post("gw-1", BATCH, body));
        assertEquals(2, answer.get("committed").intValue());
        assertEquals("source_mismatch", answer.at("/rejected/0/reason").textValue());
        assertEquals(1, town.journal.counts("new-1").received);
        assertEquals(1, town.journal.counts("gw-1").received);
        assertEquals(1, town.refreshes.get());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "400|application/cloudevents+json|{",
                "400|application/cloudevents+json|{\"metric\":\"rain\"}",
                "400|application/cloudevents+json|[]",
                "400|application/cloudevents-batch+json|{}",
                "400|application/cloudevents-batch+json|[{}",
                "400|application/cloudevents-batch+json|[] []",
                "400|application/json|{}",
                "415|application/xml|<a/>",
                "415|text/plain|{}",
                "415|application/cloudevents+json; charset=utf-16|{}",
            })
    void refusesWhatIsNoCloudEvent(int status, String contentType, String body) {
        HttpResponse<Buffer> response = post("wl-1", contentType, body);
        assertEquals(status, response.statusCode(), response::bodyAsString);
        assertEquals(0, town.journal.received());
        assertEquals(1, town.counted("kydai.ingest.http.problems", "status", Integer.toString(status)));
    }

    @Test
    void refusesACompressedBody() {
        HttpResponse<Buffer> response = TestingTown.await(request("wl-1", STRUCTURED)
                .putHeader("Content-Encoding", "gzip")
                .sendBuffer(Buffer.buffer("x")));
        assertEquals(415, response.statusCode());
    }

    @Test
    void refusesWhoIsNotSignedInAsADevice() {
        HttpResponse<Buffer> response = TestingTown.await(request("wl-1", STRUCTURED)
                .putHeader("Authorization", "Bearer wrong")
                .sendBuffer(Buffer.buffer(event("r-1", ""))));
        assertEquals(401, response.statusCode());
    }

    @Test
    void refusesTooLargeABodyAndTooManyEvents() {
        assertEquals(413, post("wl-1", BATCH, "[" + " ".repeat(4_194_304) + "]").statusCode());
        assertEquals(413, post("wl-1", BATCH, batch(5_001)).statusCode());
        assertEquals(0, town.journal.received());
        assertEquals(
                5_000, json(post("wl-1", BATCH, batch(5_000))).get("committed").intValue());
    }

    @Test
    void refusesWhileTheDatabaseDoesNotAnswer() {
        town.journal.writable(false);
        HttpResponse<Buffer> response = post("wl-1", STRUCTURED, event("r-1", ""));
        assertEquals("503 5", response.statusCode() + " " + response.getHeader("Retry-After"));
        assertEquals(0, town.journal.received());
    }

    @Test
    void answers503WhenTheCommitDoesNotComeAndRecognisesTheRepeat() {
        town.close();
        town = new TestingTown(TestingTown.settings(10, 10, 10), Duration.ofMillis(200));
        town.journal.hold();
        HttpResponse<Buffer> late = post("wl-1", STRUCTURED, event("r-1", ""));
        assertEquals("503 5", late.statusCode() + " " + late.getHeader("Retry-After"));
        town.journal.release();
        assertEquals(
                1,
                json(post("wl-1", STRUCTURED, event("r-1", "")))
                        .get("duplicate")
                        .intValue());
    }

    @Test
    void answers503WhenTheQueueFillsInTheMiddleOfABatch() {
        town.journal.room(2);
        HttpResponse<Buffer> response = post("wl-1", BATCH, batch(5));
        assertEquals("503 5", response.statusCode() + " " + response.getHeader("Retry-After"));
        assertEquals(2, town.journal.drafts().size());
        assertEquals(5, town.journal.counts("wl-1").received);
        assertEquals(3, town.journal.counts("wl-1").refused);
    }

    @Test
    void answers429AboveTheBoundOfWaitingRequests() {
        town.close();
        town = new TestingTown(TestingTown.settings(10, 10, 1), Duration.ofSeconds(5));
        town.journal.hold();
        Future<HttpResponse<Buffer>> first = request("wl-1", STRUCTURED).sendBuffer(Buffer.buffer(event("r-1", "")));
        while (town.journal.received() == 0) {
            Thread.onSpinWait();
        }
        HttpResponse<Buffer> second = post("wl-1", STRUCTURED, event("r-2", ""));
        assertEquals("429 5", second.statusCode() + " " + second.getHeader("Retry-After"));
        town.journal.release();
        assertEquals(1, json(TestingTown.await(first)).get("committed").intValue());
        assertEquals(
                1,
                json(post("wl-1", STRUCTURED, event("r-2", "")))
                        .get("committed")
                        .intValue());
    }

    @Test
    void timesABodyOutThatNeverEnds() throws IOException {
        town.close();
        town = new TestingTown(TestingTown.settings(10, 10, 10), Duration.ofMillis(200));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), town.http.actualPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("POST /api/v1/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer secret-wl-1\r\n"
                                    + "Content-Type: " + STRUCTURED + "\r\nContent-Length: 100\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
        }
    }

    @Test
    void namesTheHeaderThatHoldsBytesBeyondAsciiOrIsThereTwice() {
        HttpRequest<Buffer> raw = request("wl-1", "application/json")
                .putHeader("ce-specversion", "1.0")
                .putHeader("ce-type", "vn.kydai.reading.v1")
                .putHeader("ce-id", "\u00c4\u0091o-1");
        HttpRequest<Buffer> twice = request("wl-1", "application/json")
                .putHeader("ce-specversion", "1.0")
                .putHeader("ce-type", "vn.kydai.reading.v1")
                .putHeader("ce-id", List.of("r-1", "r-2"));

        List<JsonNode> rejected = Stream.of(raw, twice)
                .map(one -> json(TestingTown.await(one.sendBuffer(Buffer.buffer(DATA))))
                        .at("/rejected/0"))
                .toList();

        for (JsonNode one : rejected) {
            assertEquals("malformed", one.path("reason").asText());
            assertTrue(one.path("detail").asText().startsWith("header ce-id:"), one.toString());
        }
        assertEquals(0, town.journal.drafts().size());
    }

    @Test
    void tellsWhichDuplicatesSaySomethingElse() {
        HttpResponse<Buffer> first = post("wl-1", BATCH, batch(3));
        assertEquals(3, json(first).path("committed").asInt());

        JsonNode again = json(post("wl-1", BATCH, batch(3).replaceFirst("\"value\":1", "\"value\":2")));

        assertEquals(3, again.path("duplicate").asInt());
        assertEquals(1, again.path("conflicts").size());
        assertEquals(0, again.at("/conflicts/0/index").asInt());
    }

    @Test
    void letsOneSourceHoldOnlyItsShareOfTheWaitingRequestsAndAnotherIsServed() {
        town.journal.hold();
        List<Future<HttpResponse<Buffer>>> waiting = IntStream.range(0, 26)
                .mapToObj(i -> request("wl-1", STRUCTURED).sendBuffer(Buffer.buffer(event("r-" + i, ""))))
                .toList();
        TestingTown.awaitTrue("told", () -> waiting.stream().anyMatch(Future::succeeded));
        Future<HttpResponse<Buffer>> other = request("desk-1", STRUCTURED).sendBuffer(Buffer.buffer(event("d-1", "")));

        TestingTown.awaitTrue("both received", () -> town.journal.counts("desk-1").received == 1);
        town.journal.release();

        assertEquals(200, TestingTown.await(other).statusCode());
        assertEquals(
                List.of(429),
                waiting.stream()
                        .map(one -> TestingTown.await(one).statusCode())
                        .filter(status -> status != 200)
                        .toList());
    }

    @Test
    void holdsNoMoreBytesOfBodiesThanItMayAndTakesThemAgainOnceAnswered() {
        town.close();
        Settings.Ingest plain = TestingTown.settings(100, 20, 100);
        town = new TestingTown(
                new Settings.Ingest(
                        plain.clockSkewSeconds(),
                        plain.maxEventBytes(),
                        plain.sharePercent(),
                        plain.mqtt(),
                        new Settings.HttpIngest(4_194_304, 5_000, 100, 4_000)),
                Duration.ofSeconds(5));
        town.journal.hold();
        Future<HttpResponse<Buffer>> held = request("wl-1", BATCH).sendBuffer(Buffer.buffer(batch(20)));
        TestingTown.awaitTrue("held", () -> town.journal.counts("wl-1").received == 20);

        HttpResponse<Buffer> refused = post("desk-1", BATCH, batch(20));

        assertEquals(429, refused.statusCode());
        assertEquals("5", refused.getHeader("Retry-After"));
        town.journal.release();
        assertEquals(200, TestingTown.await(held).statusCode());
        town.awaitGauge("kydai.ingest.http.held", 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"specversion\":\"1.0\",\"id\":\"x\",\"data\":{\"value\":NaN}}",
                "{\"specversion\":\"1.0\",\"id\":\"x\",\"data\":{\"value\":01}}",
                "{\"specversion\":\"1.0\",\"id\":\"x\",\"id\":\"y\"}",
                "{\"id\":\"a ] } , \\\" [\",}",
                "",
            })
    void takesTheRestOfABatchOfWhichOneElementIsNoJson(String odd) {
        String body = "[" + event("r-1", "") + "," + odd + "," + event("r-2", "") + "]";

        JsonNode answer = json(post("wl-1", BATCH, body));

        assertEquals(2, answer.path("committed").asInt());
        assertEquals(1, answer.at("/rejected/0/index").asInt());
        assertEquals("malformed", answer.at("/rejected/0/reason").asText());
    }

    @Test
    void anEventWithThousandsOfErrorsIsRejectedForTheFirstOfThem() {
        String names =
                IntStream.range(0, 8_000).mapToObj(i -> ",\"f" + i + "\":1").collect(Collectors.joining());
        String unknown = event("many", "").replace("\"value\":1", "\"value\":1" + names.substring(0, 60_000));

        JsonNode answer = json(post("wl-1", BATCH, "[" + cut(unknown) + "," + event("r-1", "") + "]"));

        assertEquals("unknown_field", answer.at("/rejected/0/reason").textValue());
        String detail = answer.at("/rejected/0/detail").textValue();
        assertTrue(detail.contains("f0, f1") && detail.contains(" more; allowed are"), detail);
        assertTrue(detail.length() < 1_000, detail);
        assertEquals(1, answer.get("committed").intValue());
    }

    /** Cuts the list of fields behind the last whole one. */
    private static String cut(String event) {
        int end = event.indexOf(",\"unit\"");
        return event.substring(0, event.lastIndexOf(',', end - 1)) + event.substring(end);
    }

    @Test
    void aBatchThatIsReadBesideTheLoopIsAnsweredInItsOrder() {
        String body = batch(2_999).replace("]", "," + event("bad", "").replace("rain", "nothing") + "]");

        JsonNode answer = json(post("wl-1", BATCH, body));

        assertEquals(2_999, answer.get("committed").intValue());
        assertEquals(2_999, answer.at("/rejected/0/index").intValue());
        assertEquals("r-0", town.journal.drafts().getFirst().id());
        assertEquals("r-2998", town.journal.drafts().getLast().id());
        assertEquals(town.journal.received(), town.journal.accounted());
    }
}
