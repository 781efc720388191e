package vn.kydai.ingest;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.AtomicInteger;
import vn.kydai.event.Kind;
import vn.kydai.journal.Outcome;

/** What ingest tells the outside of itself. Every tag has a small closed set of values. Thread-safe. */
public final class IngestMetrics {
    private final MeterRegistry meters;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();

    /** Registers the gauges. */
    public IngestMetrics(MeterRegistry meters) {
        this.meters = meters;
        gauge("kydai.ingest.mqtt.connections", connections);
        gauge("kydai.ingest.mqtt.in.flight", inFlight);
        gauge("kydai.ingest.http.requests", requests);
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

    /** Counts a message when it is one. */
    void received(Way way) {
        meters.counter("kydai.ingest.received", "protocol", way.id).increment();
    }

    /** Counts how a message ended. */
    void ended(Way way, String kind, Outcome outcome) {
        String label = switch (outcome) {
            case Outcome.Committed committed -> "committed";
            case Outcome.Duplicate duplicate -> duplicate.isConflict() ? "conflict" : "duplicate";
            case Outcome.Rejected rejected -> rejected.reason().id();
        };
        event(way, kind, label);
    }

    /** Counts a message that ended at a bound or at a foreign topic. */
    void refused(Way way, String kind, String why) {
        event(way, kind, "refused." + why);
    }

    /** Counts an MQTT connection that the server closed or did not take. */
    void closed(String cause) {
        meters.counter("kydai.ingest.mqtt.closed", "cause", cause).increment();
    }

    /** Counts an HTTP request that was answered with a problem. */
    void problem(int status) {
        meters.counter("kydai.ingest.http.problems", "status", Integer.toString(status))
                .increment();
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

    private void gauge(String name, AtomicInteger value) {
        Gauge.builder(name, value, AtomicInteger::get).register(meters);
    }

    private void event(Way way, String kind, String outcome) {
        String known = Kind.ofId(kind).map(Kind::id).orElse("unknown");
        meters.counter("kydai.ingest.events", Tags.of("protocol", way.id, "kind", known, "outcome", outcome))
                .increment();
    }
}
