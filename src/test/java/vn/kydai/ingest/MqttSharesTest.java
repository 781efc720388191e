package vn.kydai.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.config.Settings;
import vn.kydai.ingest.RawMqtt.Packet;

/** What one MQTT client may take, and that it is slowed or told, and nobody else disturbed. */
class MqttSharesTest {
    private static final String TOPIC = "kydai/v1/19897/wl-1/reading";
    private static final int FLUSHED = 3_000;

    private final TestingTown town = TestingTown.open();

    @AfterEach
    void close() {
        town.close();
    }

    private static String reading(int id) {
        return "{\"id\":\"r-" + id + "\",\"metric\":\"rain\",\"value\":1,\"unit\":\"mm\"}";
    }

    /** All messages of a device that was off for a while, as one write. */
    private static byte[] flush(RawMqtt client, int qos, int count) {
        RawMqtt.Bytes all = new RawMqtt.Bytes();
        for (int id = 1; id <= count; id++) {
            all = all.raw(client.publishPacket(qos, id, TOPIC, reading(id).getBytes(StandardCharsets.UTF_8)));
        }
        return all.bytes();
    }

    private static List<Integer> acknowledged(RawMqtt client, int type, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    Packet answer = client.read();
                    assertEquals(type, answer.type());
                    return answer.at(0) << 8 | answer.at(1);
                })
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"1,4", "2,5"})
    void acknowledgesEachOf3000StoredMessagesThatADeviceOfVersion3FlushesAtOnce(int qos, int answer) {
        try (RawMqtt client = RawMqtt.signedIn(town.mqtt.port(), 4, "wl-1")) {
            byte[] all = flush(client, qos, FLUSHED);

            client.send(all);

            assertEquals(FLUSHED, new TreeSet<>(acknowledged(client, answer, FLUSHED)).size());
            assertEquals(FLUSHED, town.journal.drafts().size());
            assertEquals(0, town.journal.counts("wl-1").refused);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void readsNoFurtherThanItsWindowAndLosesNothingWithoutPromiseEither(int version) throws InterruptedException {
        town.journal.hold();
        try (RawMqtt client = RawMqtt.signedIn(town.mqtt.port(), version, "wl-1")) {
            client.send(flush(client, 0, 200));
            TestingTown.awaitTrue("read", () -> town.journal.counts("wl-1").received >= 20);
            assertEquals(20, town.journal.received());

            town.journal.release();

            assertEquals(200, town.journal.awaitTaken(200).size());
        }
    }

    @Test
    void waitsForTheJournalsRoomInsteadOfClosingVersion3() {
        town.journal.room(0);
        try (RawMqtt client = RawMqtt.signedIn(town.mqtt.port(), 4, "wl-1")) {
            client.send(flush(client, 1, 50));
            TestingTown.awaitTrue("read", () -> town.journal.counts("wl-1").received > 0);

            town.journal.room(Integer.MAX_VALUE);

            assertEquals(IntStream.rangeClosed(1, 50).boxed().toList(), acknowledged(client, RawMqtt.PUBACK, 50));
        }
    }

    @Test
    void countsAsRefusedWhatStillWaitsForRoomWhenItsConnectionEnds() {
        town.journal.room(0);
        try (RawMqtt client = RawMqtt.signedIn(town.mqtt.port(), 4, "wl-1")) {
            client.publish(1, 1, TOPIC, reading(1));
            TestingTown.awaitTrue("read", () -> town.journal.counts("wl-1").received > 0);
        }
        try (RawMqtt successor = RawMqtt.signedIn(town.mqtt.port(), 4, "wl-1")) {
            TestingTown.awaitTrue("refused", () -> town.journal.counts("wl-1").refused == 1);
            successor.ping();
            assertEquals(RawMqtt.PINGRESP, successor.read().type());
            assertEquals(town.journal.received(), town.journal.accounted());
        }
    }

    @Test
    void takesAllThatAClientSendsBeforeItsConnackHoweverMuch() {
        try (RawMqtt client = new RawMqtt(town.mqtt.port(), 4)) {
            byte[] connect = client.connectPacket("c", "wl-1", "secret-wl-1", new byte[0]);
            client.send(
                    new RawMqtt.Bytes().raw(connect).raw(flush(client, 1, 500)).bytes());

            assertEquals(RawMqtt.CONNACK, client.read().type());
            assertEquals(500, acknowledged(client, RawMqtt.PUBACK, 500).size());
        }
    }

    @Test
    void keepsNoMoreThanAConnectOfWhoHasNotSignedIn() {
        try (RawMqtt client = new RawMqtt(town.mqtt.port(), 4)) {
            byte[] endless = client.connectPacket("c", "u".repeat(60_000), "p", new byte[0]);

            client.send(java.util.Arrays.copyOf(endless, 20_000));

            assertEquals(Packet.CLOSED, client.read());
            assertEquals(1, town.counted("kydai.ingest.mqtt.closed", "cause", "too_large"));
        }
    }

    private static Settings.Ingest settings(int maxConnections, int perSource, int keepAliveSeconds) {
        Settings.Ingest plain = TestingTown.settings(maxConnections, 20, 10);
        return new Settings.Ingest(
                plain.clockSkewSeconds(),
                plain.maxEventBytes(),
                plain.sharePercent(),
                new Settings.Mqtt(
                        "embedded", "127.0.0.1", 0, 0, "", "", 0, maxConnections, perSource, 20, keepAliveSeconds),
                plain.http());
    }

    @ParameterizedTest
    @CsvSource({"4,0", "4,65535", "5,0", "5,65535"})
    void endsAConnectionThatAskedToBeForgottenAndIsMute(int version, int keepAlive) {
        try (TestingTown strict = new TestingTown(settings(3, 3, 1), Duration.ofSeconds(5));
                RawMqtt ghost = new RawMqtt(strict.mqtt.port(), version)) {
            ghost.connect("ghost", "wl-1", "secret-wl-1", keepAlive);
            Packet welcome = ghost.read();

            Packet goodbye = ghost.read();

            if (version == 5) {
                assertTrue(welcome.body().contains("\u0013\u0000\u0001"), "Server Keep Alive of 1 s");
                assertEquals(0x8d, goodbye.at(0));
            } else {
                assertEquals(Packet.CLOSED, goodbye);
            }
            assertEquals(1, strict.counted("kydai.ingest.mqtt.closed", "cause", "keep_alive"));
        }
    }

    @Test
    void takesNoTimeInWhichItDidNotReadForSilence() {
        try (TestingTown strict = new TestingTown(settings(3, 3, 1), Duration.ofSeconds(5));
                RawMqtt client = RawMqtt.signedIn(strict.mqtt.port(), 4, "wl-1");
                RawMqtt mute = RawMqtt.signedIn(strict.mqtt.port(), 4, "desk-1")) {
            strict.journal.hold();
            client.send(flush(client, 1, 100));
            assertEquals(Packet.CLOSED, mute.read());

            strict.journal.release();

            assertEquals(100, acknowledged(client, RawMqtt.PUBACK, 100).size());
        }
    }

    @Test
    void letsADeviceInAgainWhoseOwnGhostsHoldEveryPlace() {
        try (TestingTown small = new TestingTown(settings(3, 10, 300), Duration.ofSeconds(5))) {
            List<RawMqtt> ghosts = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                ghosts.add(new RawMqtt(small.mqtt.port(), 4));
                ghosts.get(i).connect("ghost-" + i, "wl-1", "secret-wl-1", 0);
                assertEquals(RawMqtt.CONNACK, ghosts.get(i).read().type());
            }
            try (RawMqtt again = RawMqtt.signedIn(small.mqtt.port(), 4, "wl-1");
                    RawMqtt other = RawMqtt.signedIn(small.mqtt.port(), 4, "desk-1")) {
                again.ping();
                other.ping();

                assertEquals(RawMqtt.PINGRESP, again.read().type());
                assertEquals(RawMqtt.PINGRESP, other.read().type());
                assertEquals(Packet.CLOSED, ghosts.get(0).read());
                assertEquals(Packet.CLOSED, ghosts.get(1).read());
                assertEquals(2, small.counted("kydai.ingest.mqtt.closed", "cause", "displaced"));
            } finally {
                ghosts.forEach(RawMqtt::close);
            }
        }
    }

    @Test
    void letsTheLongestSilentOfASourcesConnectionsGiveWayAtItsBound() {
        try (TestingTown small = new TestingTown(settings(10, 1, 300), Duration.ofSeconds(5));
                RawMqtt first = RawMqtt.signedIn(small.mqtt.port(), 5, "wl-1");
                RawMqtt second = new RawMqtt(small.mqtt.port(), 5)) {
            second.connect("another", "wl-1", "secret-wl-1");

            assertEquals(0, second.read().at(1));
            assertEquals(0x97, first.read().at(0));
        }
    }

    @Test
    void letsMuteSocketsOfAnAddressGiveWayToWhoSignsIn() {
        try (TestingTown small = new TestingTown(settings(10, 10, 300), Duration.ofSeconds(5))) {
            List<RawMqtt> mute = IntStream.range(0, 200)
                    .mapToObj(i -> new RawMqtt(small.mqtt.port(), 4))
                    .toList();

            try (RawMqtt device = RawMqtt.signedIn(small.mqtt.port(), 4, "wl-1")) {
                device.ping();
                assertEquals(RawMqtt.PINGRESP, device.read().type());
                assertEquals(Packet.CLOSED, mute.getFirst().read());
            } finally {
                mute.forEach(RawMqtt::close);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void tellsTheReasonOfADuplicateThatSaysSomethingElse(int qos) {
        try (RawMqtt client = RawMqtt.signedIn(town.mqtt.port(), 5, "wl-1")) {
            client.publish(1, 1, TOPIC, reading(1));
            assertEquals(0, client.read().at(2));

            client.publish(qos, 2, TOPIC, reading(1).replace("\"value\":1", "\"value\":2"));

            Packet answer = client.read();
            assertEquals(0x00, answer.at(2));
            assertTrue(answer.body().endsWith("conflict"), answer.body());
        }
    }
}
