package vn.kydai.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.kydai.access.DatabaseAway;
import vn.kydai.access.Problem;
import vn.kydai.config.Settings;
import vn.kydai.database.Database.Ownership;

class DatabaseTest {
    private static final Settings.Database EMBEDDED = new Settings.Database("", 0, 2, 30);
    private static final Path PROGRAMS = Path.of("target", "postgres");
    private static final int KILLS = 6;

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path data = Path.of("target");

    @AfterEach
    void closeVertx() {
        await(vertx.close());
    }

    @Test
    void whatWasCommittedOutlivesEveryKillOfAllItsProcesses() throws Exception {
        EmbeddedServer.Plan plan = plan();
        for (int kill = 0; kill <= KILLS; kill++) {
            EmbeddedServer server = EmbeddedServer.start(plan);
            if (kill == 0) {
                execute(server, "create table kept (number integer)");
            }
            execute(server, "insert into kept values (" + kill + ")");
            assertEquals(Integer.toString(kill + 1), query(server, "select count(*) from kept"));
            if (kill < KILLS) {
                TestServer.kill(plan.directory().resolve("cluster"));
            } else {
                server.close();
            }
        }
    }

    @Test
    void aPostgresThatOutlivedItsServerIsStoppedAndNeverAdopted() throws Exception {
        EmbeddedServer first = EmbeddedServer.start(plan());
        String started = query(first, "select pg_postmaster_start_time()");
        try (EmbeddedServer second = EmbeddedServer.start(plan())) {
            assertNotEquals(started, query(second, "select pg_postmaster_start_time()"));
        }
    }

    @Test
    void aPidFileThatNamesSomeOtherProgramIsNoObstacle() throws Exception {
        EmbeddedServer.Plan plan = plan();
        EmbeddedServer.start(plan).close();
        Path cluster = plan.directory().resolve("cluster");
        Files.writeString(
                cluster.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + cluster + "\n0\n");
        try (EmbeddedServer server = EmbeddedServer.start(plan)) {
            assertEquals("on", query(server, "show fsync"));
        }
    }

    @Test
    void oneServerOwnsADirectoryAndCommandsUseItsPostgres() throws Exception {
        linkPrograms();
        Database server = await(Database.open(vertx, EMBEDDED, data, Ownership.SERVER));
        String refused = failure(IOException.class, Database.open(vertx, EMBEDDED, data, Ownership.SERVER));
        Database command = await(Database.open(vertx, EMBEDDED, data, Ownership.COMMAND));
        assertTrue(refused.startsWith("another server runs on"), refused);
        assertEquals(server.connectOptions().getPort(), command.connectOptions().getPort());
        await(command.close());
        assertEquals(1, await(server.pool().query("select 1").execute()).size());
        await(server.close());
        assertFalse(Files.exists(data.resolve("postgres/cluster/postmaster.pid")));
    }

    @Test
    void aPostmasterThatWasKilledIsStartedAgainByItsServer() throws Exception {
        linkPrograms();
        Database server = await(Database.open(vertx, EMBEDDED, data, Ownership.SERVER));
        await(server.pool().query("create table kept as select 1 as number").execute());
        Path cluster = data.resolve("postgres/cluster");
        long postmaster = Long.parseLong(
                Files.readAllLines(cluster.resolve("postmaster.pid")).get(0).strip());

        ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();

        assertEquals(1, await(untilAnswered(server)));
        await(server.close());
        assertFalse(Files.exists(cluster.resolve("postmaster.pid")));
    }

    private Future<Integer> untilAnswered(Database server) {
        return vertx.timer(200, TimeUnit.MILLISECONDS)
                .compose(
                        waited -> server.pool().query("select number from kept").execute())
                .map(rows -> rows.iterator().next().getInteger(0))
                .recover(away -> untilAnswered(server));
    }

    @Test
    void aCommandAloneStartsPostgresAndStopsItAfterwards() throws Exception {
        linkPrograms();
        Database command = await(Database.open(vertx, EMBEDDED, data, Ownership.COMMAND));
        Future<Database> server = Database.open(vertx, EMBEDDED, data, Ownership.SERVER);
        assertEquals(1, await(command.pool().query("select 1").execute()).size());
        await(command.close());
        await(await(server).close());
        assertFalse(Files.exists(data.resolve("postgres/cluster/postmaster.pid")));
    }

