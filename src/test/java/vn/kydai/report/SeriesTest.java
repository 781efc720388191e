package vn.kydai.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.http.HttpFixture.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.kydai.access.Role;

class SeriesTest {
    private final ReportFixture report = new ReportFixture();
    private final String reader = report.token(Role.READER, "46");

    SeriesTest() throws IOException {}

    @AfterEach
    void close() {
        report.close();
    }

    @Test
    void aParentIsTheSumOfItsLeavesAndAnEmptyBucketIsLeftOut() throws Exception {
        report.database.execute("insert into checkpoint values (0, 4711, 'test', true)");
        count("received", "19867", "1h", "2026-11-24T08:00", 3);
        count("received", "19894", "1h", "2026-11-24T08:00", 4);
        count("received", "19894", "1h", "2026-11-24T10:00", 1);
        count("received", "19700", "1h", "2026-11-24T10:00", 9);
        JsonNode series = series("figure=received&area=477&from=2026-11-24&to=2026-11-25&step=1h");
        assertEquals("4711", series.path("position").textValue());
        assertEquals("2026-11-23T17:00:00.000Z", series.path("from").textValue());
        assertEquals(List.of("08:00 7", "10:00 1"), points(series));
        assertEquals(
                List.of("08:00 7", "10:00 10"),
                points(series("figure=received&from=2026-11-24&to=2026-11-25&step=1h")));
    }

    @Test
    void aRateHasItsNumbersAndNoValueWithoutADenominator() throws Exception {
        count("early", "19867", "1d", "2026-11-23T00:00", 2);
        count("onTime", "19867", "1d", "2026-11-23T00:00", 1);
        count("done", "19867", "1d", "2026-11-23T00:00", 4);
        count("paidOnline", "19867", "1d", "2026-11-23T00:00", 1);
        JsonNode rate = series("figure=onTimeRate&area=19867&from=2026-11-20&to=2026-11-25&step=1d")
                .path("points")
                .path(0);
        assertEquals(0.75, rate.path("value").doubleValue());
        assertEquals(3, rate.path("numerator").intValue());
        assertEquals(4, rate.path("denominator").intValue());
        JsonNode paid = series("figure=onlinePaymentShare&area=19867&from=2026-11-20&to=2026-11-25&step=1d")
                .path("points")
                .path(0);
        assertTrue(paid.path("value").isMissingNode());
    }

    @Test
    void aPercentileComesFromTheAddedBinsByNearestRank() throws Exception {
        wait("19867", "2026-11-24T08:00", 6, "{0,6}");
        wait("19894", "2026-11-24T08:00", 4, "{0,2,0,2}");
        wait("19894", "2026-11-24T09:00", 9, "{9}");
        JsonNode series = series("figure=waitP90&area=477&from=2026-11-24&to=2026-11-25&step=1h");
        assertEquals(List.of("08:00 30", "09:00 "), points(series));
        assertEquals(10, series.path("points").path(0).path("n").intValue());
        JsonNode mean = series("figure=waitMean&area=477&from=2026-11-24&to=2026-11-25&step=1h");
        assertEquals(List.of("08:00 15", "09:00 15"), points(mean));
    }

    @Test
    void aStockIsWhatCameInAndDidNotGoOut() throws Exception {
        for (String width : List.of("15m", "1d", "1y")) {
            count("received", "19867", width, start(width, "2025-12-30T08:00"), 5);
            count("received", "19867", width, start(width, "2026-11-23T08:15"), 4);
            count("closedOther", "19867", width, start(width, "2026-11-23T09:00"), 1);
        }
        count("received", "19867", "15m", "2026-11-24T08:00", 2);
        count("done", "19867", "15m", "2026-11-24T08:30", 3);
        String query = "&area=19867&from=2026-11-24T01:00:00Z&to=2026-11-24T02:00:00Z&step=15m";
        assertEquals(
                List.of("08:00 10", "08:15 10", "08:30 7", "08:45 7"), points(series("figure=processing" + query)));
        assertEquals(List.of("08:00 8", "08:15 10", "08:30 10", "08:45 7"), points(series("figure=carried" + query)));
    }

    @Test
    void aUnitHasWhatItsPredecessorsHadBeforeIt() throws Exception {
        count("received", "19801", "1d", "2025-06-30T00:00", 3);
        count("done", "19801", "1d", "2025-07-01T00:00", 2);
        count("received", "19800", "1d", "2025-07-01T00:00", 4);
        String query = "&from=2025-06-30&to=2025-07-02&step=1d&area=";
        assertEquals(List.of("2025-06-30 3", "2025-07-01 4"), days(series("figure=received" + query + "19800")));
        assertEquals(List.of("2025-07-01 2"), days(series("figure=done" + query + "19800")));
        assertEquals(List.of("2025-06-30 3", "2025-07-01 5"), days(series("figure=processing" + query + "19800")));
        assertEquals(List.of("2025-06-30 3", "2025-07-01 4"), days(series("figure=received" + query + "46")));
    }

