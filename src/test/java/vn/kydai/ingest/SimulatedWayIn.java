package vn.kydai.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import vn.kydai.config.Settings;
import vn.kydai.journal.Journal;
import vn.kydai.journal.JournalFull;
import vn.kydai.journal.Outcome;
import vn.kydai.journal.Receipt;
import vn.kydai.journal.Timekeeper;
import vn.kydai.registry.Registry;

/** What every way in does with a message, without sockets: count it, admit it, append it, or refuse it aloud. */
public final class SimulatedWayIn {
    private static final Schemas SCHEMAS = Schemas.load();

    private final Intake intake;
    private final List<Runnable> waiting = new ArrayList<>();

    public SimulatedWayIn(
            Vertx vertx,
            Supplier<Registry> registry,
            Journal journal,
            Settings.Ingest settings,
            Timekeeper time,
            MeterRegistry meters) {
        intake = new Intake(
                registry,
                new Admission(registry, SCHEMAS, settings, time),
                journal,
                new Shares(settings, Settings.DEFAULTS.journal()),
                new RegistryRefresh(vertx, Future::succeededFuture),
                new IngestMetrics(meters, settings),
                time);
        time.onTrust(() -> {
            List<Runnable> again = List.copyOf(waiting);
            waiting.clear();
            again.forEach(Runnable::run);
        });
    }

    /**
     * Takes a message of a signed-in device on a topic of its own, which may wait for a clock that is believed; fails with
     * {@link JournalFull} once that is counted.
     */
    public Future<Outcome> publish(String sender, String source, String kind, String text) {
        Receipt receipt = intake.receipt(sender, source, intake.clock().instant(), false);
        intake.journal().received(receipt);
        Promise<Outcome> ended = Promise.promise();
        decide(
                () -> new Arrival(
                        receipt,
                        sender,
                        source,
                        kind,
                        Buffer.buffer(text),
                        intake.clock().instant()),
                ended);
        return ended.future();
    }

    private void decide(Supplier<Arrival> arrival, Promise<Outcome> ended) {
        Arrival now = arrival.get();
        try {
            intake.append(now.sender(), intake.admission().admit(now))
                    .onFailure(failure -> {
                        if (failure instanceof JournalFull) {
                            intake.journal().refused(now.receipt());
                        }
                    })
                    .onComplete(ended);
        } catch (AwaitsClock waits) {
            waiting.add(() -> decide(arrival, ended));
        }
    }
}
