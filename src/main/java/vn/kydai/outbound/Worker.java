package vn.kydai.outbound;

import static java.util.Objects.requireNonNull;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.bus.RateLimitedLog;
import vn.kydai.outbound.NotDelivered.Blame;

/**
 * Empties the outbox of one channel: one sending is under way at a time, what waits stays in the table. After a failure
 * that is the channel's everything waits; after one that is the message's, its alarm waits. Confined to one event loop.
 */
final class Worker {
    private static final Logger LOGGER = LoggerFactory.getLogger(Worker.class);

    /** Most that may go as one. */
    private static final int PAGE = 100;

    private final String channel;
    private final Transport transport;
    private final Outbox outbox;
    private final Rules rules;
    private final OutboundMetrics.OfChannel metrics;
    private final RateLimitedLog log = new RateLimitedLog();

    private int failures;
    private Instant blockedUntil = Instant.MIN;
    private boolean isBusy;
    private boolean isWoken;
    private @Nullable Promise<Void> stopping;
    private volatile boolean isDown;

    /**
     * What it goes by.
     *
     * @param giveUp how old a message becomes
     */
    record Rules(Vertx vertx, InstantSource clock, Backoff backoff, Duration giveUp) {
        Rules {
            requireNonNull(giveUp, "giveUp is null");
        }
    }

    Worker(String channel, Transport transport, Outbox outbox, Rules rules, OutboundMetrics.OfChannel metrics) {
        this.channel = channel;
        this.transport = transport;
        this.outbox = outbox;
        this.rules = rules;
        this.metrics = metrics;
    }

    /** Tells whether its last attempt failed for a reason of the channel's; any thread may ask. */
    boolean isDown() {
        return isDown;
    }

    /** Looks for something to send. */
    void wake() {
        if (stopping != null) {
            return;
        }
        if (isBusy) {
            isWoken = true;
            return;
        }
        Instant now = rules.clock().instant();
        Instant earliest = blockedUntil.isAfter(transport.earliest()) ? blockedUntil : transport.earliest();
        if (now.isBefore(earliest)) {
            return;
        }
        isBusy = true;
        isWoken = false;
        outbox.giveUp(channel, now.minus(rules.giveUp()), now)
                .onSuccess(metrics::gaveUp)
                .compose(gone -> outbox.next(channel, now, PAGE))
                .compose(due -> due.isEmpty()
                        ? Future.succeededFuture(false)
                        : send(due.subList(0, Math.min(due.size(), transport.share(due.size()))))
                                .map(true))
                .onComplete(this::did);
    }

    private void did(AsyncResult<Boolean> did) {
        isBusy = false;
        Promise<Void> waiting = stopping;
        if (waiting != null) {
            waiting.complete();
            return;
        }
        if (did.failed()) {
            complain(did.cause());
        } else if (did.result() || isWoken) {
            rules.vertx().getOrCreateContext().runOnContext(next -> wake());
        }
        outbox.backlog(channel).onSuccess(metrics::waiting).onFailure(this::complain);
    }

    private Future<Void> send(List<Delivery> deliveries) {
        return transport.send(deliveries).transform(sent -> {
            Instant now = rules.clock().instant();
            if (sent.succeeded()) {
                failures = 0;
                isDown = false;
                metrics.delivered(deliveries.size());
                return outbox.delivered(channel, deliveries, now);
            }
            return failed(deliveries, NotDelivered.of(sent.cause()), now);
        });
    }

    private Future<Void> failed(List<Delivery> deliveries, NotDelivered failure, Instant now) {
        complain(failure);
        boolean isBlocked = failure.blame() == Blame.CHANNEL;
        metrics.failed(isBlocked);
        isDown = isBlocked;
        failures = isBlocked ? failures + 1 : 0;
        int attempts = isBlocked ? failures : deliveries.get(0).attempts() + 1;
        Duration wait = rules.backoff().after(attempts);
        Duration asked = failure.asked();
        if (asked != null && asked.compareTo(wait) > 0) {
            wait = asked;
        }
        Instant again = now.plus(wait);
        if (isBlocked) {
            blockedUntil = again;
        }
        long unused = rules.vertx().setTimer(wait.toMillis() + 1, due -> wake());
        return outbox.failed(channel, deliveries, now, again, failure.code());
    }

    private void complain(Throwable failure) {
        log.pass(channel, rules.clock().instant())
                .ifPresent(leftOut -> LOGGER.atWarn()
                        .addKeyValue("channel", channel)
                        .addKeyValue("leftOut", leftOut)
                        .addKeyValue("cause", failure.getMessage())
                        .log("could not deliver"));
    }

    /** Breaks off the sending under way, which is made again after the next start, and waits until that is noted. */
    Future<Void> stop() {
        Promise<Void> done = Promise.promise();
        stopping = done;
        if (!isBusy) {
            done.complete();
        }
        return transport.close().eventually(done::future);
    }
}
