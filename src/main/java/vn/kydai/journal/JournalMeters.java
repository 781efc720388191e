package vn.kydai.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import vn.kydai.config.Settings;
import vn.kydai.event.Journaled;
import vn.kydai.journal.Submission.DeadLetter;

/** The journal's metrics. */
final class JournalMeters {
    private final MeterRegistry registry;
    private final DistributionSummary batchEvents;
    private final Timer commit;
    private final Counter reconnects;
    private final Counter refused;
    private final Counter poisoned;

    JournalMeters(MeterRegistry registry, Settings.Journal settings) {
        this.registry = registry;
        this.batchEvents = DistributionSummary.builder("kydai.journal.batch.events")
                .description("Submissions of one transaction")
                .publishPercentileHistogram(false)
                .register(registry);
        this.commit = Timer.builder("kydai.journal.commit")
                .description("From BEGIN to the answer to COMMIT")
                .register(registry);
        this.reconnects = registry.counter("kydai.journal.reconnects");
        this.refused = registry.counter("kydai.journal.refused");
        this.poisoned = registry.counter("kydai.journal.poisoned");
        gauge("kydai.journal.queue.events.max", settings::queueEvents);
        gauge("kydai.journal.queue.bytes.max", settings::queueBytes);
    }

    void watch(Intake intake, BooleanSupplier isWritable, LongSupplier position) {
        gauge("kydai.journal.queue.events", intake::events);
        gauge("kydai.journal.queue.bytes", intake::bytes);
        gauge("kydai.journal.up", () -> isWritable.getAsBoolean() ? 1 : 0);
        gauge("kydai.journal.position", position);
    }

    private void gauge(String name, LongSupplier value) {
        Gauge.builder(name, value, LongSupplier::getAsLong)
                .strongReference(true)
                .register(registry);
    }

    void committed(Decision decision, Iterable<Submission> submissions, Duration took) {
        commit.record(took);
        batchEvents.record(decision.outcomes().size());
        for (Journaled journaled : decision.journaled()) {
            registry.counter(
                            "kydai.journal.committed",
                            "kind",
                            journaled.event().kind().id())
                    .increment();
        }
        for (Submission submission : submissions) {
            if (submission instanceof DeadLetter letter) {
                registry.counter(
                                "kydai.journal.rejected",
                                "reason",
                                letter.reason().id())
                        .increment();
            }
        }
        long duplicates = decision.outcomes().stream()
                .filter(Outcome.Duplicate.class::isInstance)
                .count();
        registry.counter("kydai.journal.duplicate").increment((double) duplicates);
        long conflicts = decision.outcomes().stream()
                .filter(outcome -> outcome instanceof Outcome.Duplicate duplicate && duplicate.isConflict())
                .count();
        registry.counter("kydai.journal.conflict").increment((double) conflicts);
    }

    void reconnected() {
        reconnects.increment();
    }

    void refused() {
        refused.increment();
    }

    void poisoned() {
        poisoned.increment();
    }
}
