package vn.kydai.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.http.HttpFixture.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.kydai.access.Role;
import vn.kydai.event.Dossier.Channel;
import vn.kydai.event.Excess;
import vn.kydai.event.FoldBound;

/** November 2026 at the desks of a region of two communes; it is Wednesday the 25th, a quarter past nine. */
class DossierRoutesTest {
    private static final String NOVEMBER = "area=477&period=2026-11";

    private final ReportFixture report = new ReportFixture();
    private String reader = "";

    DossierRoutesTest() throws IOException {}

    @BeforeEach
    void tell() {
        Desk desk = new Desk(ReportFixture.AREAS);
        desk.step("d1", "19867", "2026-11-02T08:00", 2);
        desk.step("d1", "19867", "2026-11-04T08:00", 9);
        desk.step("d2", "19894", "2026-10-28T08:00", 2);
        desk.step("d2", "19894", "2026-11-03T08:00", 9);
        desk.step("d3", "19894", Desk.at("2026-11-20T08:00"), 2, Desk.PROCEDURE, Channel.ONLINE);
        desk.step("d4", "19894", "2026-11-16T08:00", 2);
        desk.step("d5", "19867", "2026-11-23T08:00", 2);
        desk.step("d5", "19867", "2026-11-24T08:00", 5);
        desk.step("d6", "19894", Desk.at("2026-11-24T08:00"), 2, "9.999999.000.00.00.H57", Channel.POST);
        desk.step("d6", "19894", Desk.at("2026-11-24T09:00"), 7, "9.999999.000.00.00.H57", Channel.POST);
        desk.step("d7", "19700", "2026-11-24T08:00", 2);
        desk.step("d8", "19894", "2026-11-25T08:00", 1);
        report.dossiers = desk.folded(null).dossierStates();
        reader = report.token(Role.READER, "46");
    }

    @AfterEach
    void close() {
        report.close();
    }

    @Test
    void theReportStatesItsBalanceAndEveryRateThatHasADenominator() throws Exception {
        JsonNode body = json(report.get("/api/v1/reports/dossiers?by=field&" + NOVEMBER, reader));

        assertEquals("2026-11-01", body.path("from").textValue());
        assertEquals("2026-11-30", body.path("to").textValue());
        assertEquals(ReportFixture.tree("""
                {"carried":1,"received":5,"receivedOnline":1,"receivedCounter":3,"receivedPost":1,
                 "done":2,"early":1,"onTime":0,"late":1,"closedOther":1,"withdrawn":1,"stopped":0,
                 "processing":3,"inTime":1,"overdue":1,"paused":1,
                 "balance":{"in":6,"out":6,"holds":true},
                 "onTimeRate":{"value":0.5,"numerator":1,"denominator":2},
                 "onTimeRate766":{"value":0.6,"numerator":3,"denominator":5},
                 "onlineShare":{"value":0.2,"numerator":1,"denominator":5},
                 "fullOnlineShare":{"value":0.25,"numerator":1,"denominator":4},
                 "digitisedShare":{"value":0.2,"numerator":1,"denominator":5}}"""), body.path("total"));
        assertEquals("-", body.path("rows").path(0).path("key").textValue(), "an unknown procedure has no field");
        assertEquals("Hộ tịch", body.path("rows").path(1).path("key").textValue());
        assertFalse(body.path("rows").path(0).has("onTimeRate"), "nothing done: no rate");
    }

    @Test
    void aProcedureThatWasNotValidAtTheReceptionIsUnknown() throws Exception {
        Desk desk = new Desk(ReportFixture.AREAS);
        desk.step("d1", "19867", Desk.at("2026-11-09T08:00"), 2, "2.000488", Channel.ONLINE);
        desk.step("d2", "19867", Desk.at("2026-11-11T08:00"), 2, "2.000488", Channel.COUNTER);
        report.dossiers = desk.folded(null).dossierStates();

        JsonNode quality = json(report.get("/api/v1/reports/quality", reader));
        JsonNode november = json(report.get("/api/v1/reports/dossiers?" + NOVEMBER, reader));

        assertEquals(
                ReportFixture.tree("[{\"procedure\": \"2.000488\", \"dossiers\": 1}]"),
                quality.path("unknownProcedures"));
        assertEquals(
                ReportFixture.tree("{\"value\": 1.0, \"numerator\": 1, \"denominator\": 1}"),
                november.path("total").path("fullOnlineShare"));
    }

