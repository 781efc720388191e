package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vn.kydai.aggregate.store.Checkpoint;
import vn.kydai.aggregate.store.Checkpoints.Saved;
import vn.kydai.aggregate.store.PostgresCheckpoints;
import vn.kydai.aggregate.store.RollupRow;
import vn.kydai.config.Settings;
import vn.kydai.database.TestDatabase;
import vn.kydai.event.Journaled;

class PostgresCheckpointsTest {
    private static final String FORMAT = "this build";
    private static final String ROWS = """
            select figure || ' ' || area || ' ' || width || ' ' || to_char(window_start at time zone 'UTC',
                    'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                count || ' ' || sum || ' ' || coalesce(min::text, 'null') || ' ' || coalesce(max::text, 'null'), bins
            from rollup""";

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool = TestDatabase.freshPool(vertx);
    private final PostgresCheckpoints checkpoints = new PostgresCheckpoints(pool);
    private final Figures figures = Figures.keepingRollups(Settings.DEFAULTS.aggregate());
    private long saved;

    @AfterEach
    void close() throws Exception {
        await(pool.close());
        await(vertx.close());
    }

    @Test
    void theRowsAreThoseOfOneFoldWhateverTheOrderAndTheNumberOfCheckpoints() throws Exception {
        List<Journaled> events = RandomDays.of(4711, 2_000).events();
        List<Journaled> rest = new ArrayList<>(events.subList(5, events.size()));
        Collections.shuffle(rest, new Random(4711));
        List<Journaled> shuffled = new ArrayList<>(events.subList(0, 5));
        shuffled.addAll(rest);
        for (int next = 0; next < shuffled.size(); next++) {
            figures.apply(shuffled.get(next));
            if (next % 300 == 299) {
                write(taken(next + 1));
            }
        }
        Checkpoint last = taken(shuffled.size());
        write(last);
        await(checkpoints.write(last, FORMAT));
        SortedMap<String, String> rows = rows();
        SortedMap<String, String> expected = RollupTexts.of(events);
        assertEquals(expected, withoutMinutes(rows));
        assertTrue(rows.size() > expected.size(), "there are buckets of one minute too");
    }

    @Test
    void aStateComesBackAsItWasAndForItsOwnBuildOnly() throws Exception {
        Story story = RandomDays.of(4712, 1_500);
        story.events().subList(0, 1_000).forEach(figures::apply);
        write(taken(1_000));
        story.events().subList(1_000, 1_300).forEach(figures::apply);
        write(taken(1_300));
        Saved found = await(checkpoints.load(FORMAT)).orElseThrow();
        assertEquals(1_300, found.position());
        Figures restored = Figures.restored(found.pieces());
        story.events().subList(1_300, story.events().size()).forEach(restored::apply);
        assertEquals(
                story.picture("2026-11-25T09:00").areas(),
                restored.picture(Story.at("2026-11-25T09:00")).areas());
        assertTrue(await(checkpoints.load("another build")).isEmpty());
    }

    @Test
    void anIncompleteCheckpointIsNotGoneOnFromAndTheNextFirstOneReplacesIt() throws Exception {
        Story story = RandomDays.of(4713, 800);
        story.events().forEach(figures::apply);
        Checkpoint complete = taken(800);
        Checkpoint incomplete =
                new Checkpoint(0, 800, false, Collections.emptySortedMap(), complete.rows(), complete.firstMinute());
        write(incomplete);
        assertTrue(await(checkpoints.load(FORMAT)).isEmpty());
        SortedMap<String, String> rows = rows();
        write(complete);
        assertEquals(rows, rows());
        byte[] piece = complete.pieces().get("folds");
        assertArrayEquals(
                piece, await(checkpoints.load(FORMAT)).orElseThrow().pieces().get("folds"));
    }

    private Checkpoint taken(long position) {
        Rollups rollups = figures.drainRollups();
        return new Checkpoint(
                saved, position, true, figures.drainState(), RollupRow.of(rollups), rollups.firstMinute());
    }

    private void write(Checkpoint checkpoint) throws Exception {
        await(checkpoints.write(checkpoint, FORMAT));
        saved = checkpoint.position();
    }

    private SortedMap<String, String> rows() throws Exception {
        SortedMap<String, String> rows = new TreeMap<>();
        await(pool.query(ROWS).execute()).forEach(row -> {
            SortedMap<Integer, Integer> bins = new TreeMap<>();
            Integer[] counts = row.getArrayOfIntegers(2);
            for (int bin = 0; counts != null && bin < counts.length; bin++) {
                if (counts[bin] != 0) {
                    bins.put(bin, counts[bin]);
                }
            }
            rows.put(row.getString(0), row.getString(1) + " " + bins);
        });
        return rows;
    }

    private static SortedMap<String, String> withoutMinutes(SortedMap<String, String> rows) {
        SortedMap<String, String> wider = new TreeMap<>(rows);
        wider.keySet().removeIf(bucket -> bucket.contains(" 1m "));
        return wider;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
