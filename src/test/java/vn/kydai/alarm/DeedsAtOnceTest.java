package vn.kydai.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Measure;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.Reading;
import vn.kydai.http.HttpFixture;

/** What comes of deeds that meet others on their way to the journal, and of those that are sent twice. */
class DeedsAtOnceTest extends HighWater {
    private static final String PATH = "/api/v1/alarms/high:wl-1/";
    private static final String SHELF = "{\"occurrence\":1,\"minutes\":30,\"reason\":\"thử còi\"}";
    private static final String NOTE = "{\"occurrence\":1,\"text\":\"đã gọi trưởng thôn\"}";

    DeedsAtOnceTest() throws IOException {
        super("[{'at': 2.5, 'severity': 'low'}, {'at': 3, 'severity': 'high'}]");
    }

    @Test
    void whoTakesOverWhatSomebodyTookAMomentBeforeIsToldWho() throws Exception {
        stage.tell("kydai", "19867", Alarm.taken("high", "wl-1", 1, "binh", null, null));

        HttpResponse<String> late = act("take-over", "{\"occurrence\":1}", null);

        assertEquals(409, late.statusCode(), late.body());
        assertTrue(late.body().contains("held by binh;"), late.body());
        assertEquals(
                200,
                act("take-over", "{\"occurrence\":1,\"from\":\"binh\"}", null).statusCode());
    }

    @Test
    void whoExtendsAShelfThatSomebodyExtendedForTheLastTimeAMomentBeforeIsRefused() throws Exception {
        for (int each = 0; each < 3; each++) {
            assertEquals(200, act("shelve", SHELF, null).statusCode());
        }
        Instant until = stage.log.clock.instant().plusSeconds(600);
        stage.tell("kydai", "19867", new Alarm("high", "wl-1", 1, Step.SHELVED, null, "binh", "sửa", until));

        HttpResponse<String> late = act("shelve", SHELF, null);

        assertEquals(409, late.statusCode(), late.body());
        assertTrue(late.body().contains("extended 3 times"), late.body());
        JsonNode alarm = alarm();
        assertEquals(3, alarm.at("/shelf/extensions").asInt());
        assertEquals("binh", alarm.at("/shelf/by").asText());
    }

    @Test
    void theLastExtensionSentAgainIsAnsweredAsDone() throws Exception {
        for (int each = 0; each < 3; each++) {
            assertEquals(200, act("shelve", SHELF, "k-" + each).statusCode());
        }
        JsonNode done = HttpFixture.json(act("shelve", SHELF, "k-3"));
        long before = stage.readable();

        HttpResponse<String> again = act("shelve", SHELF, "k-3");

        assertEquals(200, again.statusCode(), again.body());
        assertEquals(done, HttpFixture.json(again));
        assertEquals(before, stage.readable());
        assertEquals(409, act("shelve", SHELF, "k-4").statusCode(), "another key is another deed");
        assertEquals(409, act("shelve", SHELF.replace("30", "60"), "k-3").statusCode(), "and so is other content");
    }

    @Test
    void aNoteSentAgainAfterTheAlarmRoseIsAnsweredAsDone() throws Exception {
        assertEquals(200, act("note", NOTE, "k-1").statusCode());
        rise();
        long before = stage.readable();

        HttpResponse<String> again = act("note", NOTE, "k-1");

        assertEquals(200, again.statusCode(), again.body());
        assertEquals(2, HttpFixture.json(again).path("occurrence").asInt());
        assertEquals(
                "đã gọi trưởng thôn", HttpFixture.json(again).at("/note/text").asText());
        assertEquals(before, stage.readable());
        assertEquals(409, act("note", NOTE, "k-2").statusCode(), "a new note means the new occurrence");
    }

    @Test
    void takingOverAgainWhatOneHoldsIsAnsweredAsDoneAlsoAfterItRose() throws Exception {
        assertEquals(200, act("take-over", "{\"occurrence\":1}", "k-1").statusCode());
        rise();

        HttpResponse<String> again = act("take-over", "{\"occurrence\":1}", "k-1");

        assertEquals(200, again.statusCode(), again.body());
        assertEquals("operator of 477", HttpFixture.json(again).at("/holder/by").asText());
    }

    @Test
    void aShelfThatTookEffectIsAnsweredAsDoneThoughTheAlarmRoseAtOnce() throws Exception {
        long before = stage.readable();
        CompletableFuture<HttpResponse<String>> sent = stage.send(request("shelve", SHELF, null));
        stage.appended(before);
        Measure measure = new Measure(1, 2, "water_level", 3.5, 3.0, "m");
        stage.tell("kydai", "19867", new Alarm("high", "wl-1", 2, Step.REALARMED, measure, null, null, null));

        HttpResponse<String> answer = stage.settled(sent);

        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("shelved", HttpFixture.json(answer).path("state").asText());
        assertEquals(2, HttpFixture.json(answer).path("occurrence").asInt());
    }

    private void rise() throws InterruptedException {
        stage.log.clock.advance(Duration.ofSeconds(60));
        stage.tell("wl-1", "19867", new Reading("water_level", 3.5, "m", null));
        stage.decide(1);
    }

    private HttpResponse<String> act(String deed, String body, @Nullable String key) throws Exception {
        return stage.act(request(deed, body, key));
    }

    private HttpRequest.Builder request(String deed, String body, @Nullable String key) {
        HttpRequest.Builder request = stage.post(PATH + deed, an, body);
        return key == null ? request : request.header("Idempotency-Key", key);
    }

    private JsonNode alarm() throws Exception {
        return HttpFixture.json(stage.get("/api/v1/alarms", an)).at("/alarms/high:wl-1");
    }
}
