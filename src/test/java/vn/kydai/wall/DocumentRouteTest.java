package vn.kydai.wall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.kydai.event.Configuration;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.event.codec.Json;

class DocumentRouteTest {
    private static final Instant START = Instant.parse("2026-11-25T01:00:00Z");
    private static final String DISTRICT = CountingFold.DISTRICT;
    private static final String PATH = "/api/v1/areas/477/wall";

    private final WallServer server = new WallServer(WallServer.QUICK, START);
    private final CountingFold live = new CountingFold();

    @BeforeEach
    void showAFirstPicture() {
        server.show(live.picture(START));
        settle();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Lets a second pass and an event come in, which happened some time before. */
    private Journaled happen(long position, Duration before) {
        server.pass(Duration.ofSeconds(1));
        String area = CountingFold.COMMUNES.get((int) (position % 2));
        Journaled event =
                CountingFold.ticket(position, server.now(), server.now().minus(before), area);
        server.journal.add(event);
        live.apply(event);
        server.show(live.picture(server.now()));
        return event;
    }

    private void settle() {
        String at = Json.time(server.now());
        while (!get(PATH).body().path("at").asText().equals(at)) {
            Thread.onSpinWait();
        }
    }

    private HttpAnswer get(String path) {
        return HttpAnswer.get(server, path, DISTRICT);
    }

    private static long waiting(JsonNode answer) {
        return answer.path("data").path("figures").path("waiting").path("value").asLong();
    }

    @Test
    void answersWithTheNewestDocument() {
        Journaled unused = happen(7, Duration.ZERO);
        settle();

        JsonNode answer = get(PATH).body();

        assertEquals("7", answer.path("position").textValue());
        assertEquals(Json.time(server.now()), answer.path("at").textValue());
        assertEquals(1, waiting(answer));
        assertEquals(
                Json.text(new WallDocument()
                        .of(live.picture(server.now()), DISTRICT)
                        .orElseThrow()),
                Json.text(answer.path("data")));
    }

    @Test
    void aLiveFrameEqualsTheFoldOfItsOwnPositionAndTime() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        WallClient screen = server.connect(DISTRICT);
        screen.subscribe(DISTRICT);
        JsonNode frame = screen.take("snapshot");
        for (int position = 1; position <= 1_050; position++) {
            Journaled unused = happen(position, Duration.ofSeconds(random.nextInt(600)));
            if (random.nextInt(50) == 0) {
                frame = screen.take("patch");

                HttpAnswer past = get(PATH + "?at=" + frame.path("at").asText());

                assertEquals(frame.path("position"), past.body().path("position"));
                assertEquals(frame.path("at"), past.body().path("at"));
                assertEquals(screen.document(), Json.text(past.body().path("data")));
            }
        }
        while (frame.path("position").asLong() < 1_050) {
            frame = screen.take("patch");
        }
        HttpAnswer past = get(PATH + "?at=" + frame.path("at").asText());
        assertEquals(screen.document(), Json.text(past.body().path("data")));
    }

    @Test
    void tellsWhatTheOperatorSawFromWhatWasTrue() {
        Journaled unused = happen(1, Duration.ZERO);
        Instant then = server.now();
        Journaled late = happen(2, Duration.ofSeconds(30));
        assertTrue(late.event().eventTime().isBefore(then));

        HttpAnswer saw = get(PATH + "?at=" + then);
        HttpAnswer known = get(PATH + "?at=" + then + "&known=now");

        assertEquals(1, waiting(saw.body()));
        assertEquals("1", saw.body().path("position").textValue());
        assertEquals(2, waiting(known.body()));
    }

    @Test
    void readsAnOffset() {
        assertEquals(200, get(PATH + "?at=2026-11-25T07:30:00%2B07:00").status());
        assertEquals(200, get(PATH + "?at=2026-11-25T07:30:00+07:00").status());
    }

    @Test
    void refusesBadInstantsByName() {
        for (String query : new String[] {
            "at=yesterday", "at=2099-01-01T00:00:00Z", "at=", "known=now", "at=2026-11-25T00:00:00Z&known=x"
        }) {
            HttpAnswer answer = get(PATH + "?" + query);
            assertEquals(400, answer.status(), query);
            assertTrue(
                    answer.text().contains(query.startsWith("known") || query.endsWith("x") ? "known:" : "at:"),
                    answer.text());
        }
    }

