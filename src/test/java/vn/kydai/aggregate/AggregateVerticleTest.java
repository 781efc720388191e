package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.kydai.bus.MessageHandover;
import vn.kydai.bus.Topic;
import vn.kydai.config.Settings;
import vn.kydai.event.JournalHead;
import vn.kydai.event.Journaled;
import vn.kydai.event.Kind;
import vn.kydai.event.Picture;

class AggregateVerticleTest {
    private static final long SECONDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final BlockingQueue<Picture> pictures = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> broken = new LinkedBlockingQueue<>();
    private final InMemoryCheckpoints checkpoints = new InMemoryCheckpoints();
    private final InstantSource clock = InstantSource.fixed(Story.at("2026-11-25T12:00"));

    AggregateVerticleTest() {
        MessageHandover.register(vertx.eventBus());
        var unused = Topic.PICTURES.subscribe(vertx.eventBus(), pictures::add);
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void showsThePresentOnlyWhenTheWholeJournalIsFolded() throws Exception {
        Story story = RandomDays.of(11, 3_500);
        TestingJournal journal = new TestingJournal(story.events());
        await(vertx.deployVerticle(stage(journal)));
        Picture first = next();
        assertEquals(story.events().size(), first.position());
        assertEquals(story.folded().picture(clock.instant()).areas(), first.areas());
        assertEquals(
                story.events().size(), meters.counter("kydai.aggregate.folded").count());
        assertEquals(0, meters.get("kydai.aggregate.lag").gauge().value());
    }

    @Test
    void readsOnWhenTheJournalGrows() throws Exception {
        Story story = Story.begun();
        TestingJournal journal = new TestingJournal(story.events());
        await(vertx.deployVerticle(stage(journal)));
        story.dossier("d-1", "19867", "2026-11-25T08:00", 2);
        Journaled grown = story.events().get(5);
        journal.add(grown);
        Topic.HEADS.publish(vertx.eventBus(), new JournalHead(0, grown.position()));
        Picture picture = next();
        while (picture.position() < grown.position()) {
            picture = next();
        }
        assertEquals(1, Story.figure(picture, "19867", "received").value());
    }

    @Test
    void anUnheardHintAndAFailedReadOnlyDelayIt() throws Exception {
        Story story = Story.begun();
        TestingJournal journal = new TestingJournal(story.events());
        journal.failNextReads(2);
        await(vertx.deployVerticle(stage(journal)));
        story.dossier("d-1", "19867", "2026-11-25T08:00", 2);
        journal.add(story.events().get(5));
        Picture picture = next();
        while (picture.position() < 6) {
            picture = next();
        }
        assertTrue(broken.isEmpty());
    }

    @Test
    void aRestartGoesOnFromTheLastCheckpoint() throws Exception {
        Story story = RandomDays.of(12, 3_500);
        TestingJournal journal = new TestingJournal(story.events());
        String id = deployed(stage(journal));
        Object unused = next();
        await(vertx.undeploy(id));
        assertEquals(story.events().size(), checkpoints.position());
        story.dossier("d-new", "19867", "2026-11-25T08:00", 2);
        journal.add(story.events().getLast());
        pictures.clear();
        await(vertx.deployVerticle(stage(journal)));
        assertEquals(story.folded().picture(clock.instant()).areas(), next().areas());
        assertEquals(
                story.events().size(), meters.counter("kydai.aggregate.folded").count());
    }

    @Test
    void aCheckpointThatCannotBeWrittenIsTriedAgain() throws Exception {
        Story story = RandomDays.of(13, 2_500);
        checkpoints.failNextWrites(1);
        String id = deployed(stage(new TestingJournal(story.events())));
        Object unused = next();
        await(vertx.undeploy(id));
        assertEquals(story.events().size(), checkpoints.position());
        assertEquals(1, meters.counter("kydai.aggregate.retried").count());
        assertEquals(RollupTexts.of(story.events()), checkpoints.rollups());
    }

    @Test
    void aCheckpointThatIsBeingWrittenHoldsNoPictureUp() throws Exception {
        Story story = RandomDays.of(15, 3_500);
        Promise<Void> release = Promise.promise();
        checkpoints.holdWrites(release.future());
        String id = deployed(stage(new TestingJournal(story.events())));
        assertEquals(story.events().size(), next().position());
        release.complete();
        await(vertx.undeploy(id));
        assertEquals(story.events().size(), checkpoints.position());
        assertEquals(RollupTexts.of(story.events()), checkpoints.rollups());
    }

    @Test
    void aFirstFoldWritesNoMinuteThatALaterOneWouldDrop() throws Exception {
        Story story = RandomDays.of(14, 3_500);
        String id = deployed(stage(new TestingJournal(story.events())));
        Object unused = next();
        await(vertx.undeploy(id));
        OffsetDateTime newest = story.events().stream()
                .filter(journaled -> journaled.event().kind() != Kind.CONFIGURATION)
                .map(journaled -> journaled.event().eventTime().atOffset(ZoneOffset.UTC))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        OffsetDateTime first = newest.truncatedTo(ChronoUnit.MINUTES).minusHours(48);
        assertEquals(List.of(), checkpoints.minutesBefore(first));
        assertEquals(RollupTexts.of(story.events()), checkpoints.rollups());
    }

    private AggregateVerticle stage(TestingJournal journal) {
        return new AggregateVerticle(
                journal,
                checkpoints,
                new AggregateVerticle.Schedule(20, new Settings.Aggregate(35, 1_000, 1)),
                clock,
                meters,
                broken::add);
    }

    /** Returns the next picture of the present. */
    private Picture next() throws InterruptedException {
        Picture picture = pictures.poll(SECONDS, TimeUnit.SECONDS);
        if (picture == null) {
            throw new AssertionError("no picture came");
        }
        return picture.catchingUp() == null ? picture : next();
    }

    private String deployed(AggregateVerticle stage) throws Exception {
        return vertx.deployVerticle(stage)
                .toCompletionStage()
                .toCompletableFuture()
                .get(SECONDS, TimeUnit.SECONDS);
    }

    private static void await(Future<?> future) throws Exception {
        Object unused = future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }
}
