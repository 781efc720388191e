package vn.kydai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import vn.kydai.config.ConfigurationException;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.codec.Json;
import vn.kydai.journal.Journal;
import vn.kydai.journal.Outcome;
import vn.kydai.journal.Submission;
import vn.kydai.outbound.OutboundVerticle;
import vn.kydai.registry.LiveRegistry;
import vn.kydai.registry.Parts;
import vn.kydai.registry.Registry;
import vn.kydai.registry.SourceStore;
import vn.kydai.registry.Sources;

/**
 * Keeps the journal's {@code configuration} events in step with the files and the table of sources. What changed is
 * appended first and known to the ways in only then, so that no event relies on a registration the folds have not seen.
 */
final class ConfigurationFeed {
    private final Journal journal;
    private final SourceStore store;
    private final LiveRegistry live;
    private final InstantSource clock;
    private final UnaryOperator<@Nullable String> environment;
    private final Supplier<Future<Set<String>>> channels;
    private Future<Void> reading = Future.succeededFuture();

    /**
     * Creates it.
     *
     * @param environment value of an environment variable that holds a secret of a channel; null without one
     * @param channels ids of the channels that messages go out by or wait for
     */
    ConfigurationFeed(
            Journal journal,
            SourceStore store,
            LiveRegistry live,
            InstantSource clock,
            UnaryOperator<@Nullable String> environment,
            Supplier<Future<Set<String>>> channels) {
        this.journal = journal;
        this.store = store;
        this.live = live;
        this.clock = clock;
        this.environment = environment;
        this.channels = channels;
    }

    /**
     * Appends the parts of the files that differ from their last event and makes them known, then the sources. Takes nothing
     * where a registered source would be left nowhere, a channel without its secret, or where a file has lost what is in force
     * without saying so, and fails with {@link ConfigurationException}.
     *
     * @return the parts that differed
     */
    Future<List<Part>> take(Parts parts) {
        return inTurn(() -> store.importIfAbsent(parts.sources(), clock.instant())
                .compose(imported -> store.load())
                .compose(registered -> {
                    parts.checkRegistered(registered);
                    OutboundVerticle.check(parts.channels(), environment);
                    return journal.configurationDigests();
                })
                .compose(digests -> checkWhole(parts, digests).map(digests))
                .compose(digests -> appendChanged(parts, digests))
                .onSuccess(changed -> makeKnown(parts))
                .compose(changed ->
                        store.unjournaled().compose(this::appendSources).map(changed)));
    }

    /**
     * Appends that nobody was heard.
     *
     * @param until when the server listened last
     * @param from when it listened again; null while it does not
     * @return the event's position
     */
    Future<Long> unheard(Instant until, @Nullable Instant from) {
        ObjectNode gap = Json.MAPPER.createObjectNode().put("until", Json.time(until));
        if (from != null) {
            gap.put("from", Json.time(from));
        }
        return inTurn(() -> append(Parts.configuration(Part.LISTENING, gap)));
    }

    /** Appends the sources that changed and makes them known. */
    Future<Void> refresh() {
        return inTurn(() -> store.unjournaled().compose(this::appendSources));
    }

    /** Readings follow one another. */
    private synchronized <T> Future<T> inTurn(Supplier<Future<T>> next) {
        Future<T> result = reading.otherwiseEmpty().compose(before -> next.get());
        reading = result.mapEmpty();
        return result;
    }

    /** A file that vanished, is empty or cut short takes nothing out of force: what the journal knows goes on. */
    private Future<Void> checkWhole(Parts parts, Map<Part, String> digests) {
        List<String> lost = new ArrayList<>();
        Future<Void> checked = channels.get()
                .onSuccess(ids -> parts.lostChannels(ids).ifPresent(lost::add))
                .mapEmpty();
        for (Part part : changed(parts, digests)) {
            checked = checked.compose(before -> journal.configuration(part))
                    .onSuccess(known -> known.flatMap(inForce -> parts.loss(part, content(inForce)))
                            .ifPresent(lost::add))
                    .mapEmpty();
        }
        return checked.compose(all ->
                lost.isEmpty() ? Future.succeededFuture() : Future.failedFuture(new ConfigurationException(lost)));
    }

    private static JsonNode content(Configuration configuration) {
        try {
            return Json.MAPPER.readTree(configuration.content());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the journal's " + configuration.what() + " are no JSON", e);
        }
    }

    private static List<Part> changed(Parts parts, Map<Part, String> digests) {
        return parts.content().keySet().stream()
                .filter(part -> !parts.configuration(part).digest().equals(digests.get(part)))
                .toList();
    }

    private Future<List<Part>> appendChanged(Parts parts, Map<Part, String> digests) {
        List<Part> changed = changed(parts, digests);
        Future<Void> appended = Future.succeededFuture();
        for (Part part : changed) {
            appended =
                    appended.compose(before -> append(parts.configuration(part)).mapEmpty());
        }
        return appended.map(changed);
    }

    private void makeKnown(Parts parts) {
        Registry read = parts.registry();
        Sources sources = live.current().sources();
        live.set(new Registry(read.areas(), sources, read.procedures(), read.calendar(), read.thresholds()));
        live.set(parts.rules(), parts.roster(), parts.channels());
    }

    private Future<Void> appendSources(SourceStore.Changes changes) {
        Future<Void> appended = changes.sources().all().isEmpty()
                ? Future.succeededFuture()
                : append(readBack(Parts.configuration(
                                Part.SOURCES, changes.sources().toJson())))
                        .compose(done -> store.markJournaled(changes));
        return appended.compose(done -> store.load()).onSuccess(this::makeKnown).mapEmpty();
    }

    /** What the folds could not read must not come into the journal, which they read for ever. */
    private Configuration readBack(Configuration configuration) {
        Registry unused = live.current().with(configuration);
        return configuration;
    }

    private void makeKnown(Sources sources) {
        Registry known = live.current();
        live.set(new Registry(known.areas(), sources, known.procedures(), known.calendar(), known.thresholds()));
    }

    private Future<Long> append(Configuration configuration) {
        return journal.append(Submission.Draft.of(configuration, clock.instant()))
                .compose(outcome -> switch (outcome) {
                    case Outcome.Committed committed -> Future.succeededFuture(committed.position());
                    case Outcome.Duplicate duplicate -> Future.succeededFuture(journal.readable());
                    case Outcome.Rejected rejected ->
                        Future.failedFuture(
                                new IllegalStateException("configuration was rejected: " + rejected.detail()));
                });
    }
}
