package vn.kydai.outbound;

import static java.util.Objects.requireNonNull;
import static vn.kydai.access.AccessFixture.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Figures;
import vn.kydai.bus.MessageHandover;
import vn.kydai.bus.Topic;
import vn.kydai.config.Settings;
import vn.kydai.config.YamlFile;
import vn.kydai.database.TestDatabase;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Measure;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Data;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;
import vn.kydai.event.SetAside;
import vn.kydai.event.codec.DataJson;
import vn.kydai.event.codec.Json;
import vn.kydai.event.codec.SetAsideJson;
import vn.kydai.journal.InMemoryJournal;
import vn.kydai.journal.Receipt;
import vn.kydai.journal.Submission;
import vn.kydai.registry.AlarmRules;
import vn.kydai.registry.Areas;
import vn.kydai.registry.Channels;
import vn.kydai.registry.Parts;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Roster;
import vn.kydai.registry.WorkingCalendar;

/** Two communes whose alarms are told by the real stage; the journal outlives what reads it, as PostgreSQL does. */
final class Station implements AutoCloseable {
    static final Duration FIRST = Duration.ofMillis(20);

    private static final AlarmRules RULES = Parts.load(Path.of("config")).rules();
    private static final String AREAS = """
            {"areas": [
              {"id": "477", "name": "Quảng Điền", "nameEn": "Quang Dien", "level": "region", "members": ["19867", "19870"]},
              {"id": "19867", "name": "Sịa", "nameEn": "Sia", "level": "commune"},
              {"id": "19870", "name": "Quảng Thái", "nameEn": "Quang Thai", "level": "commune"}]}
            """;

    private static final Registry REGISTRY = Registry.NONE.with(new Configuration(Part.AREAS, "", AREAS));

    final Vertx vertx = Vertx.vertx();
    final PgConnectOptions database = TestDatabase.freshDatabase().options();
    final Pool sql = pool();
    final Map<String, String> environment = new ConcurrentHashMap<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** Who is on duty. */
    volatile Roster roster = Roster.NONE;

    private volatile Channels channels = Channels.NONE;

    /** Told to everything; a test may let hours pass by it. */
    volatile Duration ahead = Duration.ZERO;

    final InstantSource clock = () -> Instant.now().plus(ahead);
    Settings.Cap cap = Settings.DEFAULTS.outbound().cap();
    Path map = Path.of("config", CapParts.MAP_FILE);
    private final InMemoryJournal journal = new InMemoryJournal(clock, head -> {});
    private final Figures figures = new Figures();
    private @Nullable Running running;
    private int events;

    /** A stage that runs, with a pool of its own that a test may cut off. */
    private record Running(OutboundVerticle stage, String deployment, Pool pool) {}

    Station() {
        MessageHandover.register(vertx.eventBus());
        append("-", "c-1", new Configuration(Part.AREAS, "", AREAS));
    }

    /** Reads channels as the file has them; {@code PORT} stands for the receiver's. */
    static Channels channels(String yaml) {
        try {
            return vn.kydai.registry.ChannelFixtures.read(
                    YamlFile.of("channels.yaml", yaml).content(), areas(), RULES);
        } catch (vn.kydai.registry.InvalidPart e) {
            throw new AssertionError(e.pointer() + ": " + e.getMessage(), e);
        }
    }

    static Areas areas() {
        return Areas.of(YamlFile.of("areas", AREAS).content());
    }

    private Pool pool() {
        return PgBuilder.pool().connectingTo(database).using(vertx).build();
    }

    /** Starts the stage, as a server does. */
    OutboundVerticle start(String yaml) {
        change(yaml);
        Pool own = pool();
        OutboundVerticle stage = new OutboundVerticle(new OutboundParts(
                journal,
                own,
                () -> channels,
                () -> RULES,
                () -> REGISTRY,
                () -> roster,
                environment::get,
                clock,
                meters,
                new CapParts(cap, map)));
        running = new Running(stage, await(vertx.deployVerticle(stage)), own);
        show();
        return stage;
    }

    /** Puts other channels in force, as a changed file does. */
    void change(String yaml) {
        channels = channels(yaml);
    }

    /** Takes the database from the stage: what it does from now on cannot be noted, as if it had been killed. */
    void cutOff() {
        await(requireNonNull(running).pool().close());
    }

    void stop() {
        await(vertx.undeploy(requireNonNull(running).deployment()));
        await(requireNonNull(running).pool().close());
        running = null;
    }

    /** Raises an alarm of the water level. */
    void raise(String source, String area, int severity) {
        step(source, area, Step.RAISED, new Measure(severity, 2, "water_level", 3.11, 3.0, "m"));
    }

