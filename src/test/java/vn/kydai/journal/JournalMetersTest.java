package vn.kydai.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.kydai.config.Settings;
import vn.kydai.journal.Submission.Draft;

class JournalMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final JournalMeters meters = new JournalMeters(registry, Settings.DEFAULTS.journal());
    private final Map<String, Sequence> sequences = new HashMap<>();
    private final Map<Identity, String> digests = new HashMap<>();

    @Test
    void gapsAreCountedAndSoIsWhatComesLateAfterAll() {
        commit(Drafts.draft("a", "1", 1, 1L), Drafts.draft("a", "5", 5, 5L));
        assertEquals(3, count("gaps"));
        assertEquals(0, count("filled"));

        commit(Drafts.draft("a", "3", 3, 3L));
        assertEquals(3, count("gaps"));
        assertEquals(1, count("filled"));
    }

    @Test
    void everyOutcomeIsCounted() {
        Draft first = Drafts.draft("a", "1");
        commit(first, first, Drafts.draft("a", "1", 2, null), Drafts.deadLetter("a"));

        assertEquals(
                1,
                registry.get("kydai.journal.committed")
                        .tag("kind", "reading")
                        .counter()
                        .count());
        assertEquals(
                1,
                registry.get("kydai.journal.rejected")
                        .tag("reason", "schema")
                        .counter()
                        .count());
        assertEquals(2, count("duplicate"));
        assertEquals(1, count("conflict"));
        assertEquals(4, registry.get("kydai.journal.batch.events").summary().totalAmount());
    }

    private void commit(Submission... submissions) {
        Decision decision = Decision.of(
                new Decision.Known(Head.NONE, digests, sequences), Drafts.NOW, List.of(submissions), new Tally());
        sequences.putAll(decision.sequences());
        meters.committed(decision, List.of(submissions), Duration.ofMillis(1));
    }

    private double count(String name) {
        return registry.get("kydai.journal." + name).counter().count();
    }
}
