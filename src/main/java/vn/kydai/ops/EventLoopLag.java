package vn.kydai.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import vn.kydai.meter.Meters;

/**
 * How late an event loop runs its timers: what a blocking call or too much work on it costs everyone else. The worst of
 * the last {@value #WINDOW_TICKS} ticks, so that a scrape every 15 s misses little; and how late the next tick is already,
 * because a loop that is blocked for ever has no next one.
 */
final class EventLoopLag extends VerticleBase {
    private static final int TICK_MS = 100;
    private static final int WINDOW_TICKS = 150;
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(TICK_MS);
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long[] lateNs = new long[WINDOW_TICKS];
    private volatile long worstNs;
    private volatile long lastNs = System.nanoTime();
    private int tick;

    private EventLoopLag() {}

    /** Measures on every event loop until the caller's verticle is undeployed: instances take the loops in turn. */
    static Future<String> start(Vertx vertx, MeterRegistry registry) {
        List<EventLoopLag> loops = Stream.generate(EventLoopLag::new)
                .limit(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE)
                .toList();
        new Meters(registry, "eventloop")
                .gauge(
                        "lag",
                        "seconds",
                        "how late the latest event loop runs a timer, worst of the last 15 s; grows while one is blocked",
                        () -> worstNs(loops, System.nanoTime()) / NANOS_PER_SECOND);
        Iterator<EventLoopLag> next = loops.iterator();
        return vertx.deployVerticle(next::next, new DeploymentOptions().setInstances(loops.size()));
    }

    private static long worstNs(List<EventLoopLag> loops, long nowNs) {
        return loops.stream()
                .mapToLong(loop -> Math.max(loop.worstNs, nowNs - loop.lastNs - TICK_NS))
                .max()
                .orElse(0);
    }

    @Override
    public Future<?> start() {
        lastNs = System.nanoTime();
        vertx.setPeriodic(TICK_MS, timer -> ticked(System.nanoTime()));
        return Future.succeededFuture();
    }

    private void ticked(long nowNs) {
        lateNs[tick % WINDOW_TICKS] = Math.max(0, nowNs - lastNs - TICK_NS);
        tick++;
        lastNs = nowNs;
        long worst = 0;
        for (long late : lateNs) {
            worst = Math.max(worst, late);
        }
        worstNs = worst;
    }
}
