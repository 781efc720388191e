package vn.kydai.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static vn.kydai.http.HttpFixture.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.kydai.access.Role;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.codec.DataJson;
import vn.kydai.event.codec.Json;

class AlarmPerformanceTest {
    private static final String PATH = "/api/v1/alarms/performance?period=2026-11-24";

    private final ReportFixture report = new ReportFixture();
    private final String reader = report.token(Role.READER, "46");
    private long position;
    private String area = "19867";

    AlarmPerformanceTest() throws IOException {
        for (int day = 22; day <= 25; day++) {
            report.database.execute("select make_journal_partition($1)", LocalDate.of(2026, 11, day));
        }
    }

    @AfterEach
    void close() {
        report.close();
    }

    @Test
    void moreThanTenInTenMinutesIsAFloodUntilTheyAreFewerThanFive() throws Exception {
        for (int alarm = 0; alarm < 12; alarm++) {
            tell("2026-11-24T02:00:00", alarm * 30, "rain", "s-" + alarm, Step.RAISED, alarm < 9 ? 3 : 2);
        }
        JsonNode day = performance(PATH);
        assertEquals(12, day.path("raised").intValue());
        assertEquals(12, day.path("peakTenMinutes").intValue());
        assertEquals(1, day.path("floods").intValue());
        // From the eleventh, in the minute of 02:05, to before that of 02:13, when four are of the last ten.
        assertEquals(8 / 1440.0, day.path("floodShare").doubleValue(), 5e-5);
        assertEquals(9, day.path("bySeverity").path("3").intValue());
        assertEquals(3, day.path("bySeverity").path("2").intValue());
        assertEquals(0.5, day.path("perHour").doubleValue());
    }

    @Test
    void whatHadToBeEscalatedIsCounted() throws Exception {
        tell("2026-11-23T23:50:00", 0, "rain", "s-1", Step.RAISED, 1);
        tell("2026-11-23T23:52:00", 0, "rain", "s-1", Step.ESCALATED, 1);
        tell("2026-11-24T00:00:00", 0, "rain", "s-1", Step.ESCALATED, 1);
        tell("2026-11-24T00:05:00", 0, "rain", "s-1", Step.ESCALATED, 1);
        assertEquals(2, performance(PATH).path("escalations").intValue());
    }

    @Test
    void tenInTenMinutesAreNone() throws Exception {
        for (int alarm = 0; alarm < 10; alarm++) {
            tell("2026-11-24T02:00:00", alarm, "rain", "s-" + alarm, Step.RAISED, 3);
        }
        assertEquals(0, performance(PATH).path("floods").intValue());
    }

    @Test
    void anAlarmThatComesThreeTimesInAMinuteChattersAndOneThatGoesWithinAMinuteIsFleeting() throws Exception {
        for (int time = 0; time < 3; time++) {
            tell("2026-11-24T02:00:00", time * 20, "rain", "s-1", Step.RAISED, 3);
            tell("2026-11-24T02:00:00", time * 20 + 10, "rain", "s-1", Step.CLEARED, 3);
        }
        tell("2026-11-24T03:00:00", 0, "rain", "s-2", Step.RAISED, 3);
        tell("2026-11-24T03:02:00", 0, "rain", "s-2", Step.CLEARED, 3);
        JsonNode day = performance(PATH);
        assertEquals(1, day.path("chattering").size());
        assertEquals("s-1", day.path("chattering").path(0).path("source").textValue());
        assertEquals(3, day.path("fleetingTimes").intValue());
        assertEquals(1, day.path("fleeting").size());
        assertEquals("s-1", day.path("top").path(0).path("source").textValue());
        assertEquals(3, day.path("top").path(0).path("times").intValue());
        assertEquals(1.0, day.path("topShare").path("value").doubleValue());
    }

    @Test
    void whatHasStoodForADayIsStaleAlsoWhenItBeganBefore() throws Exception {
        tell("2026-11-22T20:00:00", 0, "salinity", "s-1", Step.RAISED, 2);
        tell("2026-11-24T20:00:00", 0, "salinity", "s-2", Step.RAISED, 2);
        JsonNode day = performance(PATH);
        assertEquals(1, day.path("raised").intValue());
        assertEquals(2, day.path("standing").intValue());
        assertEquals(1, day.path("stale").intValue());
    }

    @Test
    void theTimeToAcknowledgeIsTheNearestRank() throws Exception {
        for (int alarm = 1; alarm <= 4; alarm++) {
            tell("2026-11-24T02:00:00", 0, "rain", "s-" + alarm, Step.RAISED, 3);
            tell("2026-11-24T02:00:00", alarm * 60, "rain", "s-" + alarm, Step.ACKNOWLEDGED, 3);
        }
        JsonNode times = performance(PATH).path("toAcknowledge");
        assertEquals(4, times.path("n").intValue());
        assertEquals(120, times.path("p50").intValue());
        assertEquals(240, times.path("p90").intValue());
    }

