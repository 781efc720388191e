package vn.kydai.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.kydai.bench.load.LoadOrder.Mix;
import vn.kydai.event.codec.Json;

class WriterTest {
    private static final int EVENTS = 35_000;
    private static final Instant START = Instant.parse("2026-11-24T02:00:00Z");

    private final Fleet fleet = new Fleet("secret_", List.of("19867", "19870"));

    @Test
    void readingsComeInOrderEachOnceAndAGaugeCountsThem() throws Exception {
        List<Outgoing> events = events(fleet.sensor(0), Mix.READINGS);

        assertEquals(EVENTS, distinctIds(events).size());
        JsonNode last = Json.MAPPER.readTree(events.getLast().flat());
        assertEquals("water_level", last.get("metric").asText());
        assertEquals(EVENTS - 1, events.getLast().shown() - events.getFirst().shown());
        assertEquals(events.getLast().shown() % 90_000 / 1e3, last.get("value").asDouble());
        assertTrue(Instant.parse(events.get(1).time())
                .isAfter(Instant.parse(events.get(0).time())));
    }

    @Test
    void twoRunsCountFromDifferentNumbers() {
        Outgoing first = Writer.of(fleet.sensor(0), "r1", Mix.READINGS).next(micros(0));
        Outgoing second = Writer.of(fleet.sensor(0), "r2", Mix.READINGS).next(micros(0));

        assertNotEquals(first.shown(), second.shown());
    }

    @Test
    void theFloodRepeatsComesLateAndOutOfOrderAsDocumented() {
        List<Outgoing> events = events(fleet.sensor(0), Mix.FLOOD);

        long repeats = events.stream().filter(Outgoing::isRepeat).count();
        long late = events.stream()
                .filter(event -> !event.isRepeat())
                .filter(event -> age(event).compareTo(Duration.ofMinutes(5)) > 0)
                .count();
        assertEquals(0.02, (double) repeats / EVENTS, 0.004);
        assertEquals(0.06, (double) late / EVENTS, 0.006);
        assertEquals(EVENTS - repeats, distinctIds(events).size());
    }

    @Test
    void aDeskSendsTicketsDossiersAndRatings() {
        List<Outgoing> events = events(fleet.desk(3), Mix.FLOOD);

        assertEquals(EVENTS * 24 / 35, count(events, "ticket"));
        assertEquals(EVENTS * 7 / 35, count(events, "dossier"));
        assertEquals(EVENTS * 4 / 35, count(events, "rating"));
    }

    @Test
    void anAnemometersStormsLastASecondAndBlowAtSpeedsOfTheirOwn() throws Exception {
        Writer writer = Writer.of(fleet.sensor(4), "r", Mix.ALARMS);

        List<Long> raised = new ArrayList<>();
        int storms = 0;
        for (int tenth = 0; tenth < 200; tenth++) {
            Outgoing event = writer.next(micros(tenth * 100_000));
            double speed = Json.MAPPER.readTree(event.flat()).get("value").asDouble();
            storms += speed >= AlarmWriter.STORM ? 1 : 0;
            if (event.raised() > 0) {
                raised.add(event.raised());
                assertEquals(event.raised() / 100.0, speed);
            }
        }

        assertEquals(100, storms, "half of twenty seconds");
        assertTrue(raised.size() == 10 || raised.size() == 11, raised::toString);
        assertEquals(raised.size(), new HashSet<>(raised).size());
        assertTrue(Writer.of(fleet.sensor(0), "r", Mix.ALARMS).next(micros(0)).shown() > 0, "a gauge counts as ever");
    }

    @Test
    void aCloudEventSaysWhoseItIs() throws Exception {
        Fleet.Member sensor = fleet.sensor(4);
        Outgoing event = Writer.of(sensor, "r", Mix.READINGS).next(micros(0));

        JsonNode node = Json.MAPPER.readTree(event.cloudEvent(sensor.id()));

        assertEquals("/sources/bench-sensor-004", node.get("source").asText());
        assertEquals("vn.kydai.reading.v1", node.get("type").asText());
        assertEquals("wind", node.at("/data/metric").asText());
        assertEquals("2026-11-24T02:00:00.000000Z", node.get("time").asText());
    }

    private static List<Outgoing> events(Fleet.Member member, Mix mix) {
        Writer writer = Writer.of(member, "r", mix);
        List<Outgoing> events = new ArrayList<>();
        for (int n = 0; n < EVENTS; n++) {
            events.add(writer.next(micros(n)));
        }
        return events;
    }

    private static long micros(int number) {
        return START.getEpochSecond() * 1_000_000 + number;
    }

    private static Duration age(Outgoing event) {
        return Duration.between(Instant.parse(event.time()), START);
    }

    private static Set<String> distinctIds(List<Outgoing> events) {
        Set<String> ids = new HashSet<>();
        events.forEach(event -> ids.add(event.id()));
        return ids;
    }

    private static long count(List<Outgoing> events, String kind) {
        return events.stream().filter(event -> event.kind().equals(kind)).count();
    }
}
