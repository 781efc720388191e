package vn.kydai.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.http.HttpFixture.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.kydai.access.Role;
import vn.kydai.access.TokenRoutes;

class TokenRoutesTest {
    private static final Set<String> DISTRICT = Set.of("477", "19867");

    private final HttpFixture http = new HttpFixture(
            signIns -> List.of(new TokenRoutes(
                    signIns.access(),
                    (top, area) -> top.equals(area) || (top.equals("477") && DISTRICT.contains(area)),
                    signIns.clock)::mount),
            1_000);

    TokenRoutesTest() throws IOException {}

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void anAdministratorAddsATokenThatSignsAScreenIn() throws Exception {
        String admin = http.signIns.addToken(Role.ADMIN, "477", 1);

        HttpResponse<String> added =
                add(admin, "{\"role\":\"wall\",\"scope\":\"19867\",\"days\":10,\"name\":\"sảnh Sịa\"}");

        assertEquals(201, added.statusCode(), added.body());
        String token = json(added).path("token").textValue();
        JsonNode session = json(http.send(http.request("/api/v1/session", token)));
        assertEquals("sảnh Sịa", session.path("name").textValue());
        assertEquals("19867", session.path("scope").textValue());
        JsonNode listed = list(admin);
        assertEquals(1, listed.size(), "an administrator's own token is not among them");
        assertEquals("sảnh Sịa", listed.get(0).path("name").textValue());
        assertFalse(listed.toString().contains(token));
    }

    @Test
    void aRevokedTokenSignsNobodyIn() throws Exception {
        String admin = http.signIns.addToken(Role.ADMIN, "477", 1);
        String wall = json(add(admin, "{\"role\":\"wall\",\"scope\":\"477\"}"))
                .path("token")
                .textValue();
        String id = list(admin).get(0).path("id").textValue();

        assertEquals(204, revoke(admin, id).statusCode());

        http.signIns.clock.advance(Duration.ofSeconds(11));
        assertEquals(401, http.send(http.request("/api/v1/session", wall)).statusCode());
        assertTrue(list(admin).get(0).has("revokedAt"));
        assertEquals(204, revoke(admin, id).statusCode(), "again");
        assertEquals(404, revoke(admin, "unknown").statusCode());
    }

    @Test
    void aRepeatWithItsKeyGetsTheSameTokenAndAddsNoSecond() throws Exception {
        String admin = http.signIns.addToken(Role.ADMIN, "477", 1);
        String order = "{\"role\":\"wall\",\"scope\":\"477\"}";
        String token = json(add(admin, order, "key-1")).path("token").textValue();

        HttpResponse<String> repeated = add(admin, order, "key-1");

        assertEquals(201, repeated.statusCode(), repeated.body());
        assertEquals(token, json(repeated).path("token").textValue());
        assertEquals(1, list(admin).size());
        assertEquals(409, add(admin, order.replace("477", "19867"), "key-1").statusCode());
        assertEquals(400, add(admin, order, "k".repeat(201)).statusCode());
        assertEquals(201, add(admin, order, "key-2").statusCode());
        assertEquals(2, list(admin).size());
    }

    @Test
    void nobodyGivesAwayWhatIsNotHis() throws Exception {
        String commune = http.signIns.addToken(Role.ADMIN, "19867", 1);
        String operator = http.signIns.addToken(Role.OPERATOR, "477", 1);
        String district = http.signIns.addToken(Role.WALL, "477", 1);
        String id = list(http.signIns.addToken(Role.ADMIN, "477", 1))
                .get(0)
                .path("id")
                .textValue();

        assertEquals(403, add(commune, "{\"role\":\"wall\",\"scope\":\"477\"}").statusCode());
        assertEquals(403, add(operator, "{\"role\":\"wall\",\"scope\":\"477\"}").statusCode());
        assertEquals(403, add(district, "{\"role\":\"wall\",\"scope\":\"477\"}").statusCode());
        assertEquals(0, list(commune).size());
        assertEquals(404, revoke(commune, id).statusCode());
        assertEquals(403, revoke(operator, id).statusCode());
    }

    @Test
    void whatIsWrongIsNamed() throws Exception {
        String admin = http.signIns.addToken(Role.ADMIN, "477", 1);
        assertRefused("role", add(admin, "{\"role\":\"admin\",\"scope\":\"477\"}"));
        assertRefused("days", add(admin, "{\"role\":\"wall\",\"scope\":\"477\",\"days\":-1}"));
        assertRefused("name", add(admin, "{\"role\":\"wall\",\"scope\":\"477\",\"name\":\"" + "x".repeat(65) + "\"}"));
        assertRefused("color", add(admin, "{\"role\":\"wall\",\"scope\":\"477\",\"color\":\"red\"}"));
        assertRefused("not JSON", add(admin, "{"));
        assertRefused("JSON object", add(admin, "[]"));
    }

    @Test
    void aLinkBecomesAQrCodeForAdministratorsOnly() throws Exception {
        String admin = http.signIns.addToken(Role.ADMIN, "477", 1);
        HttpResponse<String> code = draw(admin, "http://127.0.0.1/wall#token=kyd_x");
        assertEquals(200, code.statusCode());
        assertEquals("image/svg+xml", code.headers().firstValue("Content-Type").orElse(""));
        assertTrue(code.body().startsWith("<svg "), code.body());
        assertEquals(
                403, draw(http.signIns.addToken(Role.READER, "477", 1), "x").statusCode());
        assertEquals(413, draw(admin, "x".repeat(513)).statusCode());
        assertEquals(400, draw(admin, "").statusCode());
    }

    private static void assertRefused(String what, HttpResponse<String> response) {
        assertEquals(400, response.statusCode(), response.body());
        assertTrue(response.body().contains(what), response.body());
    }

    private JsonNode list(String token) throws Exception {
        return json(http.send(http.request("/api/v1/tokens", token))).path("tokens");
    }

    private HttpResponse<String> add(String token, String body) throws Exception {
        return http.send(http.request("/api/v1/tokens", token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> add(String token, String body, String key) throws Exception {
        return http.send(http.request("/api/v1/tokens", token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> revoke(String token, String id) throws Exception {
        return http.send(http.request("/api/v1/tokens/" + id, token).DELETE());
    }

    private HttpResponse<String> draw(String token, String text) throws Exception {
        return http.send(http.request("/api/v1/qr", token)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(text)));
    }
}
