package vn.kydai.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.kydai.access.Role;
import vn.kydai.event.Reading;
import vn.kydai.event.codec.Json;
import vn.kydai.http.HttpFixture;
import vn.kydai.http.OpenApi;
import vn.kydai.registry.AlarmRules;

/** Operators act over a real server on what the real stage decided. */
class AlarmRoutesTest {
    private static final AlarmRules RULES = Site.rules("""
            'id': 'flood', 'watch': 'level', 'metric': 'water_level', 'shelvable': false,
            'steps': [{'at': 1, 'severity': 'medium'}, {'at': 2, 'severity': 'high'}]""", """
            'id': 'high', 'watch': 'value', 'metric': 'water_level', 'latching': true,
            'steps': [{'at': 2.5, 'severity': 'low'}]""");
    private static final String FLOOD = "/api/v1/alarms/flood:wl-1/";
    private static final String HIGH = "/api/v1/alarms/high:wl-1/";

    private final LiveStage stage;
    private final HttpFixture http;
    private final String an;
    private final String binh;

    AlarmRoutesTest() throws IOException {
        stage = new LiveStage(RULES);
        http = stage.http;
        an = http.signIns.addToken(Role.OPERATOR, "477", 0);
        binh = http.signIns.addToken(Role.COMMANDER, "477", 0);
    }

