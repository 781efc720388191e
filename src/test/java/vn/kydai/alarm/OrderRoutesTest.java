package vn.kydai.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.observe.Patience.doingUntil;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.access.Role;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Reading;
import vn.kydai.event.Signal;
import vn.kydai.event.codec.Json;
import vn.kydai.http.HttpFixture;
import vn.kydai.http.OpenApi;
import vn.kydai.registry.AlarmRules;

/** Two people give an order to sirens over a real server. */
class OrderRoutesTest {
    private static final String PATH = "/api/v1/orders";
    private static final String ORDER = "{\"area\":\"477\",\"signal\":\"flood3\",\"reason\":\"nước lên nhanh\"}";

    private final LiveStage stage;
    private final String lan;
    private final String binh;
    private final String chi;

    OrderRoutesTest() throws IOException {
        AlarmRules rules = Site.rules("""
                'id': 'flood', 'watch': 'level', 'metric': 'water_level', 'steps': [{'at': 1, 'severity': 'high'}]""");
        stage = new LiveStage(rules);
        lan = stage.http.signIns.addSignedIn("lan", Role.OPERATOR, "477");
        binh = stage.http.signIns.addSignedIn("binh", Role.COMMANDER, "477");
        chi = stage.http.signIns.addSignedIn("chi", Role.COMMANDER, "477");
    }

    @BeforeEach
    void start() throws Exception {
        stage.start();
        stage.tell("kydai", "-", new Configuration(Part.SOURCES, "", """
                {"sources": [{"id": "siren-1", "kind": "sensor", "area": "19867", "metrics": [
                  {"metric": "siren", "unit": "1", "cadenceSeconds": 86400}]}]}"""));
        stage.decide(0);
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
    void onePreparesAnotherConfirmsAndASirenAnswers() throws Exception {
        JsonNode prepared = prepare(lan, ORDER);
        String id = prepared.path("id").asText();
        assertEquals("prepared", prepared.path("state").asText());
        assertEquals("lan", prepared.at("/prepared/by").asText());
        assertEquals("nước lên nhanh", prepared.at("/prepared/reason").asText());
        assertEquals("2026-11-25T02:05:00.000Z", prepared.path("until").asText());
        assertEquals(5, prepared.path("blasts").asInt());
        assertEquals(30, prepared.path("seconds").asInt());
        stage.log.clock.advance(Duration.ofMinutes(2));

        JsonNode confirmed = HttpFixture.json(act(binh, id, "confirm", "{}"));

        assertEquals("confirmed", confirmed.path("state").asText());
        assertEquals("binh", confirmed.at("/confirmed/by").asText());
        assertEquals("2026-11-25T02:07:00.000Z", confirmed.path("until").asText());
        stage.tell(id + "/1", "siren-1", "19867", new Reading(Reading.SIREN, 5, "1", null));
        stage.decide(0);
        JsonNode listed = shownAs("sounded");
        assertEquals(5, listed.at("/answers/siren-1/blasts").asInt());
        JsonNode stopped = HttpFixture.json(act(lan, id, "cancel", "{}"));
        assertEquals("cancelled", stopped.path("state").asText(), "a siren that sounds stops");
        assertEquals(5, stopped.at("/answers/siren-1/blasts").asInt());
        assertTrue(stage.picture().alarms().isEmpty(), "an order is no alarm");
    }

    @Test
    void theFormAndEachAnswerSayHowManySirensThereAreAndHowManyHear() throws Exception {
        JsonNode none = prepare(lan, ORDER);
        stage.registry = Site.REGISTRY.with(new Configuration(Part.SOURCES, "", """
                {"sources": [
                  {"id": "siren-1", "kind": "sensor", "area": "19867", "metrics": [
                    {"metric": "siren", "unit": "1", "cadenceSeconds": 86400}]},
                  {"id": "siren-2", "kind": "sensor", "area": "19867", "behind": "gw-9", "metrics": [
                    {"metric": "siren", "unit": "1", "cadenceSeconds": 86400}]}]}"""));
        JsonNode deaf = prepare(lan, ORDER);
        stage.listening = Set.of("gw-9", "wl-1");

        JsonNode listed = list(lan, "");
        JsonNode heard = prepare(lan, ORDER);

        assertEquals("no_siren", none.path("warning").asText());
        assertEquals("no_siren_connected", deaf.path("warning").asText());
        assertEquals(2, deaf.at("/sirens/registered").asInt());
        assertEquals(0, deaf.at("/sirens/connected").asInt());
        assertEquals(2, listed.at("/sirens/477").asInt());
        assertEquals(1, listed.at("/connected/477").asInt(), "by its gateway");
        assertEquals(1, heard.at("/sirens/connected").asInt());
        assertFalse(heard.has("warning"));
    }

    @Test
    void whoPreparedAnOrderMayNotConfirmItCommanderOrNot() throws Exception {
        String id = prepare(binh, ORDER).path("id").asText();

        HttpResponse<String> own = act(binh, id, "confirm", "{}");

        assertEquals(403, own.statusCode());
        assertTrue(own.body().contains("another person is needed"), own.body());
        assertEquals(403, act(lan, id, "confirm", "{}").statusCode(), "no commander");
        assertEquals(200, act(chi, id, "confirm", "{}").statusCode());
    }

    @Test
    void ofTwoWhoConfirmAtOnceOneDoesAndTheOtherIsToldWho() throws Exception {
        String id = prepare(lan, ORDER).path("id").asText();
        CompletableFuture<HttpResponse<String>> one = stage.send(request(binh, id, "confirm", "{}"));
        CompletableFuture<HttpResponse<String>> other = stage.send(request(chi, id, "confirm", "{}"));

        List<String> won = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> answer : List.of(one, other)) {
            HttpResponse<String> settled = stage.settled(answer);
            assertTrue(Set.of(200, 409).contains(settled.statusCode()), settled.body());
            (settled.statusCode() == 200 ? won : told).add(settled.body());
        }

        assertEquals(1, won.size(), told::toString);
        String by = Json.MAPPER.readTree(won.get(0)).at("/confirmed/by").asText();
        assertTrue(told.get(0).contains("was confirmed by " + by), told::toString);
    }

