package vn.kydai;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import vn.kydai.access.Access;
import vn.kydai.access.AuditLog;
import vn.kydai.access.Subtrees;
import vn.kydai.access.TokenRoutes;
import vn.kydai.access.UserRoutes;
import vn.kydai.aggregate.AggregateVerticle;
import vn.kydai.aggregate.Figures;
import vn.kydai.aggregate.store.PostgresCheckpoints;
import vn.kydai.alarm.AlarmParts;
import vn.kydai.alarm.AlarmVerticle;
import vn.kydai.alarm.ShiftParts;
import vn.kydai.bus.MessageHandover;
import vn.kydai.config.Build;
import vn.kydai.config.Settings;
import vn.kydai.database.Database;
import vn.kydai.event.Configuration.Part;
import vn.kydai.http.HttpServerVerticle;
import vn.kydai.ingest.Admission;
import vn.kydai.ingest.DeviceRoutes;
import vn.kydai.ingest.EventRoutes;
import vn.kydai.ingest.IngestMetrics;
import vn.kydai.ingest.Intake;
import vn.kydai.ingest.MqttVerticle;
import vn.kydai.ingest.RegistryRefresh;
import vn.kydai.ingest.Schemas;
import vn.kydai.ingest.Shares;
import vn.kydai.journal.Journal;
import vn.kydai.journal.PostgresJournal;
import vn.kydai.journal.Readmissions;
import vn.kydai.journal.Timekeeper;
import vn.kydai.ops.Health;
import vn.kydai.ops.ManagementVerticle;
import vn.kydai.ops.Metrics;
import vn.kydai.outbound.CapParts;
import vn.kydai.outbound.OutboundParts;
import vn.kydai.outbound.OutboundVerticle;
import vn.kydai.registry.LiveRegistry;
import vn.kydai.registry.Parts;
import vn.kydai.registry.Registry;
import vn.kydai.registry.SourceStore;
import vn.kydai.registry.WorkingCalendar;
import vn.kydai.report.ReportRoutes;
import vn.kydai.wall.WallParts;
import vn.kydai.wall.WallVerticle;

/**
 * The whole server, wired in flow order:
 *
 * <pre>
 * management → database → journal → configuration → aggregate → outbound → alarm → wall → http → mqtt
 * </pre>
 *
 * The ways in wait for the journal and the registry alone, not for the folds. Everything stops in reverse: the ways in
 * first, then what waits is written, the database last.
 */
public final class Pipeline {
    private final Environment environment;
    private final Lifecycle lifecycle = new Lifecycle();
    private final Health health;
    private final Timekeeper time;
    private final AtomicBoolean isOpen = new AtomicBoolean();
    private final Promise<Void> broken = Promise.promise();
    private final AtomicBoolean areAlarmsBroken = new AtomicBoolean();
    private volatile IntSupplier fileProblems = () -> 0;

    /**
     * What the server runs in.
     * @param vertx made by {@code metrics}
     * @param configDirectory holds the files of the configuration
     * @param dataDirectory holds the embedded PostgreSQL and the server's lock
     * @param clock tells {@code now} to everything; judged when it is a {@link vn.kydai.journal.MachineClock}
     */
    public record Environment(
            Vertx vertx,
            Metrics metrics,
            Settings settings,
            Path configDirectory,
            Path dataDirectory,
            InstantSource clock) {}

    /**
     * Where a started server answers.
     *
     * @param httpPort of the API and the pages
     * @param mqttPort of the plain endpoint
     * @param managementPort of health and metrics
     */
    public record Ports(int httpPort, int mqttPort, int managementPort) {}

    /** Prepares a server; nothing runs yet. */
    public Pipeline(Environment environment) {
        this.environment = environment;
        this.time = Timekeeper.of(
                environment.clock(),
                Duration.ofSeconds(environment.settings().ingest().clockSkewSeconds()));
        this.health = new Health(environment.metrics().registry());
    }

    /**
     * Starts everything. When a part cannot start, those before it are stopped again.
     *
     * @return fails with {@link vn.kydai.config.ConfigurationException} when the configuration is not as it must be
     */
    public Future<Ports> start() {
        return environment
                .vertx()
                .executeBlocking(() -> Parts.load(environment.configDirectory()))
                .compose(this::start)
                .recover(failure -> stop().transform(stopped -> Future.failedFuture(failure)));
    }

    /** Returns what fails after an error of the virtual machine: then the process must end. */
    public Future<Void> broken() {
        return broken.future();
    }

    /** Stops everything in reverse. */
    public Future<Void> stop() {
        isOpen.set(false);
        return lifecycle.stop();
    }

