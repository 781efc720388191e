package vn.kydai.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.config.Settings;
import vn.kydai.database.Database;
import vn.kydai.database.TestDatabase;
import vn.kydai.database.TestServer;
import vn.kydai.event.codec.Json;
import vn.kydai.observe.Dashboards.Panel;

class GrafanaViewsTest {
    private static final Pattern ADMINISTRATOR =
            Pattern.compile("```sql\n(create role kydai_read.*?)```", Pattern.DOTALL);
    private static final int LONG_AGO = 40;

    private Connection owner;
    private Statement sql;
    private int position;

    @BeforeEach
    void connect() throws SQLException {
        owner = connect(TestDatabase.freshDatabase().options());
        sql = owner.createStatement();
        for (int daysAgo : new int[] {LONG_AGO, 1, 0}) {
            String day = "(now() at time zone 'Asia/Ho_Chi_Minh')::date - " + daysAgo;
            sql.execute("select make_journal_partition(" + day + ")");
            sql.execute("insert into journal_day values (0, " + day + ", " + (1_000 * (LONG_AGO - daysAgo)) + ")");
        }
    }

    @AfterEach
    void disconnect() throws SQLException {
        owner.close();
    }

    @Test
    void aPanelOverTheLastDayReadsNoOlderPartition() throws SQLException {
        for (int daysAgo : new int[] {LONG_AGO, 1, 0}) {
            event(
                    daysAgo,
                    "configuration",
                    "{\"what\":\"areas\",\"content\":{\"areas\":[{\"id\":\"1\",\"name\":\"Sịa\"}]}}");
            event(daysAgo, "dossier", "{\"dossier\":\"d\",\"status\":2}");
            event(daysAgo, "ticket", "{\"ticket\":\"t\",\"step\":\"issued\"}");
            event(daysAgo, "rating", "{\"level\":\"satisfied\"}");
            event(daysAgo, "reading", "{\"metric\":\"water_level\",\"value\":1,\"unit\":\"m\"}");
        }
        // Small tables would be read whole where large ones are looked up by the index.
        sql.execute("set enable_seqscan = off");

        List<String> read = new ArrayList<>();
        for (Panel panel : Dashboards.ofPostgres()) {
            for (String name :
                    partitionsRead(SqlPanels.overTheLastDay(panel.queries().get(0)))) {
                if (name.equals(partition(LONG_AGO))) {
                    read.add(panel.title());
                }
            }
        }

        assertEquals(List.of("Hồ sơ đang xử lý · Open dossiers"), read, "only this one reads every day");
    }

    @Test
    void dossiersAreCountedOnceADayWhereTheyAreDecided() throws SQLException {
        event(0, "dossier", "{\"dossier\":\"a\",\"status\":2,\"decidingArea\":\"7\"}");
        event(0, "dossier", "{\"dossier\":\"a\",\"status\":2,\"decidingArea\":\"7\"}");
        event(0, "dossier", "{\"dossier\":\"b\",\"status\":2,\"decidingArea\":\"7\"}");
        event(
                0,
                "dossier",
                "{\"dossier\":\"b\",\"status\":9,\"decidingArea\":\"7\",\"dueAt\":\"2020-01-01T00:00:00Z\"}");
        event(0, "dossier", "{\"dossier\":\"c\",\"status\":5}");

        assertEquals(
                "7 2 1 0 1",
                row("select area, received, done, returned, late from grafana.dossiers_by_day where area = '7'"));
        assertEquals("1 1 1 0", row("select area, open, paused, overdue from grafana.dossiers_open where area = '1'"));
        assertEquals("7 1 0 0", row("select area, open, paused, overdue from grafana.dossiers_open where area = '7'"));
    }

    @Test
    void whatIsSetAsideIsInNoView() throws SQLException {
        event(0, "dossier", "{\"dossier\":\"a\",\"status\":\"damaged\"}");
        event(0, "ticket", "{\"ticket\":\"t\",\"step\":\"issued\"}");
        event(0, "rating", "{\"level\":\"satisfied\"}");
        event(0, "reading", "{\"metric\":\"water_level\",\"value\":\"damaged\",\"unit\":\"m\"}");
        int told = position;
        for (int of = 1; of <= told; of++) {
            event(0, "configuration", "{\"what\":\"setAside\",\"content\":{\"position\":\"" + of + "\"}}");
        }
        event(0, "dossier", "{\"dossier\":\"b\",\"status\":2}");

        sql.execute("set role kydai_read");
        assertEquals("1 1", row("select area, received from grafana.dossiers_by_day"));
        assertEquals("1 1", row("select area, open from grafana.dossiers_open"));
        for (String view : List.of("tickets_today", "ratings_by_day", "reading", "reading_newest", "water_level")) {
            assertEquals("0", row("select count(*) from grafana." + view), view);
        }
    }

    @Test
    void aDossierIsLateOrOverdueOnlyFromTheNextLocalDay() throws SQLException {
        step("on time", 9, at(0, "10:00"), at(0, "15:00"));
        step("on time by a minute before midnight", 9, at(-1, "00:01"), at(-1, "23:59"));
        step("late by a minute after midnight", 9, at(-1, "23:59"), at(0, "00:01"));
        step("due today", 4, at(0, "00:00"), at(-1, "08:00"));
        step("due yesterday", 4, at(-1, "23:59"), at(-2, "08:00"));
        step("paused", 5, at(-1, "23:59"), at(-2, "08:00"));
        step("submitted", 1, at(-1, "23:59"), at(-2, "08:00"));

        assertEquals("3 1", row("select done, late from grafana.dossiers_by_day where area = '1'"));
        assertEquals("3 1 1", row("select open, paused, overdue from grafana.dossiers_open where area = '1'"));
    }