    @Test
    void aWithdrawnDossierStaysWithdrawnWhenItsPapersAreHandedBack() throws Exception {
        Desk desk = new Desk(ReportFixture.AREAS);
        desk.step("d1", "19867", "2026-11-02T08:00", 2);
        desk.step("d1", "19867", "2026-11-03T08:00", 7);
        desk.step("d1", "19867", "2026-11-04T08:00", 10);
        desk.step("d2", "19867", "2026-11-02T08:00", 2);
        desk.step("d2", "19867", "2026-11-03T08:00", 8);
        desk.step("d2", "19867", "2026-11-04T08:00", 10);
        desk.step("d3", "19867", "2026-11-02T08:00", 2);
        desk.step("d3", "19867", "2026-11-03T08:00", 8);
        report.dossiers = desk.folded(null).dossierStates();

        JsonNode total =
                json(report.get("/api/v1/reports/dossiers?" + NOVEMBER, reader)).path("total");

        assertEquals(1, total.path("withdrawn").intValue());
        assertEquals(2, total.path("stopped").intValue());
    }

    @Test
    void rowsAreByWhatWasAskedForAndAddUpToTheTotal() throws Exception {
        for (String by : List.of("procedure", "field", "channel", "counter", "area", "receivedIn")) {
            JsonNode body = json(report.get("/api/v1/reports/dossiers?" + NOVEMBER + "&by=" + by, reader));
            for (String column : List.of("carried", "received", "done", "closedOther", "processing")) {
                long sum = 0;
                for (JsonNode row : body.path("rows")) {
                    sum += row.path(column).longValue();
                }
                assertEquals(body.path("total").path(column).longValue(), sum, by + " " + column);
            }
        }
        JsonNode areas = json(report.get("/api/v1/reports/dossiers?by=area&" + NOVEMBER, reader));
        assertEquals("Sịa", areas.path("rows").path(0).path("name").textValue());
        JsonNode day = json(report.get("/api/v1/reports/dossiers?area=19700", reader));
        assertEquals("2026-11-25", day.path("period").textValue(), "today, in local time");
        assertEquals(1, day.path("total").path("carried").longValue());
    }

    @Test
    void theFormCountsWithdrawnOnesAsOnTimeAndPausedOnesAsInTime() throws Exception {
        JsonNode total =
                json(report.get("/api/v1/reports/ii06a?" + NOVEMBER, reader)).path("total");

        assertEquals(ReportFixture.tree("""
                {"receivedTotal":6,"receivedOnline":1,"receivedDirect":4,"receivedCarried":1,
                 "doneTotal":3,"doneEarly":1,"doneOnTime":1,"doneOverdue":1,
                 "processingTotal":3,"processingInTime":2,"processingOverdue":1}"""), total);
    }

    @Test
    void aSpreadsheetGetsTheSameNumbers() throws Exception {
        HttpResponse<String> form = report.get("/api/v1/reports/ii06a?format=csv&" + NOVEMBER, reader);
        HttpResponse<String> own = report.get("/api/v1/reports/dossiers?by=area&format=csv&" + NOVEMBER, reader);

        assertEquals(
                "text/csv; charset=utf-8",
                form.headers().firstValue("Content-Type").orElse(""));
        assertTrue(form.body().startsWith("\uFEFF(1) STT,(2) Lĩnh vực giải quyết,"), form.body());
        assertTrue(form.body().endsWith(",Tổng số,6,1,4,1,3,1,1,1,3,2,1\r\n"), form.body());
        assertTrue(own.body().contains("\r\n19867,Sịa,0,2,0,2,0,1,1,0,0,0,0,0,1,0,0,1\r\n"), own.body());
    }

