package vn.kydai.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.http.HttpFixture.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.kydai.access.Role;
import vn.kydai.aggregate.Figures;
import vn.kydai.event.Configuration;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.http.OpenApi;
import vn.kydai.journal.LedgerDay;

class ReportTest {
    private final ReportFixture report = new ReportFixture();

    ReportTest() throws IOException {}

    @AfterEach
    void close() {
        report.close();
    }

    @Test
    void aPageOfEventsIsExactlyAsTheContractSays() throws Exception {
        report.reading(81_221, "wl-phu", "19894");
        String reader = report.token(Role.READER, "477");

        JsonNode page = json(report.get("/api/v1/events", reader));

        assertEquals(ReportFixture.tree("""
                        [{"specversion":"1.0","id":"r-81221","source":"/sources/wl-phu","area":"19894",
                          "type":"vn.kydai.reading.v1","time":"2026-11-25T02:10:00.000Z",
                          "datacontenttype":"application/json","position":"81221",
                          "ingesttime":"2026-11-25T02:10:00.412Z",
                          "data":{"metric":"water_level","value":3.11,"unit":"m"}}]
                        """), page.path("events"));
        assertEquals("0:81221", decoded(page));
    }

    @Test
    void pagingSeesEveryEventOnceAndThenNothingNew() throws Exception {
        for (int position = 1; position <= 250; position++) {
            report.reading(position * 3L, "wl-phu", position % 2 == 0 ? "19894" : "19700");
        }
        String reader = report.token(Role.READER, "46");
        List<String> seen = new ArrayList<>();
        String path = "/api/v1/events?limit=50&area=477";
        JsonNode page = json(report.get(path, reader));
        while (!page.path("events").isEmpty()) {
            page.path("events").forEach(event -> seen.add(event.path("position").textValue()));
            page = json(report.get(path + "&after=" + page.path("next").textValue(), reader));
        }

        assertEquals(125, seen.size());
        assertEquals(125, Set.copyOf(seen).size());
        String end = page.path("next").textValue();
        JsonNode nothing = json(report.get(path + "&after=" + end, reader));
        assertEquals(0, nothing.path("events").size());
        assertEquals(end, nothing.path("next").textValue());
        report.reading(1_000, "wl-phu", "19894");
        assertEquals(
                1,
                json(report.get(path + "&after=" + end, reader)).path("events").size());
    }

    @Test
    void anEmptyJournalStillGivesACursor() throws Exception {
        JsonNode page = json(report.get("/api/v1/events", report.token(Role.READER, "477")));

        assertEquals(0, page.path("events").size());
        assertEquals(
                page,
                json(report.get(
                        "/api/v1/events?after=" + page.path("next").textValue(), report.token(Role.READER, "477"))));
    }

    @Test
    void aRequestThatFindsLittleStopsAndSaysWhere() throws Exception {
        for (int position = 1; position <= 25_000; position++) {
            report.reading(position, "wl-xuan", "19700");
        }
        report.reading(25_001, "wl-phu", "19894");
        String reader = report.token(Role.READER, "477");

        JsonNode first = json(report.get("/api/v1/events", reader));

        assertEquals(0, first.path("events").size());
        assertEquals("0:20000", decoded(first));
        JsonNode second =
                json(report.get("/api/v1/events?after=" + first.path("next").textValue(), reader));
        assertEquals(1, second.path("events").size());
    }

    @Test
    void aCursorOfAJournalThatIsNoMoreIsGoneAndTheFirstOneIsNamed() throws Exception {
        report.reading(1, "wl-phu", "19894");
        report.reading(2, "wl-phu", "19894");
        String reader = report.token(Role.READER, "477");
        String next =
                json(report.get("/api/v1/events?limit=1", reader)).path("next").textValue();
        String ofAnother = next.substring(0, next.length() - 4) + cursor("xyz");
        for (String gone : List.of(cursor("0:3"), cursor("0:1:0123456789ab"), cursor("0:99999999999999999"))) {
            HttpResponse<String> response = report.get("/api/v1/events?after=" + gone, reader);
            assertEquals(410, response.statusCode(), gone + " " + response.body());
            String first = json(response).path("first").textValue();
            assertEquals(List.of("1", "2"), positions("/api/v1/events?after=" + first, reader));
            HttpResponse<String> stream = report.http.send(report.http
                    .request("/api/v1/events", reader)
                    .header("Accept", "text/event-stream")
                    .header("Last-Event-ID", gone));
            assertEquals(410, stream.statusCode());
        }
        assertEquals(
                400, report.get("/api/v1/events?after=" + ofAnother, reader).statusCode());
        assertEquals(List.of("2"), positions("/api/v1/events?after=" + next, reader));
        assertEquals(List.of("2"), positions("/api/v1/events?after=" + cursor("0:1"), reader));
    }

    @Test
    void whatIsAskedWronglyIsNamed() throws Exception {
        String reader = report.token(Role.READER, "477");

        for (String query : List.of(
                "after=7",
                "after=%21",
                "after=MDowMQ",
                "after=MTox",
                "limit=0",
                "limit=1001",
                "limit=x",
                "kind=weather")) {
            HttpResponse<String> response = report.get("/api/v1/events?" + query, reader);
            assertEquals(400, response.statusCode(), query + ": " + response.body());
        }
        assertEquals(400, report.get("/api/v1/ledger?date=yesterday", reader).statusCode());
        String undecodable = report.http.raw("GET /api/v1/events?area=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Authorization: Bearer " + reader + "\r\n\r\n");
        assertTrue(undecodable.startsWith("HTTP/1.1 400"), undecodable);
        assertEquals(404, report.get("/api/v1/events?area=nowhere", reader).statusCode());
    }

