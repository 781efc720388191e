package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.kydai.bus.MessageHandover;
import vn.kydai.bus.Topic;
import vn.kydai.config.Settings;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;
import vn.kydai.event.SetAside;
import vn.kydai.event.codec.SetAsideJson;
import vn.kydai.journal.InMemoryJournal;
import vn.kydai.journal.Journal;
import vn.kydai.journal.LedgerDay;
import vn.kydai.journal.Outcome;
import vn.kydai.journal.Receipt;
import vn.kydai.journal.Submission;

/** An event that a fold throws on: a part of the configuration that no build could have journaled and none can read. */
class SetAsideTest {
    private static final long SECONDS = 20;
    private static final String UNFOLDABLE = "{\"areas\": 1, \"n\": %d}";

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final BlockingQueue<Picture> pictures = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> broken = new LinkedBlockingQueue<>();
    private final InMemoryCheckpoints checkpoints = new InMemoryCheckpoints();
    private final InstantSource clock = InstantSource.fixed(Story.at("2026-11-25T12:00"));
    private final AtomicReference<Instant> ingestTime = new AtomicReference<>(Instant.EPOCH);
    private final InMemoryJournal journal =
            new InMemoryJournal(ingestTime::get, head -> Topic.HEADS.publish(vertx.eventBus(), head));

