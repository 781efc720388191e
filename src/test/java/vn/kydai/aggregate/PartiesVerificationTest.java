package vn.kydai.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.config.Settings;
import vn.kydai.database.TestDatabase;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.verify.Verification.Result;
import vn.kydai.verify.Verification.Scope;

/** Independent SQL knows the same parties of a dossier as the folds. */
class PartiesVerificationTest {
    private static final Scope ALL = new Scope(LocalDate.of(2000, 1, 1), LocalDate.of(2100, 1, 1), null);

    /** From here on two communes are one, and the third, which the region keeps, has a successor. */
    private static final String MERGED = """
            {"areas": [
              {"id": "477", "name": "Quảng Điền", "level": "region", "members": ["19894", "new"]},
              {"id": "19867", "name": "Sịa", "level": "commune", "validTo": "2026-11-20", "successor": "new"},
              {"id": "19870", "name": "Quảng Thái", "level": "commune", "validTo": "2026-11-20", "successor": "new"},
              {"id": "19894", "name": "Quảng Thọ", "level": "commune", "validTo": "2026-11-20", "successor": "new"},
              {"id": "new", "name": "Mới", "level": "commune", "validFrom": "2026-11-20"}]}
            """;

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool = TestDatabase.freshPool(vertx);

    @AfterEach
    void close() throws Exception {
        pool.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void dossiersThatManyUnitsTellOfHaveNoDifference(long seed) throws Exception {
        Result result =
                VerifiedRollups.of(PartiesTest.contested(seed, 1_500), pool, Settings.DEFAULTS.aggregate(), ALL);
        assertEquals(List.of(), result.shown());
        assertEquals(0, result.bounded());
        assertTrue(result.buckets() > 100, () -> result.buckets() + " buckets");
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34})
    void norAfterATreeInWhichTheyBecomeOne(long seed) throws Exception {
        Result result = VerifiedRollups.of(
                merged(PartiesTest.contested(seed, 1_500)), pool, Settings.DEFAULTS.aggregate(), ALL);
        assertEquals(List.of(), result.shown());
        assertEquals(0, result.bounded());
    }

    @Test
    void whoseDossierItWasUnderFormerRulesIsHeldWithinBounds() throws Exception {
        List<Journaled> events =
                with(PartiesTest.contested(41, 1_500), Part.PROCEDURES, Story.PROCEDURES.replace(": 3", ": 1"));
        Result result = VerifiedRollups.of(events, pool, Settings.DEFAULTS.aggregate(), ALL);
        assertEquals(List.of(), result.shown());
        assertTrue(result.bounded() > 0);
    }

    private static List<Journaled> merged(List<Journaled> events) {
        return with(events, Part.AREAS, MERGED);
    }

    /** In the midst of it a part changes. */
    private static List<Journaled> with(List<Journaled> events, Part part, String content) {
        List<Journaled> changed = new ArrayList<>();
        for (Journaled told : events) {
            if (told.position() == events.size() / 2) {
                Event change = new Event(
                        "changed",
                        "configuration",
                        "-",
                        told.ingestTime(),
                        false,
                        null,
                        new Configuration(part, "", content));
                changed.add(new Journaled(changed.size() + 1L, told.ingestTime(), change));
            }
            changed.add(new Journaled(changed.size() + 1L, told.ingestTime(), told.event()));
        }
        return changed;
    }
}
