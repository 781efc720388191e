package vn.kydai;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Map;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.journal.Journal;
import vn.kydai.journal.Outcome;
import vn.kydai.journal.Receipt;
import vn.kydai.journal.Submission;
import vn.kydai.registry.LiveRegistry;
import vn.kydai.registry.Parts;
import vn.kydai.registry.Registry;
import vn.kydai.registry.SourceStore;
import vn.kydai.registry.Sources;
import vn.kydai.registry.WorkingCalendar;

/**
 * Keeps the journal's {@code configuration} events in step with the files and the table of sources. What changed is
 * appended first and known to the ways in only then, so that no event relies on a registration the folds have not seen.
 */
final class ConfigurationFeed {
    /** Area of events that belong to the installation and to no unit. */
    private static final String NO_AREA = "-";

    private final Journal journal;
    private final SourceStore store;
    private final LiveRegistry live;
    private final InstantSource clock;
    private Future<Void> reading = Future.succeededFuture();

    ConfigurationFeed(Journal journal, SourceStore store, LiveRegistry live, InstantSource clock) {
        this.journal = journal;
        this.store = store;
        this.live = live;
        this.clock = clock;
    }

    /** Appends the parts of the files that differ from their last event, then the sources. */
    Future<Void> start(Parts parts) {
        return journal.configurationDigests()
                .compose(digests -> appendChanged(parts, digests))
                .compose(appended -> refresh());
    }

    /** Appends the sources that changed and makes them known; readings follow one another. */
    synchronized Future<Void> refresh() {
        reading = reading.otherwiseEmpty().compose(before -> store.unjournaled().compose(this::appendSources));
        return reading;
    }

    private Future<Void> appendChanged(Parts parts, Map<Part, String> digests) {
        Future<Void> appended = Future.succeededFuture();
        for (Part part : parts.content().keySet()) {
            Configuration configuration = parts.configuration(part);
            if (!configuration.digest().equals(digests.get(part))) {
                appended = appended.compose(before -> append(configuration));
            }
        }
        return appended;
    }

    private Future<Void> appendSources(SourceStore.Changes changes) {
        Future<Void> appended = changes.sources().all().isEmpty()
                ? Future.succeededFuture()
                : append(Parts.configuration(Part.SOURCES, changes.sources().toJson()))
                        .compose(done -> store.markJournaled(changes));
        return appended.compose(done -> store.load()).onSuccess(this::makeKnown).mapEmpty();
    }

    private void makeKnown(Sources sources) {
        Registry known = live.current();
        live.set(new Registry(known.areas(), sources, known.procedures(), known.calendar(), known.thresholds()));
    }

    private Future<Void> append(Configuration configuration) {
        String json = configuration.content();
        String id = configuration.what() + "-" + configuration.digest() + "-" + clock.millis();
        Submission.Draft draft = new Submission.Draft(
                new Receipt(Receipt.SELF, WorkingCalendar.dateOf(clock.instant()), false),
                json.length(),
                Receipt.SELF,
                id,
                true,
                NO_AREA,
                null,
                Submission.Content.of(configuration, null, configuration.digest()));
        return journal.append(draft).compose(outcome -> switch (outcome) {
            case Outcome.Committed committed -> Future.succeededFuture();
            case Outcome.Duplicate duplicate -> Future.succeededFuture();
            case Outcome.Rejected rejected ->
                Future.failedFuture(new IllegalStateException("configuration was rejected: " + rejected.detail()));
        });
    }
}
