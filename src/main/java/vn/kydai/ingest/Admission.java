package vn.kydai.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.config.Settings;
import vn.kydai.event.Data;
import vn.kydai.event.Dossier;
import vn.kydai.event.Kind;
import vn.kydai.event.Reading;
import vn.kydai.event.Reason;
import vn.kydai.event.codec.DataJson;
import vn.kydai.event.codec.Digest;
import vn.kydai.event.codec.Json;
import vn.kydai.event.codec.Rfc3339;
import vn.kydai.event.codec.TypedText;
import vn.kydai.journal.Submission;
import vn.kydai.journal.Timekeeper;
import vn.kydai.registry.Areas;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.Thresholds.Metric;
import vn.kydai.registry.WorkingCalendar;

/**
 * Decides what a message is: an event for the journal, or a dead letter with a reason. The same for every way in.
 * Does no I/O and may be called from any thread.
 */
public final class Admission {
    private static final Logger LOGGER = LoggerFactory.getLogger(Admission.class);

    private static final int MAX_ID_CHARS = 256;

    /** What a draft weighs in the journal's queue besides the bytes it came in. */
    private static final int OVERHEAD_BYTES = 512;

    private final Supplier<Registry> registry;
    private final Senders senders;
    private final Schemas schemas;
    private final int maxEventBytes;
    private final Duration clockSkew;
    private final @Nullable Timekeeper time;

    /**
     * Creates one that takes the time of an arrival for right.
     *
     * @param registry the registry as it is now
     */
    public Admission(Supplier<Registry> registry, Schemas schemas, Settings.Ingest settings) {
        this(registry, schemas, settings, null);
    }

    /**
     * Creates one that calls nothing of the future while the clock is in doubt.
     *
     * @param registry the registry as it is now
     * @param time absent: the time of an arrival is right
     */
    public Admission(
            Supplier<Registry> registry, Schemas schemas, Settings.Ingest settings, @Nullable Timekeeper time) {
        this.time = time;
        this.registry = registry;
        this.senders = new Senders(registry);
        this.schemas = schemas;
        this.maxEventBytes = settings.maxEventBytes();
        this.clockSkew = Duration.ofSeconds(settings.clockSkewSeconds());
    }

    /**
     * Admits what came on a topic of the sender's own.
     *
     * @throws AwaitsClock when only a clock that is believed could tell whether it is of the future
     */
    Submission admit(Arrival arrival) {
        return admit(arrival, () -> Envelopes.ofTopic(kind(arrival.kind()), arrival.bytes()));
    }

    /** Returns the dead letter of what came on a topic that is not the sender's own. */
    Submission foreign(Arrival arrival, String topic) {
        return DeadLetters.of(
                arrival,
                new Rejected(
                        Reason.FOREIGN,
                        "topic: " + Printable.topic(topic) + " is not kydai/v1/{area}/{source}/{kind} with "
                                + arrival.sender() + " or a source behind it, and an area that source was ever in"),
                new Evidence());
    }

    /** Admits a message that is decoded by {@code decoding}, which may end with {@link Rejected}. */
    Submission admit(Arrival arrival, Supplier<Envelope> decoding) {
        Evidence evidence = new Evidence();
        try {
            if (arrival.bytes().length() > maxEventBytes) {
                throw new Rejected(
                        Reason.TOO_LARGE,
                        arrival.bytes().length() + " bytes; at most " + maxEventBytes + " are allowed");
            }
            return draft(arrival, decoding, evidence);
        } catch (Rejected rejected) {
            return DeadLetters.of(arrival, rejected, evidence);
        } catch (AwaitsClock waits) {
            throw waits;
        } catch (RuntimeException bug) {
            // Whoever finds a message that breaks a check must not be able to block a device's queue with it.
            LOGGER.atError()
                    .addKeyValue("source", arrival.sender())
                    .addKeyValue("failure", bug.getClass().getName())
                    .addKeyValue("at", bug.getStackTrace().length == 0 ? "" : bug.getStackTrace()[0].toString())
                    .log("a check broke");
            return DeadLetters.of(arrival, new Rejected(Reason.SCHEMA, "could not be checked"), evidence);
        }
    }

