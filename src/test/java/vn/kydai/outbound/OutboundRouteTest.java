package vn.kydai.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.ext.web.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.kydai.ReadsTheDate;
import vn.kydai.access.Role;
import vn.kydai.http.HttpFixture;
import vn.kydai.http.OpenApi;
import vn.kydai.outbound.Receiver.Answer;

/** Operators see over a real server how the ways out fare. */
@ReadsTheDate
class OutboundRouteTest {
    private final Station station = new Station();
    private final Receiver receiver = new Receiver(station.vertx);
    private final List<Route> mounted = new ArrayList<>();

    @AfterEach
    void close() {
        station.close();
    }

    @Test
    void operatorsSeeHowEachChannelFaresAndWhatWasGivenUpInTheirScope() throws Exception {
        receiver.answers = got -> Answer.of(500);
        OutboundVerticle stage = station.start("retry: {firstSeconds: 0.02, longestSeconds: 0.1}\nchannels:\n"
                + "  - {id: duty, kind: webhook, url: \"http://127.0.0.1:" + receiver.port() + "/\"}\n"
                + "  - {id: neighbour, kind: webhook, area: \"19867\", url: \"http://127.0.0.1:" + receiver.port()
                + "/\"}\n");
        station.raise("wl-1", "19867", 1);
        station.raise("wl-2", "19870", 1);
        receiver.next();
        station.ahead = Duration.ofHours(25);
        station.until("2", "select given_up from outbound_channel where id = 'duty'");
        station.raise("wl-3", "19870", 1);
        station.until("true", "select attempts > 0 from outbound where state = 'waiting'");

        try (HttpFixture http = new HttpFixture(
                List.of(router -> {
                    stage.mount(router);
                    mounted.addAll(router.getRoutes());
                }),
                100)) {
            String operator = http.signIns.addToken(Role.OPERATOR, "19870", 0);
            String reader = http.signIns.addToken(Role.READER, "477", 0);
            JsonNode shown = HttpFixture.json(http.send(http.request("/api/v1/outbound", operator)));

            JsonNode duty = shown.at("/channels/duty");
            assertEquals("webhook", duty.path("kind").asText());
            assertEquals(1, duty.path("waiting").asInt());
            assertEquals(1, duty.path("givenUp").asInt(), "the neighbour's is not counted");
            assertEquals("status 500", duty.path("lastError").asText());
            assertTrue(duty.has("oldest") && !duty.has("lastFailure") && !duty.has("lastSuccess"), duty.toString());
            assertFalse(shown.path("channels").has("neighbour"), "a channel of another area alone");
            assertEquals(1, shown.path("givenUp").size(), "the neighbour's is not shown");
            assertEquals("flood-level:wl-2", shown.at("/givenUp/0/alarm").asText());
            JsonNode whole = HttpFixture.json(
                    http.send(http.request("/api/v1/outbound", http.signIns.addToken(Role.OPERATOR, "477", 0))));
            assertEquals(2, whole.at("/channels/duty/givenUp").asInt());
            assertTrue(whole.at("/channels/duty").has("lastFailure"));
            assertTrue(whole.path("channels").has("neighbour"));
            assertEquals(
                    403, http.send(http.request("/api/v1/outbound", reader)).statusCode());
            assertEquals(Set.of(), OpenApi.undocumented(mounted));
            assertTrue(stage.notes().contains("channel duty is down"));
        }
    }
}
