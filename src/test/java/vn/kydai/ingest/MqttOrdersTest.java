package vn.kydai.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
import vn.kydai.event.Reading;
import vn.kydai.event.Signal;
import vn.kydai.event.codec.Json;
import vn.kydai.registry.Sources.Registration;

/** Orders told to sirens over real sockets; the clock is the test's. */
class MqttOrdersTest {
    private static final String TOPIC = "kydai/v1/19897/alarm";
    private static final String ID = "o-1";
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
        apply("kydai", "-", new Configuration(Part.AREAS, "", AREAS));
        apply("kydai", "-", new Configuration(Part.SOURCES, "", """
                {"sources": [{"id": "wl-1", "kind": "sensor", "area": "19897", "metrics": [
                  {"metric": "siren", "unit": "1", "cadenceSeconds": 86400}]}]}"""));
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void aSirenHearsAnOrderOfTheAreaAboveOnceItIsConfirmed() throws Exception {
        Mqtt5BlockingClient siren = siren();
        try (Mqtt5Publishes heard = siren.publishes(MqttGlobalPublishFilter.ALL)) {
            assertEquals(Set.of(), town.mqtt.listening());
            subscribe(siren);
            assertEquals(Set.of("wl-1"), town.mqtt.listening());
            prepare("477");
            confirm("477");
            alarm();
            Mqtt5Publish first = heard.receive(20, TimeUnit.SECONDS).orElseThrow();
            Mqtt5Publish second = heard.receive(20, TimeUnit.SECONDS).orElseThrow();

            assertEquals(Json.MAPPER.readTree("""
                            {"type":"order","order":"o-1","signal":"flood3","blasts":5,"seconds":30,"gap":5,"repeats":3,
                             "area":"477","issued":"2026-11-24T08:00:00.000Z","expires":"2026-11-24T08:05:00.000Z"}"""), json(first.getPayloadAsBytes()));
            assertEquals(MqttQos.AT_LEAST_ONCE, first.getQos());
            assertFalse(first.isRetain());
            assertEquals(300, first.getMessageExpiryInterval().orElse(0));
            assertEquals("alarms", type(second), "told once");
            assertEquals(0, second.getMessageExpiryInterval().orElse(0));
        }
        siren.disconnect();
    }