    /** The alarm rises, by a step that is set aside before anybody has seen it. */
    void raiseAside(String source, String area) {
        long position = journaled().getLast().position() + 1;
        Measure measure = new Measure(1, 2, "water_level", 3.11, 3.0, "m");
        append(
                area,
                "flood-level:" + source + "/aside",
                new Alarm("flood-level", source, 1, Step.RAISED, measure, null, null, null));
        SetAside aside = SetAside.unfoldable(
                await(journal.read(position - 1, 1)).getFirst(),
                new IllegalStateException("test"),
                clock.instant(),
                "test");
        append("-", "aside", SetAsideJson.setAside(aside));
        show();
    }

    void clear(String source, String area) {
        step(source, area, Step.CLEARED, null);
    }

    /** Nobody has acknowledged it: the next person is told. */
    void escalate(String source, String area, int number, String to) {
        String id = "flood-level:" + source;
        long occurrence = requireNonNull(picture().alarms().get(id)).occurrence();
        append(
                area,
                id + "/" + occurrence + "/escalated-" + number,
                Alarm.escalated("flood-level", source, occurrence, number, to));
        show();
    }

    void step(String source, String area, Step step, @Nullable Measure measure) {
        String id = "flood-level:" + source;
        Picture.Alarm before = picture().alarms().get(id);
        long occurrence =
                (before == null ? 0 : before.occurrence()) + (step == Step.RAISED || step == Step.REALARMED ? 1 : 0);
        Alarm alarm = new Alarm("flood-level", source, occurrence, step, measure, null, null, null);
        append(area, id + "/" + occurrence + "/" + step.id(), alarm);
        show();
    }

    private void append(String area, String id, Data data) {
        var unused = await(journal.append(new Submission.Draft(
                new Receipt(Receipt.SELF, WorkingCalendar.dateOf(clock.instant()), false),
                100,
                Receipt.SELF,
                id,
                true,
                area,
                clock.instant(),
                Submission.Content.of(data, null, "digest-" + events++))));
        await(journal.read(figures.picture(clock.instant()).position(), 1_000)).forEach(figures::apply);
    }

    List<Journaled> journaled() {
        return await(journal.read(0, 1_000));
    }

    Picture picture() {
        return figures.picture(clock.instant());
    }

    /** The journal's table, from what this journal holds. */
    void writeJournal() {
        query("truncate journal");
        query("select make_journal_partition((now() at time zone 'Asia/Ho_Chi_Minh')::date)");
        journaled()
                .forEach(step -> query(
                        "insert into journal values (0, $1, $2, 'kydai', $3, $4, $5, $6, false, null, $7::text::jsonb)",
                        step.position(),
                        Outbox.utc(step.ingestTime()),
                        step.event().id(),
                        step.event().kind().id(),
                        step.event().area(),
                        Outbox.utc(step.event().eventTime()),
                        Json.text(DataJson.write(step.event().data(), null))));
    }

    /** Registers sources, as the configuration has them. */
    void register(String sources) {
        append("-", "s-" + events, new Configuration(Part.SOURCES, "", sources));
        show();
    }

    /** Shows the stage how things are, and returns once it has seen it: a route answers from what was seen last. */
    void show() {
        Picture shown = picture();
        Topic.PICTURES.publish(vertx.eventBus(), shown);
        Running stage = running;
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (stage != null && !hasSeen(stage, shown)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the stage has not seen position " + shown.position());
            }
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    private static boolean hasSeen(Running stage, Picture shown) {
        Picture newest = stage.stage().newest();
        return newest != null
                && newest.position() >= shown.position()
                && !newest.at().isBefore(shown.at());
    }

    RowSet<Row> query(String text, Object... parameters) {
        return await(sql.preparedQuery(text).execute(Tuple.from(List.of(parameters))));
    }

    /** Asks the database until it answers as wanted. */
    void until(String wanted, String text) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        String found = "";
        while (System.nanoTime() < deadline) {
            RowSet<Row> rows = query(text);
            found = rows.size() == 0
                    ? ""
                    : String.valueOf(rows.iterator().next().getValue(0));
            if (found.equals(wanted)) {
                return;
            }
        }
        throw new AssertionError("wanted " + wanted + ", found " + found + ": " + text);
    }

    double meter(String name, String... tags) {
        return meters.get(name).tags(tags).counter().count();
    }

    static JsonNode json(String text) {
        return YamlFile.of("json", text).content();
    }

    @Override
    public void close() {
        if (running != null) {
            stop();
        }
        await(sql.close());
        await(vertx.close());
    }
}
