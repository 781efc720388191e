package vn.kydai.outbound;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import vn.kydai.meter.Counters;
import vn.kydai.meter.Label;
import vn.kydai.meter.Meters;
import vn.kydai.outbound.Outbox.Backlog;

/** How the ways out fare, by kind of channel: ids of channels are an installation's own, and no label. */
final class OutboundMetrics {
    private static final String[] KINDS = {"smtp", "webhook"};
    private static final double MILLIS = 1_000;

    private final InstantSource clock;
    private final Counters attempts;
    private final Counters gaveUp;
    private final Counter unreached;
    private final Map<String, List<OfChannel>> channels = new HashMap<>();

    OutboundMetrics(MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        Meters meters = new Meters(registry, "outbound");
        attempts = meters.counters(
                "attempts",
                "",
                "sendings by how they ended: blocked is the channel's fault, refused the message's",
                Label.of("kind", KINDS),
                Label.of("result", "delivered", "blocked", "refused"));
        gaveUp = meters.counters(
                "given.up", "messages", "messages that became too old to be delivered", Label.of("kind", KINDS));
        unreached = meters.counter(
                "unreached", "escalations", "alarms escalated to a person whom no channel of the roster reaches");
        for (String kind : KINDS) {
            List<OfChannel> ofKind = new CopyOnWriteArrayList<>();
            channels.put(kind, ofKind);
            meters.gauge("waiting", "messages", "messages not delivered yet", () -> waiting(ofKind), "kind", kind);
            meters.gauge(
                    "oldest",
                    "seconds",
                    "age of the oldest message not delivered yet",
                    () -> age(ofKind),
                    "kind",
                    kind);
        }
    }

    /** Counts an alarm that was escalated to a person whom no channel reaches. */
    void unreached() {
        unreached.increment();
    }

    /** Begins counting for a channel, before anything is asked for. */
    OfChannel of(String kind) {
        OfChannel channel = new OfChannel(kind);
        Objects.requireNonNull(channels.get(kind), kind).add(channel);
        return channel;
    }

    /** Leaves out a channel that is no more. */
    void forget(OfChannel channel) {
        Objects.requireNonNull(channels.get(channel.kind), channel.kind).remove(channel);
    }

    private static double waiting(List<OfChannel> ofKind) {
        return ofKind.stream().mapToLong(channel -> channel.backlog.messages()).sum();
    }

    private double age(List<OfChannel> ofKind) {
        Instant now = clock.instant();
        return ofKind.stream()
                .map(channel -> channel.backlog.oldest())
                .filter(Objects::nonNull)
                .mapToDouble(oldest -> Duration.between(oldest, now).toMillis() / MILLIS)
                .max()
                .orElse(0);
    }

    /** Those of one channel. */
    final class OfChannel {
        private final String kind;
        private volatile Backlog backlog = new Backlog(0, null);

        private OfChannel(String kind) {
            this.kind = kind;
        }

        void waiting(Backlog found) {
            backlog = found;
        }

        void delivered(int messages) {
            attempts.of(kind, "delivered").increment(messages);
        }

        void failed(boolean isBlocked) {
            attempts.of(kind, isBlocked ? "blocked" : "refused").increment();
        }

        void gaveUp(long messages) {
            gaveUp.of(kind).increment((double) messages);
        }
    }
}
