package vn.kydai.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.kydai.access.Role;
import vn.kydai.event.Alarm;
import vn.kydai.http.HttpFixture;

/** Handing shifts over, where something comes in between. */
class HandOverTest extends HighWater {
    private static final String PATH = "/api/v1/shifts/hand-over";
    private static final String TO_BINH = "{\"to\":\"binh\",\"note\":\"canh cống\"}";

    HandOverTest() throws IOException {
        super("[{'at': 2.5, 'severity': 'low'}]");
        String unused = stage.log.addPerson("binh", Role.OPERATOR, "477");
    }

    @Test
    void aHandOverSentAgainLeavesTheAlarmToWhoTookItOverMeanwhile() throws Exception {
        assertEquals(200, stage.act(keyed(TO_BINH)).statusCode());
        stage.tell("kydai", "19867", Alarm.taken("high", "wl-1", 1, "chi", null, "binh"));
        stage.decide(0);
        long before = stage.readable();

        HttpResponse<String> again = stage.act(keyed(TO_BINH));

        assertEquals(200, again.statusCode(), again.body());
        assertEquals("high:wl-1", HttpFixture.json(again).at("/alarms/0").asText());
        assertEquals(before, stage.readable());
        assertEquals(
                "chi",
                HttpFixture.json(stage.get("/api/v1/alarms", an))
                        .at("/alarms/high:wl-1/holder/by")
                        .asText());
    }

    @Test
    void everyHandOverAndEveryRefusalIsNotedAndADatabaseThatFailsIsAnswered503() throws Exception {
        String neighbour = stage.http.signIns.addToken(Role.OPERATOR, "19870", 0);
        assertEquals(
                403,
                stage.act(stage.post(PATH, neighbour, TO_BINH.replace("}", ",\"area\":\"477\"}")))
                        .statusCode());
        assertEquals(400, stage.act(stage.post(PATH, an, "{\"to\":\"nobody\"}")).statusCode());
        assertEquals(200, stage.act(stage.post(PATH, an, TO_BINH)).statusCode());
        stage.log.execute("alter table account rename to account_gone");

        HttpResponse<String> broken = stage.act(stage.post(PATH, an, TO_BINH));

        assertEquals(503, broken.statusCode(), broken.body());
        assertEquals("1", broken.headers().firstValue("Retry-After").orElse(""));
        assertTrue(broken.body().contains("not known yet"), broken.body());
        assertEquals(
                List.of(
                        "operator of 19870|shift hand-over|477 to binh|refused",
                        "operator of 477|shift hand-over|477 to nobody|refused",
                        "operator of 477|shift hand-over|477 to binh|ok",
                        "operator of 477|shift hand-over|477 to binh|unknown"),
                stage.audited().stream()
                        .filter(row -> row.contains("|shift hand-over|"))
                        .toList());
    }

    private HttpRequest.Builder keyed(String body) {
        return stage.post(PATH, an, body).header("Idempotency-Key", "k-1");
    }
}