    @BeforeEach
    void raise() throws Exception {
        stage.start();
        level(2.6, 2);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void everyRouteIsDocumented() throws Exception {
        assertEquals(Set.of(), OpenApi.undocumented(stage.mounted));
    }

    @Test
    void theListHasTheAlarmsOfTheScopeAndWhatToDo() throws Exception {
        String reader = http.signIns.addToken(Role.READER, "19867", 0);
        String neighbour = http.signIns.addToken(Role.READER, "19870", 0);
        JsonNode list = HttpFixture.json(get("/api/v1/alarms", reader));

        assertEquals("unacknowledged", list.at("/alarms/flood:wl-1/state").asText());
        assertEquals("đi xem", list.at("/rules/flood/vi/response/0").asText());
        assertEquals(
                0,
                HttpFixture.json(get("/api/v1/alarms", neighbour))
                        .path("alarms")
                        .size());
        assertEquals(
                0,
                HttpFixture.json(get("/api/v1/alarms?state=shelved", reader))
                        .path("alarms")
                        .size());
        assertEquals(403, get("/api/v1/alarms?area=19870", reader).statusCode());
        assertEquals(404, get("/api/v1/alarms?area=nowhere", reader).statusCode());
        assertEquals(400, get("/api/v1/alarms?state=loud", reader).statusCode());
        assertEquals(
                403,
                get("/api/v1/alarms", http.signIns.addToken(Role.WALL, "477", 0))
                        .statusCode());
    }

    @Test
    void theFirstAcknowledgementWinsAndBothSeeWhose() throws Exception {
        CompletableFuture<HttpResponse<String>> first = send(FLOOD + "acknowledge", an, "{\"occurrence\":1}");
        CompletableFuture<HttpResponse<String>> second = send(FLOOD + "acknowledge", binh, "{\"occurrence\":1}");
        HttpResponse<String> one = settled(first);
        HttpResponse<String> other = settled(second);

        assertEquals(200, one.statusCode(), one.body());
        assertEquals(200, other.statusCode(), other.body());
        assertEquals("acknowledged", HttpFixture.json(one).path("state").asText());
        String by = HttpFixture.json(one).at("/ack/by").asText();
        assertTrue(by.endsWith(" of 477"), by);
        assertEquals(by, HttpFixture.json(other).at("/ack/by").asText());
    }

    @Test
    void whatWasRaisedAgainIsNotAcknowledgedByAnOldClick() throws Exception {
        assertEquals(200, act(FLOOD + "acknowledge", an, "{\"occurrence\":1}").statusCode());
        level(3.5, 1);

        HttpResponse<String> late = act(FLOOD + "acknowledge", binh, "{\"occurrence\":1}");

        assertEquals(409, late.statusCode());
        assertTrue(late.body().contains("occurrence 2"), late.body());
        assertEquals(200, act(FLOOD + "acknowledge", binh, "{\"occurrence\":2}").statusCode());
    }

    @Test
    void aShelfHasAReasonALimitAndAnEnd() throws Exception {
        String shelve = "{\"occurrence\":1,\"minutes\":30,\"reason\":\"thử còi\"}";
        assertEquals(409, act(FLOOD + "shelve", an, shelve).statusCode(), "a flood is never hidden");
        assertEquals(
                400,
                act(HIGH + "shelve", an, "{\"occurrence\":1,\"minutes\":481,\"reason\":\"x\"}")
                        .statusCode());
        assertEquals(
                400,
                act(HIGH + "shelve", an, "{\"occurrence\":1,\"minutes\":30}").statusCode());
        JsonNode shelved = HttpFixture.json(act(HIGH + "shelve", an, shelve));
        assertEquals("shelved", shelved.path("state").asText());
        assertEquals("thử còi", shelved.at("/shelf/reason").asText());
        for (int extension = 1; extension <= 3; extension++) {
            assertEquals(
                    extension,
                    HttpFixture.json(act(HIGH + "shelve", an, shelve))
                            .at("/shelf/extensions")
                            .asInt());
        }
        assertEquals(409, act(HIGH + "shelve", an, shelve).statusCode());
        assertEquals(
                "unacknowledged",
                HttpFixture.json(act(HIGH + "unshelve", an, "{\"occurrence\":1}"))
                        .path("state")
                        .asText());
    }

    @Test
    void theSameKeyDoesTheSameDeedOnce() throws Exception {
        String note = "{\"occurrence\":1,\"text\":\"đã gọi trưởng thôn\"}";
        HttpRequest.Builder request = post(HIGH + "note", an, note).header("Idempotency-Key", "k-1");
        JsonNode first = HttpFixture.json(stage.act(request));
        long before = stage.readable();
        HttpResponse<String> again = stage.act(request);
        HttpRequest.Builder other =
                post(HIGH + "note", an, note.replace("đã", "sẽ")).header("Idempotency-Key", "k-1");

        assertEquals("đã gọi trưởng thôn", first.at("/note/text").asText());
        assertEquals(first, HttpFixture.json(again));
        assertEquals(before, stage.readable());
        assertEquals(409, stage.act(other).statusCode());
    }

    @Test
    void ofTenWhoTakeOverAtOnceOneHoldsItAndTheOthersAreToldWho() throws Exception {
        List<HttpRequest> requests = IntStream.range(0, 10)
                .mapToObj(each -> http.signIns.addSignedIn("person" + each, Role.OPERATOR, "477"))
                .map(person -> http.person(FLOOD + "take-over", person, "POST", "{\"occurrence\":1}")
                        .build())
                .toList();
        List<CompletableFuture<HttpResponse<String>>> answers = requests.stream()
                .map(request -> http.client.sendAsync(request, BodyHandlers.ofString()))
                .toList();

        List<String> won = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            HttpResponse<String> settled = settled(answer);
            (settled.statusCode() == 200 ? won : told).add(settled.body());
        }

        assertEquals(1, won.size(), told::toString);
        String holder = Json.MAPPER.readTree(won.get(0)).at("/holder/by").asText();
        told.forEach(body -> assertTrue(body.contains("held by " + holder + ";"), body));
    }

    @Test
    void whoNamesTheHolderTakesOverAndWhoDoesNotIsRefused() throws Exception {
        assertEquals(200, act(FLOOD + "take-over", an, "{\"occurrence\":1}").statusCode());
        long before = stage.readable();
        assertEquals(200, act(FLOOD + "take-over", an, "{\"occurrence\":1}").statusCode(), "again");
        assertEquals(before, stage.readable());
        assertEquals(409, act(FLOOD + "take-over", binh, "{\"occurrence\":1}").statusCode());
        assertEquals(
                409,
                act(FLOOD + "take-over", binh, "{\"occurrence\":1,\"from\":\"somebody else\"}")
                        .statusCode());

        JsonNode taken = HttpFixture.json(act(
                FLOOD + "take-over", binh, "{\"occurrence\":1,\"from\":\"operator of 477\",\"reason\":\"hết ca\"}"));

        assertEquals("commander of 477", taken.at("/holder/by").asText());
        assertEquals(
                409,
                act(HIGH + "take-over", an, "{\"occurrence\":1,\"from\":\"nobody\"}")
                        .statusCode());
        assertEquals(
                400,
                act(HIGH + "note", an, "{\"occurrence\":1,\"text\":\"x\",\"from\":\"y\"}")
                        .statusCode());
    }