    SetAsideTest() {
        MessageHandover.register(vertx.eventBus());
        var unused = Topic.PICTURES.subscribe(vertx.eventBus(), pictures::add);
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void anEventThatCannotBeFoldedIsLeftOutAndTheRestGoesOn() throws Exception {
        Story story = RandomDays.of(21, 300);
        story.configure(Part.AREAS, UNFOLDABLE.formatted(1));
        long unfoldable = story.events().size();
        RandomDays.of(22, 2_500).events().forEach(event -> tellAgain(story, event));
        append(story.events());
        Object unused = deployed(journal);
        Picture picture = current();
        assertEquals(Set.of(unfoldable), picture.setAside().keySet());
        assertEquals(without(story, unfoldable).areas(), picture.areas());
        assertTrue(broken.isEmpty());
        assertEquals(1, meters.get("kydai.aggregate.aside").gauge().value());
    }

    @Test
    void theFirstEventAndTwoOfOnePageAreLeftOut() throws Exception {
        Story story = new Story();
        story.configure(Part.AREAS, UNFOLDABLE.formatted(1));
        Story.begun().events().forEach(event -> tellAgain(story, event));
        story.configure(Part.AREAS, UNFOLDABLE.formatted(2));
        story.dossier("d-1", "19867", "2026-11-25T08:00", 2);
        story.configure(Part.AREAS, UNFOLDABLE.formatted(3));
        append(story.events());
        Object unused = deployed(journal);
        Picture picture = current();
        assertEquals(Set.of(1L, 7L, 9L), picture.setAside().keySet());
        assertEquals(without(story, 1, 7, 9).areas(), picture.areas());
    }

    @Test
    void aLiveStageShowsNothingHalfDone() throws Exception {
        Story story = Story.begun();
        append(story.events());
        Object unused = deployed(journal);
        current();
        story.configure(Part.AREAS, UNFOLDABLE.formatted(1));
        story.dossier("d-1", "19867", "2026-11-25T08:00", 2);
        append(story.events().subList(5, 7));
        Picture picture = current();
        while (picture.position() < 8) {
            assertTrue(picture.position() <= 5, "a picture of position " + picture.position());
            picture = current();
        }
        assertEquals(Set.of(6L), picture.setAside().keySet());
        assertEquals(1, Story.figure(picture, "19867", "received").value());
    }

    @Test
    void killedWhileItIsSaidItIsSaidAfterTheRestart() throws Exception {
        Story story = Story.begun();
        append(story.events());
        runOnce();
        story.configure(Part.AREAS, UNFOLDABLE.formatted(1));
        story.dossier("d-1", "19867", "2026-11-25T08:00", 2);
        append(story.events().subList(5, 7));
        MuteJournal mute = new MuteJournal(journal, Promise.promise());
        String killed = deployed(mute);
        await(mute.asked().future());
        await(vertx.undeploy(killed));
        pictures.clear();
        Object unused = deployed(journal);
        Picture picture = current();
        assertEquals(Set.of(6L), picture.setAside().keySet());
        assertEquals(without(story, 6).areas(), picture.areas());
        assertEquals(8, journal.readable());
    }

    @Test
    void whatIsSetAsideLaterIsTakenOutOfTheFiguresAndAReadmissionTakesItBack() throws Exception {
        Story story = told();
        append(story.events());
        Object unused = deployed(journal);
        Picture with = current();
        append(SetAsideJson.setAside(aside(6)));
        Picture left = pictureWith(Set.of(6L));
        append(SetAsideJson.readmit(6, "test", "build"));
        Picture again = pictureWith(Set.of());
        assertEquals(without(story, 6).areas(), left.areas());
        assertEquals(with.areas(), again.areas());
    }

    @Test
    void aCheckpointOfOtherEventsIsNotGoneOnFrom() throws Exception {
        Story story = told();
        append(story.events());
        runOnce();
        assertEquals(7, checkpoints.position());
        append(SetAsideJson.setAside(aside(6)));
        pictures.clear();
        String second = deployed(journal);
        Picture left = current();
        await(vertx.undeploy(second));
        append(SetAsideJson.readmit(6, "test", "build"));
        pictures.clear();
        Object unused = deployed(journal);
        assertEquals(without(story, 6).areas(), left.areas());
        assertEquals(without(story).areas(), current().areas());
    }

    @Test
    void aWordThatIsDamagedSaysNothing() throws Exception {
        Story story = told();
        append(story.events());
        append(new Configuration(Part.SET_ASIDE, "0".repeat(64), "{\"position\": \"-6\"}"));
        append(new Configuration(Part.SET_ASIDE, "1".repeat(64), "[6]"));
        append(new Configuration(Part.READMIT, "2".repeat(64), "{}"));
        Object unused = deployed(journal);
        assertEquals(without(story).areas(), current().areas());
        assertTrue(journal.setAside().isEmpty());
    }

    @Test
    void aCheckpointThatCanNeverBeWrittenStopsNoFold() throws Exception {
        Story story = RandomDays.of(23, 7_500);
        append(story.events());
        checkpoints.failNextWrites(Integer.MAX_VALUE);
        AggregateVerticle stage = stage(journal);
        Object unused = deployed(stage);
        await(stage.caughtUp());
        Picture picture = current();
        while (stage.problem().isEmpty()) {
            picture = current();
        }
        assertEquals(story.events().size(), picture.position());
        assertEquals(1, meters.get("kydai.aggregate.unwritten").gauge().value());
    }

    /** The last of these: a dossier, and one that no test leaves out. */
    private static Story told() {
        Story story = Story.begun();
        story.dossier("d-1", "19867", "2026-11-25T08:00", 2);
        story.dossier("d-2", "19867", "2026-11-25T08:01", 2);
        return story;
    }

    private Picture without(Story story, long... positions) {
        Figures figures = new Figures();
        story.events().stream()
                .filter(event -> LongStream.of(positions).noneMatch(left -> left == event.position()))
                .forEach(figures::apply);
        return figures.picture(clock.instant());
    }

    private static void tellAgain(Story story, Journaled event) {
        story.tell(
                event.event().source(),
                event.event().area(),
                event.event().eventTime(),
                null,
                event.event().data());
    }

    private SetAside aside(long position) {
        return new SetAside(
                position,
                SetAside.Cause.UNFOLDABLE,
                "test",
                "desk-19867",
                "19867",
                "dossier",
                clock.instant(),
                "build");
    }

    private void append(List<Journaled> events) {
        for (Journaled each : events) {
            ingestTime.set(each.ingestTime());
            Object unused = journal.append(new Submission.Draft(
                            new Receipt(each.event().source(), LocalDate.of(2026, 11, 25), false),
                            1,
                            each.event().source(),
                            each.event().id(),
                            true,
                            each.event().area(),
                            each.event().eventTime(),
                            Submission.Content.of(
                                    each.event().data(), each.event().seq(), "digest")))
                    .result();
        }
    }

    private void append(Configuration word) {
        Object unused =
                journal.append(Submission.Draft.of(word, clock.instant())).result();
    }

    private AggregateVerticle stage(Journal read) {
        return new AggregateVerticle(
                read,
                checkpoints,
                new AggregateVerticle.Schedule(20, new Settings.Aggregate(35, 1_000, 1, 50_000)),
                clock,
                meters,
                broken::add);
    }

    /** Folds what there is, saves and stops. */
    private void runOnce() throws Exception {
        AggregateVerticle stage = stage(journal);
        String id = deployed(stage);
        await(stage.caughtUp());
        await(vertx.undeploy(id));
        pictures.clear();
    }

    private String deployed(Journal read) throws Exception {
        return deployed(stage(read));
    }

    private String deployed(AggregateVerticle stage) throws Exception {
        return vertx.deployVerticle(stage)
                .toCompletionStage()
                .toCompletableFuture()
                .get(SECONDS, TimeUnit.SECONDS);
    }

    private Picture current() throws InterruptedException {
        Picture picture = pictures.poll(SECONDS, TimeUnit.SECONDS);
        if (picture == null) {
            throw new AssertionError("no picture came");
        }
        return picture.catchingUp() == null ? picture : current();
    }

    private Picture pictureWith(Set<Long> setAside) throws InterruptedException {
        Picture picture = current();
        while (!picture.setAside().keySet().equals(setAside) || picture.position() < journal.readable()) {
            picture = current();
        }
        return picture;
    }

    private static void await(Future<?> future) throws Exception {
        Object unused = future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }

    /** Takes what is said and never answers; the rest is another's. */
    private record MuteJournal(Journal journal, Promise<Void> asked) implements Journal {
        @Override
        public Future<Outcome> append(Submission submission) {
            asked.tryComplete();
            return Promise.<Outcome>promise().future();
        }

        @Override
        public void received(Receipt receipt) {
            journal.received(receipt);
        }

        @Override
        public void refused(Receipt receipt) {
            journal.refused(receipt);
        }

        @Override
        public Future<List<Journaled>> read(long after, int limit) {
            return journal.read(after, limit);
        }

        @Override
        public Future<Optional<String>> digest(String source, String id) {
            return journal.digest(source, id);
        }

        @Override
        public SortedMap<Long, SetAside> setAside() {
            return journal.setAside();
        }

        @Override
        public long readable() {
            return journal.readable();
        }

        @Override
        public boolean isWritable() {
            return journal.isWritable();
        }

        @Override
        public Future<Map<Part, String>> configurationDigests() {
            return journal.configurationDigests();
        }

        @Override
        public Future<Optional<Configuration>> configuration(Part part) {
            return journal.configuration(part);
        }

        @Override
        public Future<LedgerDay> ledger(LocalDate date) {
            return journal.ledger(date);
        }

        @Override
        public Future<Void> close() {
            return journal.close();
        }
    }
}
