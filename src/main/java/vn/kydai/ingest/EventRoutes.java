package vn.kydai.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import vn.kydai.access.Callers;
import vn.kydai.access.Problem;
import vn.kydai.config.Settings;
import vn.kydai.event.codec.Json;

/** {@code POST /api/v1/events}: takes CloudEvents, answers after the COMMIT. Thread-safe. */
public final class EventRoutes {
    /** What a refusal that will pass carries. */
    static final Map<String, String> RETRY_SOON = Map.of("Retry-After", "5");

    /** Bodies up to this are read on the loop itself: going to a worker and back costs more. */
    private static final int FEW_BYTES = 16_384;

    /** How long an unwanted body is read on, so that its sender can read the answer. */
    private static final long LINGER_MS = 2_000;

    private final Settings.Ingest settings;
    private final Intake intake;
    private final Waits waits;
    private final Bodies bodies;
    private final Turns workers = new Turns();

    /**
     * How long a request may wait.
     *
     * @param body for the next KiB of its body
     * @param commit for its events' commit
     */
    public record Waits(Duration body, Duration commit) {
        /** What holds in production. */
        public static final Waits DEFAULT = new Waits(Duration.ofSeconds(10), Duration.ofSeconds(5));
    }

    /** Creates the routes. */
    public EventRoutes(Settings.Ingest settings, Intake intake, Waits waits) {
        this.settings = settings;
        this.intake = intake;
        this.waits = waits;
        this.bodies = new Bodies(settings.http().maxHeldBytes(), settings.sharePercent());
        intake.metrics().heldBytes(bodies::held, settings.http().maxHeldBytes());
    }

    /** Mounts them on a router behind sign-in. */
    public void mount(Router router) {
        router.post("/api/v1/events").handler(this::post);
    }

    private void post(RoutingContext context) {
        try {
            String sender = Callers.device(context).id();
            HttpEvents form = HttpEvents.of(context.request().headers());
            enter(context, sender);
            Bodies.Part room = bodies.new Part(sender);
            context.addEndHandler(ended -> room.give());
            BodyReader.read(context.vertx(), context.request(), settings.http().maxBodyBytes(), room, waits.body())
                    .compose(body -> take(context, sender, form, body))
                    .onSuccess(taken -> answer(context, taken))
                    .onFailure(failure -> fail(context, failure));
        } catch (Problem problem) {
            fail(context, problem);
        }
    }

    /** Takes a place among the waiting requests until the answer has left. */
    private void enter(RoutingContext context, String sender) {
        if (!intake.journal().isWritable()) {
            throw new Problem(503, "the database does not answer; send again later", RETRY_SOON);
        }
        int waiting = intake.metrics().requests().incrementAndGet();
        AtomicBoolean isCounted = new AtomicBoolean(true);
        context.addEndHandler(ended -> {
            if (isCounted.getAndSet(false)) {
                intake.metrics().requests().decrementAndGet();
            }
        });
        if (waiting > settings.http().maxRequests()) {
            throw new Problem(429, "too many requests wait for their commit; send again later", RETRY_SOON);
        }
        if (!intake.shares().enter(sender)) {
            throw new Problem(
                    429,
                    "too many requests of this source wait for their commit (ingest.sharePercent); send again later",
                    RETRY_SOON);
        }
        context.addEndHandler(ended -> intake.shares().leave(sender));
    }

    /** The answer of a request, and when its body was there ({@link System#nanoTime}). */
    private record Taken(ObjectNode answer, long sinceNs) {}

    private void answer(RoutingContext context, Taken taken) {
        context.response().putHeader("Content-Type", "application/json").end(Json.text(taken.answer()));
        intake.metrics().acknowledged(IngestMetrics.Way.HTTP, taken.sinceNs());
    }

    private Future<Taken> take(RoutingContext context, String sender, HttpEvents form, Buffer body) {
        long sinceNs = System.nanoTime();
        MultiMap headers = context.request().headers();
        int maxEvents = settings.http().maxEvents();
        Future<List<HttpEvent>> read = body.length() <= FEW_BYTES
                ? Future.succeededFuture(form.read(headers, body, maxEvents))
                : workers.run(sender, () -> form.read(headers, body, maxEvents));
        return read.compose(events -> take(context, sender, events)).map(answer -> new Taken(answer, sinceNs));
    }

    private Future<ObjectNode> take(RoutingContext context, String sender, List<HttpEvent> events) {
        boolean isKnown = events.stream()
                .map(HttpEvent::claimed)
                .noneMatch(claimed -> intake.senders().mayBecomeKnown(sender, claimed == null ? sender : claimed));
        Future<Void> known =
                isKnown ? Future.succeededFuture() : intake.refresh().ask();
        HttpBatch batch = new HttpBatch(intake, sender, events);
        return known.compose(ready -> batch.append(context.vertx().getOrCreateContext(), workers))
                .compose(appended -> batch.answer(waits.commit()));
    }

    private void fail(RoutingContext context, Throwable failure) {
        if (failure instanceof Problem problem) {
            intake.metrics().problem(problem.status());
        }
        if (context.response().closed()) {
            return;
        }
        HttpServerRequest request = context.request();
        if (!request.isEnded()) {
            // Closing at once could reset the connection before the peer has read why.
            request.handler(unwanted -> {}).resume();
            context.vertx().setTimer(LINGER_MS, timer -> {
                if (!request.isEnded()) {
                    request.connection().close();
                }
            });
        }
        context.fail(failure);
    }
}