    @Test
    void refusesForeignAndUnknownAreas() {
        String commune = CountingFold.COMMUNES.getFirst();
        String neighbour = "/api/v1/areas/" + CountingFold.COMMUNES.getLast() + "/wall";
        String at = "?at=" + START;
        assertEquals(
                200,
                HttpAnswer.get(server, "/api/v1/areas/" + commune + "/wall", commune)
                        .status());
        assertEquals(403, HttpAnswer.get(server, neighbour, commune).status());
        assertEquals(403, HttpAnswer.get(server, neighbour + at, commune).status());
        assertEquals(404, get("/api/v1/areas/1/wall").status());
        assertEquals(404, get("/api/v1/areas/1/wall" + at).status());
    }

    @Test
    void boundsTheFoldsOfThePastAndEndsThoseNobodyWaitsFor() throws IOException {
        Promise<Void> gate = Promise.promise();
        server.journal.holdUntil(gate.future());
        try (Socket one = ask();
                Socket two = ask()) {
            while (server.gauge("kydai.wall.replays") < 2) {
                Thread.onSpinWait();
            }
            assertEquals(429, get(PATH + "?at=" + START).status());
            assertTrue(one.isConnected() && two.isConnected());
        }
        gate.complete();
        while (server.gauge("kydai.wall.replays") > 0) {
            Thread.onSpinWait();
        }
        assertEquals(200, get(PATH + "?at=" + START).status());
    }

    @Test
    void saysSoWhenTheJournalCannotBeRead() {
        server.journal.holdUntil(Future.failedFuture("the database is gone"));
        assertEquals(503, get(PATH + "?at=" + START).status());
        assertEquals(0, server.gauge("kydai.wall.replays"));
        WallClient screen = server.connect(DISTRICT);
        screen.send("{'type':'subscribe','scope':'477','at':'" + START.minusSeconds(60) + "'}");
        assertEquals("unavailable", screen.take("error").path("code").asText());
        screen.subscribe(DISTRICT);
        assertEquals(0, waiting(screen.take("snapshot")));
    }

