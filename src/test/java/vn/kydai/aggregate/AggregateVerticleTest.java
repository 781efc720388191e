package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.kydai.bus.MessageHandover;
import vn.kydai.bus.Topic;
import vn.kydai.config.Settings;
import vn.kydai.event.JournalHead;
import vn.kydai.event.Journaled;
import vn.kydai.event.Kind;
import vn.kydai.event.Picture;
import vn.kydai.event.Reading;

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

    @Test
    void withoutRoomForWhatTheRollupsGainTheFoldsWaitAloudAndGoOn() throws Exception {
        Story story = Story.begun();
        for (int minute = 0; minute < 10_000; minute++) {
            Instant time = Story.at("2026-11-20T00:00").plusSeconds(minute * 60L);
            story.tell("wl-sia", "19867", time, null, new Reading("water_level", 1.5, "m", null));
        }
        Promise<Void> release = Promise.promise();
        checkpoints.holdWrites(release.future());
        checkpoints.failNextWrites(1_000_000);
        TestingJournal journal = new TestingJournal(story.events().subList(0, 1_000));
        AtomicLong asked = new AtomicLong();
        AggregateVerticle stage = stage(journal, () -> clock.instant().plusMillis(100 * asked.incrementAndGet()));
        String id = deployed(stage);
        Object unused = next();
        release.complete();
        story.events().subList(1_000, story.events().size()).forEach(journal::add);
        Topic.HEADS.publish(vertx.eventBus(), new JournalHead(0, story.events().size()));
        Picture waiting = catchingUp(stage);
        assertTrue(waiting.position() < story.events().size());
        assertEquals(FoldState.CATCHING_UP, stage.state());
        checkpoints.failNextWrites(0);
        Picture current = next();
        while (current.position() < story.events().size()) {
            current = next();
        }
        assertTrue(stage.problem().isEmpty());
        await(vertx.undeploy(id));
        assertEquals(RollupTexts.of(story.events()), checkpoints.rollups());
    }

    /** Returns a picture of folds that wait, and whose stage says that they do. */
    private Picture catchingUp(AggregateVerticle stage) throws InterruptedException {
        Picture picture = pictures.poll(SECONDS, TimeUnit.SECONDS);
        if (picture == null) {
            throw new AssertionError("no picture came");
        }
        boolean isWaiting =
                stage.problem().filter(told -> told.contains("the folds wait")).isPresent();
        return isWaiting && picture.catchingUp() != null ? picture : catchingUp(stage);
    }

    private AggregateVerticle stage(TestingJournal journal) {
        return stage(journal, clock);
    }

    private AggregateVerticle stage(TestingJournal journal, InstantSource time) {
        return new AggregateVerticle(
                journal,
                checkpoints,
                new AggregateVerticle.Schedule(20, new Settings.Aggregate(35, 1_000, 1, 50_000)),
                time,
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
