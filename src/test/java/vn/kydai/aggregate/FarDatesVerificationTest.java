package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.kydai.config.Settings;
import vn.kydai.database.TestDatabase;
import vn.kydai.event.Rating.Level;
import vn.kydai.event.Ticket.Step;
import vn.kydai.verify.Verification.Result;
import vn.kydai.verify.Verification.Scope;

/** Instants that earlier releases took, and hours that came twice: what SQL counts of them is what the folds count. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FarDatesVerificationTest {
    private static final List<Instant> FAR = List.of(
            Instant.parse("-0001-12-31T17:00:00Z"),
            Instant.parse("0000-06-01T00:00:00Z"),
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.parse("1000-03-01T00:00:00Z"),
            Instant.parse("1969-12-31T23:59:59.999Z"),
            Instant.parse("2199-01-01T00:00:00Z"),
            Instant.parse("9999-12-31T23:59:59Z"),
            Instant.parse("+10000-01-01T06:59:59Z"));

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool = TestDatabase.freshPool(vertx);

    @AfterEach
    void close() throws Exception {
        pool.close().await(20, TimeUnit.SECONDS);
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void aJournalWithInstantsOfAnyYearIsVerifiedInTimeAndSpace() throws Exception {
        Story story = Story.begun();
        int number = 0;
        for (Instant far : FAR) {
            for (String procedure : List.of("1.001193", "1.004873", "unknown")) {
                String code = "far-" + number++;
                Instant given = Story.at("2026-11-25T08:00");
                story.tell("desk-19867", "19867", given, null, Story.dossier(code, 2, procedure, far, null));
                story.tell(
                        "desk-19867",
                        "19867",
                        given.plusSeconds(60),
                        null,
                        Story.dossier(code, 5, procedure, null, null));
                story.tell(
                        "desk-19867",
                        "19867",
                        given.plusSeconds(120),
                        null,
                        Story.dossier(code, 4, procedure, null, null));
                story.tell(
                        "desk-19867",
                        "19867",
                        given.plusSeconds(180),
                        null,
                        Story.dossier(code, 9, procedure, null, null));
                story.tell("desk-19870", "19870", given, null, Story.dossier(code + "-due", 2, procedure, null, far));
                story.tell(
                        "desk-19870",
                        "19870",
                        given.plusSeconds(60),
                        null,
                        Story.dossier(code + "-due", 9, procedure, null, null));
            }
        }
        Result result = VerifiedRollups.of(story.events(), pool, Settings.DEFAULTS.aggregate(), all());
        assertEquals(List.of(), result.shown());
        assertEquals(0, result.differences());
        assertTrue(result.buckets() > 100, () -> result.buckets() + " buckets");
        assertEquals("0", text("select count(*) from pg_stat_database where temp_bytes > 100000000"));
    }

    @Test
    void theHourThatCameTwiceIsOneBucketUnderItsFirstTurn() throws Exception {
        Story story = Story.begun();
        for (int minute = 0; minute < 240; minute += 7) {
            Instant time = Instant.parse("1975-06-12T14:00:00Z").plusSeconds(60L * minute);
            story.tell("desk-19867", "19867", time, null, Story.dossier("twice-" + minute, 2));
            story.tell("desk-19867", "19867", time.plusSeconds(1_800), null, Story.dossier("twice-" + minute, 9));
        }
        Result result = VerifiedRollups.of(story.events(), pool, Settings.DEFAULTS.aggregate(), all());
        assertEquals(List.of(), result.shown());
        assertEquals(
                "17",
                text("select sum(count)::text from rollup where figure = 'received' and area = '19867' and width = '1h'"
                        + " and window_start = '1975-06-12 15:00:00Z'"));
    }

    @Test
    void theViewsForGrafanaReadDueDatesOfAnyYear() throws Exception {
        Story story = Story.begun();
        FAR.forEach(far -> story.tell(
                "desk-19867",
                "19867",
                Story.at("2026-11-25T08:00"),
                null,
                Story.dossier("far-" + far, 2, "1.004873", null, far)));
        story.rating("19867", "2026-11-25T08:00", Level.SATISFIED);
        story.ticket("A1", "2026-11-25T08:00", Step.ISSUED);
        VerifiedRollups.of(story.events(), pool, Settings.DEFAULTS.aggregate(), all());
        assertEquals(Integer.toString(FAR.size()), text("select sum(open)::text from grafana.dossiers_open"));
        assertEquals("5", text("select sum(overdue)::text from grafana.dossiers_open"));
        assertEquals(
                "BC 0002-12-31 BC 0001-06-01",
                texts(
                        "select to_char(stored_instant(data ->> 'dueAt')"
                                + " at time zone 'UTC', 'BC YYYY-MM-DD') from journal where kind = 'dossier' order by position limit 2"));
    }

    private String text(String query) throws Exception {
        return pool.query(query)
                .execute()
                .await(30, TimeUnit.SECONDS)
                .iterator()
                .next()
                .getValue(0)
                .toString();
    }

    private String texts(String query) throws Exception {
        StringBuilder all = new StringBuilder();
        pool.query(query)
                .execute()
                .await(30, TimeUnit.SECONDS)
                .forEach(row -> all.append(row.getString(0)).append(' '));
        return all.toString().strip();
    }

    private static Scope all() {
        return new Scope(LocalDate.of(-1, 1, 1), LocalDate.of(10_001, 1, 1), null);
    }
}
