package vn.kydai.wall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketFrame;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.kydai.config.Settings;
import vn.kydai.event.Picture;
import vn.kydai.event.codec.Json;

class WallSocketTest {
    private static final Duration STEP = Duration.ofMillis(200);

    private final long seed = new Random().nextLong();
    private final PictureWalk walk = new PictureWalk(seed, 11, 40);
    private final String commune = walk.communes().get(0);
    private WallServer server = new WallServer(settings(50, 100), walk.at());

    private static Settings.Wall settings(int resumeTicks, int maxSockets) {
        return new Settings.Wall(20, 100, 10_000, resumeTicks, maxSockets, 1);
    }

    @BeforeEach
    void showAFirstPicture() {
        System.out.println("seed " + seed);
        show(walk.after(50, STEP));
        settle(walk.picture());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void itSaysWhenThereIsSomethingToShow() {
        try (WallServer unseen = new WallServer(settings(50, 1_000), walk.at())) {
            String url = "/api/v1/areas/" + PictureWalk.DISTRICT + "/wall";
            assertEquals(503, HttpAnswer.get(unseen, url, PictureWalk.DISTRICT).status());
            assertFalse(unseen.firstShown().isComplete());

            unseen.show(walk.picture());
            WallServer.await(unseen.firstShown());

            assertEquals(200, HttpAnswer.get(unseen, url, PictureWalk.DISTRICT).status());
        }
    }

    private void show(Picture picture) {
        server.show(picture);
    }

    /** Shows pictures until some have changed the district, and returns the last of them. */
    private Picture change(int ticks) {
        Picture picture = walk.picture();
        for (int i = 0; i < ticks; ) {
            long before = picture.position();
            picture = walk.next(STEP);
            if (picture.position() != before) {
                show(picture);
                i++;
                settle(picture);
            }
        }
        return picture;
    }

    /** Waits until the wall has shown a picture: those that come too fast are passed over. */
    private void settle(Picture picture) {
        String url = "/api/v1/areas/" + PictureWalk.DISTRICT + "/wall";
        HttpAnswer answer;
        do {
            answer = HttpAnswer.get(server, url, PictureWalk.DISTRICT);
        } while (!answer.body().path("position").asText().equals(Long.toString(picture.position())));
    }

    private static String expected(Picture picture, String scope) {
        return Json.text(new WallDocument().of(picture, scope).orElseThrow());
    }

    @Test
    void greetsThenSendsASnapshotThenPatches() {
        settle(walk.picture());
        WallClient screen = server.connect(PictureWalk.DISTRICT);
        screen.subscribe(PictureWalk.DISTRICT);
        JsonNode snapshot = screen.take("snapshot");
        String first = screen.document();
        Picture before = walk.picture();

        Picture after = change(5);
        screen.takeUntil(snapshot.path("seq").asLong() + 5);

        assertEquals("0.1.0+test", screen.hello.path("build").asText());
        assertEquals(1, screen.hello.path("protocol").asInt());
        assertEquals(100, screen.hello.path("heartbeatMs").asInt());
        assertEquals(PictureWalk.DISTRICT, screen.hello.path("scope").asText());
        assertEquals(Frames.SUBPROTOCOL, screen.socket().subProtocol());
        assertEquals(expected(before, PictureWalk.DISTRICT), first);
        assertEquals(Long.toString(before.position()), snapshot.path("position").textValue());
        assertEquals(expected(after, PictureWalk.DISTRICT), screen.document());
    }

    @Test
    void countsOnlyTicksThatChangeSomething() {
        WallClient screen = server.connect(PictureWalk.DISTRICT);
        screen.subscribe(PictureWalk.DISTRICT);
        long seq = screen.take("snapshot").path("seq").asLong();
        Picture picture = walk.picture();
        show(new Picture(
                picture.position(),
                picture.at().plusSeconds(1),
                picture.areas(),
                picture.sensors(),
                picture.ticker(),
                picture.alarms(),
                picture.floods(),
                picture.orders(),
                picture.desks(),
                picture.lastIngest(),
                Collections.emptySortedMap(),
                null));

        Picture changed = change(1);

        JsonNode patch = screen.take("patch");
        assertEquals(seq + 1, patch.path("seq").asLong());
        assertEquals(Json.time(changed.at()), patch.path("at").asText());
        assertEquals(Long.toString(changed.position()), patch.path("position").textValue());
    }

    @Test
    void beatsWithTheSeqOfTheScope() {
        WallClient screen = server.connect(PictureWalk.DISTRICT);
        screen.subscribe(PictureWalk.DISTRICT);
        long seq = screen.take("snapshot").path("seq").asLong();

        JsonNode beat = screen.take("heartbeat");

        assertEquals(seq, beat.path("seq").asLong());
        assertEquals(Json.time(server.now()), beat.path("at").asText());
    }

    @Test
    void theWayFromIngestToEachSocketIsMeasured() {
        WallClient one = server.connect(PictureWalk.DISTRICT);
        WallClient other = server.connect(PictureWalk.DISTRICT);
        one.subscribe(PictureWalk.DISTRICT);
        other.subscribe(PictureWalk.DISTRICT);
        long seq = one.take("snapshot").path("seq").asLong();
        other.take("snapshot");

        change(5);
        one.takeUntil(seq + 5);
        other.takeUntil(seq + 5);

        assertEquals(2 * 5, server.timed("kydai.wall.delay"));
    }

    @Test
    void resumesWithTheTicksItMissed() {
        WallClient before = server.connect(PictureWalk.DISTRICT);
        before.subscribe(PictureWalk.DISTRICT);
        long seq = before.take("snapshot").path("seq").asLong();
        before.close();
        Picture last = change(7);

        WallClient after = server.connect(PictureWalk.DISTRICT);
        after.holds(before);
        after.send(resume(before.epoch(), seq));
        after.takeUntil(seq + 7);

        assertEquals(expected(last, PictureWalk.DISTRICT), after.document());
        assertFalse(after.everything().contains("\"snapshot\""));
        assertEquals(1, server.count("kydai.wall.resumed"));
    }

    @Test
    void answersAResumeThatMissedNothingWithAHeartbeat() {
        WallClient before = server.connect(PictureWalk.DISTRICT);
        before.subscribe(PictureWalk.DISTRICT);
        long seq = before.take("snapshot").path("seq").asLong();

        before.send(resume(before.epoch(), seq));

        assertEquals(seq, before.take("heartbeat").path("seq").asLong());
    }

    @Test
    void sendsASnapshotWhenTheTicksAreNoLongerHeld() {
        server.close();
        server = new WallServer(settings(2, 100), walk.at());
        show(walk.picture());
        settle(walk.picture());
        WallClient screen = server.connect(PictureWalk.DISTRICT);
        screen.subscribe(PictureWalk.DISTRICT);
        long seq = screen.take("snapshot").path("seq").asLong();
        Picture last = change(3);

        WallClient after = server.connect(PictureWalk.DISTRICT);
        after.send(resume(screen.epoch(), seq));
        JsonNode snapshot = after.take("snapshot");

        assertEquals(seq + 3, snapshot.path("seq").asLong());
        assertEquals(expected(last, PictureWalk.DISTRICT), after.document());
    }

    @Test
    void sendsASnapshotToAScreenOfAnotherEpoch() {
        WallClient screen = server.connect(PictureWalk.DISTRICT);
        screen.send(resume("2026-01-01T00:00:00.000Z", 1));
        assertEquals(1, screen.take("snapshot").path("seq").asLong());
    }

    private static String resume(String epoch, long seq) {
        return "{'type':'subscribe','scope':'477','view':'wall','after':{'epoch':'" + epoch + "','seq':" + seq + "}}";
    }

    @Test
    void closesAScreenThatAsksForAForeignArea() {
        WallClient screen = server.connect(commune);
        screen.send("{'type':'subscribe','rid':'7','scope':'477','view':'wall'}");
        JsonNode error = screen.take("error");
        assertEquals("forbidden", error.path("code").asText());
        assertEquals("7", error.path("rid").asText());
        assertEquals(4003, screen.closeCode());
    }

    @Test
    void sendsACommuneNothingOfItsNeighbours() {
        settle(walk.picture());
        WallClient screen = server.connect(commune);
        screen.subscribe(commune);
        long seq = screen.take("snapshot").path("seq").asLong();
        Picture last = change(100);
        JsonNode beat;
        do {
            beat = screen.take("heartbeat");
        } while (beat.path("seq").asLong() == seq || !screen.document().equals(expected(last, commune)));
        for (String other : walk.communes()) {
            assertEquals(other.equals(commune), screen.everything().contains('"' + other + '"'), other);
        }
        assertFalse(screen.everything().contains('"' + PictureWalk.DISTRICT + '"'));
    }

    @Test
    void saysThatAnAreaIsUnknown() {
        WallClient screen = server.connect(PictureWalk.DISTRICT);
        screen.subscribe("1");
        assertEquals("unknown_area", screen.take("error").path("code").asText());
        screen.subscribe(commune);
        assertEquals(expected(walk.picture(), commune), document(screen));
    }

    private static String document(WallClient screen) {
        JsonNode unused = screen.take("snapshot");
        return screen.document();
    }

    @Test
    void followsOneScopeAtATime() {
        WallClient screen = server.connect(PictureWalk.DISTRICT);
        screen.subscribe(PictureWalk.DISTRICT);
        assertEquals(expected(walk.picture(), PictureWalk.DISTRICT), document(screen));
        screen.subscribe(commune);
        assertEquals(expected(walk.picture(), commune), document(screen));
        Picture last = change(30);
        while (!screen.document().equals(expected(last, commune))) {
            JsonNode unused = screen.take("patch");
        }
    }

    @Test
    void answersAPing() {
        WallClient screen = server.connect(PictureWalk.DISTRICT);
        screen.send("{'type':'ping','rid':'p-1'}");
        JsonNode ok = screen.take("ok");
        assertEquals("p-1", ok.path("rid").asText());
        assertEquals(Json.time(server.now()), ok.path("at").asText());
    }

    @Test
    void endsASocketThatKeepsSendingNonsense() {
        for (String nonsense : List.of(
                "x",
                "[]",
                "{'type':'x'}",
                "{'type':'subscribe'}",
                "{'type':'subscribe','scope':'477','at':'x'}",
                "{'type':'subscribe','scope':'477','speed':0}",
                "{'type':'subscribe','scope':'477','after':{}}",
                "{'type':'ping','rid':7}",
                "{'type':'ping','x':'" + "x".repeat(5_000) + "'}")) {
            WallClient screen = server.connect(PictureWalk.DISTRICT);
            screen.send(nonsense);
            assertEquals("malformed", screen.take("error").path("code").asText(), nonsense);
            screen.send(nonsense);
            assertEquals(4400, screen.closeCode(), nonsense);
        }
    }

    @Test
    void saysThatAMessageIsTooLarge() {
        WallClient screen = server.connect(PictureWalk.DISTRICT);
        String part = "x".repeat(60_000);
        WallServer.await(screen.socket().writeFrame(WebSocketFrame.textFrame(part, false)));
        for (int i = 0; i < 6; i++) {
            WallServer.await(screen.socket().writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer(part), i == 5)));
        }
        assertEquals("malformed", screen.take("error").path("code").asText());
    }

    @Test
    void endsASocketThatTalksTooMuch() {
        WallClient screen = server.connect(PictureWalk.DISTRICT);
        for (int i = 0; i < 200; i++) {
            screen.socket().writeTextMessage("{\"type\":\"ping\"}").onFailure(failure -> {});
        }
        assertEquals(4400, screen.closeCode());
    }

    @Test
    void endsASocketWhoseTokenNoLongerHolds() {
        WallClient screen = server.connect(PictureWalk.DISTRICT);
        server.revoked.add(PictureWalk.DISTRICT);
        assertEquals(4001, screen.closeCode());
    }

    @Test
    void refusesOneSocketTooMany() {
        server.close();
        server = new WallServer(settings(50, 1), walk.at());
        show(walk.picture());
        settle(walk.picture());
        WallClient first = server.connect(PictureWalk.DISTRICT);
        assertEquals(503, refused(PictureWalk.DISTRICT, List.of(Frames.SUBPROTOCOL)));
        first.close();
        assertEquals(1, server.count("kydai.wall.refused"));
    }

    @Test
    void refusesAForeignSubprotocolAndAStranger() {
        assertEquals(400, refused(PictureWalk.DISTRICT, List.of("mqtt")));
        assertEquals(401, refused("", List.of(Frames.SUBPROTOCOL)));
    }

    @Test
    void refusesACookieFromAnotherOrigin() {
        assertEquals(403, refused("cookie", List.of(Frames.SUBPROTOCOL)));
    }

    private int refused(String token, List<String> subprotocols) {
        AssertionError failure =
                assertThrows(AssertionError.class, () -> WallServer.await(server.open(token, subprotocols)));
        return failure.getCause() instanceof UpgradeRejectedException refusal ? refusal.getStatus() : 0;
    }

    @Test
    void tellsItsScreensThatItStops() {
        WallClient screen = server.connect(PictureWalk.DISTRICT);
        WallServer.await(server.stopWall());
        assertEquals(1001, screen.closeCode());
        assertEquals(0, server.gauge("kydai.wall.sockets"));
        assertTrue(server.count("kydai.wall.sent") > 0);
    }

    @Test
    void aTokenThatOpensAllItMayLeavesRoomForOthersAndGetsRoomBack() {
        List<WallClient> greedy =
                IntStream.range(0, 64).mapToObj(i -> server.connect(commune)).toList();

        int status = refused(commune, List.of(Frames.SUBPROTOCOL));

        assertEquals(429, status);
        server.connect(PictureWalk.DISTRICT).close();
        greedy.getFirst().close();
        while (server.gauge("kydai.wall.sockets") > 63) {
            Thread.onSpinWait();
        }
        server.connect(commune).close();
    }
}
