package vn.kydai.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MetersTest {
    private static final Label WAY = Label.of("way", "in", "out");
    private static final Label END = Label.of("end", "good", Label.OTHER);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Meters meters = new Meters(registry, "test");

    @Test
    void everySeriesIsThereBeforeAnythingHappens() {
        meters.counters("moved", "events", "what moved", WAY, END);

        for (String labels : new String[] {
            "end=\"good\",way=\"in\"",
            "end=\"good\",way=\"out\"",
            "end=\"other\",way=\"in\"",
            "end=\"other\",way=\"out\""
        }) {
            assertScraped("kydai_test_moved_events_total{" + labels + "} 0.0");
        }
        assertScraped("# HELP kydai_test_moved_events_total what moved");
    }

    @Test
    void aCounterIsFoundByItsValuesInTheOrderOfTheLabels() {
        Counters moved = meters.counters("moved", "events", "what moved", WAY, END);

        moved.of("out", "good").increment(3);

        assertScraped("kydai_test_moved_events_total{end=\"good\",way=\"out\"} 3.0");
        assertThrows(IllegalArgumentException.class, () -> moved.of("good", "out"));
        assertThrows(IllegalArgumentException.class, () -> moved.of("out"));
    }

    @Test
    void whatALabelDoesNotDeclareIsOther() {
        assertEquals("good", END.known("good"));
        assertEquals(Label.OTHER, END.known("whatever a stranger sends"));
    }

    @Test
    void timesAreCountedInFixedBuckets() {
        meters.timer("work", "how long work takes").record(Duration.ofMillis(3));

        assertScraped("kydai_test_work_seconds_bucket{le=\"0.002\"} 0");
        assertScraped("kydai_test_work_seconds_bucket{le=\"0.005\"} 1");
        assertScraped("kydai_test_work_seconds_bucket{le=\"10.0\"} 1");
    }

    @Test
    void aGaugeIsAskedAtEachScrape() {
        AtomicInteger waiting = new AtomicInteger(1);
        meters.gauge("waiting", "", "who waits", waiting::get);
        waiting.set(2);

        assertScraped("kydai_test_waiting 2.0");
    }

    private void assertScraped(String line) {
        String text = registry.scrape();
        assertTrue(text.lines().anyMatch(line::equals), () -> line + " is missing in\n" + text);
    }
}
