package vn.kydai.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import vn.kydai.config.Settings;
import vn.kydai.event.Journaled;
import vn.kydai.event.Kind;
import vn.kydai.event.Reason;
import vn.kydai.journal.Submission.DeadLetter;
import vn.kydai.meter.Counters;
import vn.kydai.meter.Label;
import vn.kydai.meter.Meters;

/** The journal's metrics. */
final class JournalMeters {
    private static final double[] BATCH_BOUNDS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000};

    private final Meters meters;
    private final DistributionSummary batchEvents;
    private final Timer commit;
    private final Map<Kind, Counter> committed = new EnumMap<>(Kind.class);
    private final Map<Reason, Counter> rejected = new EnumMap<>(Reason.class);
    private final Counter duplicates;
    private final Counter conflicts;
    private final Counter gaps;
    private final Counter filled;
    private final Counter reconnects;
    private final Counter refused;
    private final Counter poisoned;

    JournalMeters(MeterRegistry registry, Settings.Journal settings) {
        meters = new Meters(registry, "journal");
        batchEvents = meters.sizes("batch.events", "events", "submissions of one transaction", BATCH_BOUNDS);
        commit = meters.timer("commit", "from BEGIN to the answer to COMMIT");
        Counters byKind = meters.counters(
                "committed",
                "events",
                "events committed, the server's own too",
                Label.of("kind", Kind.values(), Kind::id));
        for (Kind kind : Kind.values()) {
            committed.put(kind, byKind.of(kind.id()));
        }
        Counters byReason = meters.counters(
                "rejected",
                "events",
                "dead letters committed in place of an event",
                Label.of("reason", Reason.values(), Reason::id));
        for (Reason reason : Reason.values()) {
            rejected.put(reason, byReason.of(reason.id()));
        }
        duplicates = meters.counter("duplicate", "events", "repeats of an event committed before");
        conflicts = meters.counter("conflict", "events", "repeats with other content than the first");
        gaps = meters.counter("gaps", "gaps", "numbers left out of the sources' own sequences");
        filled = meters.counter("filled", "gaps", "numbers left out that came late after all");
        reconnects = meters.counter("reconnects", "", "times the database came back");
        refused = meters.counter("refused", "events", "events refused at a bound of ingest or of the journal");
        poisoned = meters.counter("poisoned", "events", "events that the database itself would not take");
        meters.gauge("queue.limit.events", "events", "bound of the queue: journal.queueEvents", settings::queueEvents);
        meters.gauge("queue.limit.bytes", "bytes", "bound of the queue: journal.queueBytes", settings::queueBytes);
    }

    void watch(Intake intake, BooleanSupplier isWritable, LongSupplier position) {
        meters.gauge("queue.events", "events", "submissions waiting for the writer", intake::events);
        meters.gauge("queue.bytes", "bytes", "what waits for the writer weighs", intake::bytes);
        meters.gauge("up", "", "1 while the writer has its database", () -> isWritable.getAsBoolean() ? 1 : 0);
        meters.gauge("position", "", "last position that can be read", position::getAsLong);
    }

    void committed(Decision decision, Iterable<Submission> submissions, Duration took) {
        commit.record(took);
        batchEvents.record(decision.outcomes().size());
        for (Journaled journaled : decision.journaled()) {
            increment(committed.get(journaled.event().kind()), 1);
        }
        for (Submission submission : submissions) {
            if (submission instanceof DeadLetter letter) {
                increment(rejected.get(letter.reason()), 1);
            }
        }
        for (Outcome outcome : decision.outcomes()) {
            if (outcome instanceof Outcome.Duplicate duplicate) {
                duplicates.increment();
                increment(conflicts, duplicate.isConflict() ? 1 : 0);
            }
        }
        for (Tally.Key line : decision.tally().keys()) {
            long numbers = decision.tally().of(line, Tally.Count.GAPS);
            increment(numbers > 0 ? gaps : filled, Math.abs(numbers));
        }
    }

    private static void increment(@Nullable Counter counter, long amount) {
        if (counter != null && amount != 0) {
            counter.increment((double) amount);
        }
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
