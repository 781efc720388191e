package vn.kydai.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.access.Caller;
import vn.kydai.access.Role;
import vn.kydai.access.Secrets;
import vn.kydai.access.SignInResult;
import vn.kydai.config.Settings;
import vn.kydai.database.Database;
import vn.kydai.registry.Parts;
import vn.kydai.registry.Registry;
import vn.kydai.registry.SourceStore;
import vn.kydai.registry.Sources;
import vn.kydai.registry.Sources.Source;

/** Beside an open server on a real PostgreSQL. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseCommandsTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    private static Path directory = Path.of("");

    private final Vertx vertx = Vertx.vertx();
    private Optional<Database> opened = Optional.empty();

    @BeforeAll
    void open() throws Exception {
        opened = Optional.of(
                Waiting.on(Database.open(vertx, Settings.DEFAULTS.database(), directory, Database.Ownership.SERVER)));
    }

    @AfterAll
    void close() throws Exception {
        Waiting.on(database().close());
        Waiting.on(vertx.close());
    }

    @Test
    void deviceAddPrintsTheTokenAndNothingElse() throws Exception {
        // Given
        Commands commands = new Commands(directory);

        // When
        int code = commands.run("device", "add", "--area", "19867", "--id", "desk-new", "--kind", "desk");

        // Then
        assertEquals(0, code, commands::err);
        String token = commands.out().strip();
        assertEquals(token + System.lineSeparator(), commands.out());
        assertEquals(
                Optional.of(new Caller.Device("desk-new")),
                Waiting.on(AccessTo.tokens(database(), CLOCK).device("desk-new", token)));
        assertEquals(0, commands.run("device", "list"));
        assertTrue(commands.out().contains("desk-new"), commands::out);
        assertEquals(0, commands.run("device", "revoke", "desk-new"));
        assertEquals(
                Optional.empty(), Waiting.on(AccessTo.tokens(database(), CLOCK).device("desk-new", token)));
    }

    @ParameterizedTest
    @CsvSource({
        "--behind, desk-19867, no gateway",
        "--metric, water_lvel, metric: found water_lvel (nearest known: water_level); allowed: ",
        "--name, '', name: allowed: 1 to 64 characters",
    })
    void aDeviceOfWhichSomethingIsWrongIsRefused(String option, String value, String named) {
        Commands commands = new Commands(directory);

        int code = commands.run("device", "add", "--area", "19867", "--id", "s-1", "--kind", "sensor", option, value);

        assertEquals(2, code);
        assertTrue(commands.err().contains(named), commands::err);
    }

    @Test
    void deviceAddSaysWhatADeviceMeasures() throws Exception {
        Commands commands = new Commands(directory);

        int code = commands.run(
                "device",
                "add",
                "--area",
                "19867",
                "--id",
                "gauge",
                "--kind",
                "sensor",
                "--name",
                "Cầu Sịa",
                "--metric",
                "water_level",
                "--metric",
                "battery");

        assertEquals(0, code, commands::err);
        Source gauge = Waiting.on(new SourceStore(database().pool()).load())
                .find("gauge")
                .orElseThrow();
        assertEquals("Cầu Sịa", gauge.name());
        assertEquals(
                List.of("water_level", "battery"),
                gauge.metrics().stream().map(Sources.Metric::metric).toList());
    }

    @Test
    void deviceAddTakesADeviceOffTheMap() throws Exception {
        Commands commands = new Commands(directory);
        String[] gauge = {"device", "add", "--area", "19867", "--id", "gauge", "--kind", "sensor"};
        int placed = commands.run(with(gauge, "--lat", "16.57", "--lon", "107.51"));

        int taken = commands.run(with(gauge, "--no-place"));

        assertEquals(List.of(0, 0), List.of(placed, taken), commands::err);
        assertNull(Waiting.on(new SourceStore(database().pool()).load())
                .find("gauge")
                .orElseThrow()
                .place());
        assertEquals(2, commands.run(with(gauge, "--no-place", "--lat", "16.57")));
        assertTrue(commands.err().contains("--no-place: found --lat or --lon too"), commands::err);
    }

    private static String[] with(String[] command, String... more) {
        return Stream.of(command, more).flatMap(Stream::of).toArray(String[]::new);
    }

    @Test
    void tokenAddPrintsTheTokenAndNothingElse() throws Exception {
        // Given
        Commands commands = new Commands(directory);

        // When
        int code = commands.run("token", "add", "--role", "wall", "--scope", "477", "--name", "lobby");

        // Then
        assertEquals(0, code, commands::err);
        String token = commands.out().strip();
        assertEquals(
                Optional.of(new Caller.Viewer("lobby", Role.WALL, "477")),
                Waiting.on(AccessTo.tokens(database(), CLOCK).bearer(token)));
        assertEquals(0, commands.run("token", "list"));
        assertTrue(commands.out().contains("lobby"), commands::out);
        assertFalse(commands.out().contains(token));
        String id = commands.out()
                .lines()
                .filter(line -> line.contains("lobby"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElseThrow();
        assertTrue(id.matches("[0-9a-f]{12}"), id);
        assertEquals(0, commands.run("token", "revoke", id));
        assertEquals(2, commands.run("token", "revoke", id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Zk3x9_a", "-hZk3x9_"})
    void aTokenWhoseIdBeginsWithAHyphenIsRevokedAfterTwoHyphens(String id) throws Exception {
        // Given
        sql("insert into token (id, hash, role, scope, name, created_at)" + " values ('" + id + "', '"
                + Secrets.hash(id) + "', 'wall', '477', 'hall', now())");
        Commands commands = new Commands(directory);

        // When
        int code = commands.run("token", "revoke", "--", id);

        // Then
        assertEquals(0, code, commands::err);
        assertEquals(2, commands.run("token", "revoke", "--", id));
    }

    @Test
    void userAddPrintsTheFirstPasswordAndNothingElse() throws Exception {
        // Given
        Commands commands = new Commands(directory);

        // When
        int code = commands.run(
                "user", "add", "--name", "lan", "--role", "operator", "--scope", "477", "--display", "Trần Thị Lan");

        // Then
        assertEquals(0, code, commands::err);
        String password = commands.out().strip();
        assertEquals(password + System.lineSeparator(), commands.out());
        assertTrue(isGood("lan", password));
        assertEquals(2, commands.run("user", "add", "--name", "lan", "--role", "admin", "--scope", "477"));
        assertTrue(commands.err().contains("--name: found lan, which is taken"), commands::err);
        assertEquals(0, commands.run("user", "list"));
        assertTrue(commands.out().contains("Trần Thị Lan"), commands::out);
        assertFalse(commands.out().contains(password));
    }

    @Test
    void aUserIsDisabledEnabledAndGivenANewPasswordBesideARunningServer() throws Exception {
        // Given
        Commands commands = new Commands(directory);
        assertEquals(0, commands.run("user", "add", "--name", "binh", "--role", "admin", "--scope", "477"));
        String first = commands.out().strip();

        // When
        int disabled = commands.run("user", "disable", "binh");
        boolean whileDisabled = isGood("binh", first);
        int enabled = commands.run("user", "enable", "binh");
        boolean whileEnabled = isGood("binh", first);
        int reset = commands.run("user", "reset", "binh");

        // Then
        String second = commands.out().strip();
        assertEquals(List.of(0, 0, 0), List.of(disabled, enabled, reset));
        assertFalse(whileDisabled);
        assertTrue(whileEnabled);
        assertFalse(isGood("binh", first));
        assertTrue(isGood("binh", second));
        assertEquals(2, commands.run("user", "disable", "nobody"));
        assertEquals(2, commands.run("user", "reset", "nobody"));
    }

    @Test
    void verifyNamesWhatTheJournalDoesNotSayAndFails() throws Exception {
        // Given
        Commands commands = new Commands(directory);
        int early = commands.run("verify");
        String nothing = commands.err();
        sql("insert into checkpoint (partition, position, format, complete) values (0, 0, 'test', true)");

        // When
        int clean = commands.run("verify", "--area", "477");
        String zero = commands.out();
        sql("insert into rollup (figure, area, width, window_start, count, sum)"
                + " values ('done', '19867', '1d', '2026-11-24T17:00:00Z', 3, 0)");
        int planted = commands.run("verify", "--from", "2026-11-25", "--to", "2026-11-26", "--area", "477");

        // Then
        assertEquals(1, early);
        assertTrue(nothing.contains("no checkpoint"), nothing);
        assertEquals(0, clean, commands::err);
        assertTrue(zero.contains("0 differences"), zero);
        assertEquals(1, planted, commands::err);
        assertTrue(
                commands.out().startsWith("done 19867 1d 2026-11-24T17:00:00Z: stored 3 0, recomputed nothing"),
                commands::out);
        assertEquals(2, commands.run("verify", "--from", "2026-11-26", "--to", "2026-11-25"));
    }

    @Test
    void aSecondDemoUsesTheTokensOfTheFirst() throws Exception {
        // Given
        Path data = Files.createDirectory(directory.resolve("demo"));
        DemoFiles files = new DemoFiles(data);
        Registry registry = Parts.load(Path.of("config")).registry();
        Waiting.on(new SourceStore(database().pool()).importIfAbsent(registry.sources(), CLOCK.instant()));
        DemoAccess first = Waiting.on(new Provisioning(database(), files, CLOCK).provide(registry));

        // When
        DemoAccess second = Waiting.on(new Provisioning(database(), files, CLOCK).provide(registry));

        // Then
        assertTrue(first.isNew());
        assertFalse(second.isNew());
        assertEquals(first.tokens(), second.tokens());
        assertEquals(first.wall(), second.wall());
        assertEquals(
                List.of("truc-ban", "chi-huy", "quan-tri"),
                List.copyOf(first.people().keySet()));
        assertEquals(first.people(), second.people());
        assertFalse(first.tokens().containsKey("@user:truc-ban"), "the simulator needs no person");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(files.tokensFile())));
        String desk = first.tokens().getOrDefault("desk-19867", "");
        assertTrue(Waiting.on(AccessTo.tokens(database(), CLOCK).device("desk-19867", desk))
                .isPresent());
        assertFalse(first.tokens().containsKey("sal-quang-cong"), "it speaks through its gateway");
    }

    private boolean isGood(String user, String password) throws Exception {
        return Waiting.on(AccessTo.tokens(database(), CLOCK).people().signIn(user, password, null, "127.0.0.1"))
                instanceof SignInResult.Opened;
    }

    private void sql(String statement) throws Exception {
        Waiting.on(database().pool().query(statement).execute());
    }

    private Database database() {
        return opened.orElseThrow();
    }
}
