package vn.kydai.simulation;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.AuditLog;
import vn.kydai.aggregate.AggregateVerticle;
import vn.kydai.alarm.AlarmParts;
import vn.kydai.alarm.AlarmVerticle;
import vn.kydai.alarm.SimulatedPeople;
import vn.kydai.alarm.Vitals;
import vn.kydai.bus.Topic;
import vn.kydai.config.Settings;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Picture;
import vn.kydai.ingest.SimulatedWayIn;
import vn.kydai.journal.Journal;
import vn.kydai.journal.MachineClock;
import vn.kydai.journal.Outcome;
import vn.kydai.journal.PostgresJournal;
import vn.kydai.journal.Receipt;
import vn.kydai.journal.Submission;
import vn.kydai.journal.Timekeeper;
import vn.kydai.registry.LiveRegistry;
import vn.kydai.registry.Parts;
import vn.kydai.registry.WorkingCalendar;

/** One life of the server's process: the product's own journal, folds, alarm stage and ways in, from start to crash. */
final class Centre {
    static final Settings.Journal JOURNAL = new Settings.Journal(16, 40_000, 7, 12, 35, 2);
    private static final long LOOK_MS = 1_000;
    private static final int TICK_MS = 20_000;
    private static final Settings.Aggregate FOLDS = new Settings.Aggregate(35, 1_000, 90, 50_000);

    private final Surroundings around;
    private final int boot;
    private final VirtualVertx process;
    private final Timekeeper clock;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Consumer<Picture> onPicture;
    private @Nullable Journal journal;
    private @Nullable LiveRegistry registry;
    private @Nullable SimulatedWayIn wayIn;
    private @Nullable SimulatedPeople people;
    private Future<Void> configuring = Future.succeededFuture();

    /** What outlives the process. */
    record Surroundings(
            VirtualTime time,
            SimulatedDatabase database,
            SimulatedCheckpoints checkpoints,
            MachineClock clock,
            Plants plants,
            long seed) {}

    /**
     * Prepares it.
     *
     * @param boot how many lives it had before
     * @param onPicture told of every picture as it is published
     */
    Centre(Surroundings around, int boot, Consumer<Picture> onPicture) {
        this.around = around;
        this.boot = boot;
        this.onPicture = onPicture;
        this.clock = Timekeeper.of(
                around.clock(), Duration.ofSeconds(Settings.DEFAULTS.ingest().clockSkewSeconds()));
        this.process = new VirtualVertx(around.time(), around.plants()::seen, this::published);
    }

    /** Starts; whoever cannot start ends. */
    void start(Parts parts) {
        PostgresJournal.Environment environment = new PostgresJournal.Environment(
                process.vertx(),
                new PgConnectOptions(),
                around.database().pool(process),
                clock,
                meters,
                (vertx, options) -> around.database().connect(process),
                new Random(around.seed() + boot));
        process.vertx().setPeriodic(LOOK_MS, look -> clock.look());
        PostgresJournal.open(environment, JOURNAL)
                .compose(opened -> {
                    journal = around.plants().journal(opened, boot);
                    registry = new LiveRegistry(parts);
                    return configure(parts);
                })
                .compose(configured -> open())
                .onFailure(cause -> kill());
    }

    private Future<Void> open() {
        Journal journal = requireNonNull(this.journal);
        LiveRegistry registry = requireNonNull(this.registry);
        AlarmParts alarms = new AlarmParts(
                journal,
                registry::rules,
                () -> Vitals.UNKNOWN,
                registry::current,
                registry::roster,
                new AuditLog(around.database().pool(process)),
                clock,
                meters);
        wayIn = new SimulatedWayIn(
                process.vertx(), registry::current, journal, Settings.DEFAULTS.ingest(), clock, meters);
        people = new SimulatedPeople(alarms);
        AggregateVerticle folds = new AggregateVerticle(
                journal,
                around.plants().checkpoints(around.checkpoints().of(process)),
                new AggregateVerticle.Schedule(TICK_MS, FOLDS),
                clock,
                meters,
                Centre::broken);
        return process.vertx()
                .deployVerticle(new AlarmVerticle(alarms, Centre::broken))
                .compose(deciding -> process.vertx().deployVerticle(folds))
                .mapEmpty();
    }

    private static void broken(Throwable cause) {
        throw new Violation("a stage broke: " + cause, cause);
    }

    private void published(String address, Object body) {
        if (address.equals(Topic.PICTURES.address())) {
            Picture picture = (Picture) body;
            requireNonNull(people).show(picture);
            onPicture.accept(picture);
        }
    }

    /** Takes files a person has changed, one change after the other. */
    void change(Parts parts) {
        configuring = configuring.transform(before -> configure(parts));
    }

    /** Appends the parts that differ from their last event, and makes them known only then. */
    private Future<Void> configure(Parts parts) {
        Journal to = requireNonNull(journal);
        return to.configurationDigests()
                .compose(digests -> {
                    Future<Void> appended = Future.succeededFuture();
                    for (Part part : parts.content().keySet()) {
                        appended = appended.compose(before -> append(to, parts.configuration(part), digests));
                    }
                    Configuration sources =
                            Parts.configuration(Part.SOURCES, parts.sources().toJson());
                    return appended.compose(before -> append(to, sources, digests));
                })
                .onSuccess(done -> {
                    LiveRegistry live = requireNonNull(registry);
                    live.set(parts.registry());
                    live.set(parts.rules(), parts.roster(), parts.channels());
                });
    }

    private Future<Void> append(Journal to, Configuration part, Map<Part, String> digests) {
        if (part.digest().equals(digests.get(part.what()))) {
            return Future.succeededFuture();
        }
        Submission.Draft draft = new Submission.Draft(
                new Receipt(Receipt.SELF, WorkingCalendar.dateOf(clock.instant()), false),
                part.content().length(),
                Receipt.SELF,
                part.what() + "-" + part.digest() + "-" + clock.millis(),
                true,
                "-",
                null,
                Submission.Content.of(part, null, part.digest()));
        return to.append(draft)
                .compose(outcome -> outcome instanceof Outcome.Rejected rejected
                        ? Future.failedFuture(new Violation("configuration was rejected: " + rejected.detail()))
                        : Future.succeededFuture());
    }

    /** Ends it at once. */
    void kill() {
        if (!process.isDead()) {
            process.kill();
            around.database().abandoned(process);
            meters.close();
        }
    }

    boolean isDead() {
        return process.isDead();
    }

    /** Returns what takes messages; absent while it starts. */
    @Nullable
    SimulatedWayIn wayIn() {
        return process.isDead() ? null : wayIn;
    }

    /** Returns what people act with; absent while it starts. */
    @Nullable
    SimulatedPeople people() {
        return process.isDead() ? null : people;
    }

    VirtualVertx process() {
        return process;
    }

    boolean isWritable() {
        return journal != null && journal.isWritable();
    }

    /** Returns how many submissions wait for the writer. */
    double queued() {
        return meters.find("kydai.journal.queue.events").gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum();
    }

    /** Returns how much what waits for the writer weighs. */
    double queuedBytes() {
        return meters.find("kydai.journal.queue.bytes").gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum();
    }
}
