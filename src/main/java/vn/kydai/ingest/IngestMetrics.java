package vn.kydai.ingest;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.kydai.config.Settings;
import vn.kydai.event.Kind;
import vn.kydai.journal.Outcome;
import vn.kydai.meter.Counters;
import vn.kydai.meter.Label;
import vn.kydai.meter.Meters;

/** What ingest tells the outside of itself. Every label has a small closed set of values. Thread-safe. */
public final class IngestMetrics {
    private static final String UNKNOWN_KIND = "unknown";
    private static final List<String> KINDS = kinds();
    private static final Label PROTOCOL = Label.of("protocol", Way.values(), way -> way.id);
    private static final Label REFUSAL = Label.of("cause", "in_flight", "journal_full", "share", "clock");
    private static final Label STATUS =
            Label.of("status", "400", "408", "413", "415", "429", "500", "503", Label.OTHER);
    private static final Label CLOSING = Label.of(
            "cause",
            "sockets",
            "connections",
            "no_credentials",
            "wrong_credentials",
            "sign_in_unavailable",
            "version",
            "client_id",
            "no_connect",
            "early",
            "not_mqtt",
            "malformed",
            "too_large",
            "protocol",
            "topic_alias",
            "in_flight",
            "journal_full",
            "journal_closed",
            "taken_over",
            "displaced",
            "gave_way",
            "keep_alive",
            "revoked",
            "moved",
            "shutting_down",
            "reset",
            "transport",
            Label.OTHER);

    private final Map<Way, Counter> received = new EnumMap<>(Way.class);
    private final Map<Way, Timer> acknowledgement = new EnumMap<>(Way.class);
    private final Map<Way, Map<String, Ends>> ends = new EnumMap<>(Way.class);
    private final Meters meters;
    private final Counters refused;
    private final Counters closed;
    private final Counters problems;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();

    /** Registers them. */
    public IngestMetrics(MeterRegistry registry, Settings.Ingest settings) {
        meters = new Meters(registry, "ingest");
        countEvents(meters);
        refused = meters.counters("refused", "events", "events refused, by what refused them", PROTOCOL, REFUSAL);
        closed = meters.counters(
                "mqtt.closed", "connections", "MQTT connections the server ended or did not take", CLOSING);
        problems = meters.counters("http.problems", "requests", "posts answered with a problem", STATUS);
        meters.gauge("mqtt.connections", "connections", "MQTT connections open", connections::get);
        meters.gauge(
                "mqtt.limit.connections",
                "connections",
                "bound of MQTT connections: ingest.mqtt.maxConnections",
                settings.mqtt()::maxConnections);
        meters.gauge("mqtt.in.flight", "events", "MQTT messages without their acknowledgement", inFlight::get);
        meters.gauge("http.requests", "requests", "posts waiting for their commit", requests::get);
        meters.gauge(
                "http.limit.requests",
                "requests",
                "bound of posts waiting: ingest.http.maxRequests",
                settings.http()::maxRequests);
    }

    void watch(ClockRoom room) {
        meters.gauge("clock.waiting", "events", "MQTT messages that wait for a clock that is believed", room::size);
    }

    private void countEvents(Meters meters) {
        Counters byWay = meters.counters("received", "events", "counted when bytes became an event", PROTOCOL);
        Counters byEnd = meters.counters(
                "events",
                "events",
                "events by how they ended; kind unknown when none was recognised",
                PROTOCOL,
                new Label("kind", KINDS),
                Label.of("outcome", "committed", "duplicate", "rejected", "refused"));
        for (Way way : Way.values()) {
            received.put(way, byWay.of(way.id));
            ends.put(way, KINDS.stream().collect(Collectors.toMap(kind -> kind, kind -> Ends.of(byEnd, way.id, kind))));
            acknowledgement.put(
                    way,
                    meters.timer(
                            "acknowledgement",
                            "from an event received to its acknowledgement handed to the socket; HTTP: one a request",
                            PROTOCOL.name(),
                            way.id));
        }
    }

    /** Ways in. */
    enum Way {
        MQTT3("mqtt3"),
        MQTT5("mqtt5"),
        HTTP("http");

        private final String id;

        Way(String id) {
            this.id = id;
        }
    }

    /** How the events of one protocol and kind ended: held, since every event is counted here. */
    private record Ends(Counter committed, Counter duplicate, Counter rejected, Counter refused) {
        static Ends of(Counters counters, String way, String kind) {
            return new Ends(
                    counters.of(way, kind, "committed"),
                    counters.of(way, kind, "duplicate"),
                    counters.of(way, kind, "rejected"),
                    counters.of(way, kind, "refused"));
        }
    }

    /** Shows how much of the room for bodies is in use. */
    void heldBytes(LongSupplier held, long bound) {
        meters.gauge("http.held", "bytes", "bytes of bodies held, from their reading to the answer", held::getAsLong);
        meters.gauge("http.limit.held", "bytes", "bound of bodies held: ingest.http.maxHeldBytes", () -> bound);
    }

    /** Counts a message when it is one. */
    void received(Way way) {
        of(received, way).increment();
    }

    /** Counts how a message ended. */
    void ended(Way way, String kind, Outcome outcome) {
        Ends counters = ends(way, kind);
        Counter counter = switch (outcome) {
            case Outcome.Committed committed -> counters.committed();
            case Outcome.Duplicate duplicate -> counters.duplicate();
            case Outcome.Rejected rejected -> counters.rejected();
        };
        counter.increment();
    }

    /** Counts a message that ended at a bound. */
    void refused(Way way, String kind, String cause) {
        ends(way, kind).refused().increment();
        refused.of(way.id, cause).increment();
    }

    /**
     * Notes that an acknowledgement was handed to its socket.
     *
     * @param sinceNs {@link System#nanoTime} when the message was received
     */
    void acknowledged(Way way, long sinceNs) {
        of(acknowledgement, way).record(System.nanoTime() - sinceNs, TimeUnit.NANOSECONDS);
    }

    /** Counts an MQTT connection that the server closed or did not take. */
    void closed(String cause) {
        String known = CLOSING.known(cause);
        assert known.equals(cause) : "declare the cause " + cause;
        closed.of(known).increment();
    }

    /** Counts an HTTP request that was answered with a problem. */
    void problem(int status) {
        problems.of(STATUS.known(Integer.toString(status))).increment();
    }

    AtomicInteger connections() {
        return connections;
    }

    AtomicInteger inFlight() {
        return inFlight;
    }

    AtomicInteger requests() {
        return requests;
    }

    private Ends ends(Way way, String kind) {
        Map<String, Ends> kinds = of(ends, way);
        Ends known = kinds.get(kind);
        return known == null ? requireNonNull(kinds.get(UNKNOWN_KIND), "every protocol has it") : known;
    }

    private static <T> T of(Map<Way, T> meters, Way way) {
        return requireNonNull(meters.get(way), "every protocol has one");
    }

    private static List<String> kinds() {
        return Stream.concat(Arrays.stream(Kind.values()).filter(Kind::isPosted).map(Kind::id), Stream.of(UNKNOWN_KIND))
                .toList();
    }
}