    private Submission draft(Arrival arrival, Supplier<Envelope> decoding, Evidence evidence) {
        if (arrival.source() != null) {
            evidence.source(arrival.source());
        }
        Envelope envelope = decoding.get();
        Source source = source(arrival, envelope);
        evidence.source(source.id());
        Kind kind = kind(arrival, envelope);
        evidence.kind(kind.id());
        checkKind(source, kind);
        Envelopes.checkAttributes(envelope);
        String givenId = id(envelope.id());
        if (givenId != null) {
            evidence.id(givenId);
        }
        Instant eventTime = time(envelope.time());
        schemas.check(kind, envelope.data(), envelope.at(), arrival.now());
        Data data = read(kind, envelope);
        checkAgainstRegistry(data, source, envelope.at());
        checkDecidingArea(data, registry.get().areaOf(source, arrival.now()), arrival.now(), envelope.at());
        checkClock(source.id(), eventTime, arrival.now());
        String area = registry.get().areaOf(source, eventTime == null ? arrival.now() : eventTime);
        Long seq = envelope.data().has("seq") ? envelope.data().get("seq").longValue() : null;
        ObjectNode written = DataJson.write(data, seq);
        ObjectNode content = content(kind, eventTime, written);
        boolean isIdentified = givenId != null || eventTime != null || seq != null;
        return new Submission.Draft(
                arrival.receipt(),
                OVERHEAD_BYTES + arrival.bytes().length(),
                source.id(),
                givenId != null ? givenId : madeId(source.id(), content, isIdentified),
                isIdentified,
                area,
                eventTime,
                new Submission.Content(data, seq, Json.text(written), digest(content, kind, eventTime, written)));
    }

    /** Of what is journaled, to the millisecond: what is exported says the same when it comes back. */
    private static String digest(ObjectNode content, Kind kind, @Nullable Instant eventTime, ObjectNode written) {
        Instant journaled = eventTime == null ? null : eventTime.truncatedTo(ChronoUnit.MILLIS);
        return Digest.of(Objects.equals(journaled, eventTime) ? content : content(kind, journaled, written));
    }

    private Source source(Arrival arrival, Envelope envelope) {
        String claimed = envelope.source();
        String id = arrival.source() != null ? arrival.source() : arrival.sender();
        if (claimed != null) {
            if (!claimed.startsWith(Envelopes.SOURCE_PREFIX)) {
                throw mismatch(claimed, "is not " + Envelopes.SOURCE_PREFIX + "{id}");
            }
            String claimedId = claimed.substring(Envelopes.SOURCE_PREFIX.length());
            if (arrival.source() != null && !claimedId.equals(arrival.source())) {
                throw mismatch(claimed, "is not the topic's source " + arrival.source());
            }
            id = claimedId;
        }
        Optional<Source> source = senders.ownedBy(arrival.sender(), id);
        if (source.isEmpty()) {
            throw mismatch(
                    claimed == null ? Envelopes.SOURCE_PREFIX + id : claimed,
                    "is neither " + arrival.sender() + " itself nor registered behind it");
        }
        String area = envelope.area();
        if (area != null && !source.get().wasEverIn(area)) {
            throw new Rejected(
                    Reason.SOURCE_MISMATCH, "/area: " + Printable.quoted(area) + " never was the area of the source");
        }
        return source.get();
    }

    private static Rejected mismatch(String claimed, String why) {
        return new Rejected(Reason.SOURCE_MISMATCH, "/source: " + Printable.quoted(claimed) + " " + why);
    }

    private static Kind kind(Arrival arrival, Envelope envelope) {
        Optional<Kind> kind = Kind.ofType(envelope.type()).filter(Kind::isPosted);
        if (kind.isEmpty()) {
            throw new Rejected(
                    Reason.TYPE_MISMATCH,
                    "/type: " + Printable.quoted(envelope.type()) + " is not a type a source may send");
        }
        if (arrival.kind() != null && !kind.get().id().equals(arrival.kind())) {
            throw new Rejected(
                    Reason.TYPE_MISMATCH,
                    "/type: " + Printable.quoted(envelope.type()) + " is not the topic's kind " + arrival.kind());
        }
        return kind.get();
    }

    private static Kind kind(@Nullable String named) {
        return Kind.ofId(String.valueOf(named))
                .filter(Kind::isPosted)
                .orElseThrow(() -> new Rejected(
                        Reason.TYPE_MISMATCH,
                        "topic: " + Printable.quoted(String.valueOf(named)) + " is not a kind a source may send"));
    }

    private static @Nullable String id(@Nullable JsonNode id) {
        if (id == null) {
            return null;
        }
        String text = id.textValue();
        if (text == null) {
            throw new Rejected(Reason.SCHEMA, "/id: " + Printable.excerpt(id) + " is not a string");
        }
        if (text.isEmpty() || text.length() > MAX_ID_CHARS || !TypedText.isStorable(text) || hasControl(text)) {
            throw new Rejected(
                    Reason.SCHEMA,
                    "/id: " + Printable.excerpt(id) + " is not 1 to " + MAX_ID_CHARS
                            + " characters without control characters");
        }
        return text;
    }