    private Socket ask() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream()
                .write(("GET " + PATH + "?at=" + START + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer 477\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void replaysThePastThenGoesLive() {
        for (int position = 1; position <= 20; position++) {
            Journaled unused = happen(position, Duration.ZERO);
        }
        settle();
        WallClient screen = server.connect(DISTRICT);

        screen.send("{'type':'subscribe','scope':'477','at':'" + START.plusSeconds(5) + "','speed':10}");

        JsonNode first = screen.take("snapshot");
        assertEquals(5, waiting(first));
        assertEquals(Json.time(START.plusSeconds(5)), first.path("at").textValue());
        server.pass(Duration.ofMillis(500));
        JsonNode second = screen.take("patch");
        assertEquals("10", second.path("position").textValue());
        assertEquals(Json.time(START.plusSeconds(10)), second.path("at").textValue());
        assertEquals(1, server.gauge("kydai.wall.replays"));
        server.pass(Duration.ofSeconds(2));
        JsonNode present = screen.take("snapshot");
        assertEquals(20, waiting(present));
        Journaled unused = happen(21, Duration.ZERO);
        assertEquals("21", screen.take("patch").path("position").textValue());
        assertEquals(0, server.gauge("kydai.wall.replays"));
    }

    @Test
    void boundsReplaysAndGivesTheirPlaceBack() {
        WallClient one = server.connect(DISTRICT);
        WallClient two = server.connect(DISTRICT);
        WallClient three = server.connect(DISTRICT);
        String replay = "{'type':'subscribe','scope':'477','at':'" + START.minusSeconds(60) + "'}";
        one.send(replay);
        assertEquals(0, waiting(one.take("snapshot")));
        two.send(replay);
        assertEquals(0, waiting(two.take("snapshot")));
        three.send(replay);
        assertEquals("busy", three.take("error").path("code").asText());
        one.subscribe(DISTRICT);
        assertEquals(0, waiting(one.take("snapshot")));
        two.close();
        while (server.gauge("kydai.wall.replays") > 0) {
            Thread.onSpinWait();
        }
        three.send(replay);
        assertEquals(0, waiting(three.take("snapshot")));
    }

    @Test
    void whatNeverWasAnAreaIsRefusedBeforeAnythingIsFolded() {
        server.journal.holdUntil(Promise.<Void>promise().future());

        HttpAnswer answer = get("/api/v1/areas/1/wall?at=" + START);
        WallClient screen = server.connect(DISTRICT);
        screen.send("{'type':'subscribe','scope':'1','at':'" + START.minusSeconds(60) + "'}");

        assertEquals(404, answer.status());
        assertEquals("unknown_area", screen.take("error").path("code").asText());
        assertEquals(0, server.gauge("kydai.wall.replays"));
    }

    @Test
    void aReplayEndsAfterHalfAnHourWhetherOrNotAnybodyElseWantsItsPlace() {
        WallClient screen = server.connect(DISTRICT);
        screen.send("{'type':'subscribe','scope':'477','at':'" + START.minusSeconds(60) + "','speed':1e-9}");
        assertEquals(0, waiting(screen.take("snapshot")));

        server.pass(Duration.ofMinutes(30));

        assertEquals("ended", screen.take("error").path("code").asText());
        while (server.gauge("kydai.wall.replays") > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aWallsReplayGivesWayToAPersonAndAPersonsToNobodyWithinHalfAnHour() {
        String replay = "{'type':'subscribe','scope':'477','at':'" + START.minusSeconds(60) + "'}";
        WallClient wall = server.connect(DISTRICT);
        WallClient person = server.connect("reader:" + DISTRICT);
        WallClient second = server.connect("reader:" + DISTRICT);
        WallClient third = server.connect("operator:" + DISTRICT);
        wall.send(replay);
        assertEquals(0, waiting(wall.take("snapshot")));
        person.send(replay);
        assertEquals(0, waiting(person.take("snapshot")));

        second.send(replay);
        JsonNode given = wall.take("error");
        third.send(replay);

        assertEquals("busy", given.path("code").asText());
        assertEquals(0, waiting(second.take("snapshot")));
        assertEquals("busy", third.take("error").path("code").asText());
    }

    @Test
    void aFoldOfThePastThatAWallAskedForGivesWayToAPerson() throws IOException {
        Promise<Void> gate = Promise.promise();
        server.journal.holdUntil(gate.future());
        WallClient person = server.connect("reader:" + DISTRICT);
        try (Socket one = ask();
                Socket two = ask()) {
            while (server.gauge("kydai.wall.replays") < 2) {
                Thread.onSpinWait();
            }

            person.send("{'type':'subscribe','scope':'477','at':'" + START.minusSeconds(60) + "'}");
            assertEquals("busy", person.take("error").path("code").asText(), "it folds still, but is told to end");
            gate.complete();

            String answers = firstLine(one) + firstLine(two);
            assertTrue(answers.contains("429"), answers);
        }
        while (server.gauge("kydai.wall.replays") > 0) {
            Thread.onSpinWait();
        }
        person.send("{'type':'subscribe','scope':'477','at':'" + START.minusSeconds(60) + "'}");
        assertEquals(0, waiting(person.take("snapshot")));
    }

    @Test
    void aMomentBeforeTheJournalBeganIsShownWithTheFirstConfigurationAndNothingCounted() {
        for (int position = 1; position <= 3; position++) {
            server.journal.add(configuration(position));
        }
        Journaled first = happen(4, Duration.ZERO);

        JsonNode before = get(PATH + "?at=" + START.minusSeconds(3_600)).body();
        JsonNode exactly = get(PATH + "?at=" + START).body();
        WallClient screen = server.connect(DISTRICT);
        screen.send("{'type':'subscribe','scope':'477','at':'" + START.minusSeconds(60) + "','speed':10}");
        JsonNode begun = screen.take("snapshot");

        assertEquals("3", before.path("position").textValue());
        assertEquals("3", exactly.path("position").textValue());
        assertEquals("3", begun.path("position").textValue());
        while (server.now().isBefore(first.ingestTime().plusSeconds(10))) {
            server.pass(Duration.ofSeconds(1));
        }
        JsonNode present = screen.take("snapshot");
        assertEquals("4", present.path("position").textValue());
    }

    private static Journaled configuration(long position) {
        Configuration said = new Configuration(Configuration.Part.AREAS, "d" + position, "{}");
        return new Journaled(position, START, new Event("c-" + position, "kydai", DISTRICT, START, false, null, said));
    }

    private static String firstLine(Socket socket) throws IOException {
        return String.valueOf(
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                        .readLine());
    }
}
