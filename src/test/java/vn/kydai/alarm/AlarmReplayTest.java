package vn.kydai.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.kydai.aggregate.Figures;
import vn.kydai.bus.MessageHandover;
import vn.kydai.config.Settings;
import vn.kydai.database.TestDatabase;
import vn.kydai.event.Alarm;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.event.codec.AlarmJson;
import vn.kydai.event.codec.DataJson;
import vn.kydai.event.codec.Json;
import vn.kydai.journal.Drafts;
import vn.kydai.journal.Journal;
import vn.kydai.journal.PostgresJournal;
import vn.kydai.journal.Submission;

/** A day's journal, read into an empty database where nobody decides anything, tells the same history of alarms. */
class AlarmReplayTest {
    private static final int PAGE = 1_000;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        Drafts.await(vertx.close());
    }

    @Test
    void theHistoryOfAlarmsIsTheSameByteForByte() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        MessageHandover.register(vertx.eventBus());
        Site site = RandomWatchTest.play(new Random(seed), "seed " + seed);
        List<Journaled> first = through(site.journal(), InstantSource.fixed(site.now()));
        Instant later = site.now().plus(Duration.ofDays(3));

        List<Journaled> second = through(first, InstantSource.fixed(later));

        assertTrue(history(site.journal()).size() > 10, "seed " + seed);
        assertEquals(history(site.journal()), history(second), "seed " + seed);
        assertEquals(alarms(site.journal(), site.now()), alarms(second, site.now()), "seed " + seed);
        assertEquals(alarms(site.journal(), later), alarms(second, later), "seed " + seed);
    }

    /** Appends events to an empty database in their order and reads them back. */
    private List<Journaled> through(List<Journaled> events, InstantSource clock) {
        TestDatabase.Fresh database = TestDatabase.freshDatabase();
        Pool pool =
                PgBuilder.pool().using(vertx).connectingTo(database.options()).build();
        Journal journal = Drafts.await(PostgresJournal.open(
                new PostgresJournal.Environment(vertx, database.options(), pool, clock, new SimpleMeterRegistry()),
                Settings.DEFAULTS.journal()));
        try {
            events.forEach(event -> Drafts.await(journal.append(draft(event.event()))));
            List<Journaled> read = new ArrayList<>();
            for (long position = -1; ; position = read.getLast().position()) {
                List<Journaled> page = Drafts.await(journal.read(position, PAGE));
                if (page.isEmpty()) {
                    return read;
                }
                read.addAll(page);
            }
        } finally {
            Drafts.await(journal.close());
            Drafts.await(pool.close());
        }
    }

    private static Submission.Draft draft(Event event) {
        return new Submission.Draft(
                Drafts.receipt(event.source()),
                1,
                event.source(),
                event.id(),
                true,
                event.area(),
                event.eventTime(),
                Submission.Content.of(event.data(), event.seq(), event.id()));
    }

    private static List<String> history(List<Journaled> journal) {
        return journal.stream()
                .map(Journaled::event)
                .filter(event -> event.data() instanceof Alarm)
                .map(event -> event.id() + " " + event.area() + " " + event.eventTime() + " "
                        + Json.text(DataJson.write(event.data(), null)))
                .toList();
    }

    /** Every alarm as it stood after each step, and at an instant after the last. */
    private static List<String> alarms(List<Journaled> journal, Instant now) {
        Figures figures = new Figures();
        List<String> shown = new ArrayList<>();
        for (Journaled journaled : journal) {
            figures.apply(journaled);
            if (journaled.event().data() instanceof Alarm) {
                shown.addAll(alarms(figures, journaled.event().eventTime()));
            }
        }
        shown.addAll(alarms(figures, now));
        return shown;
    }

    private static List<String> alarms(Figures figures, Instant now) {
        return figures.picture(now).alarms().entrySet().stream()
                .map(alarm -> alarm.getKey() + " " + Json.text(AlarmJson.inFull(alarm.getValue())))
                .toList();
    }
}
