package vn.kydai.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.event.Reason;
import vn.kydai.ingest.RawMqtt.Packet;
import vn.kydai.journal.Submission;
import vn.kydai.registry.Sources.Registration;
import vn.kydai.registry.Sources.SourceKind;

class MqttVerticleTest {
    private static final String TOPIC = "kydai/v1/19897/wl-1/reading";

    private final TestingTown town = TestingTown.open();

    @AfterEach
    void close() {
        town.close();
    }

    private RawMqtt signedIn(int version, String device) {
        return RawMqtt.signedIn(town.mqtt.port(), version, device);
    }

    private static String reading(String id) {
        return "{\"id\":\"" + id + "\",\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\"}";
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void acknowledgesQos1OnlyAfterTheCommitAndServesKeepAliveMeanwhile(int version) {
        town.journal.hold();
        try (RawMqtt client = signedIn(version, "wl-1")) {
            client.publish(1, 7, TOPIC, reading("r-1"));
            client.ping();
            assertEquals(RawMqtt.PINGRESP, client.read().type());
            town.journal.release();
            Packet answer = client.read();
            assertEquals(RawMqtt.PUBACK, answer.type());
            assertEquals(7, answer.at(1));
            assertEquals("r-1", town.journal.drafts().getFirst().id());
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "wl-1/reading|{\"id\":\"a\",\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\"}|0x00|",
                "wl-1/reading|no json|0x99|malformed",
                "wl-1/reading|{}|0x99|schema",
                "wl-1/reading|{\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\",\"x\":1}|0x99|unknown_field",
                "wl-1/reading|{\"metric\":\"snow\",\"value\":1,\"unit\":\"mm\"}|0x83|unknown_metric",
                "wl-1/reading|{\"time\":\"2027-01-01T00:00:00Z\",\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\"}|0x83|future",
                "wl-1/reading|{\"specversion\":\"1.0\",\"type\":\"vn.kydai.ticket.v1\"}|0x83|type_mismatch",
                "wl-1/reading|{\"specversion\":\"1.0\",\"type\":\"vn.kydai.reading.v1\",\"source\":\"/sources/x\"}"
                        + "|0x83|source_mismatch",
                "wl-1/alarm|{}|0x83|type_mismatch",
                "gauge-1/reading|{}|0x87|foreign",
            })
    void tellsVersion5TheReasonAndLetsTheQueueGoOn(String topic, String payload, String code, String reason) {
        try (RawMqtt client = signedIn(5, "wl-1")) {
            client.publish(1, 1, "kydai/v1/19897/" + topic, payload);
            Packet puback = client.read();
            client.publish(2, 2, "kydai/v1/19897/" + topic, payload);
            Packet pubrec = client.read();

            assertEquals(List.of(RawMqtt.PUBACK, RawMqtt.PUBREC), List.of(puback.type(), pubrec.type()));
            for (Packet answer : List.of(puback, pubrec)) {
                assertEquals(Integer.decode(code), answer.at(2));
                assertTrue(answer.body().endsWith(reason == null ? "" : reason), answer.body());
            }
        }
    }

    @Test
    void acknowledgesATooLargeEventWithItsReasonAndClosesOnATooLargePacket() {
        try (RawMqtt client = signedIn(5, "wl-1")) {
            client.publish(1, 1, TOPIC, "x".repeat(65_537));
            assertEquals(0x83, client.read().at(2));
            // Its beginning announces the length; the rest would race with the server closing the socket.
            byte[] tooLarge = client.publishPacket(1, 2, TOPIC, new byte[200_000]);
            client.send(Arrays.copyOf(tooLarge, 1_024));
            Packet goodbye = client.read();
            assertEquals(RawMqtt.DISCONNECT, goodbye.type());
            assertEquals(0x95, goodbye.at(0));
            assertEquals(1, town.counted("kydai.ingest.mqtt.closed", "cause", "too_large"));
        }
    }

    @Test
    void acknowledgesARejectionPlainlyInVersion3() {
        try (RawMqtt client = signedIn(4, "wl-1")) {
            client.publish(1, 1, TOPIC, "{}");
            assertEquals(new Packet(RawMqtt.PUBACK, "\u0000\u0001"), client.read());
            client.publish(2, 2, TOPIC, "{}");
            assertEquals(new Packet(RawMqtt.PUBREC, "\u0000\u0002"), client.read());
            client.release(2);
            assertEquals(RawMqtt.PUBCOMP, client.read().type());
            assertEquals(2, town.journal.letters().size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void takesAQos2MessageExactlyOnce(int version) {
        try (RawMqtt client = signedIn(version, "wl-1")) {
            String unidentified = "{\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\"}";
            client.publish(2, 9, TOPIC, unidentified);
            assertEquals(RawMqtt.PUBREC, client.read().type());
            client.publish(2, 9, TOPIC, unidentified);
            assertEquals(RawMqtt.PUBREC, client.read().type());
            client.release(9);
            assertEquals(RawMqtt.PUBCOMP, client.read().type());
            assertEquals(1, town.journal.drafts().size());
            assertEquals(1, town.journal.received());

            client.publish(2, 9, TOPIC, unidentified);
            assertEquals(RawMqtt.PUBREC, client.read().type());
            assertEquals(2, town.journal.drafts().size());
        }
    }

    @Test
    void takesQos0WithoutAnAnswerAndCountsIt() throws InterruptedException {
        try (RawMqtt client = signedIn(4, "wl-1")) {
            client.publish(0, 0, TOPIC, reading("r-1"));
            client.publish(0, 0, "kydai/v1/19897/wl-9/reading", reading("r-2"));
            client.ping();
            assertEquals(RawMqtt.PINGRESP, client.read().type());
            assertEquals(2, town.journal.awaitTaken(2).size());
            assertEquals(1, town.journal.drafts().size());
            assertEquals(2, town.journal.counts("wl-1").qos0);
            assertEquals(List.of(Reason.FOREIGN), reasons());
        }
    }

    private List<Reason> reasons() {
        return town.journal.letters().stream()
                .map(Submission.DeadLetter::reason)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void refusesAloudWhatComesAboveTheReceiveMaximum(int qos) throws InterruptedException {
        town.journal.hold();
        int version = 5;
        try (RawMqtt client = signedIn(version, "wl-1")) {
            for (int id = 1; id <= 21; id++) {
                client.publish(qos, id, TOPIC, reading("r-" + id));
            }
            assertGoodbye(client, version, 0x93);
            assertEquals(1, town.journal.counts("wl-1").refused);
            town.journal.release();
            assertEquals(20, town.journal.awaitTaken(20).size());
            assertEquals(town.journal.received(), town.journal.accounted());
        }
    }

    private static void assertGoodbye(RawMqtt client, int version, int code) {
        Packet goodbye = client.read();
        if (version == 5) {
            assertEquals(RawMqtt.DISCONNECT, goodbye.type());
            assertEquals(code, goodbye.at(0));
            goodbye = client.read();
        }
        assertEquals(Packet.CLOSED, goodbye);
    }

    @Test
    void tellsVersion5ThatTheJournalHasNoRoom() {
        town.journal.room(0);
        try (RawMqtt client = signedIn(5, "wl-1")) {
            client.publish(1, 1, TOPIC, reading("r-1"));
            assertGoodbye(client, 5, 0x97);
            assertEquals(1, town.journal.counts("wl-1").refused);
        }
    }

    @Test
    void closesWithoutAnAcknowledgementWhenTheJournalCloses() {
        try (RawMqtt client = signedIn(5, "wl-1")) {
            town.journal.fail(true);
            client.publish(1, 1, TOPIC, reading("r-1"));
            assertGoodbye(client, 5, 0x8b);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kydai/v1/19897/desk-1/reading",
                "kydai/v1/477/wl-1/reading",
                "kydai/v1/19897/wl-1",
                "kydai/v2/19897/wl-1/reading",
                "x",
            })
    void acknowledgesAForeignTopicOfVersion3AndTakesTheTenBehindIt(String topic) throws InterruptedException {
        try (RawMqtt client = signedIn(4, "wl-1")) {
            client.publish(1, 1, topic, reading("r-1"));
            for (int id = 2; id <= 11; id++) {
                client.publish(1, id, TOPIC, reading("r-" + id));
            }
            for (int id = 1; id <= 11; id++) {
                assertEquals(new Packet(RawMqtt.PUBACK, "\u0000" + (char) id), client.read());
            }
            assertEquals(List.of(Reason.FOREIGN), reasons());
            assertTrue(town.journal.letters().getFirst().detail().contains(topic));
            assertEquals(10, town.journal.drafts().size());
        }
    }

    @Test
    void letsAGatewaySpeakForTheSourcesBehindIt() {
        try (RawMqtt client = signedIn(5, "gw-1")) {
            client.publish(1, 1, "kydai/v1/19897/gauge-1/reading", reading("r-1"));
            assertEquals(0x00, client.read().at(2));
            client.publish(1, 2, TOPIC, reading("r-1"));
            assertEquals(0x87, client.read().at(2));
            assertEquals("gauge-1", town.journal.drafts().getFirst().source());
            assertEquals(1, town.journal.counts("gauge-1").received);
            assertEquals(List.of(Reason.FOREIGN), reasons());
        }
    }

    @Test
    void asksOnceForANewerRegistryBeforeItRefusesAnUnknownSource() {
        town.newerRegistry.set(TestingRegistry.with(TestingRegistry.source("new-1", SourceKind.SENSOR, "gw-1", false)));
        try (RawMqtt client = signedIn(5, "gw-1")) {
            client.publish(1, 1, "kydai/v1/19897/new-1/reading", reading("r-1"));
            assertEquals(0x00, client.read().at(2));
            for (int id = 2; id <= 11; id++) {
                client.publish(1, id, "kydai/v1/19897/no-" + id + "/reading", reading("r-1"));
            }
            for (int id = 2; id <= 11; id++) {
                assertEquals(0x87, client.read().at(2));
            }
            assertEquals(2, town.refreshes.get());
        }
    }

    @ParameterizedTest
    @CsvSource({"4,wl-1,wrong,4", "5,wl-1,wrong,0x86", "4,'','',5", "5,'','',0x87"})
    void refusesWhoCannotSignIn(int version, String user, String password, String code) {
        try (RawMqtt client = new RawMqtt(town.mqtt.port(), version)) {
            client.connect("c", user, password);
            Packet answer = client.read();
            assertEquals(RawMqtt.CONNACK, answer.type());
            assertEquals(Integer.decode(code), answer.at(1));
            assertEquals(Packet.CLOSED, client.read());
            town.awaitGauge("kydai.ingest.mqtt.connections", 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"4,3", "5,0x88"})
    void saysWhenNobodyCanBeSignedInNow(int version, String code) {
        town.signIn.set((id, token) -> Future.failedFuture("database gone"));
        try (RawMqtt client = new RawMqtt(town.mqtt.port(), version)) {
            client.connect("c", "wl-1", "secret-wl-1");
            assertEquals(Integer.decode(code), client.read().at(1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void closesAConnectionWhoseTokenIsGoodNoMore(int version) {
        try (RawMqtt client = signedIn(version, "wl-1")) {
            town.signIn.set((id, token) -> Future.succeededFuture(Optional.empty()));

            if (version == 5) {
                assertEquals(0x87, client.read().at(0));
            }
            assertEquals(Packet.CLOSED, client.read());
            assertEquals(1, town.counted("kydai.ingest.mqtt.closed", "cause", "revoked"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void closesTheConnectionOfADeviceThatBelongsToAnotherAreaNow(int version) {
        try (RawMqtt client = signedIn(version, "wl-1")) {
            town.registry.set(TestingRegistry.withMoved("wl-1", new Registration("19867", null)));

            if (version == 5) {
                assertEquals(0x98, client.read().at(0));
            }
            assertEquals(Packet.CLOSED, client.read());
            assertEquals(1, town.counted("kydai.ingest.mqtt.closed", "cause", "moved"));
        }
    }

    @Test
    void keepsAConnectionWhileNobodyCanTellWhetherItsTokenIsGood() {
        AtomicInteger asked = new AtomicInteger();
        try (RawMqtt client = signedIn(5, "wl-1")) {
            town.signIn.set((id, token) -> {
                asked.incrementAndGet();
                return Future.failedFuture("database gone");
            });
            TestingTown.awaitTrue("asked", () -> asked.get() > 1);

            client.ping();

            assertEquals(RawMqtt.PINGRESP, client.read().type());
        }
    }

    @ParameterizedTest
    @CsvSource({"4,3", "5,0x89"})
    void refusesConnectionsAboveTheBound(int version, String code) {
        try (TestingTown small = new TestingTown(TestingTown.settings(1, 20, 10), Duration.ofSeconds(5));
                RawMqtt first = RawMqtt.signedIn(small.mqtt.port(), version, "wl-1");
                RawMqtt second = new RawMqtt(small.mqtt.port(), version)) {
            second.connect("c", "desk-1", "secret-desk-1");
            assertEquals(Integer.decode(code), second.read().at(1));
            assertEquals(1, small.counted("kydai.ingest.mqtt.closed", "cause", "connections"));
            first.ping();
            assertEquals(RawMqtt.PINGRESP, first.read().type());
        }
    }

    @Test
    void letsAClientTakeOverItsOlderConnectionAndNoOtherDevices() {
        try (RawMqtt older = signedIn(5, "wl-1");
                RawMqtt other = signedIn(5, "desk-1");
                RawMqtt newer = signedIn(5, "wl-1")) {
            assertGoodbye(older, 5, 0x8e);
            other.ping();
            assertEquals(RawMqtt.PINGRESP, other.read().type());
            newer.ping();
            assertEquals(RawMqtt.PINGRESP, newer.read().type());
        }
    }

    @ParameterizedTest
    @CsvSource({"4,0x80", "5,0x87"})
    void grantsOnlyWhatADeviceMayHear(int version, String failure) {
        try (RawMqtt client = signedIn(version, "wl-1")) {
            client.subscribe(
                    1, "kydai/v1/19867/alarm", "kydai/v1/19897/figure/#", "kydai/v1/477/alarm", "#", "$share/a/b");
            Packet answer = client.read();
            assertEquals(RawMqtt.SUBACK, answer.type());
            int bad = Integer.decode(failure);
            byte[] codes = {1, 1, (byte) bad, (byte) bad, (byte) bad};
            byte[] body = answer.body().getBytes(StandardCharsets.ISO_8859_1);
            assertEquals(
                    Arrays.toString(codes), Arrays.toString(Arrays.copyOfRange(body, body.length - 5, body.length)));
        }
    }

    @Test
    void explainsNothingToAClientThatAsksForNoExplanations() {
        try (RawMqtt client = new RawMqtt(town.mqtt.port(), 5)) {
            client.send(client.connectPacket("c", "wl-1", "secret-wl-1", new byte[] {0x17, 0}));
            assertEquals(0, client.read().at(1));
            client.publish(1, 1, TOPIC, "{}");
            client.publish(2, 2, TOPIC, "{}");
            for (int i = 0; i < 2; i++) {
                Packet answer = client.read();
                assertEquals(0x99, answer.at(2));
                assertFalse(answer.body().contains("schema"));
            }
        }
    }

    @Test
    void closesOnATopicAliasItDidNotOffer() {
        try (RawMqtt client = signedIn(5, "wl-1")) {
            byte[] body =
                    new RawMqtt.Bytes().text("").octet(3).octet(0x23).uint16(1).bytes();
            client.send(RawMqtt.packet(0x30, body));
            assertGoodbye(client, 5, 0x94);
        }
    }
}
