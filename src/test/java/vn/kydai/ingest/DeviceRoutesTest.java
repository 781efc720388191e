package vn.kydai.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.http.HttpFixture.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.ext.web.Route;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.access.AccessFixture;
import vn.kydai.access.AuditLog;
import vn.kydai.access.Caller;
import vn.kydai.access.Role;
import vn.kydai.http.HttpFixture;
import vn.kydai.http.OpenApi;
import vn.kydai.registry.SourceStore;
import vn.kydai.registry.WorkingCalendar;

class DeviceRoutesTest {
    private static final String SIREN =
            "{\"id\":\"siren-1\",\"kind\":\"sensor\",\"area\":\"19867\",\"name\":\"Còi hú Sịa\",\"metrics\":[\"rain\"]}";

    private final List<Route> mounted = new ArrayList<>();
    private final HttpFixture http = new HttpFixture(
            signIns -> List.of(router -> {
                new DeviceRoutes(
                                new SourceStore(signIns.pool),
                                () -> TestingRegistry.TOWN,
                                (top, area) -> TestingRegistry.TOWN
                                        .areas()
                                        .isWithin(area, top, WorkingCalendar.dateOf(signIns.clock.instant())),
                                new AuditLog(signIns.pool),
                                signIns.clock)
                        .mount(router);
                mounted.addAll(router.getRoutes());
            }),
            1_000);
    private String admin = "";

    DeviceRoutesTest() throws IOException {}

