package vn.kydai.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.ingest.RawMqtt.Packet;
import vn.kydai.journal.Submission;
import vn.kydai.journal.TestingMachine;
import vn.kydai.journal.Timekeeper;

/** The ways in while the server does not believe its clock: nothing right is acknowledged as rejected. */
class ClockInDoubtTest {
    private static final String TOPIC = "kydai/v1/19897/wl-1/reading";
    private static final Instant HEAD = TestingTown.NOW;
    private static final Instant TRUTH = HEAD.plus(Duration.ofMinutes(20));

    private final TestingMachine machine =
            new TestingMachine(HEAD.minus(Duration.ofHours(2)), HEAD.minus(Duration.ofDays(30)));
    private final Timekeeper time = Timekeeper.of(machine, Duration.ofMinutes(5));
    private TestingTown town = new TestingTown(TestingTown.settings(100, 20, 100), Duration.ofSeconds(5), time);

    ClockInDoubtTest() {
        time.begin(HEAD);
    }

    @AfterEach
    void close() {
        town.close();
    }

    private static String reading(String id, String time) {
        return "{\"id\":\"" + id + "\"" + time + ",\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\"}";
    }

    private static String at(Instant eventTime) {
        return ",\"time\":\"" + eventTime + "\"";
    }

    private HttpResponse<Buffer> post(String device, String time) {
        String body = "{\"specversion\":\"1.0\",\"type\":\"vn.kydai.reading.v1\",\"id\":\"r-1\"" + time
                + ",\"data\":{\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\"}}";
        return TestingTown.await(WebClient.create(town.vertx)
                .post(town.http.actualPort(), "127.0.0.1", "/api/v1/events")
                .putHeader("Authorization", "Bearer secret-" + device)
                .putHeader("Content-Type", "application/cloudevents+json")
                .sendBuffer(Buffer.buffer(body)));
    }

    private List<String> drafts() {
        return town.journal.drafts().stream().map(Submission.Draft::id).toList();
    }

    @ParameterizedTest
    @CsvSource({"4,1", "4,2", "5,1", "5,2"})
    void aMessageOfWhatMayBeTheFutureWaitsWithoutAnAnswerUntilTheClockIsMended(int version, int qos) {
        try (RawMqtt client = RawMqtt.signedIn(town.mqtt.port(), version, "wl-1")) {
            client.publish(qos, 7, TOPIC, reading("r-1", at(TRUTH)));
            client.ping();
            assertEquals(RawMqtt.PINGRESP, client.read().type());
            town.awaitGauge("kydai.ingest.clock.waiting", 1);

            machine.set(TRUTH);
            time.look();

            Packet answer = client.read();
            assertEquals(qos == 1 ? RawMqtt.PUBACK : RawMqtt.PUBREC, answer.type());
            assertEquals(List.of("r-1"), drafts());
            town.awaitGauge("kydai.ingest.clock.waiting", 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void aMessageOfThePastIsTakenMeanwhile(int version) {
        try (RawMqtt client = RawMqtt.signedIn(town.mqtt.port(), version, "wl-1")) {
            client.publish(1, 1, TOPIC, reading("waits", at(TRUTH)));
            client.publish(1, 2, TOPIC, reading("untimed", ""));
            client.publish(1, 3, TOPIC, reading("right", at(HEAD.plusSeconds(200))));

            Packet answer = client.read();

            assertEquals(3, answer.at(1));
            assertEquals(List.of("right"), drafts());
        }
    }

    @Test
    void whatIsOfTheFutureOnceTheClockIsMendedIsRejectedThen() {
        try (RawMqtt client = RawMqtt.signedIn(town.mqtt.port(), 5, "wl-1")) {
            client.publish(1, 7, TOPIC, reading("r-1", at(TRUTH.plus(Duration.ofDays(300)))));
            town.awaitGauge("kydai.ingest.clock.waiting", 1);

            machine.set(TRUTH);
            time.look();

            Packet answer = client.read();
            assertEquals(0x83, answer.at(2));
            assertTrue(answer.body().endsWith("future"), answer.body());
        }
    }

    @Test
    void whatWaitedForAConnectionThatIsGoneIsForgottenAndCounted() {
        try (RawMqtt client = RawMqtt.signedIn(town.mqtt.port(), 5, "wl-1")) {
            client.publish(1, 7, TOPIC, reading("r-1", at(TRUTH)));
            town.awaitGauge("kydai.ingest.clock.waiting", 1);
        }

        town.awaitGauge("kydai.ingest.clock.waiting", 0);

        TestingTown.awaitTrue("ledger", () -> town.journal.received() == town.journal.accounted());
        assertEquals(1, town.counted("kydai.ingest.refused", "cause", "clock"));
    }

    @Test
    void aPostOfWhatMayBeTheFutureIsToComeAgain() {
        HttpResponse<Buffer> early = post("wl-1", at(TRUTH));
        machine.set(TRUTH);
        time.look();

        HttpResponse<Buffer> again = post("wl-1", at(TRUTH));

        assertEquals(503, early.statusCode());
        assertEquals("5", early.getHeader("Retry-After"));
        assertEquals(200, again.statusCode());
        assertEquals(List.of("r-1"), drafts());
        assertEquals(town.journal.received(), town.journal.accounted());
    }

    @Test
    void aMonthsStopIsBelievedOnceTwoDevicesSendTheTimeOfTheClock() {
        Instant after = HEAD.plus(Duration.ofDays(30));
        machine.set(after);
        time.look();
        int first = post("wl-1", at(after.minusSeconds(3))).statusCode();

        int second = post("gw-1", ",\"source\":\"/sources/gauge-1\"" + at(after.minusSeconds(2)))
                .statusCode();

        assertEquals(503, first);
        assertEquals(200, second);
        assertEquals(200, post("wl-1", at(after.minusSeconds(3))).statusCode());
    }
}