    private Future<Ports> start(Parts parts) {
        MessageHandover.register(environment.vertx().eventBus());
        environment.metrics().watchDisk(environment.dataDirectory());
        ManagementVerticle management = new ManagementVerticle(
                environment.settings().management(),
                health,
                environment.metrics().registry());
        health.register("startup", isOpen::get);
        FoldAnswers.watchAlarms(health, areAlarmsBroken::get);
        return deploy("management", management)
                .compose(deployed -> openDatabase())
                .compose(database -> openJournal(database).compose(journal -> open(parts, database, journal)))
                .map(ports -> new Ports(ports.httpPort(), ports.mqttPort(), management.port()));
    }

    private Future<Database> openDatabase() {
        return Database.open(
                        environment.vertx(),
                        environment.settings().database(),
                        environment.dataDirectory(),
                        Database.Ownership.SERVER)
                .onSuccess(database -> lifecycle.started("database", database::close));
    }

    private Future<Journal> openJournal(Database database) {
        return PostgresJournal.open(
                        new PostgresJournal.Environment(
                                        environment.vertx(),
                                        database.connectOptions(),
                                        database.pool(),
                                        time,
                                        environment.metrics().registry())
                                .readBy(database.readers()),
                        environment.settings().journal())
                .onSuccess(journal -> {
                    lifecycle.started("journal", journal::close);
                    health.register("journal", journal::isWritable);
                    watchClock(database);
                });
    }

    private void watchClock(Database database) {
        ClockWatch watch = new ClockWatch(
                environment.vertx(),
                time,
                database.pool(),
                environment.metrics().registry());
        health.register("clock", time::isTrusted);
        watch.start();
        lifecycle.started("clock", watch::stop);
    }

    private Future<Ports> open(Parts parts, Database database, Journal journal) {
        LiveRegistry registry = new LiveRegistry(parts);
        SourceStore sources = new SourceStore(database.pool());
        ConfigurationFeed feed = new ConfigurationFeed(
                journal, sources, registry, time, System::getenv, () -> OutboundVerticle.channels(database.pool()));
        ReadmissionFeed readmissions = new ReadmissionFeed(journal, new Readmissions(database.pool()), time);
        new CalendarWatch(registry, time, environment.metrics().registry()).start(environment.vertx());
        Heartbeat heartbeat = new Heartbeat(environment.vertx(), database.pool(), feed, time);
        return feed.take(parts)
                .compose(changed -> heartbeat.begin(!changed.contains(Part.RULES)))
                .compose(begun -> SourceNews.listen(
                        environment.vertx(), database.connectOptions(), feed, readmissions, lifecycle))
                .compose(listening -> readmissions.take())
                .onSuccess(listening -> watchFiles(feed, registry))
                .compose(listening -> startFolds(database, journal))
                .compose(folds -> openWaysIn(new Stages(database, journal, registry, feed, heartbeat, folds)));
    }

    private void watchFiles(ConfigurationFeed feed, LiveRegistry registry) {
        ConfigurationWatch watch = new ConfigurationWatch(
                environment.vertx(),
                environment.configDirectory(),
                feed,
                () -> OutboundVerticle.unreadable(registry.channels()),
                environment.metrics().registry());
        health.note("configuration", watch::problems);
        fileProblems = () -> watch.problems().size();
        watch.start();
        lifecycle.started("configuration", watch::stop);
    }

    private Future<AggregateVerticle> startFolds(Database database, Journal journal) {
        Settings settings = environment.settings();
        AggregateVerticle folds = new AggregateVerticle(
                journal,
                new PostgresCheckpoints(database.pool()),
                new AggregateVerticle.Schedule(settings.wall().tickMs(), settings.aggregate()),
                time,
                environment.metrics().registry(),
                FoldAnswers.ending(broken));
        FoldAnswers.watch(health, folds, journal);
        return deploy("aggregate", folds).map(folds);
    }

    private AlarmVerticle alarms(Stages stages) {
        VitalSigns signs = new VitalSigns(
                environment.vertx(),
                environment.dataDirectory(),
                stages.journal(),
                new LedgerLooks(stages.database().pool()),
                time);
        signs.start();
        lifecycle.started("vital signs", signs::stop);
        AlarmVerticle alarms = new AlarmVerticle(
                new AlarmParts(
                        stages.journal(),
                        stages.registry()::rules,
                        () -> signs.newest()
                                .withProblems(fileProblems.getAsInt())
                                .heardFrom(stages.heartbeat().heardFrom()),
                        stages.registry()::current,
                        stages.registry()::reachable,
                        new AuditLog(stages.database().pool()),
                        time,
                        environment.metrics().registry()),
                cause -> areAlarmsBroken.set(true));
        stages.heartbeat().kept().ifPresent(last -> alarms.resume(last.delays(), last.at()));
        return alarms;
    }

