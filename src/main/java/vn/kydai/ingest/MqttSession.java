package vn.kydai.ingest;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Future;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.bus.RateLimitedLog;
import vn.kydai.journal.JournalFull;
import vn.kydai.journal.Outcome;
import vn.kydai.journal.Receipt;
import vn.kydai.journal.Submission;

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
    private final RateLimitedLog log;
    private final MqttWindow window;

    /** What waits for room in the journal, each to be counted as refused if the connection ends before. */
    private final Set<Delivery> parked = new LinkedHashSet<>();

    /** QoS 2 packet ids until their PUBREL; the value tells whether the PUBREC has left. */
    private final Map<Integer, Boolean> exactlyOnce = new HashMap<>();

    /** What waits for the clock, in order of arrival. */
    private final Map<Delivery, ClockRoom.Place> waiting = new LinkedHashMap<>();

    /** QoS 1 messages without their PUBACK. */
    private int unanswered;

    private boolean isClosed;

    MqttSession(String sender, Intake intake, MqttReplies replies, RateLimitedLog log, MqttWindow window) {
        this.sender = sender;
        this.intake = intake;
        this.replies = replies;
        this.log = log;
        this.window = window;
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
        boolean isPromised = publish.qosLevel() != MqttQoS.AT_MOST_ONCE;
        if (isPromised && replies.isVersion5() && unanswered + exactlyOnce.size() >= window.max()) {
            refuse(delivery, "in_flight");
            replies.disconnect(MqttDisconnectReasonCode.RECEIVE_MAXIMUM_EXCEEDED, "in_flight");
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
        window.close();
        for (Delivery delivery : parked) {
            end(delivery.publish());
            refuse(delivery, "journal_full");
        }
        parked.clear();
        waiting.forEach((delivery, place) -> {
            place.leave();
            end(delivery.publish());
            refuse(delivery, "clock");
        });
        waiting.clear();
        intake.metrics().inFlight().addAndGet(-exactlyOnce.size());
        exactlyOnce.clear();
        isClosed = true;
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
        MqttTopic named = delivery.topic();
        MqttTopic own = named != null && isOwn(named) ? named : null;
        Arrival arrival = new Arrival(
                delivery.receipt(),
                sender,
                own == null ? null : own.source(),
                own == null ? null : own.kind(),
                delivery.publish().payload(),
                intake.clock().instant());
        Submission submission;
        try {
            submission = own == null
                    ? foreign(delivery, arrival)
                    : intake.admission().admit(arrival);
        } catch (AwaitsClock waits) {
            await(delivery);
            return;
        }
        if (window.isParked()) {
            park(delivery, submission);
        } else {
            append(delivery, submission);
        }
    }

    private Submission foreign(Delivery delivery, Arrival arrival) {
        logForeign(delivery);
        return intake.admission().foreign(arrival, delivery.publish().topicName());
    }

    private void append(Delivery delivery, Submission submission) {
        Future<Outcome> outcome = intake.append(sender, submission);
        if (outcome.failed() && outcome.cause() instanceof JournalFull full) {
            noRoom(delivery, submission, full);
        } else {
            follow(delivery, outcome);
        }
    }

    private void follow(Delivery delivery, Future<Outcome> outcome) {
        outcome.onSuccess(ended -> answer(delivery, ended)).onFailure(failure -> notTaken(delivery));
    }

    /**
     * The journal's queue is full: a client of MQTT 5 is told so, what carries no promise is dropped and counted, and
     * everything else waits, unread. Where only the sender's own share is full everything waits.
     */
    private void noRoom(Delivery delivery, Submission submission, JournalFull full) {
        boolean isPromised = delivery.publish().qosLevel() != MqttQoS.AT_MOST_ONCE;
        boolean mayWait = Shares.isShare(full) || (isPromised && !replies.isVersion5());
        if (mayWait && !isClosed) {
            park(delivery, submission);
            return;
        }
        end(delivery.publish());
        refuse(delivery, "journal_full");
        if (isPromised) {
            replies.disconnect(MqttDisconnectReasonCode.QUOTA_EXCEEDED, "journal_full");
        }
    }

    private void park(Delivery delivery, Submission submission) {
        parked.add(delivery);
        warn("slowed", delivery, "sends more than there is room for; it is read no further until there is");
        window.park(() -> {
            Future<Outcome> outcome = intake.append(sender, submission);
            if (outcome.failed() && outcome.cause() instanceof JournalFull) {
                return false;
            }
            parked.remove(delivery);
            follow(delivery, outcome);
            return true;
        });
    }

    /** Neither acknowledged nor rejected until the server believes its clock; the client keeps what it has not seen end. */
    private void await(Delivery delivery) {
        Optional<ClockRoom.Place> place = intake.room()
                .enter(delivery.publish().payload().length(), () -> {
                    if (waiting.remove(delivery) != null) {
                        decide(delivery);
                    }
                });
        if (place.isEmpty()) {
            end(delivery.publish());
            refuse(delivery, "clock");
            if (delivery.publish().qosLevel() != MqttQoS.AT_MOST_ONCE) {
                replies.disconnect(MqttDisconnectReasonCode.QUOTA_EXCEEDED, "journal_full");
            }
        } else {
            waiting.put(delivery, place.get());
        }
    }

    private boolean isOwn(MqttTopic topic) {
        return intake.senders()
                .ownedBy(sender, topic.source())
                .filter(source -> source.wasEverIn(topic.area()))
                .isPresent();
    }

    private void logForeign(Delivery delivery) {
        log.pass(sender, delivery.now())
                .ifPresent(leftOut -> LOGGER.atWarn()
                        .addKeyValue("source", sender)
                        .addKeyValue("topic", Printable.topic(delivery.publish().topicName()))
                        .addKeyValue("leftOut", leftOut)
                        .log("published outside its own topics"));
    }

    private void warn(String what, Delivery delivery, String text) {
        log.pass(what + " " + sender, delivery.now())
                .ifPresent(leftOut -> LOGGER.atWarn()
                        .addKeyValue("source", sender)
                        .addKeyValue("leftOut", leftOut)
                        .log(text));
    }

    private void answer(Delivery delivery, Outcome outcome) {
        intake.metrics().ended(replies.way(), delivery.kind(), outcome);
        MqttPublishMessage publish = delivery.publish();
        switch (outcome) {
            case Outcome.Committed committed -> accept(publish);
            case Outcome.Duplicate duplicate -> duplicate(delivery, duplicate);
            case Outcome.Rejected rejected -> reject(publish, MqttReason.of(rejected.reason()));
        }
        if (publish.qosLevel() != MqttQoS.AT_MOST_ONCE) {
            intake.metrics().acknowledged(replies.way(), delivery.sinceNs());
        }
    }

    private void duplicate(Delivery delivery, Outcome.Duplicate duplicate) {
        if (duplicate.isConflict()) {
            warn("conflict", delivery, "sends other content under an id it has used; the first stays");
            received(delivery.publish());
            replies.reject(delivery.publish().messageId(), delivery.publish().qosLevel(), MqttReason.CONFLICT);
        } else {
            accept(delivery.publish());
        }
    }

    /** The journal closes: not acknowledged, the client keeps the event and sends it again. */
    private void notTaken(Delivery delivery) {
        end(delivery.publish());
        replies.disconnect(MqttDisconnectReasonCode.SERVER_SHUTTING_DOWN, "journal_closed");
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
        switch (publish.qosLevel()) {
            case EXACTLY_ONCE -> exactlyOnce.put(publish.messageId(), false);
            case AT_LEAST_ONCE -> unanswered++;
            case AT_MOST_ONCE, FAILURE -> {}
        }
        window.began(publish.qosLevel());
    }

    /** The journal has it: a QoS 2 exchange goes on to its PUBREL, every other one ends. */
    private void received(MqttPublishMessage publish) {
        if (publish.qosLevel() == MqttQoS.EXACTLY_ONCE) {
            exactlyOnce.replace(publish.messageId(), true);
            window.ended(publish.qosLevel());
        } else {
            end(publish);
        }
    }

    /** The exchange is over; a QoS 2 one that waited for its PUBREL when the connection closed was over before. */
    private void end(MqttPublishMessage publish) {
        window.ended(publish.qosLevel());
        switch (publish.qosLevel()) {
            case EXACTLY_ONCE -> {
                if (exactlyOnce.remove(publish.messageId()) != null) {
                    intake.metrics().inFlight().decrementAndGet();
                }
            }
            case AT_LEAST_ONCE -> {
                unanswered--;
                intake.metrics().inFlight().decrementAndGet();
            }
            case AT_MOST_ONCE, FAILURE -> intake.metrics().inFlight().decrementAndGet();
        }
    }
}
