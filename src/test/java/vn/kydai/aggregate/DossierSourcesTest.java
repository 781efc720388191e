package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.config.Settings;
import vn.kydai.database.TestDatabase;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Excess;
import vn.kydai.event.FoldBound;
import vn.kydai.verify.Verification.Result;
import vn.kydai.verify.Verification.Scope;

/** However many sources tell of one dossier code, those that count are few, known by the journal's order, and the rest are named. */
class DossierSourcesTest {
    private static final Scope ALL = new Scope(LocalDate.of(2000, 1, 1), LocalDate.of(2100, 1, 1), null);
    private static final int COMMUNES = 20;
    private static final String NOON = "2026-11-25T12:00";

    /** A province of twenty communes. */
    private static final String TREE = IntStream.range(0, COMMUNES)
            .mapToObj(number -> "{\"id\": \"c" + number + "\", \"name\": \"Xã " + number
                    + "\", \"level\": \"commune\", \"parent\": \"46\"}")
            .collect(Collectors.joining(
                    ", ", "{\"areas\": [{\"id\": \"46\", \"name\": \"Huế\", \"level\": \"province\"}, ", "]}"));

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool = TestDatabase.freshPool(vertx);
    private final Story story = Story.begun();

    DossierSourcesTest() {
        story.configure(Part.AREAS, TREE);
    }

    @AfterEach
    void close() throws Exception {
        pool.close().await(20, TimeUnit.SECONDS);
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void sourcesOfOtherUnitsTakeNoPlaceOfTheOneThatReceivedIt() {
        for (int number = 0; number < 1_000; number++) {
            tell("thief-" + number, "c1", "2026-11-25T08:00", 4);
        }
        tell("desk", "c0", "2026-11-25T09:00", 2);
        tell("desk", "c0", "2026-11-25T10:00", 9);
        assertEquals(1, story.value(NOON, "c0", "done"));
        assertEquals(992, story.folded().excess(FoldBound.DOSSIER_SOURCES));
        assertEquals(8, story.folded().leftOutSteps());
    }

    @Test
    void theNinthSourceOfAUnitAndTheNinthUnitChangeNothingAndAreNamed() {
        for (int number = 0; number < 9; number++) {
            tell("a" + number, "c0", "2026-11-25T08:0" + number, 2);
        }
        for (int number = 1; number < 9; number++) {
            tell("b" + number, "c" + number, "2026-11-25T09:00", 2);
        }
        tell("a0", "c0", "2026-11-25T10:00", 4);
        List<Excess> excesses = story.folded().excesses();
        assertEquals(
                Set.of("a8 c0 dossierSources 1", "b8 c8 dossierSources 1"),
                excesses.stream()
                        .map(excess -> excess.source() + " " + excess.area() + " "
                                + excess.bound().id() + " " + excess.events())
                        .collect(Collectors.toSet()));
        assertEquals(8, story.folded().dossierStates().size());
        assertEquals(8, story.value(NOON, "46", "received"));
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void oneMoreStepCostsNoMoreHoweverManySourcesThereAre() {
        Figures figures = story.folded();
        for (int number = 0; number < 100_000; number++) {
            tell("s" + number, "c" + number % COMMUNES, "2026-11-25T08:00", 1 + number % 10);
        }
        story.events().subList(6, story.events().size()).forEach(figures::apply);
        assertEquals(100_000 - 64, figures.excess(FoldBound.DOSSIER_SOURCES));
    }

    @ParameterizedTest
    @ValueSource(longs = {51, 52, 53})
    void independentSqlKeepsTheSameSourcesAlsoOfOnesThatMove(long seed) throws Exception {
        Random random = new Random(seed);
        for (int step = 0; step < 2_000; step++) {
            String source = "s" + random.nextInt(60);
            String area = "c" + (random.nextInt(8) == 0 ? random.nextInt(COMMUNES) : random.nextInt(3));
            Instant at = Story.at("2026-11-20T00:00").plusSeconds(random.nextInt(4 * 86_400));
            story.tell(
                    source,
                    area,
                    at,
                    null,
                    Story.decided("d" + random.nextInt(12), 1 + random.nextInt(10), "c" + random.nextInt(4)));
        }
        Result result = VerifiedRollups.of(story.events(), pool, Settings.DEFAULTS.aggregate(), ALL);
        assertEquals(List.of(), result.shown());
        assertTrue(story.folded().excess(FoldBound.DOSSIER_SOURCES) > 100);
    }

    private void tell(String source, String area, String local, int status) {
        story.tell(source, area, local, Story.dossier("d", status));
    }
}