    @BeforeEach
    void signIn() {
        admin = http.signIns.addToken(Role.ADMIN, "477", 1);
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void aRegisteredDeviceSignsInAndIsListedWithoutItsToken() throws Exception {
        HttpResponse<String> added = send(admin, "POST", "", SIREN);

        assertEquals(201, added.statusCode(), added.body());
        String token = json(added).path("token").textValue();
        assertEquals(Optional.of(new Caller.Device("siren-1")), signedIn("siren-1", token));
        JsonNode listed = list(admin).getFirst();
        assertEquals("Còi hú Sịa", listed.path("name").textValue());
        assertEquals("sensor", listed.path("kind").textValue());
        assertEquals("rain", listed.path("metrics").path(0).textValue());
        assertFalse(listed.toString().contains(token));
        assertEquals(List.of("device add ok siren-1"), audited());
    }

    @Test
    void aRepeatWithItsKeyGetsTheSameTokenAndWithoutItAConflict() throws Exception {
        String token =
                json(send(admin, "POST", "", SIREN, "key-1")).path("token").textValue();

        HttpResponse<String> repeated = send(admin, "POST", "", SIREN, "key-1");

        assertEquals(token, json(repeated).path("token").textValue());
        HttpResponse<String> again = send(admin, "POST", "", SIREN);
        assertEquals(409, again.statusCode());
        assertTrue(again.body().contains("siren-1 is registered already"), again.body());
        assertEquals(Optional.of(new Caller.Device("siren-1")), signedIn("siren-1", token));
        assertEquals(List.of("device add ok siren-1", "device add refused siren-1"), audited());
    }

    @Test
    void aDeviceStandsWhereItIsPlacedUntilItIsPlacedElsewhere() throws Exception {
        HttpResponse<String> added =
                send(admin, "POST", "", SIREN.replace("}", ",\"latitude\":16.57,\"longitude\":107.51}"));

        JsonNode named = json(send(admin, "PATCH", "/siren-1", "{\"name\":\"Trạm mưa\"}"));
        JsonNode moved = json(send(admin, "PATCH", "/siren-1", "{\"latitude\":16.6,\"longitude\":107.4}"));

        assertEquals(201, added.statusCode(), added.body());
        assertEquals(16.57, named.path("latitude").doubleValue());
        assertEquals(107.51, named.path("longitude").doubleValue());
        assertEquals(16.6, moved.path("latitude").doubleValue());
        assertEquals(moved.path("longitude"), list(admin).getFirst().path("longitude"));
    }

    @Test
    void aDeviceIsTakenOffTheMapByNullForBothAndKeepsTheRest() throws Exception {
        HttpResponse<String> added =
                send(admin, "POST", "", SIREN.replace("}", ",\"latitude\":16.57,\"longitude\":107.51}"));

        JsonNode taken = json(send(admin, "PATCH", "/siren-1", "{\"latitude\":null,\"longitude\":null}"));

        assertEquals(201, added.statusCode(), added.body());
        assertFalse(taken.has("latitude") || taken.has("longitude"), taken.toString());
        assertEquals(taken, list(admin).getFirst());
        assertEquals(
                16.6,
                json(send(admin, "PATCH", "/siren-1", "{\"latitude\":16.6,\"longitude\":107.4}"))
                        .path("latitude")
                        .doubleValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"latitude\":null",
                "\"longitude\":null",
                "\"latitude\":null,\"longitude\":107.4",
                "\"latitude\":16.6,\"longitude\":null"
            })
    void halfAPlaceIsNotTakenAway(String half) throws Exception {
        HttpResponse<String> added =
                send(admin, "POST", "", SIREN.replace("}", ",\"latitude\":16.57,\"longitude\":107.51}"));

        HttpResponse<String> refused = send(admin, "PATCH", "/siren-1", "{" + half + "}");

        assertEquals(201, added.statusCode());
        assertEquals(400, refused.statusCode(), refused.body());
        assertEquals(16.57, list(admin).getFirst().path("latitude").doubleValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"latitude\":16.57",
                "\"longitude\":107.51",
                "\"latitude\":107.51,\"longitude\":16.57",
                "\"latitude\":0,\"longitude\":0",
                "\"latitude\":\"16,57\",\"longitude\":107.51",
                "\"latitude\":1e999,\"longitude\":107.51"
            })
    void whatIsNoPlaceIsRefusedAndNothingChanges(String place) throws Exception {
        HttpResponse<String> added = send(admin, "POST", "", SIREN);

        HttpResponse<String> refused = send(admin, "PATCH", "/siren-1", "{" + place + "}");

        assertEquals(201, added.statusCode());
        assertEquals(400, refused.statusCode(), refused.body());
        assertFalse(list(admin).getFirst().has("latitude"));
    }

    @Test
    void aDeviceHasTheAlertLevelsItIsGivenUntilOthersAre() throws Exception {
        HttpResponse<String> added = send(admin, "POST", "", SIREN.replace("}", ",\"levels\":[1.5,3]}"));

        HttpResponse<String> named = send(admin, "PATCH", "/siren-1", "{\"name\":\"Trạm mưa\"}");
        HttpResponse<String> changed = send(admin, "PATCH", "/siren-1", "{\"levels\":[2,3.25,4]}");
        HttpResponse<String> without = send(admin, "PATCH", "/siren-1", "{\"levels\":[]}");

        assertEquals(201, added.statusCode(), added.body());
        assertEquals("[1.5,3.0]", json(named).path("levels").toString());
        assertEquals("[2.0,3.25,4.0]", json(changed).path("levels").toString());
        assertTrue(json(without).path("levels").isMissingNode(), without.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[3,1.5]", "[1,1]", "[1e9]", "[1,2,3,4,5,6]", "\"3\"", "[\"3\"]"})
    void whatAreNoAlertLevelsIsRefused(String levels) throws Exception {
        assertEquals(201, send(admin, "POST", "", SIREN).statusCode());

        HttpResponse<String> refused = send(admin, "PATCH", "/siren-1", "{\"levels\":" + levels + "}");

        assertEquals(400, refused.statusCode(), refused.body());
        assertTrue(refused.body().contains("levels: "), refused.body());
    }

    @Test
    void aDeviceMovesAndIsCalledAnewWhileItsTokenStays() throws Exception {
        String token = json(send(admin, "POST", "", SIREN)).path("token").textValue();

        HttpResponse<String> changed =
                send(admin, "PATCH", "/siren-1", "{\"area\":\"19897\",\"name\":\"Còi hú Quảng Phú\"}");

        assertEquals(200, changed.statusCode(), changed.body());
        assertEquals("19897", json(changed).path("area").textValue());
        assertEquals("Còi hú Quảng Phú", json(changed).path("name").textValue());
        assertEquals("rain", json(changed).path("metrics").path(0).textValue());
        assertEquals(Optional.of(new Caller.Device("siren-1")), signedIn("siren-1", token));
        assertEquals(
                200, send(admin, "PATCH", "/siren-1", "{\"area\":\"19897\"}").statusCode(), "again");
        assertEquals(400, send(admin, "PATCH", "/siren-1", "{}").statusCode(), "nothing");
        assertEquals(400, send(admin, "PATCH", "/siren-1", "{\"name\":\" \"}").statusCode(), "blank");
    }

    @Test
    void whatCannotBeNotedIsNotDone() throws Exception {
        http.signIns.execute("alter table audit rename to unreachable");
        HttpResponse<String> failed = send(admin, "POST", "", SIREN, "key-1");
        assertEquals(500, failed.statusCode(), failed.body());
        assertEquals(List.of(), list(admin));
        http.signIns.execute("alter table unreachable rename to audit");

        HttpResponse<String> repeated = send(admin, "POST", "", SIREN, "key-1");

        assertEquals(201, repeated.statusCode(), repeated.body());
        assertEquals(List.of("device add ok siren-1"), audited());
    }

    @Test
    void aNewTokenTakesThePlaceOfTheOldOneAndEndsARevocation() throws Exception {
        String first = json(send(admin, "POST", "", SIREN)).path("token").textValue();
        assertEquals(204, send(admin, "DELETE", "/siren-1", "").statusCode());
        http.signIns.clock.advance(Duration.ofSeconds(11));
        assertEquals(Optional.empty(), signedIn("siren-1", first));
        assertTrue(list(admin).getFirst().path("revoked").booleanValue());

        String second =
                json(send(admin, "POST", "/siren-1/token", "")).path("token").textValue();

        assertNotEquals(first, second);
        assertEquals(Optional.empty(), signedIn("siren-1", first));
        assertEquals(Optional.of(new Caller.Device("siren-1")), signedIn("siren-1", second));
        assertFalse(list(admin).getFirst().path("revoked").booleanValue());
    }

    @Test
    void anAdministratorPutsNoDeviceBehindAGatewayOfAnotherArea() throws Exception {
        String other = http.signIns.addToken(Role.ADMIN, "19867", 1);

        HttpResponse<String> refused =
                send(other, "POST", "", "{\"id\":\"x-1\",\"kind\":\"sensor\",\"area\":\"19867\",\"behind\":\"gw-1\"}");

        assertEquals(403, refused.statusCode(), refused.body());
        assertTrue(refused.body().contains("behind"), refused.body());
    }

    @Test
    void anAdministratorReachesNoDeviceOfAnotherArea() throws Exception {
        json(send(admin, "POST", "", SIREN));
        String other = http.signIns.addToken(Role.ADMIN, "19897", 1);

        assertEquals(List.of(), list(other));
        assertEquals(404, send(other, "PATCH", "/siren-1", "{\"name\":\"x\"}").statusCode());
        assertEquals(404, send(other, "POST", "/siren-1/token", "").statusCode());
        assertEquals(404, send(other, "DELETE", "/siren-1", "").statusCode());
        assertEquals(
                403,
                send(other, "POST", "", SIREN.replace("siren-1", "siren-2")).statusCode());
        assertEquals(1, list(admin).size());
    }

    @ParameterizedTest
    @CsvSource({"WALL", "READER", "OPERATOR", "COMMANDER"})
    void onlyAnAdministratorMayDoAnyOfIt(Role role) throws Exception {
        String token = http.signIns.addToken(role, "477", 1);
        assertEquals(403, http.send(http.request("/api/v1/devices", token)).statusCode());
        assertEquals(403, send(token, "POST", "", SIREN).statusCode());
        assertEquals(403, send(token, "PATCH", "/x", "{\"name\":\"x\"}").statusCode());
        assertEquals(403, send(token, "POST", "/x/token", "").statusCode());
        assertEquals(403, send(token, "DELETE", "/x", "").statusCode());
        assertEquals(List.of(), list(admin));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"kind\":\"sensor\",\"area\":\"477\"}|id: text is needed",
                "{\"id\":\"a/b\",\"kind\":\"sensor\",\"area\":\"477\"}|id: found a/b; allowed",
                "{\"id\":\"a\",\"kind\":\"boat\",\"area\":\"477\"}|kind: desk, sensor or gateway",
                "{\"id\":\"a\",\"kind\":\"sensor\",\"area\":477}|area: text is needed",
                "{\"id\":\"a\",\"kind\":\"sensor\",\"area\":\"477\",\"behind\":\"b\"}|behind: found b, which is no gateway",
                "{\"id\":\"a\",\"kind\":\"sensor\",\"area\":\"477\",\"name\":\" \"}|name: allowed: 1 to 64",
                "{\"id\":\"a\",\"kind\":\"sensor\",\"area\":\"477\",\"metrics\":[]}|metrics: a list of at least one",
                "{\"id\":\"a\",\"kind\":\"sensor\",\"area\":\"477\",\"metrics\":\"rain\"}|metrics: a list of at least one",
                "{\"id\":\"a\",\"kind\":\"sensor\",\"area\":\"477\",\"metrics\":[\"rian\"]}|nearest known: rain",
                "{\"id\":\"a\",\"kind\":\"sensor\",\"area\":\"477\",\"color\":\"red\"}|color: ",
                "[]|the body must be a JSON object",
            })
    void whatIsWrongIsNamed(String body, String named) throws Exception {
        HttpResponse<String> refused = send(admin, "POST", "", body);

        assertEquals(400, refused.statusCode(), refused.body());
        assertTrue(refused.body().contains(named), refused.body());
        assertEquals(List.of(), list(admin));
    }