    @Test
    void theIndexCoversOnlyWhatEventsCanProve() throws Exception {
        JsonNode index = json(report.get("/api/v1/reports/index766?" + NOVEMBER, reader));

        assertEquals(100, index.path("ofPoints").intValue());
        assertEquals(40, index.path("covered").intValue(), "no fee was asked for, so online payment is not covered");
        assertEquals(10 + 8 * 0.2 + 12 * 0.2, index.path("points").doubleValue(), 1e-9);
        assertEquals(4, index.path("components").size());
        assertFalse(index.path("components").path(3).has("points"));
        int all = 0;
        for (String part : List.of("components", "notMeasured")) {
            for (JsonNode component : index.path(part)) {
                all += component.path("weight").intValue();
            }
        }
        assertEquals(100, all);
    }

    @Test
    void oddThingsAreKeptAndShown() throws Exception {
        JsonNode quality = json(report.get("/api/v1/reports/quality?area=477", reader));

        assertEquals(7, quality.path("dossiers").longValue());
        assertEquals(0, quality.path("unexpectedTransitions").longValue());
        assertEquals(
                ReportFixture.tree("[{\"procedure\":\"9.999999\",\"dossiers\":1}]"), quality.path("unknownProcedures"));
    }

    @Test
    void whoSentMoreThanIsCountedIsNamedToThoseOfItsArea() throws Exception {
        Instant newest = Instant.parse("2026-11-25T03:00:00Z");
        report.beyond = List.of(
                new Excess("desk-19867", "19867", FoldBound.DOSSIERS, 1_250, newest),
                new Excess("desk-19894", "19894", FoldBound.TICKETS, 1, newest));

        JsonNode one = json(report.get("/api/v1/reports/quality?area=19867", reader));

        assertEquals(
                ReportFixture.tree(
                        "[{\"source\":\"desk-19867\",\"area\":\"19867\",\"bound\":\"dossiers\",\"events\":1250,"
                                + "\"newest\":\"2026-11-25T03:00:00.000Z\"}]"),
                one.path("beyondBounds"));
    }

    @Test
    void whoSpeaksOfWhatIsNotItsOwnIsNamed() throws Exception {
        Desk desk = new Desk(ReportFixture.AREAS);
        desk.step("d1", "19867", "2026-11-02T08:00", 2);
        desk.step("d1", "19894", "2026-11-03T08:00", 9);
        desk.named("d2", "19894", "2026-11-04T08:00", "19867");
        report.dossiers = desk.folded(null).dossierStates();

        JsonNode quality = json(report.get("/api/v1/reports/quality?area=19867", reader));

        assertEquals(2, quality.path("dossiers").longValue());
        assertEquals(1, quality.path("notEntitledSteps").longValue());
        assertEquals(ReportFixture.tree("[{\"source\":\"desk-19894\",\"steps\":1}]"), quality.path("notEntitled"));
        assertEquals(1, quality.path("awaitedDossiers").longValue());
        assertEquals(
                ReportFixture.tree("[{\"source\":\"desk-19894\",\"area\":\"19867\",\"dossiers\":1}]"),
                quality.path("awaited"));
    }

    @Test
    void twoDossiersOfOneCodeAreBothListedPageByPage() throws Exception {
        Desk desk = new Desk(ReportFixture.AREAS);
        desk.step("d1", "19867", "2026-11-02T08:00", 2);
        desk.step("d1", "19894", "2026-11-03T08:00", 2);
        report.dossiers = desk.folded(null).dossierStates();
        JsonNode first = json(report.get("/api/v1/dossiers?area=477&limit=1", reader));

        JsonNode second = json(report.get(
                "/api/v1/dossiers?area=477&limit=1&cursor=" + first.path("next").textValue(), reader));

        assertEquals("19867", first.path("dossiers").path(0).path("receivedIn").textValue());
        assertEquals("19894", second.path("dossiers").path(0).path("receivedIn").textValue());
        assertTrue(second.path("next").isMissingNode());
    }

    @Test
    void anEndIsNeverShownBeforeTheReception() throws Exception {
        Desk desk = new Desk(ReportFixture.AREAS);
        desk.stated("d1", "19867", "2026-11-02T08:00", 9, "2026-11-03T08:00");
        report.dossiers = desk.folded(null).dossierStates();

        JsonNode listed = json(report.get("/api/v1/dossiers?area=477", reader))
                .path("dossiers")
                .path(0);

        assertEquals("2026-11-03T01:00:00.000Z", listed.path("receivedAt").textValue());
        assertEquals("2026-11-03T01:00:00.000Z", listed.path("endedAt").textValue());
    }

