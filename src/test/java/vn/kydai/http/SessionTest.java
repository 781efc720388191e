package vn.kydai.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.access.AccessFixture.await;
import static vn.kydai.http.HttpFixture.json;

import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.kydai.access.Role;
import vn.kydai.observe.Patience;

class SessionTest {
    private static final int ANY = 1_000;

    private final HttpFixture http = new HttpFixture(List.of(TestStage::mount), ANY);

    SessionTest() throws IOException {}

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void aTokenIsExchangedForACookieThatOnlyTheServerReads() throws Exception {
        String wall = http.signIns.addToken(Role.WALL, "477", 10);

        HttpResponse<String> response = open("{\"token\":\"" + wall + "\"}");

        assertEquals(200, response.statusCode(), response.body());
        assertEquals("477", json(response).path("scope").textValue());
        assertEquals("wall", json(response).path("role").textValue());
        String cookie = response.headers().firstValue("Set-Cookie").orElse("");
        assertTrue(cookie.matches("kydai=kyd_[0-9A-Za-z_-]{43}; .*"), cookie);
        for (String attribute : List.of("HTTPOnly", "SameSite=Strict", "Path=/", "Max-Age=864000")) {
            assertTrue(cookie.contains(attribute), cookie + " lacks " + attribute);
        }
        assertFalse(cookie.contains("Secure"), "not under TLS here");
    }

    @Test
    void theCookieSurvivesARestartAndEndsWithTheSession() throws Exception {
        String cookie = cookie(Role.READER);
        assertEquals(200, get("/api/v1/test/reader", cookie).statusCode());

        http.restart();
        assertEquals("reader of 477", get("/api/v1/test/reader", cookie).body());
        assertEquals("reader", json(get("/api/v1/session", cookie)).path("role").textValue());

        HttpResponse<String> ended = http.send(
                http.request("/api/v1/session").header("Cookie", cookie).DELETE());
        assertEquals(204, ended.statusCode());
        assertTrue(ended.headers().firstValue("Set-Cookie").orElse("").contains("Max-Age=0"));
        assertEquals(401, get("/api/v1/test/reader", cookie).statusCode());
        assertEquals(401, get("/api/v1/session", cookie).statusCode());
    }

    @Test
    void revokingTheTokenEndsTheSessionWithinTenSeconds() throws Exception {
        String cookie = cookie(Role.WALL);
        String id = await(http.signIns.access().listTokens()).get(0).id();

        assertTrue(await(http.signIns.access().revokeToken(id, http.signIns.clock.instant(), "test")));
        http.signIns.clock.advance(Duration.ofSeconds(11));

        assertEquals(401, get("/api/v1/session", cookie).statusCode());
    }

    @Test
    void whatIsNoGoodTokenOpensNothing() throws Exception {
        http.signIns.addDevice("wl-phu-oc", "kyd_device");

        assertEquals(401, open("{\"token\":\"kyd_wrong\"}").statusCode());
        assertEquals(401, open("{\"token\":\"kyd_device\"}").statusCode());
        assertEquals(400, open("{\"token\":7}").statusCode());
        assertEquals(400, open("{\"token\":\"a\",\"scope\":\"all\"}").statusCode());
        assertEquals(400, open("[]").statusCode());
        assertEquals(400, open("").statusCode());
        assertEquals(400, open("{\"token\":\"a\"").statusCode());
        assertEquals(413, open("{\"token\":\"" + "a".repeat(5_000) + "\"}").statusCode());
        assertEquals(401, open("{\"user\":\"lan\",\"password\":\"x\"}").statusCode());
        assertEquals(400, open("{\"user\":\"lan\"}").statusCode());
        assertEquals(
                400,
                open("{\"user\":\"lan\",\"password\":\"x\",\"token\":\"y\"}").statusCode());
        assertEquals(
                405,
                http.send(http.request("/api/v1/session").PUT(BodyPublishers.ofString("{}")))
                        .statusCode());
        assertEquals(
                415,
                http.send(http.request("/api/v1/session")
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString("x")))
                        .statusCode());
    }

    @Test
    void aWebSocketOpensWithBearerOrWithACookieFromThisServersPagesOnly() throws Exception {
        String wall = http.signIns.addToken(Role.WALL, "477", 0);
        String cookie = cookie(Role.WALL);
        String here = "http://127.0.0.1:" + http.port();

        assertEquals("hello", socket("Authorization", "Bearer " + wall));
        assertEquals("hello", socket("Cookie", cookie, "Origin", here));
        assertEquals(403, refusal("Cookie", cookie, "Origin", "http://evil.example"));
        assertEquals(403, refusal("Cookie", cookie, "Origin", "null"));
        assertEquals(403, refusal("Cookie", cookie));
        assertEquals(401, refusal("Origin", here));
        assertEquals(401, refusal("Authorization", "Bearer kyd_wrong"));
    }

    @Test
    void aWebSocketThatIsGoneLeavesItsPlaceAmongTheConnections() {
        String wall = http.signIns.addToken(Role.WALL, "477", 0);

        assertEquals("hello", socket("Authorization", "Bearer " + wall));

        Gauge connections = http.signIns.meters.get("kydai.http.connections").gauge();
        Patience.until("no connection is left", () -> connections.value() == 0);
    }

    private String cookie(Role role) throws IOException, InterruptedException {
        HttpResponse<String> response = open("{\"token\":\"" + http.signIns.addToken(role, "477", 0) + "\"}");
        return response.headers().firstValue("Set-Cookie").orElse("").replaceFirst(";.*", "");
    }

    private HttpResponse<String> open(String body) throws IOException, InterruptedException {
        return http.send(http.request("/api/v1/session")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path, String cookie) throws IOException, InterruptedException {
        return http.send(http.request(path).header("Cookie", cookie));
    }

    private String socket(String... headers) {
        CompletableFuture<String> first = new CompletableFuture<>();
        WebSocket.Builder builder = http.client.newWebSocketBuilder().subprotocols("kydai.wall.v1");
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        WebSocket socket = builder.buildAsync(
                        URI.create("ws://127.0.0.1:" + http.port() + "/api/v1/test/socket"), new First(first))
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        assertEquals("kydai.wall.v1", socket.getSubprotocol());
        String text = first.orTimeout(10, TimeUnit.SECONDS).join();
        socket.abort();
        return text;
    }

    private int refusal(String... headers) {
        CompletionException refused = assertThrows(CompletionException.class, () -> socket(headers));
        return refused.getCause() instanceof WebSocketHandshakeException handshake
                ? handshake.getResponse().statusCode()
                : -1;
    }

    /** Takes the first message. */
    private record First(CompletableFuture<String> text) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.complete(data.toString());
            return CompletableFuture.completedFuture(null);
        }
    }
}