    @Test
    void everyRouteIsDocumented() throws Exception {
        assertEquals(Set.of(), OpenApi.undocumented(mounted));
        assertEquals(
                5,
                mounted.stream()
                        .filter(route ->
                                route.getPath() != null && route.getPath().startsWith("/api/v1/devices"))
                        .count());
    }

    private Optional<Caller.Device> signedIn(String id, String token) {
        return AccessFixture.await(http.signIns.access().device(id, token));
    }

    private List<String> audited() {
        return http
                .signIns
                .query(
                        "select what || ' ' || result || ' ' || subject from audit where what like 'device %' order by at")
                .stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }

    private List<JsonNode> list(String token) throws Exception {
        JsonNode devices =
                json(http.send(http.request("/api/v1/devices", token))).path("devices");
        return StreamSupport.stream(devices.spliterator(), false).toList();
    }

    private HttpResponse<String> send(String token, String method, String path, String body) throws Exception {
        return http.send(request(token, method, path, body));
    }

    private HttpResponse<String> send(String token, String method, String path, String body, String key)
            throws Exception {
        return http.send(request(token, method, path, body).header("Idempotency-Key", key));
    }

    private HttpRequest.Builder request(String token, String method, String path, String body) {
        return http.request("/api/v1/devices" + path, token)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }
}
