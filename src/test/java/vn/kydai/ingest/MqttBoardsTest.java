package vn.kydai.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient.Mqtt3Publishes;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.kydai.aggregate.Figures;
import vn.kydai.bus.MessageHandover;
import vn.kydai.bus.Topic;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Measure;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Data;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.event.codec.Json;

/** What stands in an area, told to boards over real sockets. */
class MqttBoardsTest {
    private static final String TOPIC = "kydai/v1/19897/alarm";
    private static final Instant NOW = Instant.parse("2026-11-25T02:00:00Z");
    private static final String AREAS = """
            {"areas": [
              {"id": "477", "name": "Quảng Điền", "level": "region", "members": ["19897", "19870"]},
              {"id": "19897", "name": "Quảng Lợi", "level": "commune"},
              {"id": "19870", "name": "Quảng Thái", "level": "commune"}]}
            """;

    private final TestingTown town = TestingTown.open();
    private final Figures figures = new Figures();
    private long position;

    @BeforeEach
    void begin() {
        MessageHandover.register(town.vertx.eventBus());
        apply("-", new Configuration(Part.AREAS, "", AREAS));
    }

    @AfterEach
    void close() {
        town.close();
    }

    private void apply(String area, Data data) {
        position++;
        figures.apply(new Journaled(position, NOW, new Event("e" + position, "kydai", area, NOW, false, null, data)));
        Topic.PICTURES.publish(town.vertx.eventBus(), figures.picture(NOW));
    }

    private void step(String source, String area, Step step, @Nullable Integer severity) {
        Measure measure = severity == null ? null : new Measure(severity, 1, "water_level", 3.1, 3.0, "m");
        apply(area, new Alarm("flood", source, 1, step, measure, null, null, null));
    }

    private Mqtt5BlockingClient board() {
        return town.connect("wl-1");
    }

    private static JsonNode json(byte[] payload) throws Exception {
        return Json.MAPPER.readTree(payload);
    }

    @Test
    void aBoardHearsWhatStandsThenEachChangeThenThatNothingDoes() throws Exception {
        step("wl-1", "19897", Step.RAISED, 2);
        Mqtt5BlockingClient board = board();
        try (Mqtt5Publishes heard = board.publishes(MqttGlobalPublishFilter.ALL)) {
            board.subscribeWith().topicFilter(TOPIC).qos(MqttQos.AT_LEAST_ONCE).send();
            Mqtt5Publish first = heard.receive(20, TimeUnit.SECONDS).orElseThrow();
            step("wl-2", "19897", Step.RAISED, 1);
            Mqtt5Publish second = heard.receive(20, TimeUnit.SECONDS).orElseThrow();
            step("wl-9", "19870", Step.RAISED, 1);
            step("wl-1", "19897", Step.CLEARED, null);
            Mqtt5Publish third = heard.receive(20, TimeUnit.SECONDS).orElseThrow();
            step("wl-2", "19897", Step.CLEARED, null);
            Mqtt5Publish last = heard.receive(20, TimeUnit.SECONDS).orElseThrow();

            assertTrue(first.isRetain());
            assertEquals(
                    "flood:wl-1",
                    json(first.getPayloadAsBytes()).at("/alarms/0/id").asText());
            assertEquals(1, json(first.getPayloadAsBytes()).path("count").asInt());
            assertFalse(second.isRetain());
            assertEquals(
                    "flood:wl-2",
                    json(second.getPayloadAsBytes()).at("/alarms/0/id").asText());
            assertEquals(
                    "flood:wl-1",
                    json(second.getPayloadAsBytes()).at("/alarms/1/id").asText());
            assertEquals(1, json(third.getPayloadAsBytes()).path("count").asInt(), "the neighbour's is not told");
            assertEquals(0, last.getPayloadAsBytes().length);
        }
        board.disconnect();
    }

    @Test
    void aBoardThatWasMovedHearsOfItsNewAreaOnTheTopicItWasSetUpWith() throws Exception {
        step("wl-1", "19897", Step.RAISED, 2);
        Mqtt5BlockingClient board = board();
        try (Mqtt5Publishes heard = board.publishes(MqttGlobalPublishFilter.ALL)) {
            board.subscribeWith()
                    .topicFilter("kydai/v1/19867/alarm")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send();
            Mqtt5Publish first = heard.receive(20, TimeUnit.SECONDS).orElseThrow();

            assertEquals("kydai/v1/19867/alarm", first.getTopic().toString());
            assertEquals("19897", json(first.getPayloadAsBytes()).path("area").asText());
        }
        board.disconnect();
    }

    @Test
    void aBoardOfVersion3HearsTheSame() throws Exception {
        step("wl-1", "19897", Step.RAISED, 2);
        Mqtt3BlockingClient board = MqttClient.builder()
                .serverHost("127.0.0.1")
                .serverPort(town.mqtt.port())
                .identifier("board")
                .useMqttVersion3()
                .buildBlocking();
        board.connectWith()
                .simpleAuth()
                .username("wl-1")
                .password("secret-wl-1".getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send();
        try (Mqtt3Publishes heard = board.publishes(MqttGlobalPublishFilter.ALL)) {
            board.subscribeWith().topicFilter(TOPIC).qos(MqttQos.AT_MOST_ONCE).send();
            var first = heard.receive(20, TimeUnit.SECONDS).orElseThrow();

            assertEquals("alarms", json(first.getPayloadAsBytes()).path("type").asText());
            assertEquals(MqttQos.AT_MOST_ONCE, first.getQos());
        }
        board.disconnect();
    }

    @Test
    void aBoardThatDoesNotAcknowledgeIsToldOnlyHowItStandsWhenItDoes() {
        step("wl-1", "19897", Step.RAISED, 2);
        try (RawMqtt board = RawMqtt.signedIn(town.mqtt.port(), 4, "wl-1")) {
            board.subscribe(1, TOPIC);
            assertEquals(9, board.read().type());
            RawMqtt.Packet first = board.read();
            assertEquals(3, first.type());
            for (int alarm = 2; alarm < 9; alarm++) {
                step("wl-" + alarm, "19897", Step.RAISED, 2);
            }
            board.ping();
            assertEquals(RawMqtt.PINGRESP, board.read().type(), "nothing came before it");
            board.send(new byte[] {0x40, 2, 0, 1});
            RawMqtt.Packet second = board.read();

            assertTrue(second.body().contains("\"count\":8"), second.body());
            board.ping();
            assertEquals(RawMqtt.PINGRESP, board.read().type(), "the steps between were left out");
        }
    }
}