    @Test
    void aSirenOfVersion3HearsTheSame() throws Exception {
        Mqtt3BlockingClient siren = MqttClient.builder()
                .serverHost("127.0.0.1")
                .serverPort(town.mqtt.port())
                .identifier("siren")
                .useMqttVersion3()
                .buildBlocking();
        siren.connectWith()
                .simpleAuth()
                .username("wl-1")
                .password("secret-wl-1".getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send();
        try (Mqtt3Publishes heard = siren.publishes(MqttGlobalPublishFilter.ALL)) {
            siren.subscribeWith().topicFilter(TOPIC).qos(MqttQos.AT_LEAST_ONCE).send();
            prepare("19897");
            confirm("19897");
            var first = heard.receive(20, TimeUnit.SECONDS).orElseThrow();

            assertEquals("order", json(first.getPayloadAsBytes()).path("type").asText());
            assertEquals(MqttQos.AT_LEAST_ONCE, first.getQos());
        }
        siren.disconnect();
    }

    @Test
    void aSirenThatComesLaterHearsItWithTheTimeThatIsLeft() throws Exception {
        prepare("477");
        confirm("477");
        town.clock.advance(Duration.ofMinutes(1));
        Mqtt5BlockingClient siren = siren();
        try (Mqtt5Publishes heard = siren.publishes(MqttGlobalPublishFilter.ALL)) {
            subscribe(siren);
            Mqtt5Publish first = heard.receive(20, TimeUnit.SECONDS).orElseThrow();

            assertEquals("order", type(first));
            assertEquals(240, first.getMessageExpiryInterval().orElse(0));
        }
        siren.disconnect();
    }

    @Test
    void aSirenThatHasAnsweredIsNotAskedAgainButItsNeighbourIs() throws Exception {
        prepare("477");
        confirm("477");
        apply(ID + "/1", "wl-1", "19897", new Reading(Reading.SIREN, 5, "1", null));
        Mqtt5BlockingClient siren = siren();
        try (Mqtt5Publishes heard = siren.publishes(MqttGlobalPublishFilter.ALL)) {
            subscribe(siren);
            alarm();

            assertEquals("alarms", type(heard.receive(20, TimeUnit.SECONDS).orElseThrow()));
        }
        siren.disconnect();
        Mqtt5BlockingClient neighbour = town.connect("gw-1");
        try (Mqtt5Publishes heard = neighbour.publishes(MqttGlobalPublishFilter.ALL)) {
            subscribe(neighbour);

            assertEquals("order", type(heard.receive(20, TimeUnit.SECONDS).orElseThrow()));
        }
        neighbour.disconnect();
    }

    @Test
    void whatHasExpiredOrIsNotConfirmedOrOfAnotherAreaIsNotTold() throws Exception {
        prepare("477");
        confirm("477");
        town.clock.advance(Duration.ofMinutes(5));
        apply("p", "kydai", "477", order("o-2", Step.PREPARED));
        apply("p", "kydai", "19870", order("o-3", Step.PREPARED));
        apply("c", "kydai", "19870", order("o-3", Step.CONFIRMED));
        Mqtt5BlockingClient siren = siren();
        try (Mqtt5Publishes heard = siren.publishes(MqttGlobalPublishFilter.ALL)) {
            subscribe(siren);
            alarm();

            assertEquals("alarms", type(heard.receive(20, TimeUnit.SECONDS).orElseThrow()));
        }
        siren.disconnect();
    }

    @Test
    void aSirenThatWasMovedSoundsForItsNewAreaAndNotForItsOldOne() throws Exception {
        Mqtt5BlockingClient siren = siren();
        try (Mqtt5Publishes heard = siren.publishes(MqttGlobalPublishFilter.ALL)) {
            subscribe(siren);
            town.registry.set(TestingRegistry.withMoved(
                    "wl-1", new Registration("19897", null), new Registration("19870", town.clock.instant())));
            prepare("19897");
            confirm("19897");
            apply("p", "kydai", "19870", order("o-2", Step.PREPARED));
            apply("c", "kydai", "19870", order("o-2", Step.CONFIRMED));

            Mqtt5Publish first = heard.receive(20, TimeUnit.SECONDS).orElseThrow();

            assertEquals("o-2", json(first.getPayloadAsBytes()).path("order").asText());
        }
    }

    @Test
    void whatIsCancelledIsCalledOffAlsoFromASirenThatSounds() throws Exception {
        Mqtt5BlockingClient siren = siren();
        try (Mqtt5Publishes heard = siren.publishes(MqttGlobalPublishFilter.ALL)) {
            subscribe(siren);
            prepare("477");
            confirm("477");
            assertEquals("order", type(heard.receive(20, TimeUnit.SECONDS).orElseThrow()));
            apply(ID + "/1", "wl-1", "19897", new Reading(Reading.SIREN, 1, "1", null));
            apply("x", "kydai", "477", order(ID, Step.CANCELLED));
            Mqtt5Publish last = heard.receive(20, TimeUnit.SECONDS).orElseThrow();

            assertEquals(
                    Json.MAPPER.readTree("{\"type\":\"cancel\",\"order\":\"o-1\",\"area\":\"477\"}"),
                    json(last.getPayloadAsBytes()));
        }
        siren.disconnect();
    }

    @Test
    void whatExpiresWhileASirenDoesNotAcknowledgeIsNeverTold() {
        alarm();
        try (RawMqtt siren = RawMqtt.signedIn(town.mqtt.port(), 4, "wl-1")) {
            siren.subscribe(1, TOPIC);
            assertEquals(9, siren.read().type());
            assertEquals(3, siren.read().type());
            prepare("477");
            confirm("477");
            siren.ping();
            assertEquals(RawMqtt.PINGRESP, siren.read().type(), "one message is under way at a time");
            town.clock.advance(Duration.ofMinutes(5));
            siren.send(new byte[] {0x40, 2, 0, 1});
            siren.ping();

            assertEquals(RawMqtt.PINGRESP, siren.read().type(), "the order came too late");
        }
    }

    @Test
    void anOrderGoesBeforeAlarmsThatWait() {
        alarm();
        try (RawMqtt siren = RawMqtt.signedIn(town.mqtt.port(), 4, "wl-1")) {
            siren.subscribe(1, TOPIC);
            assertEquals(9, siren.read().type());
            assertEquals(3, siren.read().type());
            alarm();
            prepare("477");
            confirm("477");
            siren.ping();
            assertEquals(RawMqtt.PINGRESP, siren.read().type());
            siren.send(new byte[] {0x40, 2, 0, 1});

            String next = siren.read().body();
            assertEquals(true, next.contains("\"type\":\"order\""), next);
        }
    }

    private void prepare(String area) {
        apply("p", "kydai", area, order(ID, Step.PREPARED));
    }

    private void confirm(String area) {
        apply("c", "kydai", area, order(ID, Step.CONFIRMED));
    }

    private Alarm order(String id, Step step) {
        Alarm.Order content = step == Step.PREPARED ? new Alarm.Order(Signal.FLOOD3, null) : null;
        return Alarm.ofOrder(
                id,
                step,
                content,
                step == Step.CONFIRMED ? "binh" : "lan",
                null,
                town.clock.instant().plus(Duration.ofMinutes(5)));
    }

    /** One alarm more stands. */
    private void alarm() {
        Measure measure = new Measure(2, 1, "water_level", 3.1, 3.0, "m");
        apply("a", "kydai", "19897", new Alarm("flood", "wl-" + position, 1, Step.RAISED, measure, null, null, null));
    }

    private void apply(String source, String area, Data data) {
        apply("e", source, area, data);
    }

    private void apply(String id, String source, String area, Data data) {
        position++;
        String event = id.startsWith(ID) ? id : id + position;
        figures.apply(new Journaled(
                position,
                town.clock.instant(),
                new Event(event, source, area, town.clock.instant(), false, null, data)));
        Topic.PICTURES.publish(town.vertx.eventBus(), figures.picture(town.clock.instant()));
    }

    private Mqtt5BlockingClient siren() {
        return town.connect("wl-1");
    }

    private static void subscribe(Mqtt5BlockingClient siren) {
        siren.subscribeWith().topicFilter(TOPIC).qos(MqttQos.AT_LEAST_ONCE).send();
    }

    private static String type(Mqtt5Publish heard) throws JsonProcessingException {
        return json(heard.getPayloadAsBytes()).path("type").asText();
    }

    private static JsonNode json(byte[] payload) throws JsonProcessingException {
        return Json.MAPPER.readTree(new String(payload, StandardCharsets.UTF_8));
    }
}
