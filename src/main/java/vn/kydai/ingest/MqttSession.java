package vn.kydai.ingest;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Future;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.bus.RateLimitedLog;
import vn.kydai.journal.JournalFull;
import vn.kydai.journal.Outcome;
import vn.kydai.journal.Receipt;

/**
 * The messages of one signed-in connection, from PUBLISH to acknowledgement. Confined to the connection's event loop.
 *
 * <p>An acknowledgement leaves only when the journal has committed, in the order of commits. Every message is counted
 * once as received, and ends in exactly one append or one refusal.
 */
final class MqttSession {
    private static final Logger LOGGER = LoggerFactory.getLogger(MqttSession.class);

    private final String sender;
    private final Intake intake;
    private final MqttReplies replies;
    private final RateLimitedLog foreignLog;
    private final int maxInFlight;
    /** QoS 2 packet ids until their PUBREL; the value tells whether the PUBREC has left. */
    private final Map<Integer, Boolean> exactlyOnce = new HashMap<>();

    private int unanswered;

    MqttSession(String sender, Intake intake, MqttReplies replies, RateLimitedLog foreignLog, int maxInFlight) {
        this.sender = sender;
        this.intake = intake;
        this.replies = replies;
        this.foreignLog = foreignLog;
        this.maxInFlight = maxInFlight;
    }

    /** One PUBLISH on its way. */
    private record Delivery(
            MqttPublishMessage publish, @Nullable MqttTopic topic, Receipt receipt, Instant now, long sinceNs) {
        String kind() {
            return topic == null ? "" : topic.kind();
        }
    }

    void publish(MqttPublishMessage publish) {
        if (publish.qosLevel() == MqttQoS.EXACTLY_ONCE && exactlyOnce.containsKey(publish.messageId())) {
            again(publish.messageId());
            return;
        }
        Delivery delivery = count(publish);
        if (unanswered + exactlyOnce.size() >= maxInFlight) {
            refuse(delivery, "in_flight");
            if (publish.qosLevel() != MqttQoS.AT_MOST_ONCE) {
                replies.disconnect(MqttDisconnectReasonCode.RECEIVE_MAXIMUM_EXCEEDED, "in_flight");
            }
            return;
        }
        begin(publish);
        MqttTopic topic = delivery.topic();
        if (topic != null && intake.senders().mayBecomeKnown(sender, topic.source())) {
            intake.refresh().ask().onComplete(asked -> decide(delivery));
        } else {
            decide(delivery);
        }
    }

    /** Ends a QoS 2 exchange; its packet id may be used anew. */
    void release(int packetId) {
        if (exactlyOnce.remove(packetId) != null) {
            intake.metrics().inFlight().decrementAndGet();
        }
        replies.complete(packetId);
    }

    /** Forgets what waits for the client; what waits for the journal goes on without it. */
    void close() {
        intake.metrics().inFlight().addAndGet(-exactlyOnce.size());
        exactlyOnce.clear();
    }

    private void again(int packetId) {
        if (Boolean.TRUE.equals(exactlyOnce.get(packetId))) {
            replies.accept(packetId, MqttQoS.EXACTLY_ONCE);
        }
    }

    private Delivery count(MqttPublishMessage publish) {
        Instant now = intake.clock().instant();
        Optional<MqttTopic> topic = MqttTopic.parse(publish.topicName());
        boolean isQos0 = publish.qosLevel() == MqttQoS.AT_MOST_ONCE;
        Receipt receipt = intake.receipt(sender, topic.map(MqttTopic::source).orElse(sender), now, isQos0);
        intake.journal().received(receipt);
        intake.metrics().received(replies.way());
        return new Delivery(publish, topic.orElse(null), receipt, now, System.nanoTime());
    }

