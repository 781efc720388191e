package vn.kydai.simulate;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays a recording to a server, each line through its own source's connection or through a gateway's. Holds a few
 * thousand lines at most: reading waits for acknowledgements.
 */
public final class Player extends VerticleBase {
    /** A source whose recording is played may be connected itself. */
    private static final String CLIENT = "-play";

    private static final int PIECE = 500;
    private static final int OUTBOX_PARCELS = 2_000;
    private static final int ROOM_AGAIN = OUTBOX_PARCELS / 2;
    private static final int MQTT_WINDOW = 100;
    private static final int HTTP_BATCH = 500;
    /** So many failures in a row without one answer, and the server is not there. */
    private static final int PATIENCE = 5;

    private final Order order;
    private final InstantSource clock;
    private final Promise<Report> played = Promise.promise();
    private final Map<String, Link> links = new HashMap<>();
    private @Nullable HttpClient http;
    private @Nullable Instant firstEventTime;
    private @Nullable Instant startedAt;
    private Report report = Report.NONE;
    private int failures;

    /** Which way events go. */
    public enum Via {
        MQTT,
        HTTP
    }

    /** What becomes of the times in the file. */
    public enum Times {
        /** They stay: the past is told. */
        KEPT,
        /** Each event happens when it is sent. */
        NOW
    }

    /**
     * What to play.
     *
     * @param speed how much faster than it happened; 0 is as fast as it is answered
     * @param gateway id of the gateway that speaks for sources without a token of their own
     * @param tokens by source id, the gateway's among them
     */
    public record Order(
            Path file,
            double speed,
            Times times,
            Via via,
            ServerAddress server,
            @Nullable String gateway,
            Map<String, String> tokens) {
        public Order {
            tokens = Map.copyOf(tokens);
        }

        /** Leaves the tokens out: this text may reach a log. */
        @Override
        public String toString() {
            return "Order[" + file + ", " + server + "]";
        }
    }

    /**
     * How it went.
     *
     * @param unreadable lines that are no CloudEvent of a kind we know, with source, area and time
     * @param homeless lines whose source has no token and no gateway
     */
    public record Report(long sent, Answer answers, long unreadable, long homeless) {
        static final Report NONE = new Report(0, Answer.NONE, 0, 0);

        /** Tells whether every line was sent and answered. */
        public boolean isWhole() {
            return unreadable == 0 && homeless == 0 && answers.total() == sent;
        }
    }

    /** Creates it; {@code clock} is the time that recordings are paced by. */
    public Player(Order order, InstantSource clock) {
        this.order = order;
        this.clock = clock;
    }

    /** Completes when everything was answered; fails when the server is not there or does not want us. */
    public Future<Report> played() {
        return played.future();
    }

    /** Starts it on worker threads: dozens of clients must not hold up an event loop of a server in the same process. */
    public Future<String> deploy(Vertx vertx) {
        return vertx.deployVerticle(this, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER));
    }

    @Override
    public Future<?> start() {
        http = vertx.createHttpClient();
        startedAt = clock.instant();
        return vertx.executeBlocking(() -> new Recording(order.file()))
                .onSuccess(recording -> readOn(recording)
                        .compose(read -> drained())
                        .onSuccess(done -> played.tryComplete(report))
                        .onFailure(played::tryFail)
                        .eventually(() -> vertx.executeBlocking(() -> {
                            recording.close();
                            return null;
                        })));
    }

    @Override
    public Future<?> stop() {
        return Future.join(links.values().stream().map(Link::stop).toList());
    }

    private Future<Void> readOn(Recording recording) {
        return vertx.executeBlocking(() -> recording.next(PIECE)).compose(piece -> {
            report = new Report(
                    report.sent(), report.answers(), report.unreadable() + piece.unreadable(), report.homeless());
            Future<Void> sent = sendOn(piece.lines().iterator());
            return piece.isLast() ? sent : sent.compose(done -> readOn(recording));
        });
    }

    /** Sends line after line until one has to wait, and goes on from there. */
    private Future<Void> sendOn(Iterator<Recording.Line> lines) {
        while (lines.hasNext()) {
            Recording.Line line = lines.next();
            Optional<Link> link = link(line.source());
            if (link.isEmpty()) {
                report = new Report(report.sent(), report.answers(), report.unreadable(), report.homeless() + 1);
                continue;
            }
            long waitMs = untilMs(line.eventTime());
            if (waitMs > 0 || link.get().unanswered() >= OUTBOX_PARCELS) {
                return pause(waitMs)
                        .compose(waited -> link.get().atMost(ROOM_AGAIN))
                        .compose(room -> {
                            send(link.get(), line);
                            return sendOn(lines);
                        });
            }
            send(link.get(), line);
        }
        return Future.succeededFuture();
    }

    private void send(Link link, Recording.Line line) {
        String text = switch (order.times()) {
            case KEPT -> line.text();
            case NOW -> line.moved(Duration.between(line.eventTime(), clock.instant()));
        };
        report = new Report(report.sent() + 1, report.answers(), report.unreadable(), report.homeless());
        if (!link.offer(new Parcel(line.topic(), text))) {
            throw new IllegalStateException("no room, though there was");
        }
    }

    private Future<Void> pause(long ms) {
        return ms > 0 ? vertx.timer(ms).mapEmpty() : Future.succeededFuture();
    }

    private long untilMs(Instant eventTime) {
        if (firstEventTime == null) {
            firstEventTime = eventTime;
        }
        if (order.speed() <= 0 || startedAt == null) {
            return 0;
        }
        long offsetMs = (long) (Duration.between(firstEventTime, eventTime).toMillis() / order.speed());
        return Duration.between(clock.instant(), startedAt.plusMillis(offsetMs)).toMillis();
    }

    private Future<Void> drained() {
        return Future.all(links.values().stream().map(link -> link.atMost(0)).toList())
                .mapEmpty();
    }

    private Optional<Link> link(String source) {
        String sender = order.tokens().containsKey(source) ? source : order.gateway();
        String token = sender == null ? null : order.tokens().get(sender);
        return sender == null || token == null
                ? Optional.empty()
                : Optional.of(links.computeIfAbsent(sender, id -> connected(new Credentials(id, token, id + CLIENT))));
    }

    private Link connected(Credentials credentials) {
        Outbox outbox = order.via() == Via.HTTP
                ? new Outbox(OUTBOX_PARCELS, 1, HTTP_BATCH)
                : new Outbox(OUTBOX_PARCELS, MQTT_WINDOW, 1);
        Link.Observer observer = new Link.Observer(this::answered, this::troubled);
        Link link = new Link(context, wires(credentials), outbox, Draws.stream(0, credentials.id(), 0), observer);
        link.start();
        return link;
    }

    private Supplier<Wire> wires(Credentials credentials) {
        HttpClient client = http;
        return order.via() == Via.HTTP && client != null
                ? () -> new HttpWire(client, order.server().http(), credentials)
                : () -> new Mqtt5Wire(context, order.server().mqtt(), credentials, MqttQos.AT_LEAST_ONCE);
    }

    private void answered(Answer answer) {
        failures = 0;
        report = new Report(report.sent(), report.answers().plus(answer), report.unreadable(), report.homeless());
    }

    private void troubled(Throwable problem) {
        if (problem instanceof Wire.SignInRefused || ++failures >= PATIENCE) {
            played.tryFail(problem);
        }
    }
}
