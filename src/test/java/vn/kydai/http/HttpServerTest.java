package vn.kydai.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.access.AccessFixture.await;
import static vn.kydai.http.HttpFixture.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.kydai.access.Role;

class HttpServerTest {
    private static final int MAX_CONNECTIONS = 20;

    private final HttpFixture http = new HttpFixture(List.of(TestStage::mount), MAX_CONNECTIONS);

    HttpServerTest() throws IOException {}

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void nobodyPassesWithoutAGoodCredential() throws Exception {
        http.signIns.addDevice("wl-phu-oc", "kyd_device");

        assertProblem(401, http.send(http.request("/api/v1/test/reader")), "sign in");
        assertProblem(401, http.send(http.request("/api/v1/nowhere")), "sign in");
        assertProblem(401, http.send(http.request("/api/v1/test/reader", "kyd_wrong")), "not good");
        assertProblem(
                401, http.send(http.request("/api/v1/test/reader").header("Authorization", "Digest x")), "scheme");
        assertProblem(
                401, http.send(http.request("/api/v1/test/reader").header("Authorization", "Basic ???")), "base64");
        assertProblem(401, http.send(http.request("/api/v1/test/reader").header("Cookie", "kydai=kyd_x")), "not good");
        HttpResponse<String> basic = http.send(post("wl-phu-oc", "wrong", "application/json", "{}"));
        assertProblem(401, basic, "not good");
        assertTrue(basic.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Basic"), "tried Basic");
    }

    @Test
    void aBrowserIsNeverAskedForBasicCredentials() throws Exception {
        HttpResponse<String> response = http.send(http.request("/api/v1/test/reader"));

        assertEquals(List.of("Bearer realm=\"kydai\""), response.headers().allValues("WWW-Authenticate"));
    }

    @Test
    void aRoleOrKindOfCallerThatMayNotGets403() throws Exception {
        http.signIns.addDevice("wl-phu-oc", "kyd_device");
        String wall = http.signIns.addToken(Role.WALL, "477", 0);
        String reader = http.signIns.addToken(Role.READER, "477", 0);

        assertProblem(403, http.send(http.request("/api/v1/test/reader", wall)), "reader is needed");
        assertProblem(403, http.send(http.request("/api/v1/test/reader", "kyd_device")), "device");
        assertEquals(
                "reader of 477",
                http.send(http.request("/api/v1/test/reader", reader)).body());
        assertProblem(
                403,
                http.send(http.request("/api/v1/test/body", reader)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{}"))),
                "only a device");
    }

    @Test
    void aDevicePostsWithBasicOrBearerAndItsBodyArrivesWhole() throws Exception {
        http.signIns.addDevice("wl-phu-oc", "kyd_device");
        String body = "{\"x\":\"" + "y".repeat(80) + "\"}";

        assertEquals(
                "wl-phu-oc 88",
                http.send(post("wl-phu-oc", "kyd_device", "application/json", body))
                        .body());
        assertEquals(
                "wl-phu-oc 88",
                http.send(http.request("/api/v1/test/body", "kyd_device")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body)))
                        .body());
    }

    @Test
    void everyFailureHasAProblemBody() throws Exception {
        http.signIns.addDevice("wl-phu-oc", "kyd_device");
        String reader = http.signIns.addToken(Role.READER, "477", 0);

        assertProblem(404, http.send(http.request("/api/v1/nowhere", reader)), "nothing here");
        assertProblem(404, http.send(http.request("/nowhere.html")), "nothing here");
        assertProblem(404, http.send(http.request("/../pom.xml")), "nothing here");
        assertProblem(404, http.send(http.request("/lib/.hidden")), "nothing here");
        assertProblem(405, http.send(http.request("/api/v1/test/reader", reader).DELETE()), "allowed: GET");
        assertProblem(405, http.send(http.request("/wall").DELETE()), "allowed: GET, HEAD");
        assertEquals(
                "GET",
                http.send(http.request("/api/v1/test/reader", reader).DELETE())
                        .headers()
                        .firstValue("Allow")
                        .orElse(""));
        assertProblem(
                413, http.send(post("wl-phu-oc", "kyd_device", "application/json", "x".repeat(500))), "too large");
        assertProblem(415, http.send(post("wl-phu-oc", "kyd_device", "application/xml", "<x/>")), "application/xml");
        HttpResponse<String> full = http.send(http.request("/api/v1/test/full", reader));
        assertProblem(503, full, "queue is full");
        assertEquals("7", full.headers().firstValue("Retry-After").orElse(""));
    }