    @Test
    void nobodyReadsOutsideTheirScopeOrRole() throws Exception {
        report.reading(1, "wl-sia", "19867");
        report.reading(2, "wl-xuan", "19700");
        report.configuration(3);
        String commune = report.token(Role.READER, "19867");
        String wall = report.token(Role.WALL, "46");

        assertEquals(List.of("1"), positions("/api/v1/events", commune));
        assertEquals(403, report.get("/api/v1/events?area=19894", commune).statusCode());
        assertEquals(403, report.get("/api/v1/events?area=46", commune).statusCode());
        assertEquals(List.of("1", "2"), positions("/api/v1/events", report.token(Role.READER, "46")));
        assertEquals(List.of("1", "2", "3"), positions("/api/v1/events", report.token(Role.ADMIN, "46")));
        assertEquals(List.of("3"), positions("/api/v1/events?kind=configuration", report.token(Role.ADMIN, "46")));
        assertEquals(List.of("1"), positions("/api/v1/events?area=477", report.token(Role.ADMIN, "46")));
        assertEquals(403, report.get("/api/v1/events", wall).statusCode());
        assertEquals(403, report.get("/api/v1/ledger", wall).statusCode());
        assertEquals(200, report.get("/api/v1/areas", wall).statusCode());
        assertEquals(200, report.get("/api/v1/figures", wall).statusCode());
        assertEquals(
                401, report.http.send(report.http.request("/api/v1/events")).statusCode());
    }

    @Test
    void theLedgerIsExactlyAsTheContractSaysAndKeepsToTheScope() throws Exception {
        report.journal.count("wl-sia", new LedgerDay.Line(10, 4, 1, 1, 1, 1, 2, 3, 1, 1, 5));
        report.journal.count("wl-xuan", new LedgerDay.Line(7, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        report.journal.count("-", new LedgerDay.Line(2, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0));

        JsonNode region = json(report.get("/api/v1/ledger?date=2026-11-25", report.token(Role.READER, "477")));
        JsonNode province = json(report.get("/api/v1/ledger", report.token(Role.READER, "46")));

        String line = "{\"received\":10,\"committed\":4,\"duplicate\":1,\"conflict\":1,\"rejected\":1,\"refused\":1,"
                + "\"interrupted\":1,\"inFlight\":2,\"gaps\":3,\"unidentified\":1,\"qos0\":5}";
        assertEquals(
                ReportFixture.tree(
                        "{\"date\":\"2026-11-25\",\"total\":" + line + ",\"sources\":{\"wl-sia\":" + line + "}}"),
                region);
        assertEquals("2026-11-25", province.path("date").textValue(), "today, in local time");
        assertEquals(19, province.path("total").path("received").intValue());
        assertEquals(3, province.path("sources").size());
    }

    @Test
    void theTreeStartsAtTheScope() throws Exception {
        JsonNode tree = json(report.get("/api/v1/areas", report.token(Role.WALL, "477")));

        assertEquals("477", tree.path("id").textValue());
        assertEquals("Quang Dien", tree.path("nameEn").textValue());
        assertEquals(2, tree.path("children").size(), tree::toString);
        assertEquals("2025-07-01", tree.path("children").path(0).path("validTo").textValue());
        assertEquals(16.57, tree.path("children").path(0).path("latitude").doubleValue());
    }

    @Test
    void everyFigureHasANameInBothLanguagesAUnitAndADirection() throws Exception {
        JsonNode figures = json(report.get("/api/v1/figures", report.token(Role.WALL, "477")));

        Set<String> ids = new TreeSet<>();
        figures.forEach(figure -> {
            for (String field : List.of("id", "vi", "en", "unit")) {
                assertTrue(!figure.path(field).textValue().isBlank(), figure::toString);
            }
            assertTrue(
                    Set.of("up", "down", "none")
                            .contains(figure.path("direction").textValue()),
                    figure::toString);
            assertTrue(ids.add(figure.path("id").textValue()), "twice: " + figure);
        });
        assertEquals(new TreeSet<>(shown()), ids, "the dictionary and what the folds compute");
    }

    @Test
    void everyRouteMountedIsDocumented() throws Exception {
        assertEquals(Set.of(), OpenApi.undocumented(report.mounted));
    }

    /** Ids of the figures an area shows before anything has happened. */
    private static Set<String> shown() {
        Figures folds = new Figures();
        Configuration areas = new Configuration(Configuration.Part.AREAS, "digest", ReportFixture.AREAS);
        Instant now = ReportFixture.INGEST_TIME;
        folds.apply(new Journaled(1, now, new Event("areas", "kydai", "-", now, false, null, areas)));
        return folds.picture(now).areas().values().iterator().next().figures().keySet();
    }

    private List<String> positions(String path, String token) throws IOException, InterruptedException {
        List<String> positions = new ArrayList<>();
        json(report.get(path, token))
                .path("events")
                .forEach(event -> positions.add(event.path("position").textValue()));
        return positions;
    }

    private static String decoded(JsonNode page) {
        return place(page.path("next").textValue());
    }

    /** Where a cursor stands, without its epoch. */
    private static String place(String cursor) {
        String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
        return text.replaceAll(":[0-9a-f]{12}$", "");
    }

    private static String cursor(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