    private void decide(Delivery delivery) {
        MqttTopic topic = delivery.topic();
        if (topic == null || !isOwn(topic)) {
            foreign(delivery);
            return;
        }
        Arrival arrival = new Arrival(
                delivery.receipt(),
                sender,
                topic.source(),
                topic.kind(),
                delivery.publish().payload(),
                delivery.now());
        Future<Outcome> outcome = intake.journal().append(intake.admission().admit(arrival));
        outcome.onSuccess(ended -> answer(delivery, ended)).onFailure(failure -> notTaken(delivery, failure));
    }

    private boolean isOwn(MqttTopic topic) {
        return intake.senders()
                .ownedBy(sender, topic.source())
                .filter(source -> source.wasEverIn(topic.area()))
                .isPresent();
    }

    private void foreign(Delivery delivery) {
        end(delivery.publish());
        refuse(delivery, "foreign_topic");
        foreignLog
                .pass(sender, delivery.now())
                .ifPresent(leftOut -> LOGGER.atWarn()
                        .addKeyValue("source", sender)
                        .addKeyValue("leftOut", leftOut)
                        .log("published outside its own topics"));
        MqttPublishMessage publish = delivery.publish();
        if (publish.qosLevel() != MqttQoS.AT_MOST_ONCE) {
            replies.rejectTopic(publish.messageId(), publish.qosLevel());
        }
    }

    private void answer(Delivery delivery, Outcome outcome) {
        intake.metrics().ended(replies.way(), delivery.kind(), outcome);
        MqttPublishMessage publish = delivery.publish();
        switch (outcome) {
            case Outcome.Committed committed -> accept(publish);
            case Outcome.Duplicate duplicate -> accept(publish);
            case Outcome.Rejected rejected -> reject(publish, MqttReason.of(rejected.reason()));
        }
        if (publish.qosLevel() != MqttQoS.AT_MOST_ONCE) {
            intake.metrics().acknowledged(replies.way(), delivery.sinceNs());
        }
    }

    private void notTaken(Delivery delivery, Throwable failure) {
        if (failure instanceof JournalFull) {
            end(delivery.publish());
            refuse(delivery, "journal_full");
            if (delivery.publish().qosLevel() != MqttQoS.AT_MOST_ONCE) {
                replies.disconnect(MqttDisconnectReasonCode.QUOTA_EXCEEDED, "journal_full");
            }
        } else {
            // The journal closes: not acknowledged, the client keeps the event and sends it again.
            end(delivery.publish());
            replies.disconnect(MqttDisconnectReasonCode.SERVER_SHUTTING_DOWN, "journal_closed");
        }
    }

    private void accept(MqttPublishMessage publish) {
        received(publish);
        replies.accept(publish.messageId(), publish.qosLevel());
    }

    private void reject(MqttPublishMessage publish, MqttReason reason) {
        if (replies.isVersion5()) {
            // A PUBREC with an error ends the exchange: no PUBREL follows.
            end(publish);
        } else {
            received(publish);
        }
        replies.reject(publish.messageId(), publish.qosLevel(), reason);
    }

    private void refuse(Delivery delivery, String why) {
        intake.journal().refused(delivery.receipt());
        intake.metrics().refused(replies.way(), delivery.kind(), why);
    }

    private void begin(MqttPublishMessage publish) {
        intake.metrics().inFlight().incrementAndGet();
        if (publish.qosLevel() == MqttQoS.EXACTLY_ONCE) {
            exactlyOnce.put(publish.messageId(), false);
        } else {
            unanswered++;
        }
    }

    /** The journal has it: a QoS 2 exchange goes on to its PUBREL, every other one ends. */
    private void received(MqttPublishMessage publish) {
        if (publish.qosLevel() == MqttQoS.EXACTLY_ONCE) {
            exactlyOnce.replace(publish.messageId(), true);
        } else {
            end(publish);
        }
    }

    private void end(MqttPublishMessage publish) {
        if (publish.qosLevel() != MqttQoS.EXACTLY_ONCE) {
            unanswered--;
            intake.metrics().inFlight().decrementAndGet();
        } else if (exactlyOnce.remove(publish.messageId()) != null) {
            intake.metrics().inFlight().decrementAndGet();
        }
    }
}
