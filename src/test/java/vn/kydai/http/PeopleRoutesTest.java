package vn.kydai.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.http.HttpFixture.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.kydai.access.Role;
import vn.kydai.access.UserRoutes;

/** People over HTTP: signing in, choosing a password, and administrators who manage others. */
class PeopleRoutesTest {
    private static final Set<String> DISTRICT = Set.of("477", "19867", "19870");
    private static final String LAN =
            "{\"name\":\"lan\",\"role\":\"operator\",\"scope\":\"19867\",\"display\":\"Trần Thị Lan\"}";

    private final List<Route> mounted = new ArrayList<>();
    private final HttpFixture http = new HttpFixture(
            signIns -> List.of(
                    TestStage::mount,
                    router -> mount(
                            router,
                            new UserRoutes(
                                    signIns.access().people(),
                                    (top, area) -> top.equals(area) || (top.equals("477") && DISTRICT.contains(area)),
                                    signIns.clock))),
            1_000);
    private final String district = http.signIns.addSignedIn("district", Role.ADMIN, "477");

    PeopleRoutesTest() throws IOException {}

    private void mount(Router router, UserRoutes routes) {
        routes.mount(router);
        router.getRoutes().stream()
                .filter(route -> String.valueOf(route.getPath()).startsWith("/api/v1/users")
                        || String.valueOf(route.getPath()).startsWith("/api/v1/people"))
                .forEach(mounted::add);
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void everyRouteIsDocumented() throws Exception {
        assertFalse(mounted.isEmpty());
        assertEquals(Set.of(), OpenApi.undocumented(mounted));
    }

    @Test
    void anAdministratorAddsAPersonWhoSignsInAndChoosesAnotherPassword() throws Exception {
        HttpResponse<String> added = send("POST", "/api/v1/users", LAN, district);

        assertEquals(201, added.statusCode(), added.body());
        String password = json(added).path("password").textValue();
        HttpResponse<String> signedIn = signIn("lan", password);
        assertEquals(200, signedIn.statusCode(), signedIn.body());
        assertEquals("Trần Thị Lan", json(signedIn).path("display").textValue());
        assertEquals("operator", json(signedIn).path("role").textValue());
        String cookie = cookie(signedIn, "kydai");
        List<String> set = signedIn.headers().allValues("Set-Cookie");
        assertEquals(2, set.size());
        set.forEach(each -> assertTrue(each.contains("HTTPOnly") && each.contains("SameSite=Strict"), each));
        String chosen = "{\"old\":\"" + password + "\",\"new\":\"mười hai ký tự\"}";
        assertEquals(
                204, send("POST", "/api/v1/session/password", chosen, cookie).statusCode());
        assertEquals(401, signIn("lan", password).statusCode());
        assertEquals(200, signIn("lan", "mười hai ký tự").statusCode());
        assertEquals(
                Map.of("district", "district of 477", "lan", "Trần Thị Lan"),
                names(json(send("GET", "/api/v1/people", "", cookie)).path("people")));
    }

    @Test
    void aRepeatWithTheSameIdempotencyKeyGetsTheSamePasswordAndAnotherRequestAConflict() throws Exception {
        HttpResponse<String> first = withKey(LAN, "k-1");
        HttpResponse<String> repeat = withKey(LAN, "k-1");
        HttpResponse<String> other = withKey(LAN.replace("lan", "binh"), "k-1");

        assertEquals(201, first.statusCode(), first.body());
        assertEquals(first.body(), repeat.body());
        assertEquals(409, other.statusCode());
        assertEquals(409, send("POST", "/api/v1/users", LAN, district).statusCode(), "without the key it is taken");
        assertEquals(400, withKey(LAN, "k".repeat(201)).statusCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name':'lan','role':'operator','scope':'477'}|403|scope",
                "{'name':'lan','role':'operator','scope':'19870'}|403|scope",
                "{'name':'lan','role':'operator','scope':'nowhere'}|403|scope",
                "{'name':'lan','role':'root','scope':'19867'}|400|role",
                "{'name':'lan','role':'wall','scope':'19867'}|400|role",
                "{'name':'Lan','role':'operator','scope':'19867'}|400|name",
                "{'name':7,'role':'operator','scope':'19867'}|400|name",
                "{'role':'operator','scope':'19867'}|400|name",
                "{'name':'lan','role':'operator','scope':'19867','password':'x'}|400|password",
                "[]|400|JSON object"
            })
    void anAdministratorOfACommuneGivesAwayNothingElsewhere(String body, int status, String named) throws Exception {
        String commune = http.signIns.addSignedIn("commune", Role.ADMIN, "19867");

        HttpResponse<String> refused = send("POST", "/api/v1/users", body.replace('\'', '"'), commune);

        assertEquals(status, refused.statusCode(), refused.body());
        assertTrue(refused.body().contains(named), refused.body());
    }

    @Test
    void anAdministratorOfACommuneSeesAndChangesNobodyElsewhere() throws Exception {
        String commune = http.signIns.addSignedIn("commune", Role.ADMIN, "19867");
        String unused = http.signIns.addPerson("neighbour", Role.READER, "19870");

        List<String> seen = new ArrayList<>();
        json(send("GET", "/api/v1/users", "", commune))
                .path("users")
                .forEach(user -> seen.add(user.path("name").textValue()));

        assertEquals(List.of("commune"), seen);
        for (String other : List.of("neighbour", "district", "nobody")) {
            assertEquals(
                    404,
                    send("PATCH", "/api/v1/users/" + other, "{\"disabled\":true}", commune)
                            .statusCode());
            assertEquals(
                    404,
                    send("POST", "/api/v1/users/" + other + "/password", "", commune)
                            .statusCode());
        }
        assertEquals(
                403,
                send("PATCH", "/api/v1/users/commune", "{\"scope\":\"477\"}", commune)
                        .statusCode());
        assertEquals(
                409,
                send("PATCH", "/api/v1/users/commune", "{\"disabled\":true}", commune)
                        .statusCode());
    }

    @Test
    void nobodyButAnAdministratorManagesPeople() throws Exception {
        for (Role role : List.of(Role.READER, Role.OPERATOR, Role.COMMANDER)) {
            String person = http.signIns.addSignedIn(role.id(), role, "477");
            assertEquals(403, send("GET", "/api/v1/users", "", person).statusCode());
            assertEquals(403, send("POST", "/api/v1/users", LAN, person).statusCode());
            assertEquals(
                    403,
                    send("PATCH", "/api/v1/users/district", "{\"disabled\":true}", person)
                            .statusCode());
            assertEquals(
                    403,
                    send("POST", "/api/v1/users/district/password", "", person).statusCode());
            assertEquals(200, send("GET", "/api/v1/people", "", person).statusCode());
        }
        String wall = http.signIns.addToken(Role.WALL, "477", 0);
        assertEquals(403, http.send(http.request("/api/v1/people", wall)).statusCode(), "a wall is public");
        assertEquals(401, http.send(http.request("/api/v1/people")).statusCode());
    }

    @Test
    void disablingAPersonAndAResetEndTheSessionAtOnce() throws Exception {
        String lan = http.signIns.addSignedIn("lan", Role.OPERATOR, "19867");
        assertEquals(200, send("GET", "/api/v1/session", "", lan).statusCode());

        HttpResponse<String> changed = send("PATCH", "/api/v1/users/lan", "{\"disabled\":true}", district);

        assertEquals(200, changed.statusCode(), changed.body());
        assertTrue(json(changed).has("disabledAt"));
        http.signIns.clock.advance(Duration.ofSeconds(11));
        assertEquals(401, send("GET", "/api/v1/session", "", lan).statusCode());
        HttpResponse<String> reset = send("POST", "/api/v1/users/lan/password", "", district);
        assertEquals(200, reset.statusCode(), reset.body());
        String password = json(reset).path("password").textValue();
        assertEquals(401, signIn("lan", password).statusCode(), "still disabled");
        assertEquals(
                200,
                send("PATCH", "/api/v1/users/lan", "{\"disabled\":false}", district)
                        .statusCode());
        assertEquals(200, signIn("lan", password).statusCode());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "http://evil.example, -, 403",
                "null, -, 403",
                "-, -, 403",
                "own, cross-site, 403",
                "own, same-site, 403",
                "own, same-origin, 201",
                "own, -, 201"
            })
    void aPageOfAnotherOriginWritesNothingWithTheCookie(String origin, String site, int status) throws Exception {
        HttpRequest.Builder request = http.request("/api/v1/users")
                .header("Cookie", "kydai=" + district)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(LAN));
        if (origin != null) {
            request.header("Origin", origin.equals("own") ? own() : origin);
        }
        if (site != null) {
            request.header("Sec-Fetch-Site", site);
        }

