package vn.kydai.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import vn.kydai.bench.load.LoadOrder.Mix;
import vn.kydai.bench.load.LoadOrder.Way;

/**
 * Sends as ordered. With a rate every send has its moment, and one that could not leave in time is late by as much: a
 * server that stalls is charged for all that should have been sent meanwhile. On one event loop.
 */
final class Publishing implements Activity {
    private static final int OPENED_AT_ONCE = 32;
    private static final long LOOK_MS = 50;

    /** How long answers, and what is behind schedule, may take after the end. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

    /** How long a wall may take to show what was answered last. */
    private static final long WALL_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** A desk sends one of fourteen events of the flood. */
    private static final int FLOOD_LINES_PER_DESK = 14;

    private final Vertx vertx;
    private final LoadOrder.Publish order;
    private final Schedule schedule;
    private final Answers answers;
    private final WallWatch wall;
    private final List<Lane> lanes = new ArrayList<>();
    private final RoundRobin issuing;
    private final Promise<LoadReport> done = Promise.promise();
    private boolean isSending;
    private boolean isEnding;

    Publishing(Vertx vertx, LoadOrder.Publish order) {
        this.vertx = vertx;
        this.order = order;
        this.schedule = new Schedule(order.rate() / order.batch(), order.warmupSeconds(), order.seconds());
        this.answers = new Answers(schedule);
        this.wall = new WallWatch(schedule, order.isWatching());
        this.issuing = new RoundRobin(schedule, lanes);
    }

    @Override
    public Future<LoadReport> run(Consumer<Phase> phases) {
        makeLanes();
        Future<Void> watching = order.isWatching()
                ? new Screen(vertx, order.server()).open(frame -> wall.take(frame, System.nanoTime()), closed -> {})
                : Future.succeededFuture();
        watching.compose(seen -> open(0)).onSuccess(opened -> begin(phases)).onFailure(done::tryFail);
        return done.future();
    }

    private void makeLanes() {
        NetClient net = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        HttpClient http =
                vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(order.clients()));
        Instant now = InstantSource.system().instant();
        long nanosOfEpoch =
                System.nanoTime() - Duration.between(Instant.EPOCH, now).toNanos();
        LineParts parts = new LineParts(answers, wall, nanosOfEpoch);
        for (int n = 0; n < order.clients(); n++) {
            Line line = order.way() == Way.MQTT
                    ? new MqttLine(order, member(n), net, parts)
                    : new HttpLine(order, order.fleet().gateway(n), http, parts);
            lanes.add(new Lane(schedule, line, n, order.clients()));
        }
    }

    private Fleet.Member member(int line) {
        boolean isDesk = order.mix() == Mix.FLOOD && line % FLOOD_LINES_PER_DESK == FLOOD_LINES_PER_DESK - 1;
        return isDesk
                ? order.fleet().desk(line / FLOOD_LINES_PER_DESK)
                : order.fleet().sensor(line);
    }

    private Future<Void> open(int from) {
        if (from >= lanes.size()) {
            return Future.succeededFuture();
        }
        int to = Math.min(from + OPENED_AT_ONCE, lanes.size());
        return Future.all(IntStream.range(from, to)
                        .mapToObj(n -> lanes.get(n).line().open(() -> pump(lanes.get(n))))
                        .toList())
                .compose(opened -> open(to));
    }

    private void begin(Consumer<Phase> phases) {
        schedule.begin(System.nanoTime());
        isSending = true;
        phases.accept(Phase.CONNECTED);
        at(schedule.measureFromNanos(), () -> phases.accept(Phase.MEASURING));
        at(schedule.endNanos(), () -> {
            phases.accept(Phase.MEASURED);
            issueTheRest();
            end();
        });
        if (schedule.isPaced()) {
            Clockwork clockwork = new Clockwork(schedule, vertx.getOrCreateContext(), this::sendDue);
            clockwork.start();
        } else {
            lanes.forEach(this::pump);
        }
    }

    private void at(long nanos, Runnable action) {
        long ms = TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime());
        vertx.setTimer(Math.max(0, ms) + 1, id -> action.run());
    }

    private void sendDue() {
        if (isSending) {
            issuing.issueBefore(System.nanoTime() + 1);
        }
    }

    /** What was due while this process itself stalled counts too. */
    private void issueTheRest() {
        if (isSending && schedule.isPaced()) {
            issuing.issueBefore(schedule.endNanos());
        }
    }

    private void pump(Lane lane) {
        if (schedule.isPaced()) {
            lane.pumpDue();
        } else if (isSending) {
            lane.pumpAll();
        }
    }

    @Override
    public void stop() {
        end();
    }

    private void end() {
        if (!isEnding) {
            isSending = false;
            isEnding = true;
            until(this::isAllAnswered, PATIENCE_NANOS)
                    .compose(answered -> until(wall::isAllShown, WALL_PATIENCE_NANOS))
                    .onSuccess(shown -> {
                        lanes.forEach(lane -> lane.line().close());
                        done.tryComplete(new LoadReport(answers.report(wall, issuing.waiting() * order.batch()), null));
                    });
        }
    }

    private boolean isAllAnswered() {
        return answers.isAllAnswered() && issuing.waiting() == 0;
    }

    /** Completes when something is so, or has not become so in time. */
    private Future<Void> until(BooleanSupplier isSo, long patienceNanos) {
        Promise<Void> over = Promise.promise();
        long deadline = System.nanoTime() + patienceNanos;
        vertx.setPeriodic(1, LOOK_MS, timer -> {
            if (isSo.getAsBoolean() || System.nanoTime() - deadline > 0) {
                vertx.cancelTimer(timer);
                over.tryComplete();
            }
        });
        return over.future();
    }
}