    @Test
    void aDaysStockDoesNotHangOnWhereTheSeriesBegins() throws Exception {
        for (String width : List.of("15m", "1d", "1y")) {
            count("received", "19867", width, start(width, "2024-12-30T08:00"), 1);
            count("done", "19867", width, start(width, "2025-01-03T09:00"), 1);
        }
        String query = "figure=processing&area=46&step=1d&to=2025-01-06&from=";
        List<String> fromTheNewCityOn =
                List.of("2025-01-01 1", "2025-01-02 1", "2025-01-03 0", "2025-01-04 0", "2025-01-05 0");

        List<String> across = days(series(query + "2024-12-30"));

        assertEquals(fromTheNewCityOn, days(series(query + "2025-01-01")));
        assertEquals(List.of("2024-12-30 1", "2024-12-31 1"), across.subList(0, 2));
        assertEquals(fromTheNewCityOn, across.subList(2, across.size()));
    }

    @Test
    void aUnitThatIsNoLeafHasASeriesOfWhatItReceivedItself() throws Exception {
        count("received", "477", "1d", "2026-11-24T00:00", 2);
        count("received", "19867", "1d", "2026-11-24T00:00", 3);
        String query = "figure=received&from=2026-11-24&to=2026-11-25&step=1d&area=";

        List<String> points = days(series(query + "46"));

        assertEquals(List.of("2026-11-24 5"), points);
        assertEquals(points, days(series(query + "477")));
    }

    @Test
    void aUnitThatIsNotInTheTreeThenIsNotFound() throws Exception {
        assertProblem(
                404,
                "area 19801 is not in the tree then: it is there until before 2025-07-01",
                "figure=received&area=19801&from=2026-11-24&to=2026-11-25&step=1d");
    }

    @Test
    void readingsAreTheSourcesOwnInTheMetricsUnit() throws Exception {
        reading("reading:water_level", 2, 3_000_001, 1_000_000, 2_000_001);
        reading("reading:rain", 3, 1_200_000, 0, 800_000);
        JsonNode level = series("figure=water_level&area=wl-sia&from=2026-11-24&to=2026-11-25&step=1h");
        assertEquals(List.of("08:00 1.500001"), points(level));
        assertEquals(2.000001, level.path("points").path(0).path("max").doubleValue());
        assertEquals(
                List.of("08:00 1.2"), points(series("figure=rain&area=wl-sia&from=2026-11-24&to=2026-11-25&step=1h")));
    }

    @Test
    void theFutureIsEmpty() throws Exception {
        JsonNode future = series("figure=processing&area=477&from=2030-01-01&to=2030-02-01&step=1d");
        assertEquals(List.of(), days(future));
        assertEquals(future.path("from"), future.path("to"));
    }

    @Test
    void theSeriesOfARunningTotalIsWhatFell() throws Exception {
        total("2026-11-23T23:45", 2, 100, 101);
        total("2026-11-24T08:00", 2, 101.5, 103);
        total("2026-11-24T08:15", 3, 1, 104);
        total("2026-11-24T08:30", 1, 3, 3);
        total("2026-11-24T09:00", 1, 900_000, 900_000);
        total("2026-11-24T09:15", 2, 4.5, 5);
        total("2026-11-24T10:15", 1, 0.5, 0.5);
        total("2026-11-24T10:30", 1, 2, 2);

        JsonNode hours = series("figure=rain&area=rain-total&from=2026-11-24&to=2026-11-25&step=1h");

        assertEquals(List.of("08:00 6", "09:00 2", "10:00 2"), points(hours));
        assertEquals(6, hours.path("points").path(0).path("n").intValue());
        assertFalse(hours.path("points").path(0).has("max"), "a total says nothing of one hour");
        assertEquals(
                List.of("2026-11-24 10"),
                days(series("figure=rain&area=rain-total&from=2026-11-24&to=2026-11-25&step=1d")));
        assertProblem(
                400,
                "from: found a time so long before to that a running total has 72480 buckets of 15m",
                "figure=rain&area=rain-total&from=2024-11-24&to=2026-11-25&step=1M");
    }

