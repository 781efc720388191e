package vn.kydai.outbound;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.bus.Topic;
import vn.kydai.config.ConfigurationException;
import vn.kydai.event.Message;
import vn.kydai.event.Picture;
import vn.kydai.registry.Channels;
import vn.kydai.registry.Channels.Retry;
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
    private final Map<String, Line> lines = new ConcurrentSkipListMap<>();
    private Channels inForce = Channels.NONE;
    private @Nullable Feed feed;
    private boolean isChanging;
    private volatile @Nullable Picture newest;
    private @Nullable MessageConsumer<Message> pictures;

    /** A channel at work. */
    private record Line(OutboundChannel channel, Retry retry, Worker worker, OutboundMetrics.OfChannel metrics) {
        boolean isOf(Channels channels) {
            return retry.equals(channels.retry()) && channels.all().contains(channel);
        }
    }

    /** Creates it; nothing goes out before it is deployed. */
    public OutboundVerticle(OutboundParts parts) {
        this.parts = parts;
        this.outbox = new Outbox(parts.pool());
        this.metrics = new OutboundMetrics(parts.meters(), parts.clock());
    }

    /** Adds the routes that tell how the channels fare and an alarm as CAP, which must lie behind sign-in. */
    public void mount(Router router) {
        new OutboundRoute(parts, this::newest).mount(router);
        new CapRoute(parts, this::newest).mount(router);
    }

    /** Returns the channels whose last attempt did not get through, one line each; any thread may ask. */
    public List<String> notes() {
        return lines.values().stream()
                .filter(line -> line.worker().isDown())
                .map(line -> "channel " + line.channel().id() + " is down")
                .toList();
    }

    /** Returns the ids of the channels that messages go out by or wait for. */
    public static Future<Set<String>> channels(Pool pool) {
        return Outbox.channels(pool);
    }

    /**
     * Returns which secret files of channels cannot be read or hold nothing, one line each: what they are for waits. Blocks.
     */
    public static List<String> unreadable(Channels channels) {
        List<String> problems = new ArrayList<>();
        for (OutboundChannel channel : channels.all()) {
            problems.addAll(Vault.unreadable(channel, secrets(channel)));
        }
        return problems;
    }

    /**
     * Checks that every secret that channels name is there. Fails with {@link ConfigurationException}.
     *
     * @param environment value of an environment variable that holds a secret; null without one
     */
    public static void check(Channels channels, UnaryOperator<@Nullable String> environment) {
        List<String> problems = new ArrayList<>();
        for (OutboundChannel channel : channels.all()) {
            problems.addAll(Vault.problems(channel, secrets(channel), environment));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    @Override
    public Future<?> start() {
        return change(parts.channels().get()).onSuccess(begun -> {
            pictures = Topic.PICTURES.subscribe(vertx.eventBus(), this::show);
            vertx.setPeriodic(1, TICK_MS, tick -> tick());
            vertx.setPeriodic(1, CLEAN_MS, tick -> clean());
        });
    }

    private void tick() {
        Channels wanted = parts.channels().get();
        if (!isChanging && (feed == null || !wanted.equals(inForce))) {
            change(wanted)
                    .onSuccess(begun -> LOGGER.atInfo()
                            .addKeyValue("channels", lines.keySet())
                            .log("the changed channels are in force"))
                    .onFailure(cause ->
                            LOGGER.atWarn().setCause(cause).log("the channels could not be changed; trying again"));
        }
        lines.values().forEach(line -> line.worker().wake());
    }

    /** Ends what is no more or otherwise now, and goes on where the outbox says; what stays as it was is not broken off. */
    private Future<Void> change(Channels next) {
        isChanging = true;
        List<Future<Void>> ended = new ArrayList<>();
        if (feed != null) {
            ended.add(feed.stop());
            feed = null;
        }
        for (Line line : List.copyOf(lines.values())) {
            if (!line.isOf(next)) {
                lines.remove(line.channel().id());
                metrics.forget(line.metrics());
                ended.add(line.worker().stop());
            }
        }
        return Future.join(ended).transform(all -> begin(next)).onComplete(begun -> isChanging = false);
    }

    private Future<Void> begin(Channels next) {
        Map<OutboundChannel, Runnable> wakes = new LinkedHashMap<>();
        for (OutboundChannel channel : next.all()) {
            Line line = lines.computeIfAbsent(channel.id(), id -> line(channel, next.retry()));
            wakes.put(channel, line.worker()::wake);
        }
        Feed begun = new Feed(parts, outbox, metrics);
        return begun.begin(wakes).onSuccess(done -> {
            feed = begun;
            inForce = next;
            Picture picture = newest;
            if (picture != null) {
                show(picture);
            }
        });
    }

    private void show(Picture picture) {
        if (picture.catchingUp() != null) {
            return;
        }
        newest = picture;
        if (feed != null && !lines.isEmpty()) {
            feed.show(picture);
        }
    }

    /** Returns the picture that was taken last; any thread may ask. */
    @Nullable
    Picture newest() {
        return newest;
    }

    private Line line(OutboundChannel channel, Retry retry) {
        Backoff backoff = new Backoff(retry, RandomGenerator.getDefault());
        Worker.Rules rules = new Worker.Rules(vertx, parts.clock(), backoff, retry.giveUp());
        Vault vault = new Vault(vertx, parts.environment());
        Transport transport = switch (channel.target()) {
            case Webhook webhook -> new WebhookTransport(vertx, webhook, vault, parts.clock());
            case Mail mail -> new MailTransport(vertx, mail, channel.language(), vault, parts.clock());
        };
        OutboundMetrics.OfChannel counted = metrics.of(channel.target().kind());
        return new Line(channel, retry, new Worker(channel.id(), transport, outbox, rules, counted), counted);
    }

    private static Map<String, Secret> secrets(OutboundChannel channel) {
        return switch (channel.target()) {
            case Webhook webhook -> WebhookTransport.secrets(webhook);
            case Mail mail -> MailTransport.secrets(mail);
        };
    }

    private void clean() {
        Instant now = parts.clock().instant();
        outbox.clean(now)
                .compose(cleaned -> new CapArchive(parts.pool()).clean(now))
                .onFailure(cause -> LOGGER.atWarn().setCause(cause).log("the outbox could not be cleaned"));
    }

    @Override
    public Future<?> stop() {
        Future<Void> fed = feed == null ? Future.succeededFuture() : feed.stop();
        Future<Void> deaf = pictures == null ? Future.succeededFuture() : pictures.unregister();
        List<Future<Void>> stopped = new ArrayList<>(List.of(deaf, fed));
        lines.values().forEach(line -> stopped.add(line.worker().stop()));
        return Future.join(stopped);
    }
}
