package vn.kydai.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.http.HttpFixture.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.kydai.access.Role;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.codec.DataJson;
import vn.kydai.event.codec.Json;

class AlarmHistoryTest {
    private static final String PATH = "/api/v1/alarms/history";

    private final ReportFixture report = new ReportFixture();
    private final String reader = report.token(Role.READER, "46");
    private long position;

    AlarmHistoryTest() throws IOException {
        for (int day = 20; day <= 25; day++) {
            report.database.execute("select make_journal_partition($1)", LocalDate.of(2026, 11, day));
        }
    }

    @AfterEach
    void close() {
        report.close();
    }

    @Test
    void theStepsOfTheLastDayComeInJournalOrderWithWhoAndWhy() throws Exception {
        tell("2026-11-23T20:00:00Z", "19894", "rain", "s-1", Step.RAISED, null, null);
        tell("2026-11-25T01:00:00Z", "19894", "rain", "s-1", Step.RAISED, null, null);
        tell("2026-11-25T01:05:00Z", "19894", "rain", "s-1", Step.NOTED, "lan", "đã gọi trưởng thôn");
        JsonNode history = history("");
        assertTrue(history.path("complete").booleanValue());
        assertEquals(2, history.path("steps").size());
        JsonNode note = history.at("/steps/1");
        assertEquals("rain:s-1", note.path("alarm").textValue());
        assertEquals("noted", note.path("step").textValue());
        assertEquals("lan", note.path("by").textValue());
        assertEquals("đã gọi trưởng thôn", note.path("note").textValue());
        assertEquals("19894", note.path("area").textValue());
        assertEquals("2026-11-25T01:05:00.000Z", note.path("at").textValue());
        assertEquals(2.0, history.at("/steps/0/value").doubleValue());
        assertFalse(history.at("/steps/0").has("by"));
    }

    @Test
    void whatIsSetAsideIsNoStepThoughItCannotBeRead() throws Exception {
        tell("2026-11-25T01:00:00Z", "19894", "rain", "s-1", Step.RAISED, null, null);
        tell("2026-11-25T01:05:00Z", "19894", "rain", "s-1", Step.CLEARED, null, null);
        report.database.execute(
                "update journal set data = '{\"rule\": \"rain\", \"step\": \"?\"}' where position = $1", position);
        report.database.execute("""
                insert into journal (partition, position, ingest_time, source, id, kind, area, event_time, time_assumed, data)
                select 0, position + 1, ingest_time, 'kydai', 'aside', 'configuration', '-', event_time, false,
                    jsonb_build_object('what', 'setAside', 'content', jsonb_build_object('position', position::text))
                from journal where position = $1""", position);

        JsonNode history = history("");

        assertEquals(1, history.path("steps").size());
    }

    @Test
    void oneAlarmIsFollowedForAMonthUnlessAskedOtherwise() throws Exception {
        tell("2026-11-20T20:00:00Z", "19894", "rain", "s-1", Step.RAISED, null, null);
        tell("2026-11-25T01:00:00Z", "19894", "rain", "s-1", Step.CLEARED, null, null);
        tell("2026-11-25T01:30:00Z", "19894", "rain", "s-2", Step.RAISED, null, null);
        assertEquals(2, history("?alarm=rain:s-1").path("steps").size());
        assertEquals(
                1,
                history("?alarm=rain:s-1&from=2026-11-24T00:00:00Z")
                        .path("steps")
                        .size());
        assertEquals(1, history("?to=2026-11-21T00:00:00Z").path("steps").size());
    }

    @Test
    void aReaderSeesItsScopeAlone() throws Exception {
        tell("2026-11-25T01:00:00Z", "19894", "rain", "s-1", Step.RAISED, null, null);
        tell("2026-11-25T01:00:00Z", "19700", "rain", "s-9", Step.RAISED, null, null);
        String district = report.token(Role.READER, "477");
        assertEquals(1, json(report.get(PATH, district)).path("steps").size());
        assertEquals(
                0,
                json(report.get(PATH + "?alarm=rain:s-9", district))
                        .path("steps")
                        .size());
        assertEquals(403, report.get(PATH + "?area=19700", district).statusCode());
        assertEquals(403, report.get(PATH, report.token(Role.WALL, "477")).statusCode());
    }

    @Test
    void aTimeThatMeansNothingIsRefusedByName() throws Exception {
        assertRefused("?from=yesterday", "from: found yesterday");
        assertRefused("?from=2026-11-26T00:00:00Z", "not before to");
        assertRefused("?from=2026-01-01T00:00:00Z", "92 days");
    }

    private void assertRefused(String query, String why) throws Exception {
        HttpResponse<String> answer = report.get(PATH + query, reader);
        assertEquals(400, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains(why), answer.body());
    }

    private JsonNode history(String query) throws Exception {
        HttpResponse<String> answer = report.get(PATH + query, reader);
        assertEquals(200, answer.statusCode(), answer.body());
        return json(answer);
    }

    private void tell(
            String at, String area, String rule, String source, Step step, @Nullable String by, @Nullable String note) {
        position++;
        Alarm.Measure measure = step == Step.RAISED ? new Alarm.Measure(2, 1, rule, 2.0, 1.0, null) : null;
        Alarm alarm = new Alarm(rule, source, 1, step, measure, by, note, null);
        report.database.execute(
                """
                insert into journal (partition, position, ingest_time, source, id, kind, area, event_time, time_assumed, data)
                values (0, $1, $2, 'kydai', $3, 'alarm', $4, $2, false, $5::text::jsonb)""",
                position,
                Instant.parse(at).atOffset(ZoneOffset.UTC),
                "a-" + position,
                area,
                Json.text(DataJson.write(alarm, null)));
    }
}