    @Test
    void whatIsWrongIsNamedWithWhatIsAllowed() throws Exception {
        assertProblem(400, "step: found 2h; allowed: 1m, 15m, 1h, 1d, 1M, 1y", "figure=done&from=2026-11-24&step=2h");
        assertProblem(
                400, "figure: found recieved (nearest known: received)", "figure=recieved&from=2026-11-24&step=1h");
        assertProblem(400, "from: found yesterday; allowed: an RFC 3339 time", "figure=done&from=yesterday&step=1h");
        assertProblem(400, "from: found nothing", "figure=done&step=1h");
        assertProblem(400, "allowed: an earlier one", "figure=done&from=2026-11-24&to=2026-11-23&step=1h");
        assertProblem(400, "allowed: at most 40000", "figure=done&from=2020-01-01&step=15m");
        assertProblem(400, "area: found 477", "figure=rain&area=477&from=2026-11-24&step=1h");
        assertProblem(400, "allowed for processing: 15m", "figure=processing&from=2026-11-24&step=1m");
        assertProblem(404, "not in the tree", "figure=done&area=4777&from=2026-11-24&step=1h");
    }

    @Test
    void aReaderSeesItsScopeAlone() throws Exception {
        String inside = report.token(Role.READER, "477");
        String query = "/api/v1/series?from=2026-11-24&step=1h&figure=";
        assertEquals(403, report.get(query + "done&area=19700", inside).statusCode());
        assertEquals(403, report.get(query + "rain&area=wl-xuan", inside).statusCode());
        assertEquals(200, report.get(query + "done", inside).statusCode());
        assertEquals(
                403, report.get(query + "done", report.token(Role.WALL, "477")).statusCode());
    }

    private void assertProblem(int status, String detail, String query) throws Exception {
        HttpResponse<String> answer = report.get("/api/v1/series?" + query, reader);
        assertEquals(status, answer.statusCode(), answer.body());
        assertTrue(json(answer).path("detail").asText().contains(detail), answer.body());
    }

    private JsonNode series(String query) throws Exception {
        HttpResponse<String> answer = report.get("/api/v1/series?" + query, reader);
        assertEquals(200, answer.statusCode(), answer.body());
        return json(answer);
    }

    /** Returns local time and value of each point. */
    private static List<String> points(JsonNode series) {
        return points(series, LocalDateTime::toLocalTime);
    }

    private static List<String> days(JsonNode series) {
        return points(series, LocalDateTime::toLocalDate);
    }

    private static List<String> points(JsonNode series, Function<LocalDateTime, Object> start) {
        List<String> points = new ArrayList<>();
        for (JsonNode point : series.path("points")) {
            LocalDateTime local =
                    LocalDateTime.ofEpochSecond(point.path("minute").longValue() * 60, 0, ZoneOffset.ofHours(7));
            JsonNode value = point.path("value");
            points.add(start.apply(local) + " "
                    + (value.isMissingNode()
                            ? ""
                            : value.decimalValue().stripTrailingZeros().toPlainString()));
        }
        return points;
    }

    private static String start(String width, String local) {
        return switch (width) {
            case "1d" -> local.substring(0, 10) + "T00:00";
            case "1y" -> local.substring(0, 4) + "-01-01T00:00";
            default -> local;
        };
    }

    private void count(String figure, String area, String width, String local, long count) {
        report.database.execute("""
                insert into rollup (figure, area, width, window_start, count, sum) values ($1, $2, $3, $4, $5, 0)
                on conflict (figure, area, width, window_start) do update set count = rollup.count + $5""", figure, area, width, time(local), count);
    }

    private void wait(String area, String local, long count, String bins) {
        report.database.execute("""
                insert into rollup (figure, area, width, window_start, count, sum, bins)
                values ('wait', $1, '1h', $2, $3::bigint, $3::bigint * 15000000, $4::text::integer[])""", area, time(local), count, bins);
    }

    private void reading(String figure, long count, long sum, long min, long max) {
        report.database.execute("""
                insert into rollup (figure, area, width, window_start, count, sum, min, max)
                values ($1, 'wl-sia', '1h', $2, $3, $4, $5, $6)""", figure, time("2026-11-24T08:00"), count, sum, min, max);
    }

    /** A quarter's readings of a gauge that sends totals, mm. */
    private void total(String local, long count, double least, double greatest) {
        report.database.execute("""
                insert into rollup (figure, area, width, window_start, count, sum, min, max)
                values ('reading:rain', 'rain-total', '15m', $1, $2, 0, $3, $4)""", time(local), count, (long) (least * 1e6), (long) (greatest * 1e6));
    }

    private static OffsetDateTime time(String local) {
        return LocalDateTime.parse(local).atOffset(ZoneOffset.ofHours(7));
    }
}