    @Test
    void aTicketWaitsUntilItsNextStep() throws SQLException {
        event(0, "ticket", "{\"ticket\":\"t1\",\"step\":\"issued\"}");
        event(0, "ticket", "{\"ticket\":\"t2\",\"step\":\"issued\"}");
        event(0, "ticket", "{\"ticket\":\"t2\",\"step\":\"called\"}");
        event(0, "ticket", "{\"ticket\":\"t3\",\"step\":\"issued\"}");
        event(0, "ticket", "{\"ticket\":\"t3\",\"step\":\"served\"}");

        assertEquals("1 1 1 0", row("select waiting, called, served, gone from grafana.tickets_today"));
    }

    @Test
    void theReadersRoleReadsTheViewsAndNothingElse() throws SQLException {
        sql.execute("set role kydai_read");

        for (String view : List.of(
                "area",
                "dossiers_by_day",
                "dossiers_open",
                "tickets_today",
                "ratings_by_day",
                "reading",
                "reading_newest",
                "water_level",
                "ledger",
                "dead_letter")) {
            sql.execute("select * from grafana." + view);
        }
        for (String table :
                List.of("journal", "event_identity", "ledger", "dead_letter", "device", "token", "session", "audit")) {
            assertThrows(SQLException.class, () -> sql.execute("select * from public." + table), table);
        }
        assertThrows(SQLException.class, () -> sql.execute("delete from grafana.ledger"));
    }

    @Test
    void noViewShowsACodeOrAnId() throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet rows = sql.executeQuery(
                "select table_name || '.' || column_name from information_schema.columns"
                        + " where table_schema = 'grafana' and column_name in ('id', 'dossier', 'ticket', 'detail', 'kept', 'data')")) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }

        assertEquals(List.of("area.id"), columns);
    }

    @Test
    void aUserWhoMayNotCreateRolesMigratesAllTheSame(@TempDir Path data) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (TestServer server = TestServer.start(Map.of())) {
            TestDatabase.Fresh empty = server.emptyDatabase();
            server.execute("create role limited login password 'secret'");
            server.execute("alter database " + empty.options().getDatabase() + " owner to limited");
            String uri = "postgresql://limited:secret@127.0.0.1:"
                    + empty.options().getPort() + "/" + empty.options().getDatabase();

            Database.open(vertx, new Settings.Database(uri, 0, 4, 30), data, Database.Ownership.COMMAND)
                    .compose(Database::close)
                    .await(30, TimeUnit.SECONDS);

            try (Connection administrator = connect(empty.options());
                    Statement statement = administrator.createStatement()) {
                assertThrows(SQLException.class, () -> statement.execute("set role kydai_read"));
                Matcher manual = ADMINISTRATOR.matcher(Files.readString(Path.of("docs/operations.md")));
                assertTrue(manual.find(), "docs/operations.md says what the administrator runs");
                statement.execute(manual.group(1));
                statement.execute("set role kydai_read");
                assertFalse(
                        statement.executeQuery("select * from grafana.ledger").next());
            }
        } finally {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }

    private void event(int daysAgo, String kind, String data) throws SQLException {
        position++;
        sql.execute(("insert into journal values (0, %d, now() - interval '%d days', 's', 'e%d', '%s', '1',"
                        + " now() - interval '%d days' + interval '%d ms', false, null, '%s')")
                .formatted(position, daysAgo, position, kind, daysAgo, position, data));
    }

    /** Appends a step of a dossier that came in today. */
    private void step(String dossier, int status, String dueAt, String time) throws SQLException {
        event(0, "dossier", "{\"dossier\":\"%s\",\"status\":%d,\"dueAt\":\"%s\"}".formatted(dossier, status, dueAt));
        sql.execute("update journal set event_time = '" + time + "' where position = " + position);
    }

    /** Returns an hour of a local day, in UTC as sources may write it. */
    private String at(int daysFromNow, String hour) throws SQLException {
        return row(("select to_char(((now() at time zone 'Asia/Ho_Chi_Minh')::date + %d + time '%s')"
                        + " at time zone 'Asia/Ho_Chi_Minh' at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")
                .formatted(daysFromNow, hour));
    }

    private String partition(int daysAgo) throws SQLException {
        return row("select 'journal_' || to_char((now() at time zone 'Asia/Ho_Chi_Minh')::date - " + daysAgo
                + ", 'YYYYMMDD')");
    }

    /** Returns the partitions a query really read, but for the look-up of the areas' names by their index. */
    private List<String> partitionsRead(String query) throws SQLException {
        try (ResultSet plan = sql.executeQuery("explain (analyze, format json) " + query)) {
            plan.next();
            List<String> read = new ArrayList<>();
            collect(Json.MAPPER.readTree(plan.getString(1)), read);
            return read;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static void collect(JsonNode node, List<String> read) {
        String relation = node.path("Relation Name").asText();
        boolean isNameLookUp = node.path("Index Name").asText().contains("_expr_position_");
        if (relation.startsWith("journal_") && node.path("Actual Loops").asDouble() > 0 && !isNameLookUp) {
            read.add(relation);
        }
        node.forEach(child -> collect(child, read));
    }

    private String row(String query) throws SQLException {
        try (ResultSet rows = sql.executeQuery(query)) {
            assertTrue(rows.next(), query);
            List<String> values = new ArrayList<>();
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                values.add(rows.getString(column));
            }
            return String.join(" ", values);
        }
    }

    private static Connection connect(PgConnectOptions options) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + options.getPort() + "/" + options.getDatabase(),
                options.getUser(),
                options.getPassword());
    }
}
