package vn.kydai.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.bench.load.AlarmWriter;
import vn.kydai.bench.load.Fleet;
import vn.kydai.config.ConfigurationException;
import vn.kydai.config.Settings;
import vn.kydai.database.Database;

/** One fresh installation: configuration, data directory, database, registered sources. It is gone when it is closed. */
final class Site implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Site.class);
    private static final List<String> FILES =
            List.of("areas.yaml", "procedures.yaml", "calendar.yaml", "thresholds.yaml", "sources.yaml");

    private static final String RULES_FILE = "alarms.yaml";
    private static final String RULES = "rules:\n";

    /** One among the rules of the configuration, to be raised and cleared at will. */
    private static final String RULE = """
              - id: %s
                watch: value
                metric: %s
                steps: [{at: %d, severity: low}]
                who: nobody
                reason: It is being measured.
                consequence: None.
                response: [Wait.]
            """.formatted(AlarmWriter.RULE, AlarmWriter.METRIC, AlarmWriter.STORM);

    private final Vertx vertx;
    private final Path directory;
    private final Fleet fleet;
    private final ScratchDatabase scratch;
    private final Tokens tokens;
    private volatile @Nullable ServerChild server;
    private boolean isGone;

    private Site(Vertx vertx, Path directory, Fleet fleet, ScratchDatabase scratch, Tokens tokens) {
        this.vertx = vertx;
        this.directory = directory;
        this.fleet = fleet;
        this.scratch = scratch;
        this.tokens = tokens;
    }

    /**
     * Secrets of the viewers.
     *
     * @param admin reads the whole ledger
     */
    record Tokens(String wall, String admin, String scope) {}

    /** Makes one, migrated, with the fleet registered and the configuration in its journal. */
    static Site create(Vertx vertx, Plan plan, Fleet fleet, String scope) throws Exception {
        Tokens tokens = new Tokens(fleet.secret() + "wall", fleet.secret() + "admin", scope);
        Path directory = Files.createTempDirectory("kydai-bench-");
        Site site = new Site(vertx, directory, fleet, ScratchDatabase.on(plan.databaseUri()), tokens);
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(site::abandon, "abandon-site"));
            site.install(plan.configuration());
            return site;
        } catch (Exception e) {
            try (site) {
                throw e;
            }
        }
    }

    private void install(Path configuration) throws Exception {
        Files.createDirectories(directory.resolve("config"));
        Files.createDirectories(directory.resolve("data"));
        for (String file : FILES) {
            Files.copy(configuration.resolve(file), directory.resolve("config").resolve(file));
        }
        Files.writeString(directory.resolve("config").resolve(RULES_FILE), rules(configuration.resolve(RULES_FILE)));
        scratch.create();
        withDatabase((database, sql) -> new Registration(sql).register(fleet, tokens));
        start().close();
    }

    /** All rules of the configuration judge what is sent, and one more. */
    private static String rules(Path file) throws IOException {
        String rules = Files.exists(file) ? Files.readString(file).replace("\r\n", "\n") : RULES;
        if (!rules.contains(RULES)) {
            throw new ConfigurationException(List.of(file + ": found no line rules: to add a rule after"));
        }
        return rules.replaceFirst(RULES, RULES + Matcher.quoteReplacement(RULE));
    }

    Fleet fleet() {
        return fleet;
    }

    Tokens tokens() {
        return tokens;
    }

    Path log() {
        return file("load.log");
    }

    /** Returns a file that goes with it. */
    Path file(String name) {
        return directory.resolve(name);
    }

    /** Starts the server, and returns when it is ready. */
    ServerChild start() throws IOException {
        return start(Map.of(), List.of());
    }

    /** Starts the server with further settings and options of the JVM. */
    ServerChild start(Map<String, String> settings, List<String> options) throws IOException {
        Map<String, String> all = new HashMap<>(scratch.settings());
        all.putAll(settings);
        ServerChild started = new ServerChild(directory.resolve("config"), directory.resolve("data"), all, options);
        server = started;
        started.awaitReady();
        return started;
    }

    /** What is done with a database. */
    @FunctionalInterface
    interface Work {
        void on(PgConnectOptions options, Connection sql) throws Exception;
    }

    /** Works on the database, the running server's or one started for the moment. */
    void withDatabase(Work work) throws Exception {
        Settings.Database defaults = Settings.DEFAULTS.database();
        Settings.Database settings = new Settings.Database(
                scratch.uri(), defaults.embeddedPort(), defaults.poolSize(), defaults.readSeconds());
        Database database =
                await(Database.open(vertx, settings, directory.resolve("data"), Database.Ownership.COMMAND));
        try {
            PgConnectOptions options = database.connectOptions();
            try (Connection sql = connect(options)) {
                work.on(options, sql);
            }
        } finally {
            await(database.close());
        }
    }

    private static Connection connect(PgConnectOptions options) throws SQLException {
        String url = "jdbc:postgresql://" + options.getHost() + ":" + options.getPort() + "/" + options.getDatabase();
        return DriverManager.getConnection(url, options.getUser(), options.getPassword());
    }

    private static <T> T await(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Removes it; once. */
    @Override
    public synchronized void close() throws IOException, SQLException {
        if (isGone) {
            return;
        }
        isGone = true;
        try {
            scratch.close();
        } finally {
            removeFiles();
        }
    }

    /** The process ends: removes it if it is still there, since then it was told to in the middle of it all. */
    private void abandon() {
        ServerChild running = server;
        if (running != null) {
            running.close();
        }
        try {
            close();
        } catch (IOException | SQLException e) {
            LOGGER.atWarn().setCause(e).addKeyValue("directory", directory).log("could not be removed");
        }
    }

    private void removeFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                boolean unused = Files.deleteIfExists(file);
            }
        }
    }
}