    @Test
    void ofConfirmingAndCancellingAtOnceOneCountsAndBothSeeIt() throws Exception {
        String id = prepare(lan, ORDER).path("id").asText();
        CompletableFuture<HttpResponse<String>> confirm = stage.send(request(binh, id, "confirm", "{}"));
        CompletableFuture<HttpResponse<String>> cancel = stage.send(request(lan, id, "cancel", "{}"));
        HttpResponse<String> confirmed = stage.settled(confirm);
        HttpResponse<String> cancelled = stage.settled(cancel);

        String state = list(lan, "").at("/orders/0/state").asText();
        assertTrue(Set.of("confirmed", "cancelled").contains(state), state);
        if (confirmed.statusCode() == 409) {
            assertEquals("cancelled", state);
            assertEquals(200, cancelled.statusCode(), cancelled.body());
            assertTrue(confirmed.body().contains("was cancelled by lan"), confirmed.body());
        } else if (state.equals("confirmed")) {
            assertEquals(200, confirmed.statusCode(), confirmed.body());
            assertEquals(409, cancelled.statusCode());
            assertTrue(cancelled.body().contains("was confirmed by binh"), cancelled.body());
        } else {
            assertEquals(200, confirmed.statusCode(), "first confirmed, then called off");
            assertEquals(200, cancelled.statusCode(), cancelled.body());
        }
    }

    @Test
    void whatNobodyConfirmsInTimeExpires() throws Exception {
        String id = prepare(lan, ORDER).path("id").asText();
        stage.log.clock.advance(Duration.ofMinutes(5));
        assertEquals(409, act(binh, id, "confirm", "{}").statusCode(), "before anybody has said that it expired");

        stage.decide(1);

        assertEquals(id, shownAs("expired").path("id").asText());
        HttpResponse<String> late = act(binh, id, "confirm", "{}");
        assertEquals(409, late.statusCode());
        assertTrue(late.body().contains("expired at 2026-11-25T02:05:00Z"), late.body());
    }

    @Test
    void whatIsConfirmedAndNoSirenSoundsIsUnanswered() throws Exception {
        String id = prepare(lan, ORDER).path("id").asText();
        assertEquals(200, act(binh, id, "confirm", "{}").statusCode());
        stage.tell(id, "siren-1", "19867", new Reading(Reading.SIREN, 0, "1", null));
        stage.log.clock.advance(Duration.ofMinutes(5));

        stage.decide(1);

        JsonNode order = shownAs("unanswered");
        assertEquals(0, order.at("/answers/siren-1/blasts").asInt(-1));
    }