    @Test
    void aBugIsAnsweredWithoutInternals() throws Exception {
        String reader = http.signIns.addToken(Role.READER, "477", 0);

        HttpResponse<String> response = http.send(http.request("/api/v1/test/bug", reader));

        assertProblem(500, response, "the server failed");
        assertFalse(response.body().contains("hidden"), response.body());
        assertFalse(response.body().contains("Exception"), response.body());
    }

    @Test
    void whatIsNotHttpGetsAProblemAndIsClosed() throws Exception {
        for (Map.Entry<String, String> request : Map.of(
                        "rubbish\r\n\r\n",
                        "400",
                        "GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                        "414",
                        "GET /wall HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(20_000) + "\r\n\r\n",
                        "431")
                .entrySet()) {
            String answer = http.raw(request.getKey());
            assertTrue(answer.matches("(?s)HTTP/1.[01] (" + request.getValue() + ").*"), answer);
            assertTrue(answer.contains("application/problem+json"), answer);
            assertTrue(answer.contains("\"type\":\"about:blank\""), answer);
        }
        String undecodable = http.raw("GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertTrue(undecodable.matches("(?s)HTTP/1.1 40[04].*application/problem.json.*"), undecodable);
    }

    @Test
    void theDatabaseGoneIsNotABadCredential() throws Exception {
        await(http.signIns.pool.close());

        HttpResponse<String> response = http.send(http.request("/api/v1/test/reader", "kyd_any"));

        assertProblem(503, response, "try again");
        assertTrue(response.headers().firstValue("Retry-After").isPresent());
    }

    @Test
    void aHeadThatComesAByteNowAndThenIsNotWaitedForLongerThanOneThatNeverComes() throws Exception {
        try (Socket slow = new Socket("127.0.0.1", http.port());
                Socket mute = new Socket("127.0.0.1", http.port())) {
            mute.setSoTimeout(30_000);
            slow.setSoTimeout(1_000);
            int read = 0;
            while (read >= 0 && !isReset(slow)) {
                try {
                    read = slow.getInputStream().read();
                } catch (SocketTimeoutException stillOpen) {
                    read = 0;
                } catch (SocketException cut) {
                    read = -1;
                }
            }

            assertEquals(-1, mute.getInputStream().read());
            assertTrue(http.signIns.meters.counter("kydai.http.slow").count() >= 1);
        }
    }

    /** Sends one more byte of a head without end; tells whether the server has cut the connection. */
    private static boolean isReset(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write('x');
            return false;
        } catch (SocketException cut) {
            return true;
        }
    }

    @Test
    void connectionsBeyondTheBoundAreToldAndClosed() throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            // The last quarter is kept for addresses somebody has signed in from.
            for (int i = 0; i < MAX_CONNECTIONS - MAX_CONNECTIONS / 4; i++) {
                Socket socket = new Socket("127.0.0.1", http.port());
                open.add(socket);
                socket.setSoTimeout(10_000);
                socket.getOutputStream()
                        .write("HEAD /docs HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertEquals('H', socket.getInputStream().read());
            }

            String answer = http.raw("GET /docs HTTP/1.1\r\nHost: x\r\n\r\n");

            assertTrue(answer.startsWith("HTTP/1.1 503"), answer);
            assertTrue(answer.contains("http.maxConnections"), answer);
            assertEquals(1, http.signIns.meters.counter("kydai.http.refused").count());
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private HttpRequest.Builder post(String id, String token, String type, String body) {
        String pair = Base64.getEncoder().encodeToString((id + ":" + token).getBytes(StandardCharsets.UTF_8));
        return http.request("/api/v1/test/body")
                .header("Authorization", "Basic " + pair)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
    }

    private static void assertProblem(int status, HttpResponse<String> response, String detail) {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("Content-Type").orElse(""));
        assertEquals(
                "nosniff",
                response.headers().firstValue("X-Content-Type-Options").orElse(""));
        JsonNode body = json(response);
        assertEquals("about:blank", body.path("type").textValue());
        assertEquals(status, body.path("status").intValue());
        assertFalse(body.path("title").textValue().isEmpty());
        assertTrue(body.path("instance").textValue().startsWith("/"), response.body());
        assertTrue(body.path("detail").textValue().contains(detail), response.body());
    }
}
