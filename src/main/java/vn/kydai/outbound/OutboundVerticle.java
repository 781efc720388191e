package vn.kydai.outbound;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.bus.Topic;
import vn.kydai.config.ConfigurationException;
import vn.kydai.event.Message;
import vn.kydai.event.Picture;
import vn.kydai.registry.OutboundChannel;
import vn.kydai.registry.OutboundChannel.Mail;
import vn.kydai.registry.OutboundChannel.Webhook;
import vn.kydai.registry.Secret;

/**
 * Tells alarms outside: the journal's steps into the outbox, and from there one worker a channel, so that one that is
 * down or hangs keeps neither another nor the wall waiting.
 */
public final class OutboundVerticle extends VerticleBase {
    private static final Logger LOGGER = LoggerFactory.getLogger(OutboundVerticle.class);
    private static final long TICK_MS = 1_000;
    private static final long CLEAN_MS = Duration.ofHours(1).toMillis();

    private final OutboundParts parts;
    private final Outbox outbox;
    private final OutboundMetrics metrics;
    private final Feed feed;
    private final Map<String, Worker> workers = new ConcurrentSkipListMap<>();
    private volatile @Nullable Picture newest;
    private @Nullable MessageConsumer<Message> pictures;

    /** Creates it; nothing goes out before it is deployed. */
    public OutboundVerticle(OutboundParts parts) {
        this.parts = parts;
        this.outbox = new Outbox(parts.pool());
        this.metrics = new OutboundMetrics(parts.meters(), parts.clock());
        this.feed = new Feed(parts, outbox);
    }

    /** Adds the routes that tell how the channels fare and an alarm as CAP, which must lie behind sign-in. */
    public void mount(Router router) {
        new OutboundRoute(parts, this::newest).mount(router);
        new CapRoute(parts, this::newest).mount(router);
    }

    /** Returns the channels whose last attempt did not get through, one line each; any thread may ask. */
    public List<String> notes() {
        return workers.entrySet().stream()
                .filter(worker -> worker.getValue().isDown())
                .map(worker -> "channel " + worker.getKey() + " is down")
                .toList();
    }

    /** Fails with {@link ConfigurationException} when a secret that the configuration names is not there. */
    @Override
    public Future<?> start() {
        Vault vault = new Vault(vertx, parts.environment());
        List<String> problems = new ArrayList<>();
        for (OutboundChannel channel : parts.channels().all()) {
            problems.addAll(vault.problems(channel, secrets(channel)));
        }
        if (!problems.isEmpty()) {
            return Future.failedFuture(new ConfigurationException(problems));
        }
        Map<OutboundChannel, Runnable> wakes = new LinkedHashMap<>();
        for (OutboundChannel channel : parts.channels().all()) {
            Worker worker = worker(channel, vault);
            workers.put(channel.id(), worker);
            wakes.put(channel, worker::wake);
        }
        return feed.begin(wakes).onSuccess(begun -> {
            pictures = Topic.PICTURES.subscribe(vertx.eventBus(), this::show);
            vertx.setPeriodic(1, TICK_MS, tick -> workers.values().forEach(Worker::wake));
            vertx.setPeriodic(1, CLEAN_MS, tick -> clean());
        });
    }

    private void show(Picture picture) {
        newest = picture;
        if (!workers.isEmpty()) {
            feed.show(picture);
        }
    }

    private @Nullable Picture newest() {
        return newest;
    }

    private Worker worker(OutboundChannel channel, Vault vault) {
        Backoff backoff = new Backoff(parts.channels().retry(), RandomGenerator.getDefault());
        Worker.Rules rules = new Worker.Rules(
                vertx, parts.clock(), backoff, parts.channels().retry().giveUp());
        Transport transport = switch (channel.target()) {
            case Webhook webhook -> new WebhookTransport(vertx, webhook, vault, parts.clock());
            case Mail mail -> new MailTransport(vertx, mail, channel.language(), vault, parts.clock());
        };
        return new Worker(
                channel.id(),
                transport,
                outbox,
                rules,
                metrics.of(channel.target().kind()));
    }

    private static Map<String, Secret> secrets(OutboundChannel channel) {
        return switch (channel.target()) {
            case Webhook webhook -> WebhookTransport.secrets(webhook);
            case Mail mail -> MailTransport.secrets(mail);
        };
    }

    private void clean() {
        outbox.clean(parts.clock().instant())
                .onFailure(cause -> LOGGER.atWarn().setCause(cause).log("the outbox could not be cleaned"));
    }

    @Override
    public Future<?> stop() {
        feed.stop();
        Future<Void> deaf = pictures == null ? Future.succeededFuture() : pictures.unregister();
        List<Future<Void>> stopped = new ArrayList<>(List.of(deaf));
        workers.values().forEach(worker -> stopped.add(worker.stop()));
        return Future.join(stopped);
    }
}