    @Test
    void whatPeopleReadKeepsNobodyFromTheServersOwnConnections() {
        Database server = await(Database.open(
                vertx, new Settings.Database(TestDatabase.freshDatabase().uri(), 0, 2, 60), data, Ownership.SERVER));
        List<Future<?>> asked = Stream.generate(
                        () -> server.readers().query("select pg_sleep(600)").execute())
                .limit(20)
                .<Future<?>>map(each -> each)
                .toList();

        int signIn = await(server.pool().query("select 1").execute()).size();

        assertEquals(1, signIn);
        assertTrue(asked.stream().noneMatch(Future::isComplete), "all readers wait");
        await(server.close());
    }

    @Test
    void aQuestionThatTakesTooLongIsAnsweredByThat() {
        Database server = await(Database.open(
                vertx, new Settings.Database(TestDatabase.freshDatabase().uri(), 0, 2, 1), data, Ownership.SERVER));

        Throwable ended = server.readers()
                .query("select pg_sleep(600)")
                .execute()
                .<Throwable>map(answered -> new AssertionError("it was answered"))
                .recover(Future::succeededFuture)
                .toCompletionStage()
                .toCompletableFuture()
                .join();

        assertTrue(DatabaseAway.is(ended), ended.toString());
        Problem problem = DatabaseAway.problem(ended);
        assertEquals("503 too_much_to_read", problem.status() + " " + problem.code());
        await(server.close());
    }

    @Test
    void onlyTheOwnerReadsTheSecrets() throws Exception {
        linkPrograms();
        Path directory = data.resolve("postgres");
        OwnedServer.open(directory, 0, Ownership.SERVER).close();
        for (String file : new String[] {"password", "connection"}) {
            assertEquals(
                    PosixFilePermissions.fromString("rw-------"),
                    Files.getPosixFilePermissions(directory.resolve(file)));
        }
    }

    @Test
    void aServerThatCouldLoseACommitIsRefused() {
        try (TestServer unsafe = TestServer.start(Map.of("fsync", "off"))) {
            Settings.Database settings =
                    new Settings.Database(unsafe.emptyDatabase().uri(), 0, 2, 30);
            String refused = failure(UnsafeDatabase.class, Database.open(vertx, settings, data, Ownership.SERVER));
            assertTrue(refused.contains("fsync = off"), refused);
        }
    }

    @Test
    void sessionsThatCommitAsynchronouslyAreRefused() {
        TestDatabase.Fresh fresh = TestDatabase.freshDatabase();
        TestDatabase.server()
                .execute("alter database " + fresh.options().getDatabase() + " set synchronous_commit = off");
        Settings.Database settings = new Settings.Database(fresh.uri(), 0, 2, 30);
        String refused = failure(UnsafeDatabase.class, Database.open(vertx, settings, data, Ownership.SERVER));
        assertTrue(refused.contains("synchronous_commit = off"), refused);
    }

    private EmbeddedServer.Plan plan() throws IOException {
        Path directory = Files.createDirectories(data.resolve("postgres"));
        Path password = directory.resolve("password");
        assertFalse(Secrets.password(password).isEmpty());
        return new EmbeddedServer.Plan(PROGRAMS, directory, 0, password, Map.of());
    }

    /** The programs are linked in, since unpacking them takes longer than every test here. */
    private void linkPrograms() throws IOException {
        Path programs = PostgresBinaries.unpackedUnder(PROGRAMS);
        Path directory = Files.createDirectories(data.resolve("postgres"));
        Files.createSymbolicLink(directory.resolve(programs.getFileName()), programs.toAbsolutePath());
    }

    private Connection connect(EmbeddedServer server) throws SQLException, IOException {
        String password = Secrets.password(data.resolve("postgres/password"));
        return Migrations.connect(OwnedServer.options(server.port(), password), "postgres");
    }

    private void execute(EmbeddedServer server, String sql) throws SQLException, IOException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String query(EmbeddedServer server, String sql) throws SQLException, IOException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @CanIgnoreReturnValue
    private static <T> T await(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static String failure(Class<? extends Throwable> type, Future<?> future) {
        return String.valueOf(assertThrows(type, () -> await(future)).getMessage());
    }
}
