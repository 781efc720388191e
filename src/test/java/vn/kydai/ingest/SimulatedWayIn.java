package vn.kydai.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import vn.kydai.config.Settings;
import vn.kydai.journal.Journal;
import vn.kydai.journal.JournalFull;
import vn.kydai.journal.Outcome;
import vn.kydai.journal.Receipt;
import vn.kydai.registry.Registry;

/** What every way in does with a message, without sockets: count it, admit it, append it, or refuse it aloud. */
public final class SimulatedWayIn {
    private static final Schemas SCHEMAS = Schemas.load();

    private final Intake intake;

    public SimulatedWayIn(
            Vertx vertx,
            Supplier<Registry> registry,
            Journal journal,
            Settings.Ingest settings,
            InstantSource clock,
            MeterRegistry meters) {
        intake = new Intake(
                registry,
                new Admission(registry, SCHEMAS, settings),
                journal,
                new Shares(settings, Settings.DEFAULTS.journal()),
                new RegistryRefresh(vertx, Future::succeededFuture),
                new IngestMetrics(meters, settings),
                clock);
    }

    /** Takes a message of a signed-in device on a topic of its own; fails with {@link JournalFull} once that is counted. */
    public Future<Outcome> publish(String sender, String source, String kind, String text) {
        Instant now = intake.clock().instant();
        Receipt receipt = intake.receipt(sender, source, now, false);
        intake.journal().received(receipt);
        Arrival arrival = new Arrival(receipt, sender, source, kind, Buffer.buffer(text), now);
        return intake.append(sender, intake.admission().admit(arrival)).onFailure(failure -> {
            if (failure instanceof JournalFull) {
                intake.journal().refused(receipt);
            }
        });
    }
}