    /** Stands before the alarms, so that no step of theirs is made while nobody reads on. */
    private OutboundVerticle outbound(Stages stages) {
        OutboundVerticle outbound = new OutboundVerticle(new OutboundParts(
                stages.journal(),
                stages.database().pool(),
                stages.registry()::channels,
                stages.registry()::rules,
                stages.registry()::current,
                stages.registry()::roster,
                System::getenv,
                time,
                environment.metrics().registry(),
                new CapParts(
                        environment.settings().outbound().cap(),
                        environment.configDirectory().resolve(CapParts.MAP_FILE))));
        health.note("outbound", outbound::notes);
        return outbound;
    }

    /** What stands before the ways in are opened. */
    private record Stages(
            Database database,
            Journal journal,
            LiveRegistry registry,
            ConfigurationFeed feed,
            Heartbeat heartbeat,
            AggregateVerticle folds) {}

    private Future<Ports> openWaysIn(Stages stages) {
        Settings settings = environment.settings();
        Journal journal = stages.journal();
        LiveRegistry registry = stages.registry();
        Access access = access(stages);
        Intake intake = new Intake(
                registry::current,
                new Admission(registry::current, Schemas.load(), settings.ingest(), time),
                journal,
                new Shares(settings.ingest(), settings.journal()),
                new RegistryRefresh(environment.vertx(), stages.feed()::refresh),
                new IngestMetrics(environment.metrics().registry(), settings.ingest()),
                time);
        WallVerticle wall = wall(journal, registry);
        AlarmVerticle alarms = alarms(stages);
        OutboundVerticle outbound = outbound(stages);
        Subtrees subtrees = (top, area) -> isWithin(registry.current(), top, area);
        List<Consumer<Router>> routes = List.of(
                new DatabasePatience(stages.database()::answers)::mount,
                new EventRoutes(settings.ingest(), intake, EventRoutes.Waits.DEFAULT)::mount,
                new ReportRoutes(
                        journal,
                        stages.database().readers(),
                        registry::current,
                        time,
                        environment.metrics().registry())::mount,
                alarms::mount,
                router -> alarms.mountShifts(router, shifts(stages, access)),
                outbound::mount,
                FoldAnswers.dossierRoutes(registry::current, time, stages.folds(), journal, settings.report())::mount,
                wall::mount,
                new TokenRoutes(access, subtrees, time)::mount,
                new UserRoutes(access.people(), subtrees, time)::mount,
                devices(stages, registry::current, subtrees)::mount);
        HttpServerVerticle http = new HttpServerVerticle(
                settings.http(),
                access,
                routes,
                environment.configDirectory(),
                environment.metrics().registry());
        MqttVerticle mqtt = mqtt(intake, access, alarms);
        return deploy("outbound", outbound)
                .compose(telling -> deploy("alarm", alarms))
                .compose(deciding -> deploy("wall", wall))
                .compose(walls -> deploy("http", http))
                .compose(served -> deploy("mqtt", mqtt))
                .compose(listening -> beat(stages.heartbeat(), alarms))
                .compose(heard -> FoldAnswers.shownSoon(environment.vertx(), wall, stages.folds()))
                .map(shown -> new Ports(http.port(), mqtt.port(), 0));
    }

    private MqttVerticle mqtt(Intake intake, Access access, AlarmVerticle alarms) {
        MqttVerticle mqtt = new MqttVerticle(environment.settings().ingest(), intake, new DeviceSignIn(access));
        alarms.heardBy(mqtt::listening);
        return mqtt;
    }

    private Future<Void> beat(Heartbeat heartbeat, AlarmVerticle alarms) {
        isOpen.set(true);
        lifecycle.started("heartbeat", heartbeat::stop);
        return heartbeat.opened(alarms::delays);
    }

    private static ShiftParts shifts(Stages stages, Access access) {
        return new ShiftParts(
                access.people(), stages.registry()::roster, stages.database().pool());
    }

    private WallVerticle wall(Journal journal, LiveRegistry registry) {
        return new WallVerticle(new WallParts(
                environment.settings().wall(),
                Build.name(),
                journal,
                () -> new Figures(environment.settings().aggregate()),
                area -> registry.current().areas().find(area).isPresent(),
                time,
                environment.metrics().registry()));
    }

    private Access access(Stages stages) {
        return new Access(
                stages.database().pool(),
                time,
                environment.settings().http().sessionMinutes(),
                environment.metrics().registry());
    }

    private DeviceRoutes devices(Stages stages, Supplier<Registry> registry, Subtrees subtrees) {
        Pool pool = stages.database().pool();
        return new DeviceRoutes(new SourceStore(pool), registry, subtrees, new AuditLog(pool), time);
    }

    private boolean isWithin(Registry registry, String top, String area) {
        LocalDate today = WorkingCalendar.dateOf(time.instant());
        return registry.areas().find(area).isPresent() && registry.areas().isWithin(area, top, today);
    }

    private Future<String> deploy(String name, VerticleBase verticle) {
        Vertx vertx = environment.vertx();
        return vertx.deployVerticle(verticle).onSuccess(id -> lifecycle.started(name, () -> vertx.undeploy(id)));
    }
}