    private static boolean hasControl(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (Character.isISOControl(text.charAt(at))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Instant time(@Nullable JsonNode time) {
        if (time == null) {
            return null;
        }
        String text = time.textValue();
        if (text == null) {
            throw new Rejected(Reason.SCHEMA, "/time: " + Printable.excerpt(time) + " " + Rfc3339.NOT_A_TIME);
        }
        return Domains.instant(text, "", "time");
    }

    private static Data read(Kind kind, Envelope envelope) {
        try {
            return DataJson.read(kind, envelope.data());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new Rejected(Reason.SCHEMA, envelope.at() + ": " + e.getMessage());
        }
    }

    private static void checkKind(Source source, Kind kind) {
        if (!source.maySend(kind)) {
            throw new Rejected(
                    Reason.NOT_ENTITLED,
                    "/type: " + source.id() + ", a " + source.kind().id() + ", may not send a " + kind.id());
        }
    }

    private void checkAgainstRegistry(Data data, Source source, String at) {
        if (data instanceof Reading reading) {
            Optional<Metric> metric = registry.get().thresholds().metric(reading.metric());
            if (metric.isEmpty()) {
                throw new Rejected(
                        Reason.UNKNOWN_METRIC,
                        at + "/metric: " + Printable.quoted(reading.metric()) + " is not in the configuration");
            }
            Optional<Double> value = metric.get().convert(reading.value(), reading.unit());
            if (value.isEmpty()) {
                throw new Rejected(
                        Reason.SCHEMA,
                        at + "/unit: " + Printable.quoted(reading.unit()) + " cannot be converted to "
                                + metric.get().unit());
            }
            if (Math.abs(value.get()) > Domains.LARGEST_VALUE) {
                throw new Rejected(
                        Reason.SCHEMA,
                        at + "/value: is " + value.get() + " " + metric.get().unit() + ", more than 1e12 by magnitude");
            }
            if (!source.mayMeasure(reading.metric())) {
                throw new Rejected(
                        Reason.NOT_ENTITLED,
                        at + "/metric: " + reading.metric() + " is none of those " + source.id()
                                + " is registered with");
            }
        }
    }

    private void checkDecidingArea(Data data, String area, Instant now, String at) {
        String deciding = data instanceof Dossier dossier ? dossier.decidingArea() : null;
        if (deciding == null) {
            return;
        }
        Areas areas = registry.get().areas();
        String where = at + "/decidingArea: " + Printable.quoted(deciding);
        if (areas.find(deciding).isEmpty()) {
            throw new Rejected(Reason.SCHEMA, where + " is not a known area");
        }
        if (!areas.isOneTree(deciding, area, WorkingCalendar.dateOf(now))) {
            throw new Rejected(Reason.NOT_ENTITLED, where + " stands in another tree than " + area);
        }
    }

    private void checkClock(String source, @Nullable Instant eventTime, Instant now) {
        Timekeeper judged = time;
        if (judged != null && !judged.isTrusted()) {
            if (eventTime == null) {
                // Its only time would be one that nobody believes.
                throw new AwaitsClock();
            }
            judged.hear(source, eventTime);
        }
        if (eventTime == null || !eventTime.isAfter(now.plus(clockSkew))) {
            return;
        }
        Timekeeper.Reading reading = judged == null ? new Timekeeper.Reading(now, true) : judged.reading();
        if (!eventTime.isAfter(reading.now().plus(clockSkew))) {
            return;
        }
        if (!reading.isTrusted()) {
            throw new AwaitsClock();
        }
        throw new Rejected(
                Reason.FUTURE,
                "/time: " + eventTime + " is more than " + clockSkew.toSeconds() + " s after "
                        + Json.time(reading.now()));
    }

    /** What two events must share to be the same: written anew, so that spelling and form do not matter. */
    private static ObjectNode content(Kind kind, @Nullable Instant eventTime, ObjectNode data) {
        ObjectNode content = Json.MAPPER.createObjectNode().put("kind", kind.id());
        if (eventTime != null) {
            content.put("time", eventTime.toString());
        }
        content.set("data", data);
        return content;
    }

    private static String madeId(String source, ObjectNode content, boolean isIdentified) {
        return isIdentified
                ? Digest.of(content.deepCopy().put("source", source))
                : UUID.randomUUID().toString();
    }
}
