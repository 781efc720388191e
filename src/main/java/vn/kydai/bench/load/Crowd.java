package vn.kydai.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Many walls of one scope, of which some subscribe and never read. On one event loop. */
final class Crowd implements Activity {
    private static final int OPENED_AT_ONCE = 50;
    private static final long SECOND_MS = 1_000;

    /** What a screen that hangs has room for in its kernel. */
    private static final int STALLED_RECEIVE_BYTES = 8_192;

    /** Pictures asked for; a server bears 32 messages between two heartbeats. */
    private static final int STALLED_ASKS = 30;

    /** More than a heartbeat. */
    private static final long STALLED_PAUSE_MS = 3_500;

    private static final String PATCH_END = "\"type\":\"patch\"}";
    private static final String AT = "{\"at\":\"";
    private static final String PREVIOUS = "\"prev\":";
    private static final String SEQUENCE = "\"seq\":";
    private static final int TIME_CHARS = 24;

    private final Vertx vertx;
    private final LoadOrder.Watch order;
    private final Screen reading;
    private final Screen stalling;
    private final Times delays = new Times();
    private final Map<String, Long> closed = new TreeMap<>();
    private final Promise<LoadReport> done = Promise.promise();
    private long patches;
    private long chars;
    private long skipped;
    private boolean isMeasuring;
    private String newestAt = "";
    private long newestAtMicros;

    Crowd(Vertx vertx, LoadOrder.Watch order) {
        this.vertx = vertx;
        this.order = order;
        this.reading = new Screen(vertx, order.server());
        this.stalling = new Screen(
                vertx, order.server(), new WebSocketClientOptions().setReceiveBufferSize(STALLED_RECEIVE_BYTES));
    }

    @Override
    public Future<LoadReport> run(Consumer<Phase> phases) {
        open(0).onFailure(done::tryFail).onSuccess(opened -> {
            phases.accept(Phase.CONNECTED);
            after(order.settleSeconds(), () -> {
                isMeasuring = true;
                phases.accept(Phase.MEASURING);
                after(order.seconds(), () -> {
                    isMeasuring = false;
                    phases.accept(Phase.MEASURED);
                    stop();
                });
            });
        });
        return done.future();
    }

    private void after(double seconds, Runnable action) {
        vertx.setTimer(Math.max(1, Math.round(seconds * SECOND_MS)), id -> action.run());
    }

    private Future<Void> open(int from) {
        int all = order.walls() + order.stalled();
        if (from >= all) {
            return Future.succeededFuture();
        }
        int to = Math.min(from + OPENED_AT_ONCE, all);
        return Future.all(IntStream.range(from, to)
                        .mapToObj(n -> n < order.walls() ? openReading() : openStalled())
                        .toList())
                .compose(opened -> open(to));
    }

    private Future<Void> openReading() {
        return reading.connect().compose(socket -> {
            Promise<Void> isShowing = Promise.promise();
            socket.textMessageHandler(text -> {
                if (text.endsWith(PATCH_END)) {
                    patch(text);
                } else if (text.endsWith("\"type\":\"snapshot\"}")) {
                    isShowing.tryComplete();
                }
            });
            socket.closeHandler(ended -> {
                isShowing.tryFail("a wall was closed");
                closed.merge(code(socket), 1L, Long::sum);
            });
            return reading.subscribe(socket).compose(subscribed -> isShowing.future());
        });
    }

    private static String code(WebSocket socket) {
        return socket.closeStatusCode() == null
                ? "none"
                : socket.closeStatusCode().toString();
    }

    /** Asks again and again, so that its silence is felt soon: the kernels' buffers are megabytes on loopback. */
    private Future<Void> openStalled() {
        return stalling.connect().compose(socket -> {
            socket.pause();
            vertx.setPeriodic(STALLED_PAUSE_MS, timer -> {
                if (ask(socket).failed()) {
                    vertx.cancelTimer(timer);
                }
            });
            return ask(socket);
        });
    }

    private Future<Void> ask(WebSocket socket) {
        return Future.all(IntStream.range(0, STALLED_ASKS)
                        .mapToObj(n -> stalling.subscribe(socket))
                        .toList())
                .mapEmpty();
    }

    private void patch(String text) {
        if (isMeasuring) {
            patches++;
            chars += text.length();
            delays.addMicros(nowMicros() - micros(text.substring(AT.length(), AT.length() + TIME_CHARS)), 1);
            skipped += number(text, SEQUENCE) - number(text, PREVIOUS) - 1;
        }
    }

    private static long nowMicros() {
        Instant now = InstantSource.system().instant();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    /** The same tick comes to every socket. */
    private long micros(String at) {
        if (!at.equals(newestAt)) {
            newestAt = at;
            newestAtMicros = Instant.parse(at).toEpochMilli() * 1_000;
        }
        return newestAtMicros;
    }

    /** Reads a number that stands behind the data. */
    private static long number(String text, String name) {
        int from = text.lastIndexOf(name) + name.length();
        int to = from;
        while (Character.isDigit(text.charAt(to))) {
            to++;
        }
        return Long.parseLong(text, from, to, 10);
    }

    @Override
    public void stop() {
        done.tryComplete(new LoadReport(
                null,
                new LoadReport.Watched(
                        order.seconds(), patches, chars, skipped, delays.encoded(), Map.copyOf(closed))));
    }
}