    @Test
    void aLatchedAlarmIsResetAndADeviceInRepairTakenOutOfService() throws Exception {
        level(1.0, 2);
        assertEquals(409, act(HIGH + "reset", an, "{\"occurrence\":1}").statusCode());
        assertEquals(
                "latchedAcknowledged",
                HttpFixture.json(act(HIGH + "acknowledge", an, "{\"occurrence\":1}"))
                        .path("state")
                        .asText());
        assertEquals(
                "normal",
                HttpFixture.json(act(HIGH + "reset", an, "{\"occurrence\":1}"))
                        .path("state")
                        .asText());
        String reason = "{\"occurrence\":1,\"reason\":\"sửa\"}";
        assertEquals(
                "outOfService",
                HttpFixture.json(act(HIGH + "remove-from-service", an, reason))
                        .path("state")
                        .asText());
        assertEquals(
                "normal",
                HttpFixture.json(act(HIGH + "return-to-service", an, "{\"occurrence\":1}"))
                        .path("state")
                        .asText());
    }

    @Test
    void whatMayNeverBeHiddenIsTakenOutOfServiceByACommanderOnly() throws Exception {
        String reason = "{\"occurrence\":1,\"reason\":\"sửa\"}";

        HttpResponse<String> refused = act(FLOOD + "remove-from-service", an, reason);
        HttpResponse<String> removed = act(FLOOD + "remove-from-service", binh, reason);

        assertEquals(403, refused.statusCode());
        assertTrue(refused.body().contains("shelvable: false"), refused.body());
        assertTrue(refused.body().contains("only a commander"), refused.body());
        assertEquals(200, removed.statusCode(), removed.body());
        assertEquals("outOfService", HttpFixture.json(removed).path("state").asText());
    }

    @Test
    void onlyAnOperatorOfTheAreaActsAndEveryDeedIsNoted() throws Exception {
        String reader = http.signIns.addToken(Role.READER, "477", 0);
        String neighbour = http.signIns.addToken(Role.OPERATOR, "19870", 0);
        assertEquals(
                403, act(FLOOD + "acknowledge", reader, "{\"occurrence\":1}").statusCode());
        assertEquals(
                403, act(FLOOD + "acknowledge", neighbour, "{\"occurrence\":1}").statusCode());
        assertEquals(
                404,
                act("/api/v1/alarms/none:x/acknowledge", an, "{\"occurrence\":1}")
                        .statusCode());
        assertEquals(400, act(FLOOD + "acknowledge", an, "{\"occurence\":1}").statusCode());
        assertEquals(200, act(FLOOD + "acknowledge", an, "{\"occurrence\":1}").statusCode());

        List<String> rows = stage.audited();
        assertEquals(
                List.of(
                        "operator of 19870|alarm acknowledge|flood:wl-1/1|refused",
                        "operator of 477|alarm acknowledge|flood:wl-1/1|ok"),
                rows);
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        return stage.get(path, token);
    }

    private HttpRequest.Builder post(String path, String token, String body) {
        return stage.post(path, token, body);
    }

    private CompletableFuture<HttpResponse<String>> send(String path, String token, String body) {
        return stage.send(post(path, token, body));
    }

    private HttpResponse<String> act(String path, String token, String body) throws Exception {
        return stage.act(post(path, token, body));
    }

    private HttpResponse<String> settled(CompletableFuture<HttpResponse<String>> answer) throws Exception {
        return stage.settled(answer);
    }

    /** Tells a level, and waits for so many decisions. */
    private void level(double value, int decisions) throws InterruptedException {
        stage.log.clock.advance(Duration.ofSeconds(60));
        stage.tell("wl-1", "19867", new Reading("water_level", value, "m", null));
        stage.decide(decisions);
        assertFalse(stage.picture().alarms().isEmpty());
    }
}
