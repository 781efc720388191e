package vn.kydai.outbound;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.kydai.ReadsTheDate;
import vn.kydai.access.Role;
import vn.kydai.http.HttpFixture;

/** Where a device stands on the map, as those outside are told. */
@ReadsTheDate
class PlaceOutsideTest {
    private static final String GAUGE = """
            {"sources": [{"id": "wl-1", "kind": "sensor", "area": "19867", PLACE"metrics": [
              {"metric": "water_level", "unit": "m", "cadenceSeconds": 600}]}]}""";
    private static final String PLACED = GAUGE.replace("PLACE", "\"latitude\": 16.5712345, \"longitude\": 107.51, ");
    private static final String NOWHERE = GAUGE.replace("PLACE", "");

    private final Station station = new Station();
    private final Receiver receiver = new Receiver(station.vertx);

    @AfterEach
    void close() {
        station.close();
    }

    @Test
    void anAlertHasACircleAndAMessageAPlaceWhereItsGaugeIsPlaced() throws Exception {
        station.register(PLACED);

        Told told = told();

        assertTrue(told.alert().contains("</polygon><circle>16.57123,107.51000 0</circle><geocode>"), told.alert());
        assertEquals(
                "{\"latitude\":16.5712345,\"longitude\":107.51}",
                told.message().at("/data/place").toString());
    }

    @Test
    void ofAGaugeThatWasTakenOffTheMapNobodyIsToldAPlace() throws Exception {
        station.register(PLACED);
        station.register(NOWHERE);

        Told told = told();

        assertFalse(told.alert().contains("<circle>"), told.alert());
        assertFalse(told.message().path("data").has("place"), told.message().toString());
        assertNull(requireNonNull(station.picture().sensors().get("wl-1")).place(), "nor has it one on any page");
    }

    /** An alarm of the gauge, as an alert and as a message. */
    private record Told(String alert, JsonNode message) {}

    private Told told() throws Exception {
        OutboundVerticle stage = station.start("""
                channels:
                  - {id: duty, kind: webhook, url: "http://127.0.0.1:%d/hook"}
                """.formatted(receiver.port()));
        try (HttpFixture http = new HttpFixture(List.of(stage::mount), 100)) {
            String reader = http.signIns.addToken(Role.READER, "19867", 0);
            station.raise("wl-1", "19867", 2);
            station.writeJournal();
            HttpResponse<String> alert = http.send(http.request("/api/v1/alarms/flood-level:wl-1.cap", reader));
            assertEquals(200, alert.statusCode(), alert.body());
            CapSchema.validate(alert.body());
            return new Told(alert.body(), receiver.next().json());
        }
    }
}