    @Test
    void anOrderIsCancelledByWhoPreparedItOrByACommander() throws Exception {
        String other = stage.http.signIns.addSignedIn("dung", Role.OPERATOR, "477");
        String first = prepare(lan, ORDER).path("id").asText();
        String second = prepare(lan, ORDER).path("id").asText();
        String third = prepare(lan, ORDER).path("id").asText();
        assertEquals(403, act(other, first, "cancel", "{}").statusCode());

        JsonNode own = HttpFixture.json(act(lan, first, "cancel", "{\"reason\":\"nhầm\"}"));
        JsonNode commanders = HttpFixture.json(act(chi, second, "cancel", "{}"));
        assertEquals(200, act(binh, third, "confirm", "{}").statusCode());
        JsonNode calledOff = HttpFixture.json(act(lan, third, "cancel", "{}"));

        assertEquals("nhầm", own.at("/cancelled/reason").asText());
        assertEquals("chi", commanders.at("/cancelled/by").asText());
        assertEquals("cancelled", calledOff.path("state").asText());
        assertEquals(409, act(binh, first, "confirm", "{}").statusCode());
    }

    @Test
    void theSameKeyPreparesOnceAndARepeatedConfirmationIsAnsweredAlike() throws Exception {
        HttpRequest.Builder keyed = person(PATH, lan, ORDER).header("Idempotency-Key", "k-1");
        JsonNode first = HttpFixture.json(stage.act(keyed));
        long before = stage.readable();
        JsonNode again = HttpFixture.json(stage.act(keyed));
        HttpRequest.Builder changed =
                person(PATH, lan, ORDER.replace("flood3", "storm")).header("Idempotency-Key", "k-1");

        assertEquals(first, again);
        assertEquals(before, stage.readable());
        assertEquals(409, stage.act(changed).statusCode());
        String id = first.path("id").asText();
        JsonNode confirmed = HttpFixture.json(act(binh, id, "confirm", "{}"));
        assertEquals(confirmed, HttpFixture.json(act(binh, id, "confirm", "{}")));
        HttpRequest.Builder others = person(PATH, binh, ORDER).header("Idempotency-Key", "k-1");
        assertFalse(HttpFixture.json(stage.act(others)).path("id").asText().equals(id), "a key is one person's");
    }

    @Test
    void rolesAndScopesAreKept() throws Exception {
        String reader = stage.http.signIns.addToken(Role.READER, "477", 0);
        String wall = stage.http.signIns.addToken(Role.WALL, "477", 0);
        String neighbour = stage.http.signIns.addSignedIn("em", Role.COMMANDER, "19870");
        String id = prepare(lan, ORDER).path("id").asText();

        assertEquals(403, stage.act(stage.post(PATH, reader, ORDER)).statusCode());
        assertEquals(403, stage.act(person(PATH, neighbour, ORDER)).statusCode());
        assertEquals(
                404,
                stage.act(person(PATH, lan, ORDER.replace("477", "nowhere"))).statusCode());
        assertEquals(403, act(neighbour, id, "confirm", "{}").statusCode());
        assertEquals(403, act(neighbour, id, "cancel", "{}").statusCode());
        assertEquals(404, act(binh, "nothing", "confirm", "{}").statusCode());
        assertEquals(403, stage.get(PATH, wall).statusCode());
        assertEquals(200, stage.get(PATH, reader).statusCode());
        assertEquals(
                403,
                stage.http
                        .send(stage.http.person(PATH + "?area=477", neighbour, "GET", ""))
                        .statusCode());
        assertEquals(0, list(neighbour, "").path("orders").size());
        HttpRequest.Builder foreign = stage.http
                .request(PATH + "/" + id + "/confirm")
                .header("Cookie", "kydai=" + binh)
                .header("Origin", "http://elsewhere.example")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        assertEquals(403, stage.act(foreign).statusCode());
        assertEquals("prepared", list(lan, "").at("/orders/0/state").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"area\":\"477\",\"signal\":\"loud\",\"reason\":\"x\"}",
                "{\"area\":\"477\",\"signal\":[\"storm\"],\"reason\":\"x\"}",
                "{\"area\":\"477\",\"signal\":\"storm\"}",
                "{\"area\":\"477\",\"signal\":\"storm\",\"reason\":\"  \"}",
                "{\"area\":\"477\",\"signal\":\"storm\",\"reason\":\"a\\u0000b\"}",
                "{\"signal\":\"storm\",\"reason\":\"x\"}",
                "{\"area\":\"477\",\"signal\":\"storm\",\"reason\":\"x\",\"by\":\"chi\"}",
                "{\"area\":\"477\",\"signal\":\"storm\",\"reason\":\"x\",\"alarm\":\"flood:none\"}"
            })
    void aBodyThatIsNotAnOrderIsRefused(String body) throws Exception {
        assertEquals(400, stage.act(person(PATH, lan, body)).statusCode());
        assertEquals(0, list(lan, "").path("orders").size());
    }

