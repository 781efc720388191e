package vn.kydai.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.ReadsTheDate;
import vn.kydai.observe.AlertScenarios;
import vn.kydai.observe.Checker;
import vn.kydai.observe.Dashboards;
import vn.kydai.observe.Dashboards.Panel;
import vn.kydai.observe.Patience;
import vn.kydai.observe.Prometheus;
import vn.kydai.observe.Rules;
import vn.kydai.observe.Rules.Rule;
import vn.kydai.observe.SqlPanels;

/**
 * A real Prometheus scrapes the jar under load; every panel and every alert is asked. All alerts are made to fire by
 * {@link AlertScenarios} on the unchanged rules; seven of them fire here for real too, with shortened windows.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@TestMethodOrder(OrderAnnotation.class)
@ReadsTheDate
class MonitoringIT {
    private static final Pattern SQL = Pattern.compile("```sql\n(create role grafana.*?)```", Pattern.DOTALL);
    private static final String PASSWORD = "CHANGE-ME";

    /** As in KydaiDiskFilling. */
    private static final double FULL_DISK = 0.1;

    @TempDir
    private static Path data = Path.of("target");

    @TempDir
    private static Path scratch = Path.of("target");

    private static @Nullable MonitoredServer server;
    private static @Nullable Prometheus prometheus;

    @BeforeAll
    static void watchAServerUnderLoad() throws Exception {
        Prometheus.require();
        server = MonitoredServer.start(data);
        prometheus = Prometheus.start(scratch, server.managementPort(), Rules.hurried());
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static Checker checker() {
        return new Checker(prometheus);
    }

    @Test
    @Order(1)
    void everyPanelOfPrometheusShowsPlausibleValues() {
        assertEquals(
                List.of(),
                Patience.untilNone(() -> Dashboards.ofPrometheus().stream()
                        .flatMap(panel -> checker().complaints(panel).stream())
                        .toList()));
    }

    @Test
    @Order(2)
    void everyAlertHasSomethingToCompareAndIsSilentWhenAllIsWell() {
        List<String> complaints = Patience.untilNone(() -> {
            List<String> found = new ArrayList<>(prometheus.failedRules());
            Rules.all().forEach(rule -> found.addAll(checker().complaints(rule)));
            prometheus.active().stream()
                    .filter(alert -> !(alert.equals("KydaiDiskFilling") && isTheDiskReallyFull()))
                    .forEach(alert -> found.add(alert + " is active"));
            return found;
        });

        assertEquals(List.of(), complaints);
    }

    @Test
    @Order(3)
    void aMisspeltMetricIsFoundInEveryPanelAndAlert() {
        for (Panel panel : Dashboards.ofPrometheus()) {
            assertTrue(
                    checker().complaintsWhenMisspelt(panel).stream()
                            .anyMatch(found -> found.contains("there is no metric")),
                    panel::title);
        }
        for (Rule rule : Rules.all()) {
            assertTrue(
                    checker().complaintsWhenMisspelt(rule).stream()
                            .anyMatch(found -> found.contains("there is no metric")),
                    rule::name);
        }
    }

    @Test
    @Order(4)
    void everyAlertFiresInItsScenarioAndOnlyThere() throws Exception {
        assertEquals(Rules.all().stream().map(Rule::name).toList(), AlertScenarios.alerts());
        assertEquals("", new AlertScenarios(prometheus).play(scratch));
    }

    @Test
    @Order(5)
    void everySqlPanelShowsPlausibleValuesToTheLoginOfTheManual() throws Exception {
        Matcher manual = SQL.matcher(Files.readString(Path.of("docs/operations.md")));
        assertTrue(manual.find(), "docs/operations.md says how to make the login");
        try (Connection owner = server.connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute(manual.group(1));
        }

        try (Connection grafana = server.connect("grafana", PASSWORD);
                Statement statement = grafana.createStatement()) {
            assertEquals(
                    List.of(),
                    Patience.untilNone(() -> Dashboards.ofPostgres().stream()
                            .flatMap(panel -> SqlPanels.complaints(grafana, panel).stream())
                            .toList()));
            for (String table : List.of("journal", "token", "session", "device", "event_identity", "dead_letter")) {
                assertThrows(SQLException.class, () -> statement.execute("select * from public." + table), table);
            }
        }
    }

    @Test
    @Order(6)
    void alertsFireWhenItReallyHappens() throws Exception {
        causeUntilActive("KydaiRejecting", () -> server.postRejectedEvents(100));
        causeUntilActive("KydaiLedgerGaps", server::postAGap);
        causeUntilActive("KydaiSignInsFailing", () -> server.signInWrongly(30));
        causeUntilActive("KydaiWallsStalled", () -> server.askWithoutReading(6));
        server.stopTheLoad();
        awaitActive("KydaiNothingReceived");
        server.killPostgres();
        awaitActive("KydaiJournalAway");
        server.server.killAll();
        awaitActive("KydaiDown");
    }

    private static void causeUntilActive(String alert, Patience.Deed cause) throws Exception {
        Patience.doingUntil(alert + " fires", cause, () -> prometheus.active().contains(alert));
    }

    private static void awaitActive(String alert) {
        Patience.until(alert + " fires", () -> prometheus.active().contains(alert));
    }

    /** Tells whether this machine, and not the server, is what KydaiDiskFilling is about. */
    private static boolean isTheDiskReallyFull() {
        File disk = data.toFile();
        return disk.getUsableSpace() < FULL_DISK * disk.getTotalSpace();
    }
}