        assertEquals(status, http.send(request).statusCode());
    }

    @Test
    void aForeignPageSignsNobodyInOrOut() throws Exception {
        String password = http.signIns.addPerson("lan", Role.OPERATOR, "477");
        HttpRequest.Builder in = http.request("/api/v1/session")
                .header("Content-Type", "application/json")
                .header("Origin", "http://evil.example")
                .POST(BodyPublishers.ofString(credentials("lan", password)));
        HttpRequest.Builder out = http.request("/api/v1/session")
                .header("Cookie", "kydai=" + district)
                .header("Origin", "http://evil.example")
                .DELETE();

        assertEquals(403, http.send(in).statusCode());
        assertEquals(403, http.send(out).statusCode());
        assertEquals(200, send("GET", "/api/v1/session", "", district).statusCode());
    }

    @Test
    void signingInGivesAnotherCookieAndEndsTheSessionTheBrowserWasIn() throws Exception {
        String password = http.signIns.addPerson("lan", Role.OPERATOR, "477");

        HttpResponse<String> signedIn = http.send(http.request("/api/v1/session")
                .header("Content-Type", "application/json")
                .header("Cookie", "kydai=" + district)
                .POST(BodyPublishers.ofString(credentials("lan", password))));

        String cookie = cookie(signedIn, "kydai");
        assertNotEquals(district, cookie);
        assertEquals(
                "lan",
                json(send("GET", "/api/v1/session", "", cookie)).path("name").textValue());
        http.signIns.clock.advance(Duration.ofSeconds(11));
        assertEquals(401, send("GET", "/api/v1/session", "", district).statusCode());
    }

    @Test
    void tooManyFailuresSayHowLongToWaitButNotWhereThePersonHasSignedInBefore() throws Exception {
        String password = http.signIns.addPerson("lan", Role.OPERATOR, "477");
        String browser = cookie(signIn("lan", password), "kydai-browser");
        for (int guess = 0; guess < 5; guess++) {
            assertEquals(401, signIn("lan", "guess").statusCode());
        }

        HttpResponse<String> locked = signIn("lan", password);

        assertEquals(429, locked.statusCode());
        assertEquals("30", locked.headers().firstValue("Retry-After").orElse(""));
        assertFalse(locked.body().contains(password));
        assertEquals(
                200,
                http.send(http.request("/api/v1/session")
                                .header("Content-Type", "application/json")
                                .header("Cookie", "kydai-browser=" + browser)
                                .POST(BodyPublishers.ofString(credentials("lan", password))))
                        .statusCode());
    }

    @Test
    void onlyAPersonHasAPasswordToChange() throws Exception {
        String reader = http.signIns.addToken(Role.READER, "477", 0);
        String body = "{\"old\":\"x\",\"new\":\"mười hai ký tự\"}";

        assertEquals(
                403,
                http.send(http.request("/api/v1/session/password", reader)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body)))
                        .statusCode());
        assertEquals(
                403, send("POST", "/api/v1/session/password", body, district).statusCode(), "the old one is wrong");
        assertEquals(
                400,
                send("POST", "/api/v1/session/password", "{\"new\":\"x\"}", district)
                        .statusCode());
    }

    private HttpResponse<String> withKey(String body, String key) throws Exception {
        return http.send(http.person("/api/v1/users", district, "POST", body).header("Idempotency-Key", key));
    }

    private HttpResponse<String> send(String method, String path, String body, String session) throws Exception {
        return http.send(http.person(path, session, method, body));
    }

    private HttpResponse<String> signIn(String user, String password) throws Exception {
        return http.send(http.request("/api/v1/session")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(credentials(user, password))));
    }

    private static String credentials(String user, String password) {
        return "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}";
    }

    private String own() {
        return "http://127.0.0.1:" + http.port();
    }

    private static String cookie(HttpResponse<String> response, String name) {
        return response.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.substring(name.length() + 1).replaceFirst(";.*", ""))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> names(JsonNode people) {
        Map<String, String> names = new java.util.TreeMap<>();
        people.properties()
                .forEach(each ->
                        names.put(each.getKey(), each.getValue().path("display").textValue()));
        return names;
    }
}
