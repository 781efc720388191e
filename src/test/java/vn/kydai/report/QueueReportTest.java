package vn.kydai.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.http.HttpFixture.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.kydai.access.Role;

class QueueReportTest {
    private final ReportFixture report = new ReportFixture();
    private final String reader = report.token(Role.READER, "477");

    QueueReportTest() throws IOException {}

    @AfterEach
    void close() {
        report.close();
    }

    @Test
    void aParentHasWhatItsAreasHaveTogether() throws Exception {
        bucket("issued", "19867", "1d", "2026-11-24T00:00", 8, 0, null);
        bucket("abandoned", "19867", "1d", "2026-11-24T00:00", 1, 0, null);
        bucket("wait", "19867", "1d", "2026-11-24T00:00", 6, 60_000_000, "{0,6}");
        bucket("wait", "19894", "1d", "2026-11-24T00:00", 4, 90_000_000, "{0,2,0,2}");
        bucket("ratings", "19894", "1d", "2026-11-24T00:00", 4, 0, null);
        bucket("satisfied", "19894", "1d", "2026-11-24T00:00", 3, 0, null);
        JsonNode queue = report("period=2026-11-24");
        assertEquals(List.of("19867", "19894"), keys(queue));
        JsonNode total = queue.path("total");
        assertEquals(8, total.path("issued").intValue());
        assertEquals(1, total.path("abandoned").intValue());
        assertEquals(10, total.path("waits").intValue());
        assertEquals(15.0, total.path("waitMean").doubleValue());
        assertEquals(10, total.path("waitP50").intValue());
        assertEquals(30, total.path("waitP90").intValue());
        assertEquals(30, total.path("waitLongest").intValue());
        assertEquals(0.75, total.path("satisfaction").path("value").doubleValue());
    }

    @Test
    void whatNobodyMeasuredIsAbsent() throws Exception {
        bucket("wait", "19867", "1d", "2026-11-24T00:00", 2, 20_000_000, "{0,2}");
        JsonNode row = report("period=2026-11-24&area=19867").path("rows").path(0);
        assertEquals(10.0, row.path("waitMean").doubleValue());
        assertFalse(row.has("waitP90"));
        assertFalse(row.has("serviceMean"));
        assertFalse(row.has("satisfaction"));
    }

    @Test
    void hoursOfAllDaysOfThePeriodAreAddedUp() throws Exception {
        bucket("called", "19867", "1h", "2026-11-23T08:00", 3, 0, null);
        bucket("called", "19894", "1h", "2026-11-24T08:00", 4, 0, null);
        bucket("called", "19894", "1h", "2026-11-24T14:00", 5, 0, null);
        JsonNode queue = report("period=2026-W48&by=hour");
        assertEquals(List.of("08", "14"), keys(queue));
        assertEquals(7, queue.path("rows").path(0).path("called").intValue());
    }

    @Test
    void eachCounterHasTheTicketsOfEachHour() throws Exception {
        bucket("counter:3", "19867", "1h", "2026-11-24T08:00", 6, 0, null);
        bucket("counter:3", "19867", "1h", "2026-11-24T09:00", 2, 0, null);
        bucket("counter:4", "19867", "1h", "2026-11-24T09:00", 5, 0, null);
        JsonNode queue = report("period=2026-11-24&area=19867&by=counter");
        assertEquals(List.of("3", "4"), keys(queue));
        assertEquals(6, queue.path("rows").path(0).path("hours").path("08").intValue());
        assertEquals(13, queue.path("total").path("called").intValue());
        assertTrue(report.get("/api/v1/reports/queue?period=2026-11-24&by=counter&format=csv", reader)
                .body()
                .contains("4,09,5"));
    }

    @Test
    void aSpreadsheetGetsAnEmptyCellForWhatIsNotKnown() throws Exception {
        bucket("issued", "19867", "1d", "2026-11-24T00:00", 8, 0, null);
        HttpResponse<String> answer = report.get("/api/v1/reports/queue?period=2026-11-24&format=csv", reader);
        assertTrue(answer.body().contains("19867,Sịa,8,0,0,0,0,,,,,0,,,,,0,"), answer.body());
    }

    @Test
    void whatIsWrongIsNamedWithWhatIsAllowed() throws Exception {
        HttpResponse<String> answer = report.get("/api/v1/reports/queue?by=week", reader);
        assertEquals(400, answer.statusCode());
        assertTrue(json(answer).path("detail").asText().contains("area, day, hour, counter"), answer.body());
        assertEquals(403, report.get("/api/v1/reports/queue?area=19700", reader).statusCode());
    }

    private JsonNode report(String query) throws Exception {
        HttpResponse<String> answer = report.get("/api/v1/reports/queue?" + query, reader);
        assertEquals(200, answer.statusCode(), answer.body());
        return json(answer);
    }

    private static List<String> keys(JsonNode queue) {
        return StreamSupport.stream(queue.path("rows").spliterator(), false)
                .map(row -> row.path("key").textValue())
                .toList();
    }

    private void bucket(
            String figure, String area, String width, String local, long count, long sum, @Nullable String bins) {
        report.database.execute(
                """
                insert into rollup (figure, area, width, window_start, count, sum, bins)
                values ($1, $2, $3, $4, $5, $6, $7::text::integer[])""", figure, area, width, LocalDateTime.parse(local).atOffset(ZoneOffset.ofHours(7)), count, sum, bins);
    }
}