    @Test
    void theAlarmItIsForIsNamed() throws Exception {
        stage.tell("wl-1", "19867", new Reading("water_level", 2, "m", null));
        stage.decide(1);

        JsonNode order = prepare(lan, ORDER.replace("}", ",\"alarm\":\"flood:wl-1\"}"));

        assertEquals("flood:wl-1", order.path("alarm").asText());
    }

    @Test
    void threeOrdersOfOnePersonWaitAndThoseOfOthersDoNot() throws Exception {
        for (int each = 0; each < 3; each++) {
            assertEquals("prepared", prepare(lan, ORDER).path("state").asText());
        }

        HttpResponse<String> another = stage.act(person(PATH, lan, ORDER));

        assertEquals(429, another.statusCode());
        assertTrue(another.body().contains("3 orders of yours wait already"), another.body());
        assertEquals("60", another.headers().firstValue("Retry-After").orElse(""));
        String own = prepare(chi, ORDER).path("id").asText();
        assertEquals(200, act(chi, own, "cancel", "{}").statusCode());
    }

    @Test
    void anAreaWhoseOrdersAreTooManyLeavesRoomForOtherAreas() throws Exception {
        for (int each = 0; each < 20; each++) {
            Alarm.Order content = new Alarm.Order(Signal.STORM, null);
            Instant until = stage.log.clock.instant().plusSeconds(300);
            stage.tell("kydai", "19870", Alarm.ofOrder("o-" + each, Step.PREPARED, content, "p" + each, "x", until));
        }
        stage.decide(0);
        assertEquals("19870", shownAs("prepared").path("area").asText());

        HttpResponse<String> another = stage.act(person(PATH, lan, ORDER.replace("477", "19870")));

        assertEquals(429, another.statusCode());
        assertTrue(another.body().contains("20 orders of the area 19870 hold already"), another.body());
        assertEquals("prepared", prepare(lan, ORDER).path("state").asText());
    }

    @Test
    void everyDeedIsNoted() throws Exception {
        String id = prepare(lan, ORDER).path("id").asText();
        assertEquals(403, act(lan, id, "confirm", "{}").statusCode(), "not a deed: the role may not");
        assertEquals(200, act(binh, id, "confirm", "{}").statusCode());
        assertEquals(409, act(chi, id, "confirm", "{}").statusCode());
        String neighbour = stage.http.signIns.addSignedIn("em", Role.COMMANDER, "19870");
        HttpRequest.Builder foreign = person(PATH, neighbour, ORDER).header("Idempotency-Key", "k-1");
        assertEquals(403, stage.act(foreign).statusCode());

        List<String> rows = stage.audited().stream()
                .map(row -> row.replaceAll("[|][0-9a-f]{24} in", "|ID in").replace(id, "ID"))
                .toList();
        assertEquals(
                List.of(
                        "lan|order prepare|ID in 477|ok",
                        "binh|order confirm|ID|ok",
                        "chi|order confirm|ID|refused",
                        "em|order prepare|ID in 477|refused"),
                rows);
    }

    private JsonNode prepare(String session, String body) throws Exception {
        HttpResponse<String> prepared = stage.act(person(PATH, session, body));
        assertEquals(200, prepared.statusCode(), prepared.body());
        return HttpFixture.json(prepared);
    }

    private HttpResponse<String> act(String session, String id, String deed, String body) throws Exception {
        return stage.act(request(session, id, deed, body));
    }

    private HttpRequest.Builder request(String session, String id, String deed, String body) {
        return person(PATH + "/" + id + "/" + deed, session, body);
    }

    private HttpRequest.Builder person(String path, String session, String body) {
        return stage.http.person(path, session, "POST", body);
    }

    private JsonNode list(String session, String query) throws Exception {
        return HttpFixture.json(stage.http.send(stage.http.person(PATH + query, session, "GET", "")));
    }

    /** The newest order, once it stands so: pictures come when they come. */
    private JsonNode shownAs(String state) throws Exception {
        AtomicReference<JsonNode> newest = new AtomicReference<>(list(lan, "").at("/orders/0"));
        doingUntil(
                "the order is " + state,
                () -> newest.set(list(lan, "").at("/orders/0")),
                () -> newest.get().path("state").asText().equals(state));
        return newest.get();
    }
}
