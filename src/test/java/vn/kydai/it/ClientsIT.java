package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.ReadsTheDate;

/** What a stranger does with the tools at hand: mosquitto_pub, curl, the command line. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@ReadsTheDate
class ClientsIT {
    private static final String AREA = "19897";
    private static final String GAUGE = "my-gauge";
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @TempDir
    private static Path data = Path.of("target");

    private static ServerProcess server = new ServerProcess(data);
    private static String gaugeToken = "";
    private static String readerToken = "";
    private static String wallToken = "";

    @BeforeAll
    static void startAServerAndRegisterAGauge() throws Exception {
        server = new ServerProcess(data);
        server.start();
        gaugeToken = secret("device", "add", "--area", AREA, "--id", GAUGE, "--kind", "sensor");
        readerToken = secret("token", "add", "--role", "reader", "--scope", "477");
        wallToken = secret("token", "add", "--role", "wall", "--scope", "477");
    }

    @AfterAll
    static void stopTheServer() throws Exception {
        assertEquals(0, server.stop(), "a server told to stop ends well");
        assertTrue(server.postgresProcesses().isEmpty(), "it leaves no PostgreSQL behind");
    }

    @Test
    void aReadingPublishedByMosquittoShowsOnTheWallWithinASecond() throws Exception {
        try (WallSocket wall = WallSocket.open(server, wallToken)) {
            Predicate<JsonNode> shows =
                    document -> document.at("/sensors/" + GAUGE + "/value").asDouble() == 3.11;

            Result result = mosquitto("mqttv5", gaugeToken, topic("reading"), reading("r-1", "3.11"));

            assertEquals(0, result.exitCode, result.output);
            assertTrue(wall.await(shows, A_SECOND), () -> "not on the wall: " + wall.document());
        }
    }

    @Test
    void aDossierPostedByCurlCountsOnTheWallWithinASecond() throws Exception {
        String desk = secret("device", "add", "--area", AREA, "--id", "my-desk", "--kind", "desk");
        try (WallSocket wall = WallSocket.open(server, wallToken)) {
            String pointer = "/children/" + AREA + "/figures/received/value";
            int before = wall.document().at(pointer).asInt();

            Result result = run(
                    "curl",
                    "-s",
                    "-u",
                    "my-desk:" + desk,
                    "-H",
                    "Content-Type: application/cloudevents+json",
                    "-d",
                    """
                    {"specversion":"1.0","id":"d-1","source":"/sources/my-desk","type":"vn.kydai.dossier.v1",\
                    "data":{"dossier":"000.00.21.H57-261124-0001","procedure":"1.004873","status":2,"channel":"counter"}}""",
                    server.http("/api/v1/events").toString());

            assertEquals("{\"committed\":1,\"duplicate\":0,\"rejected\":[]}", result.output);
            assertTrue(wall.await(document -> document.at(pointer).asInt() == before + 1, A_SECOND), "not counted");
        }
    }

    @Test
    void aWrongTokenIsRefused() throws Exception {
        Result mqtt = mosquitto("mqttv5", "wrong", topic("reading"), reading("r-9", "1"));
        HttpResponse<String> http =
                new Api(server, readerToken).post("/api/v1/events", "wrong", "application/cloudevents+json", "{}");

        assertNotEquals(0, mqtt.exitCode);
        assertEquals(401, http.statusCode());
    }

    @Test
    void aForeignTopicIsAnsweredWithNotAuthorized() throws Exception {
        Result result =
                mosquitto("mqttv5", gaugeToken, "kydai/v1/" + AREA + "/wl-phu-oc/reading", reading("r-10", "1"));

        assertTrue(result.output.contains("Not authorized"), result.output);
    }

    @Test
    void aBadPayloadIsAnsweredWithPayloadFormatInvalid() throws Exception {
        Result result = mosquitto("mqttv5", gaugeToken, topic("reading"), "{\"metric\":\"water_level\"}");

        assertTrue(result.output.contains("Payload format invalid"), result.output);
    }

    @Test
    void anOlderClientIsServedToo() throws Exception {
        Result result = mosquitto("mqttv311", gaugeToken, topic("reading"), reading("r-11", "3.0"));

        assertEquals(0, result.exitCode, result.output);
    }

    private static String topic(String kind) {
        return "kydai/v1/" + AREA + "/" + GAUGE + "/" + kind;
    }

    private static String reading(String id, String value) {
        return "{\"id\":\"%s\",\"metric\":\"water_level\",\"value\":%s,\"unit\":\"m\"}".formatted(id, value);
    }

    private static String secret(String... command) throws Exception {
        ServerProcess.Result result = server.run(command);
        assertEquals(0, result.exitCode(), () -> String.join(" ", command));
        assertTrue(result.output().matches("\\S+"), "prints the secret and nothing else");
        return result.output();
    }

    private static Result mosquitto(String version, String token, String topic, String payload) throws Exception {
        return run(
                "mosquitto_pub",
                "-d",
                "-V",
                version,
                "-q",
                "1",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(server.mqttPort()),
                "-i",
                "it-" + payload.hashCode(),
                "-u",
                GAUGE,
                "-P",
                token,
                "-t",
                topic,
                "-m",
                payload);
    }

    private record Result(int exitCode, String output) {}

    private static Result run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException absent) {
            if (System.getenv("TESTS_MUST_RUN") != null) {
                return fail(command[0] + " must be installed here", absent);
            }
            System.err.println("SKIPPED real-client test: no " + command[0]);
            return abort("no " + command[0]);
        }
    }
}