    @Test
    void whatIsWithdrawnWithAStatedReceptionWasReceived() throws Exception {
        Desk desk = new Desk(ReportFixture.AREAS);
        desk.stated("d1", "19867", "2026-11-03T08:00", 7, "2026-11-02T08:00");
        desk.step("d2", "19867", "2026-11-03T08:00", 7);
        report.dossiers = desk.folded(null).dossierStates();

        JsonNode total =
                json(report.get("/api/v1/reports/dossiers?" + NOVEMBER, reader)).path("total");

        assertEquals(1, total.path("received").intValue());
        assertEquals(1, total.path("withdrawn").intValue());
    }

    @Test
    void dossiersAreListedPageByPage() throws Exception {
        List<String> codes = new ArrayList<>();
        String path = "/api/v1/dossiers?area=477&limit=3";
        JsonNode page = json(report.get(path, reader));
        while (true) {
            page.path("dossiers")
                    .forEach(found -> codes.add(found.path("dossier").textValue()));
            if (!page.has("next")) {
                break;
            }
            page = json(report.get(path + "&cursor=" + page.path("next").textValue(), reader));
        }
        assertEquals(List.of("d1", "d2", "d3", "d4", "d5", "d6", "d8"), codes);
    }

    @Test
    void aDossierTellsWhenItIsDueAndHowItEnded() throws Exception {
        JsonNode late = json(report.get("/api/v1/dossiers?status=late", reader)).path("dossiers");

        assertEquals(1, late.size());
        assertEquals(ReportFixture.tree("""
                {"dossier":"d2","procedure":"1.004873","status":9,"channel":"counter","area":"19894",
                 "receivedIn":"19894","counter":"Q2","receivedAt":"2026-10-28T01:00:00.000Z",
                 "dueAt":"2026-11-02T10:00:00.000Z","endedAt":"2026-11-03T01:00:00.000Z","outcome":"late","lateBy":1,
                 "paused":false,"unexpected":0,"unknownProcedure":false}"""), late.path(0));
        assertEquals(List.of("d4"), codes("overdue"));
        assertEquals(List.of("d5"), codes("paused"));
        assertEquals(List.of("d6"), codes("unknownProcedure"));
        assertEquals(List.of("d1", "d2"), codes("9"));
        JsonNode submitted = json(report.get("/api/v1/dossiers?status=1", reader))
                .path("dossiers")
                .path(0);
        assertEquals("2026-11-26T01:00:00.000Z", submitted.path("acceptBy").textValue(), "eight working hours on");
    }

    @Test
    void whatIsAskedWronglyIsNamedAndNobodyReadsOutsideTheirScope() throws Exception {
        for (String path : List.of(
                "reports/dossiers?period=yesterday",
                "reports/dossiers?period=2026-13",
                "reports/dossiers?period=2025-W53",
                "reports/dossiers?period=2026-11-31",
                "reports/dossiers?by=colour",
                "reports/dossiers?of=nobody",
                "reports/dossiers?format=xls",
                "dossiers?status=11",
                "dossiers?limit=0",
                "dossiers?cursor=%21",
                "areas?at=soon")) {
            assertEquals(400, report.get("/api/v1/" + path, reader).statusCode(), path);
        }
        assertEquals(
                404, report.get("/api/v1/reports/dossiers?area=nowhere", reader).statusCode());
        String commune = report.token(Role.READER, "19867");
        assertEquals(403, report.get("/api/v1/dossiers?area=19894", commune).statusCode());
        assertEquals(
                403, report.get("/api/v1/reports/dossiers?area=46", commune).statusCode());
        assertEquals(
                403,
                report.get("/api/v1/dossiers", report.token(Role.WALL, "46")).statusCode());
        JsonNode own = json(report.get("/api/v1/dossiers", commune)).path("dossiers");
        assertEquals(2, own.size());
    }

    private List<String> codes(String status) throws IOException, InterruptedException {
        List<String> codes = new ArrayList<>();
        json(report.get("/api/v1/dossiers?area=477&status=" + status, reader))
                .path("dossiers")
                .forEach(found -> codes.add(found.path("dossier").textValue()));
        return codes;
    }
}
