package vn.kydai.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Many walls of one scope, of which some subscribe and never read; open until it is told to stop. On one event loop. */
final class Crowd implements Activity {
    private static final int OPENED_AT_ONCE = 50;
    private static final long SECOND_MS = 1_000;

    /** What each silent wall is sent before measuring: more than its server and both kernels have room for. */
    private static final int FILLING_CHARS = 512 * 1_024;

    /** Four times a second is twelve times a heartbeat; a server bears 32. */
    private static final long ASK_MS = 250;

    private static final int MOST_ASKS = 60;

    private static final String PATCH_END = "\"type\":\"patch\"}";
    private static final String AT = "{\"at\":\"";
    private static final String PREVIOUS = "\"prev\":";
    private static final String SEQUENCE = "\"seq\":";
    private static final int TIME_CHARS = 24;

    private final Vertx vertx;
    private final LoadOrder.Watch order;
    private final Screen reading;
    private final NetClient client;
    private final List<DeafWall> silent = new ArrayList<>();
    private final Times delays = new Times();
    private final Map<String, Long> closed = new TreeMap<>();
    private final Promise<LoadReport> done = Promise.promise();
    private long patches;
    private long chars;
    private long skipped;
    private int pictureChars = 1;
    private boolean isMeasuring;
    private String newestAt = "";
    private long newestAtMicros;

    Crowd(Vertx vertx, LoadOrder.Watch order) {
        this.vertx = vertx;
        this.order = order;
        this.reading = new Screen(vertx, order.server());
        this.client = DeafWall.client(vertx);
    }

    @Override
    public Future<LoadReport> run(Consumer<Phase> phases) {
        open(0).onFailure(done::tryFail).onSuccess(opened -> {
            phases.accept(Phase.CONNECTED);
            fill(asks(), () -> after(order.settleSeconds(), () -> measure(phases)));
        });
        return done.future();
    }

    /** The sockets stay afterwards: whoever ordered it looks at them and says when to stop. */
    private void measure(Consumer<Phase> phases) {
        isMeasuring = true;
        phases.accept(Phase.MEASURING);
        after(order.seconds(), () -> {
            isMeasuring = false;
            phases.accept(Phase.MEASURED);
        });
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
                        .mapToObj(n -> n < order.walls() ? openReading() : openSilent())
                        .toList())
                .compose(opened -> open(to));
    }

    private Future<Void> openReading() {
        return reading.open(this::take, code -> closed.merge(code, 1L, Long::sum));
    }

    private void take(String text) {
        if (text.endsWith(PATCH_END)) {
            patch(text);
        } else if (text.endsWith(Screen.SNAPSHOT_END)) {
            pictureChars = text.length();
        }
    }

    private Future<Void> openSilent() {
        DeafWall wall = new DeafWall(client, order.server());
        silent.add(wall);
        return wall.open();
    }

    /** Lets the silent walls' silence be felt soon, and their pictures be paid for before measuring. */
    private void fill(int asks, Runnable filled) {
        if (asks == 0) {
            filled.run();
            return;
        }
        silent.forEach(DeafWall::ask);
        vertx.setTimer(ASK_MS, id -> fill(asks - 1, filled));
    }

    private int asks() {
        return silent.isEmpty() ? 0 : Math.clamp(FILLING_CHARS / pictureChars + 1L, 1, MOST_ASKS);
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
