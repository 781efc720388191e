package vn.kydai.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static vn.kydai.http.HttpFixture.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.access.Role;
import vn.kydai.event.Width;
import vn.kydai.registry.WorkingCalendar;

/** A commune that is moved from one district to another takes what it has in hand with it. */
class SeriesMoveTest {
    private static final String MOVED = """
            {"areas": [
              {"id": "46", "name": "Huế", "level": "province"},
              {"id": "10", "name": "Một", "level": "district", "parent": "46"},
              {"id": "20", "name": "Hai", "level": "district", "parent": "46"},
              {"id": "101", "name": "Ở lại", "level": "commune", "parent": "10"},
              {"id": "201", "name": "Chuyển", "level": "commune", "parent": "20",
               "parentBefore": {"id": "10", "until": "2026-03-15"}},
              {"id": "202", "name": "Ở đó", "level": "commune", "parent": "20"}]}
            """;
    private static final LocalDate FIRST = LocalDate.of(2026, 2, 1);
    private static final int DAYS = 70;

    private final ReportFixture report = new ReportFixture(MOVED);
    private final String reader = report.token(Role.READER, "46");

    SeriesMoveTest() throws IOException {}

    @AfterEach
    void close() {
        report.close();
    }

    @Test
    void itsStockLeavesTheOneAndComesToTheOther() throws Exception {
        count("received", "201", LocalDate.of(2026, 3, 10), 5);
        count("done", "201", LocalDate.of(2026, 3, 16), 2);

        assertEquals(
                List.of("03-13 5", "03-14 5", "03-15 0", "03-16 0"),
                points("figure=processing&area=10&step=1d&from=2026-03-13&to=2026-03-17"));
        assertEquals(
                List.of("03-13 0", "03-14 0", "03-15 5", "03-16 3"),
                points("figure=processing&area=20&step=1d&from=2026-03-13&to=2026-03-17"));
        assertEquals(
                List.of("03-14 0", "03-15 5", "03-16 5"),
                points("figure=carried&area=20&step=1d&from=2026-03-14&to=2026-03-17"));
        assertEquals(
                List.of("03-14 5", "03-15 5", "03-16 3"),
                points("figure=processing&area=46&step=1d&from=2026-03-14&to=2026-03-17"));
    }

    @Test
    void aMonthInWhichItMovesIsSharedByDays() throws Exception {
        count("received", "201", LocalDate.of(2026, 3, 10), 5);
        count("received", "201", LocalDate.of(2026, 3, 20), 7);

        assertEquals(List.of("03-01 5"), points("figure=received&area=10&step=1M&from=2026-03-01&to=2026-05-01"));
        assertEquals(List.of("03-01 7"), points("figure=received&area=20&step=1M&from=2026-03-01&to=2026-05-01"));
        assertEquals(
                List.of("03-01 12", "04-01 12"),
                points("figure=processing&area=20&step=1M&from=2026-03-01&to=2026-05-01"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void noDaysStockHangsOnWhereTheSeriesBeginsAndDistrictsAddUp(long seed) throws Exception {
        System.out.println("moved units: seed " + seed + "L");
        Random random = new Random(seed);
        for (int index = 0; index < 120; index++) {
            count(
                    random.nextInt(3) == 0 ? "done" : "received",
                    List.of("101", "201", "202").get(random.nextInt(3)),
                    FIRST.plusDays(random.nextInt(DAYS)),
                    1 + random.nextInt(3));
        }
        List<String> whole = new ArrayList<>();
        for (String area : List.of("10", "20", "46")) {
            String query = "figure=processing&area=" + area + "&step=1d&to=" + FIRST.plusDays(DAYS) + "&from=";
            List<String> all = points(query + FIRST);
            whole.add(String.join(",", all));
            for (int begin : new int[] {1, 27, 28, 41, 42, 43, DAYS - 1}) {
                assertEquals(all.subList(begin, DAYS), points(query + FIRST.plusDays(begin)), area + " from " + begin);
            }
        }
        String[] one = whole.get(0).split(",", -1);
        String[] other = whole.get(1).split(",", -1);
        String[] both = whole.get(2).split(",", -1);
        for (int day = 0; day < DAYS; day++) {
            assertEquals(value(both[day]), value(one[day]) + value(other[day]), both[day]);
        }
    }

    private static long value(String point) {
        return Long.parseLong(point.substring(point.indexOf(' ') + 1));
    }

    private List<String> points(String query) throws Exception {
        JsonNode series = json(report.get("/api/v1/series?" + query, reader));
        List<String> points = new ArrayList<>();
        for (JsonNode point : series.path("points")) {
            LocalDate day = LocalDate.ofInstant(
                    Instant.ofEpochSecond(point.path("minute").longValue() * 60), WorkingCalendar.ZONE);
            points.add(day.toString().substring(5) + " " + point.path("value").longValue());
        }
        return points;
    }

    private void count(String figure, String area, LocalDate day, long count) {
        for (Width width : List.of(Width.QUARTER, Width.DAY, Width.MONTH, Width.YEAR)) {
            report.database.execute(
                    """
                    insert into rollup (figure, area, width, window_start, count, sum) values ($1, $2, $3, $4, $5, 0)
                    on conflict (figure, area, width, window_start) do update set count = rollup.count + $5""",
                    figure,
                    area,
                    width.id(),
                    width.start(day.atTime(8, 0)).atOffset(ZoneOffset.ofHours(7)),
                    count);
        }
    }
}