    @Test
    void whatComesBackFromBeingSetAsideIsUnacknowledgedOnlyWhileItsConditionHolds() throws Exception {
        List<List<Step>> ways = List.of(
                List.of(Step.SUPPRESSED, Step.RELEASED),
                List.of(Step.SHELVED, Step.UNSHELVED),
                List.of(Step.REMOVED, Step.RESTORED),
                List.of(Step.SHELVED));
        for (List<Step> way : ways) {
            String clear = "clear-" + way.getLast();
            String holds = "holds-" + way.getLast();
            tell("2026-11-24T02:00:00", 0, "rain", clear, Step.RAISED, 3);
            tell("2026-11-24T02:00:00", 0, "rain", holds, Step.RAISED, 3);
            tell("2026-11-24T02:01:00", 0, "rain", holds, Step.ACKNOWLEDGED, 3);
            tell("2026-11-24T02:10:00", 0, "rain", clear, way.getFirst(), 3);
            tell("2026-11-24T02:10:00", 0, "rain", holds, way.getFirst(), 3);
            tell("2026-11-24T02:20:00", 0, "rain", clear, Step.CLEARED, 3);
            if (way.size() > 1) {
                tell("2026-11-24T02:30:00", 0, "rain", clear, way.getLast(), 3);
                tell("2026-11-24T02:30:00", 0, "rain", holds, way.getLast(), 3);
            }
        }
        tell("2026-11-24T02:00:00", 0, "rain", "aside", Step.RAISED, 3);
        tell("2026-11-24T02:10:00", 0, "rain", "aside", Step.SUPPRESSED, 3);
        JsonNode day = performance(PATH);
        assertEquals(5, day.path("standing").intValue());
        assertEquals(4, day.path("unacknowledged").intValue());
    }

    @Test
    void whoAcknowledgesWhatCameBackFromTheShelfHasTakenItsTimeFromThenOn() throws Exception {
        tell("2026-11-24T02:00:00", 0, "rain", "s-1", Step.RAISED, 3);
        tell("2026-11-24T02:10:00", 0, "rain", "s-1", Step.SHELVED, 3);
        tell("2026-11-24T02:10:00", 3_660, "rain", "s-1", Step.ACKNOWLEDGED, 3);
        JsonNode day = performance(PATH);
        assertEquals(60, day.path("toAcknowledge").path("longest").intValue());
        assertEquals(0, day.path("unacknowledged").intValue());
    }

    @Test
    void anAlarmThatGoesWithItsDeviceStandsInItsFormerAreaNoMore() throws Exception {
        tell("2026-11-24T02:00:00", 0, "rain", "s-1", Step.RAISED, 3);
        area = "19700";
        tell("2026-11-24T03:00:00", 0, "rain", "s-1", Step.ACKNOWLEDGED, 3);
        tell("2026-11-24T04:00:00", 0, "rain", "s-1", Step.CLEARED, 3);
        JsonNode former = performance(PATH + "&area=19867");
        assertEquals(1, former.path("raised").intValue());
        assertEquals(0, former.path("standing").intValue());
        assertEquals(0, former.path("unacknowledged").intValue());
        assertEquals(0, performance(PATH + "&area=19700").path("raised").intValue());
    }

    @Test
    void aDayWithoutAlarmsHasNoShares() throws Exception {
        JsonNode day = performance(PATH);
        assertEquals(0, day.path("raised").intValue());
        assertFalse(day.has("topShare"));
        assertFalse(day.path("toAcknowledge").has("p50"));
    }

    @Test
    void aReaderSeesItsScopeAlone() throws Exception {
        tell("2026-11-24T02:00:00", 0, "rain", "s-1", Step.RAISED, 3);
        assertEquals(1, performance(PATH + "&area=477").path("raised").intValue());
        assertEquals(0, performance(PATH + "&area=19700").path("raised").intValue());
        assertEquals(
                403,
                report.get(PATH + "&area=19700", report.token(Role.READER, "477"))
                        .statusCode());
        HttpResponse<String> tooLong = report.get("/api/v1/alarms/performance?period=2026", reader);
        assertEquals(400, tooLong.statusCode());
        assertTrue(tooLong.body().contains("at most a quarter"), tooLong.body());
    }

    private JsonNode performance(String path) throws Exception {
        HttpResponse<String> answer = report.get(path, reader);
        assertEquals(200, answer.statusCode(), answer.body());
        return json(answer);
    }

    private void tell(String local, int seconds, String rule, String source, Step step, int severity) {
        position++;
        OffsetDateTime at =
                LocalDateTime.parse(local).atOffset(ZoneOffset.ofHours(7)).plus(Duration.ofSeconds(seconds));
        Alarm.Measure measure = step == Step.RAISED ? new Alarm.Measure(severity, 1, rule, 1.0, 1.0, null) : null;
        Instant until = step == Step.SHELVED ? at.toInstant().plus(Duration.ofHours(1)) : null;
        Alarm alarm = new Alarm(rule, source, 1, step, measure, step == Step.ACKNOWLEDGED ? "lan" : null, null, until);
        report.database.execute("""
                insert into journal (partition, position, ingest_time, source, id, kind, area, event_time, time_assumed, data)
                values (0, $1, $2, 'kydai', $3, 'alarm', $5, $2, false, $4::text::jsonb)""", position, at, "a-" + position, Json.text(DataJson.write(alarm, null)), area);
    }
}
